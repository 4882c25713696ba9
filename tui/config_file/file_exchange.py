"""A new file takes the place of the old one, and what another program saved in between is not lost.

However late the file is compared with what was read, somebody may save it between that look and the rename. So the new
file and the old one change places in one step, and what came out is looked at: is it not what was read, they change
back. The old file itself becomes the backup, so what a program that had it open writes to it later is found there.

What is left: a file system that cannot exchange two files (FAT, some network disks) holds the old one by a second name
instead; whoever puts a new file there in the microseconds between that and the rename is lost. One without second names
cannot even tell. What is written in place (`NeedsInPlace`) is compared right before it, and has the same microseconds.
"""

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tui.base.errors import SetupError
from tui.base.files import beside, leftovers, sweep, write_atomically
from tui.config_file import backups
from tui.config_file.backups import digest
from tui.config_file.content import read_bytes
from tui.config_file.locks import conflict

# -- the renames that Python's own does not offer: two files change places, or one goes only where nothing is
# Both are one step for everybody who looks. Linux has them as `renameat2`, macOS as `renamex_np`.

_HERE: Final = -100
"""AT_FDCWD: a path is meant as it stands."""
_FLAGS: Final = {"linux": {"exchange": 2, "free": 1}, "darwin": {"exchange": 2, "free": 4}}
UNSUPPORTED: Final = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}
"""What is said where the system, the file system or a sandbox lacks them; the last one may mean other things too."""


def exchange(one: Path, other: Path) -> None:
    """Let two files change their names. Raises OSError, with one of `UNSUPPORTED` where that cannot be had."""
    _rename(one, other, "exchange")


def move_to_free(source: Path, target: Path) -> None:
    """Rename `source` to `target`, which must not be there. Raises FileExistsError, and OSError as `exchange` does."""
    _rename(source, target, "free")


def _rename(source: Path, target: Path, way: str) -> None:
    import ctypes  # only for a save

    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(source), os.fsencode(target)
    flags = _FLAGS.get(sys.platform, {}).get(way, 0)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        failed = library.renameat2(_HERE, names[0], _HERE, names[1], flags)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(*names, flags)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(target))


Rescue = Callable[[Path], None]
"""Keeps the file of another program that found no place at its own path any more."""


def take_place(new: Path, data: bytes, target: Path, old: bytes | None, rescue: Rescue) -> Path | None:
    """Put the file `new`, which holds `data`, at `target`, which was read as `old`; None for no file.

    The old file is at the path returned then, if anywhere.

    Raises Conflict when something else is at `target`: that stays. Raises OSError.
    """
    if old is None:
        _take_free_place(new, target)
        return None
    present = read_bytes(target)
    if present != old:
        raise conflict(target, old, present)
    try:
        exchange(new, target)
    except FileNotFoundError:
        raise conflict(target, old, None) from None
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
        return _replace(new, target, old)
    if not is_file_with(new, old):
        _give_back(new, target, data, rescue)
        raise conflict(target, old, b"")
    return new


def step_aside(target: Path, aside: Path, old: bytes, rescue: Rescue) -> None:
    """Move the file at `target`, which was read as `old`, to `aside`. Raises Conflict as `take_place` does, OSError."""
    try:
        target.rename(aside)
    except FileNotFoundError:
        raise conflict(target, old, None) from None
    if not is_file_with(aside, old):
        _return(aside, target, rescue)
        raise conflict(target, old, b"")


def is_file_with(path: Path, content: bytes) -> bool:
    """Whether there is a file at `path`, not a link, that has this content. What cannot be read may be anything."""
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            return stat.S_ISREG(os.fstat(file.fileno()).st_mode) and file.read(len(content) + 1) == content
    return False


def _give_back(new: Path, target: Path, data: bytes, rescue: Rescue) -> None:
    """Let the file that `new` changed places with have its own again."""
    try:
        exchange(new, target)
        if not is_file_with(new, data):  # somebody was quicker once more: the later one stays, the other is kept
            exchange(new, target)
            rescue(new)
    except OSError:  # there is nothing to change places with
        _return(new, target, rescue)


def _return(path: Path, target: Path, rescue: Rescue) -> None:
    """Put the file of another at `path` back to `target`, unless there is one again."""
    try:
        move_to_free(path, target)
    except OSError:
        rescue(path)


def _take_free_place(new: Path, target: Path) -> None:
    try:
        move_to_free(new, target)
    except FileExistsError:
        raise conflict(target, None, b"") from None
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
        if os.path.lexists(target):
            raise conflict(target, None, b"") from None
        new.rename(target)


def _replace(new: Path, target: Path, old: bytes) -> Path | None:
    """`take_place` where two files cannot change places."""
    aside = beside(target, new.suffix)
    try:
        os.link(target, aside, follow_symlinks=False)
    except FileNotFoundError:
        raise conflict(target, old, None) from None
    except OSError:
        new.replace(target)
        return None
    try:
        new.replace(target)
    except BaseException:
        aside.unlink()
        raise
    if not is_file_with(aside, old):
        aside.replace(target)
        raise conflict(target, old, b"")
    return aside


# -- what is left of a file that was replaced, by a save that ended or by one that was killed, finds its place

OLD: Final = ".old"
"""Ends the name of a file that is beside another to change places with it, or has done so."""


def take_in(old: Path, kept: Path) -> None:
    """Let the file `old`, which was replaced, be the version `kept` that is a copy of it.

    Whoever has it open may still write to it, and that is found there then.
    """
    with contextlib.suppress(OSError):
        _move(old, kept)
        return
    with contextlib.suppress(OSError):  # the version is on another disk
        content = old.read_bytes()
        if content != kept.read_bytes():
            write_atomically(kept, content, mode=0o600)
        old.unlink()


def rescue(target: Path, other: Path) -> None:
    """Keep the file `other`, which was the one at `target` for a moment, unless all that it holds is kept already."""
    with contextlib.suppress(OSError, SetupError):
        content, found = other.read_bytes(), backups.versions(target)
        known = {version.after for version in found} | {digest(version.content()) for version in found}
        if digest(content) in known:
            other.unlink()
            return
        take_in(other, backups.add(target, content, target.read_bytes() if target.exists() else None))


def has_leftovers(target: Path) -> bool:
    """Whether `clear_up` has anything to do."""
    beside = [leftovers(target.parent, target.name, suffix) for suffix in (".tmp", OLD)]
    return any([*beside, leftovers(backups.backup_folder(target))])


def clear_up(target: Path) -> None:
    """Remove what killed saves left of the file at `target`, beside it and among its backups; keep what is another's.

    To be called while the save lock is held.
    """
    sweep(leftovers(target.parent, target.name))
    for other in leftovers(target.parent, target.name, OLD):
        rescue(target, other)
    sweep(leftovers(backups.backup_folder(target)))


def _move(old: Path, kept: Path) -> None:
    descriptor = os.open(old, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        os.fchmod(descriptor, 0o600)
        os.fsync(descriptor)  # its program may not have waited for the disk, and the copy did
        old.rename(kept)
    finally:
        os.close(descriptor)
