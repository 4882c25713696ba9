"""Putting new bytes in the place of a file's old ones, with as little as possible about it changed."""

import contextlib
import errno
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tui.base.errors import SetupError
from tui.base.files import beside, prepared, sync_folder
from tui.base.folders import tilde
from tui.base.foreign import clean, why
from tui.base.translation import _, many
from tui.config_file.backups import drop
from tui.config_file.file_exchange import OLD, rescue, step_aside, take_in, take_place
from tui.config_file.locks import conflict
from tui.config_file.protection import require_right, way_past_attributes

_PRIVATE: Final = 0o600
_SHARED: Final = 0o644
_FULL: Final = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN: Final = {errno.EACCES, errno.EPERM}
_FIXED: Final = {errno.EBUSY, errno.EXDEV}
"""What a rename says over a file that is mounted by itself, or that belongs to another part of the file system."""

Keep = Callable[[], Path | None]
"""Keeps the version before and tells where; called once nothing can go wrong any more but the replacing itself."""


class NeedsInPlace(SetupError):
    """The file can only be written in place, not replaced; nothing was written yet.

    Killed in the middle of that, it would be neither the old nor the new one: a person should agree to it. There is a
    backup by then.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message, _("It can only be written in place, and be broken if that is interrupted."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """What is to become of a file."""

    target: Path
    """No link."""
    old: bytes | None
    """What it was read as; None for no file."""
    data: bytes
    keep: Keep
    whole: bool = True
    """Whether the version that `keep` keeps is all of the old file, so that this may be moved there."""


def replace(change: Replacement, *, private: bool, in_place: bool) -> Path | None:
    """Give the file its new content; returns what `keep` returned.

    Owner, group, mode and attributes stay, but with `private` nobody else may read it. Raises NeedsInPlace unless
    `in_place`, Conflict when it is not what it was read as, SetupError, and OSError: the file is as it was then.
    """
    target = change.target
    try:
        present = target.stat()
    except FileNotFoundError:
        return _rename(change, mode=_PRIVATE if private else _SHARED & ~_umask(), like=None)
    require_right(target, present)
    mode = stat.S_IMODE(present.st_mode)
    mode = mode & _PRIVATE if private else mode
    if in_place:
        return _overwrite(change, mode)
    _require_rename(target, present)
    return _rename(change, mode=mode, like=target)


def remove(target: Path, old: bytes, keep: Keep) -> Path | None:
    """Take the file away; returns what `keep` returned. Raises Conflict when it is not what it was read as, OSError."""
    kept, aside = keep(), beside(target, OLD)
    try:
        step_aside(target, aside, old, lambda other: rescue(target, other))
    except (OSError, SetupError):
        if kept:
            drop(kept)
        raise
    sync_folder(target.parent)
    if kept:
        take_in(aside, kept)
    return kept


def tighten(target: Path) -> None:
    """Let nobody else read `target`. Raises OSError."""
    mode = stat.S_IMODE(target.stat().st_mode)
    if mode & ~_PRIVATE:
        target.chmod(mode & _PRIVATE)


def refused(target: Path, error: OSError) -> SetupError:
    """`error`, said to a person who wanted to write to `target`."""
    path = clean(tilde(target))
    if error.errno in _FORBIDDEN:
        message = _("You may not write to {path}.")
        hint = way_past_attributes(target) or _("Its folder must be yours to write in, too.")
    elif error.errno == errno.EROFS:
        message, hint = _("{path} is on a disk that can only be read."), _("Mount it for writing, or use another file.")
    elif error.errno in _FULL:
        message, hint = _("There is no space left to write {path}."), _("Free some space, then save again.")
    else:
        message, hint = _("{path} cannot be written: {reason}."), _("Fix that, or name another file with --config.")
    reason = why(error)
    return SetupError(message.format(path=path, reason=reason), hint)


def _require_rename(target: Path, present: os.stat_result) -> None:
    path = clean(tilde(target))
    if present.st_nlink > 1:
        others = many("{count} other name", "{count} other names", present.st_nlink - 1)
        raise NeedsInPlace(
            _("{path} has {others} (hard links), which would keep the old text.").format(path=path, others=others)
        )
    if os.geteuid() not in (0, present.st_uid):
        raise NeedsInPlace(
            _("{path} belongs to somebody else, and would be yours if it were replaced.").format(path=path)
        )


def _rename(change: Replacement, *, mode: int, like: Path | None) -> Path | None:
    target = change.target
    with prepared(target, change.data, mode=mode, like=like) as temporary:
        kept = change.keep()
        try:
            new = temporary.rename(beside(target, OLD)) if kept and change.whole else temporary
            try:
                old = take_place(new, change.data, target, change.old, lambda other: rescue(target, other))
            except BaseException:
                drop(new)
                raise
        except (OSError, SetupError) as error:
            if kept:
                drop(kept)
            if not isinstance(error, OSError) or error.errno not in _FIXED:
                raise
            message = _("{path} cannot be replaced: it is mounted as a single file.")
            raise NeedsInPlace(message.format(path=clean(tilde(target)))) from None
    sync_folder(target.parent)
    if old and kept and change.whole:
        take_in(old, kept)
    elif old:
        drop(old)
    return kept


def _overwrite(change: Replacement, mode: int) -> Path | None:
    target = change.target
    descriptor = os.open(target, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        if stat.S_IMODE(os.fstat(descriptor).st_mode) != mode:
            _restrict(descriptor, target, mode)
        kept = change.keep()
        try:
            _put(descriptor, change)
        except BaseException:
            if kept:
                drop(kept)
            raise
        return kept
    finally:
        with contextlib.suppress(OSError):
            os.close(descriptor)


def _restrict(descriptor: int, target: Path, mode: int) -> None:
    try:
        os.fchmod(descriptor, mode)
    except PermissionError:
        raise SetupError(
            _("Others can read {path}, and only its owner can change that.").format(path=clean(tilde(target))),
            _("Keep the key in another place, or ask the owner of the file."),
        ) from None


def _content(descriptor: int) -> bytes:
    with os.fdopen(os.dup(descriptor), "rb") as file:
        return file.read()


def _put(descriptor: int, change: Replacement) -> None:
    old = _content(descriptor)
    if old != change.old:
        raise conflict(change.target, change.old, old)
    try:
        _write_over(descriptor, change.data)
    except BaseException:
        _write_over(descriptor, old)  # there was room for it; should that fail too, the backup has it
        raise


def _write_over(descriptor: int, data: bytes) -> None:
    written = 0
    while written < len(data):
        written += os.pwrite(descriptor, data[written:], written)
    os.ftruncate(descriptor, len(data))
    os.fsync(descriptor)


def _umask() -> int:
    mask = os.umask(0o077)  # it can only be read by setting it; meanwhile, rather too strict than too lax
    os.umask(mask)
    return mask
