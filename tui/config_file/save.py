"""Putting a new text in the place of the old one: whole, private where needed, and never over somebody else's."""

import contextlib
import dataclasses
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypedDict

from tui.base.errors import SetupError
from tui.base.folders import private_folder
from tui.base.secret import Secret
from tui.base.uninterrupted import uninterrupted
from tui.config_file import backups
from tui.config_file.content import read_bytes
from tui.config_file.document import ConfigText
from tui.config_file.file_exchange import clear_up, has_leftovers
from tui.config_file.locks import conflict, locks_of_others, save_lock, save_lock_if_free
from tui.config_file.replacement import Replacement, refused, remove, replace, tighten


def save(
    before: ConfigText,
    text: str,
    *,
    private: bool = False,
    forget: Sequence[Secret] = (),
    in_place: bool = False,
    backup: bool = True,
    renewing: bool = False,
) -> ConfigText:
    """Write `text` to the file that was read as `before`, and return what the file is now.

    `private` says that a key is in it: nobody else may read it then. Otherwise a file keeps its mode; symbolic links
    are followed. A text that did not change is not written. The version before is kept, unless `backup` is False, and
    the keys to `forget`, which were moved to another place, are taken out of all that is kept. With `renewing` the last
    save gets another text: what is undone is that one. Raises Conflict when the file changed since it was read,
    NeedsInPlace when it can only be written `in_place`, Broken when `text` is none that can be read, SetupError when it
    cannot be written or the version before not be kept; the file is as it was in all these cases.
    """
    after = before.revised(text, exists=before.exists or text != before.text)
    with failures_said(before.path):
        target = Path(os.path.realpath(before.path))
        if text == before.text:
            _without_a_change(before, target, private=private, forget=forget)
            return before
        if not before.exists:
            private_folder(target.parent)  # before our own lock: where nothing can be written, that is said of the file
        with save_lock(), locks_of_others(before.locks), uninterrupted():
            options: SaveOptions = {"forget": forget, "in_place": in_place, "backup": backup, "renewing": renewing}
            kept = _save_with_others(before, text, options, private=private)
    return dataclasses.replace(after, backup=kept)


def _save_with_others(before: ConfigText, text: str, options: "SaveOptions", *, private: bool) -> Path | None:
    """The file and those that change along with it, all or none; where the version before of the file is kept."""
    others: list[tuple[ConfigText, str, Path | None]] = []
    try:  # the file itself comes last: where it is the old one, the same change can be made once more
        for other, then in before.along(text):
            others.append((other, then, save_one(other, then, private=True, **options)))
        kept = save_one(before, text, private=private, **options)
    except BaseException:
        for other, then, one in others:
            _put_back(other, then, one, in_place=options["in_place"])
        raise
    if kept and others:
        backups.tie(kept, [(Path(os.path.realpath(other.path)), one) for other, _then, one in others if one])
    return kept


def take_away(before: ConfigText) -> Path | None:
    """Remove the file that was read as `before`; returns where it is kept, so that it can be brought back.

    Raises Conflict when it changed since, and SetupError.
    """
    with failures_said(before.path):
        target = Path(os.path.realpath(before.path))
        with save_lock(), locks_of_others(before.locks), uninterrupted():
            clear_up(target)
            present, old = read_bytes(target), before.text.encode()
            if present != old:
                raise conflict(before.path, old, present)
            return remove(target, old, lambda: backups.keep(target, old, None))


def save_one(
    before: ConfigText,
    text: str,
    *,
    private: bool,
    forget: Sequence[Secret] = (),
    in_place: bool = False,
    backup: bool = True,
    renewing: bool = False,
) -> Path | None:
    """The same for one file, while the locks are held; returns where the version before is kept. Raises OSError too."""
    target = Path(os.path.realpath(before.path))
    if not before.exists:
        private_folder(target.parent)
    old, new = before.text.encode() if before.exists else None, text.encode()
    clear_up(target)
    present = read_bytes(target)
    if present != old:
        raise conflict(before.path, old, present)

    def keep() -> Path | None:
        if renewing:
            backups.renew(target, old, new, forget)
        return backups.keep(target, old, new, forget=forget) if backup and not renewing else None

    change = Replacement(target=target, old=old, data=new, keep=keep, whole=not forget)
    return replace(change, private=private, in_place=in_place)


class SaveOptions(TypedDict):
    """How a file is put, for all that are put together."""

    forget: Sequence[Secret]
    in_place: bool
    backup: bool
    renewing: bool


def _put_back(before: ConfigText, text: str, kept: Path | None, *, in_place: bool) -> None:
    """A file as it was, since the one that it belongs to could not be written."""
    if before.exists:
        save_one(before.revised(text), before.text, private=True, in_place=in_place, backup=False)
    else:
        Path(os.path.realpath(before.path)).unlink()
    if kept:
        backups.drop(kept)


def sweep_leftovers(path: Path) -> None:
    """Remove what a killed llm-setup left of the file at `path`, unless somebody is saving: for the start."""
    with contextlib.suppress(SetupError, OSError):
        target = Path(os.path.realpath(path))
        if has_leftovers(target):
            with save_lock_if_free() as free:
                if free:
                    clear_up(target)


@contextlib.contextmanager
def failures_said(path: Path) -> Iterator[None]:
    """Turns what the system says to writing `path` into what a person understands."""
    try:
        yield
    except OSError as error:
        raise refused(path, error) from None


def _without_a_change(before: ConfigText, target: Path, *, private: bool, forget: Sequence[Secret]) -> None:
    if private and before.exists:
        tighten(target)
    if forget:
        with save_lock(), uninterrupted():
            clear_up(target)
            backups.forget(target, forget)
