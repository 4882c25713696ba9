"""What is left of a file that was replaced, by a save that ended or by one that was killed, finds its place."""

import contextlib
import os
from pathlib import Path
from typing import Final

from tui.base.errors import SetupError
from tui.base.files import leftovers, sweep, write_atomically
from tui.config_file import backups
from tui.config_file.backups import digest

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
