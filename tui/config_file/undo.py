"""Putting a file back as it was before it was last saved."""

import dataclasses
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tui.base.errors import SetupError, Status
from tui.base.folders import private_folder, tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.base.uninterrupted import uninterrupted
from tui.config_file import backups
from tui.config_file.backups import Version
from tui.config_file.content import decode, read_bytes
from tui.config_file.document import ConfigText, parse_config
from tui.config_file.file_exchange import clear_up
from tui.config_file.locks import Conflict, locks_of_others, save_lock
from tui.config_file.replacement import Replacement, remove, replace
from tui.config_file.save import failures_said, save_one


@dataclass(frozen=True, slots=True)
class Restored:
    """What an undo did."""

    config: ConfigText
    """The file as it is now; its `backup` is the version that was undone, if there was a file."""
    cut: bool
    """Whether it is without keys that were moved to another place since."""


class Parse(Protocol):
    """What a text says. Raises Broken."""

    def __call__(self, path: Path, text: str, *, exists: bool) -> ConfigText: ...


def _never(_config: ConfigText) -> bool:
    return False


def restore(
    path: Path,
    *,
    parse: Parse = parse_config,
    private: Callable[[ConfigText], bool] = _never,
    in_place: bool = False,
    anyway: bool = False,
) -> Restored:
    """Put the file at `path` back as it was before the last save that was not undone yet; each time one further back.

    A file that the save made is removed. What is undone is kept beside the backups. `private` tells whether the old
    version holds a key. Raises Conflict when somebody else changed the file since that save, unless `anyway`;
    SetupError with status NO when there is no older version; and NeedsInPlace and SetupError as `save` does.
    """
    with failures_said(path):
        target = Path(os.path.realpath(path))
        with save_lock(), locks_of_others(parse(path, "", exists=False).locks), uninterrupted():
            clear_up(target)
            present = read_bytes(target)
            version = _last(path, target, present)
            if backups.digest(present) != version.after and not anyway:
                raise _changed(path, present, version)
            content = version.content()
            old = parse(path, decode(path, content or b""), exists=content is not None)
            along = _along(path, parse, present, content) if backups.tied(version.path) else {}
            _put_others_back(version, along)
            kept = _put_back(target, present, content, version, private=private(old), in_place=in_place)
            backups.drop(version.path)
    return Restored(dataclasses.replace(old, backup=kept), version.cut)


def before_last_save(path: Path) -> str | None:
    """What `restore` would make of the file at `path`, None where it would remove it. Raises SetupError."""
    with failures_said(path):
        target = Path(os.path.realpath(path))
        with save_lock():
            content = _last(path, target, read_bytes(target)).content()
    return None if content is None else decode(path, content)


def _last(path: Path, target: Path, present: bytes | None) -> Version:
    for version in backups.versions(target):
        if version.content() != present:
            return version
        backups.drop(version.path)  # killed between keeping it and saving: that save never was
    raise SetupError(
        _("There is no earlier version of {path}.").format(path=clean(tilde(path))),
        _("The last ten saves can be undone, each of them once."),
        status=Status.NO,
    )


def _put_back(
    target: Path, present: bytes | None, content: bytes | None, version: Version, *, private: bool, in_place: bool
) -> Path | None:
    def keep() -> Path | None:
        return backups.keep_undone(target, present, version)

    if content is not None:
        private_folder(target.parent)
        change = Replacement(target=target, old=present, data=content, keep=keep)
        return replace(change, private=private, in_place=in_place)
    return None if present is None else remove(target, present, keep)


def _along(
    path: Path, parse: Parse, present: bytes | None, content: bytes | None
) -> Mapping[Path, tuple[ConfigText, str]]:
    """What other files would say if this one were saved with `content`, by their paths."""
    if present is None or content is None:
        return {}
    along = parse(path, decode(path, present), exists=True).along(decode(path, content))
    return {Path(os.path.realpath(other.path)): (other, text) for other, text in along}


def _put_others_back(version: Version, along: Mapping[Path, tuple[ConfigText, str]]) -> None:
    """The files that were saved with the undone one: as they were before, or, where somebody else saved them since,
    with the same changes."""
    for target, other in backups.tied(version.path):
        present = read_bytes(target)
        if other and backups.digest(present) == other.after:
            _put_back(target, present, other.content(), other, private=True, in_place=False)
            backups.drop(other.path)
        elif target in along:
            save_one(*along[target], private=True)


def _changed(path: Path, present: bytes | None, version: Version) -> Conflict:
    message = _("{path} was changed since it was saved.")
    if present is None:
        message = _("{path} was removed since it was saved.")
    hint = _("Nothing was written.")
    if not version.absent:
        hint = _("Nothing was written. The version before that save is {backup}.")
    return Conflict(message.format(path=clean(tilde(path))), hint.format(backup=clean(tilde(version.path), limit=1000)))
