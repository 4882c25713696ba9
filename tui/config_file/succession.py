"""A new file takes the place of the old one, and what another program saved in between is not lost.

However late the file is compared with what was read, somebody may save it between that look and the rename. So the new
file and the old one change places in one step, and what came out is looked at: is it not what was read, they change
back. The old file itself becomes the backup, so what a program that had it open writes to it later is found there.

What is left: a file system that cannot exchange two files (FAT, some network disks) holds the old one by a second name
instead; whoever puts a new file there in the microseconds between that and the rename is lost. One without second names
cannot even tell. What is written in place (`NeedsInPlace`) is compared right before it, and has the same microseconds.
"""

import contextlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

from tui.base.files import beside
from tui.base.renames import UNSUPPORTED, exchange, move_to_free
from tui.config_file.conflict import conflict
from tui.config_file.reading import read_bytes

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
