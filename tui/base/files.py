"""Replacing a file so that it is the old one or the new one, whole, at every moment."""

import contextlib
import errno
import fcntl
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

_METADATA: Final = ("user.", "security.selinux", "system.posix_acl_access")
"""Extended attributes that belong to a file and not to its content."""
_ACL: Final = "system.posix_acl_access"
_UNSUPPORTED: Final = {errno.ENOTSUP, errno.EPERM, errno.EACCES, errno.ENODATA, errno.EINVAL, errno.ENOSYS}


def write_atomically(path: Path, data: bytes, *, mode: int) -> None:
    """Put `data` at `path` through a temporary file beside it that has `mode` from its first byte.

    The temporary file is gone when this returns or raises. Raises OSError; `path` is untouched then.
    """
    with prepared(path, data, mode=mode) as temporary:
        temporary.replace(path)
    sync_folder(path.parent)


@contextlib.contextmanager
def prepared(path: Path, data: bytes, *, mode: int, like: Path | None = None) -> Iterator[Path]:
    """A temporary file beside `path` that is written to the disk to the last byte, to be put in its place.

    It has `mode` from its first byte, and owner, group, extended attributes and access list of the file `like`. It is
    gone afterwards, and locked until then: that is how `sweep` knows those that nobody will come back for. Raises
    OSError, PermissionError when the owner cannot be kept.
    """
    temporary = beside(path)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        with contextlib.suppress(OSError):  # a file system without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if like is not None:
            _resemble(descriptor, like)
        os.fchmod(descriptor, mode)  # the umask had its say at open(): give exactly what was asked
        write_all(descriptor, data)
        os.fsync(descriptor)
        yield temporary
    finally:
        with contextlib.suppress(OSError):  # the disk has it: what closing has to say is no news of it
            os.close(descriptor)
        with contextlib.suppress(OSError):
            temporary.unlink()


def beside(path: Path, suffix: str = ".tmp") -> Path:
    """A name of its own for a file that is in `path`'s folder for a moment only."""
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}{suffix}")


def leftovers(folder: Path, name: str | None = None, suffix: str = ".tmp") -> list[Path]:
    """The files in `folder` called as by `beside` for a file called `name`, or for any, be they in use or not."""
    called = ".+" if name is None else re.escape(name)
    temporary = re.compile(rf"\.{called}\.[0-9a-f]{{8}}{re.escape(suffix)}", re.DOTALL)
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        return [Path(entry.path) for entry in entries if temporary.fullmatch(entry.name)]
    return []


def sweep(files: Iterable[Path]) -> None:
    """Remove those of `files`, `leftovers`, that belong to a process that was killed while it wrote."""
    for path in files:
        _remove_if_left(path)


def write_all(descriptor: int, data: bytes) -> None:
    """Write `data` to the last byte. Raises OSError."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def sync_folder(folder: Path) -> None:
    """Make a rename itself survive a power cut; some file systems refuse, and then there is nothing to do."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _resemble(descriptor: int, like: Path) -> None:
    wanted, made = like.stat(), os.fstat(descriptor)
    if made.st_uid != wanted.st_uid:
        os.fchown(descriptor, wanted.st_uid, -1)
    if made.st_gid != wanted.st_gid:
        with contextlib.suppress(PermissionError):  # a group that we are not in: no editor can keep it
            os.fchown(descriptor, -1, wanted.st_gid)
    if hasattr(os, "listxattr"):
        _copy_attributes(descriptor, like)


def _copy_attributes(descriptor: int, like: Path) -> None:
    """As far as the file system and our rights go: what cannot be kept is no reason not to save."""
    names = _attributes(like)
    for name in names:
        with _best_effort():
            os.setxattr(descriptor, name, os.getxattr(like, name))
    if _ACL not in names:
        with _best_effort():  # the folder gave it one
            os.removexattr(descriptor, _ACL)


def _attributes(path: Path) -> list[str]:
    with _best_effort():
        return [name for name in os.listxattr(path) if name.startswith(_METADATA)]
    return []


@contextlib.contextmanager
def _best_effort() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise


def _remove_if_left(path: Path) -> None:
    with contextlib.suppress(OSError):  # somebody else's, or locked by whoever is writing it
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            if os.fstat(descriptor).st_uid == os.geteuid():
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()
        finally:
            os.close(descriptor)
