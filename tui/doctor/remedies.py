"""What can be put right from here without losing anything, each after a yes."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean, why
from tui.base.translation import _
from tui.checks.finding import Code, Finding
from tui.checks.rules import without_stray
from tui.config_file.document import ConfigText
from tui.credentials.key_faults import key_fault
from tui.credentials.pasted_key import clean_key
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.drafts.own_settings import OwnSettings
from tui.drafts.repairs import take_out
from tui.openhands.field import Kind, Value
from tui.openhands.fields import BY_KEY
from tui.openhands.groups import group_ids, own_keys, table_path
from tui.openhands.names import near_name
from tui.openhands.targets.target import TOML, Target
from tui.saving.file_update import update


@dataclass(frozen=True, slots=True)
class Remedy:
    """One change: what is asked, and what does it. `apply` raises SetupError; the file before is kept as a backup."""

    question: str
    apply: Callable[[], None]


def closing(path: Path, mode: int) -> Remedy:
    """Nobody else may read it from now on."""

    def apply() -> None:
        try:
            path.chmod(mode)
        except OSError as error:
            message = _("The rights of {path} cannot be changed: {reason}.")
            raise SetupError(message.format(path=_shown(path), reason=why(error))) from None

    words = _("Give {path} the mode {mode}, so that nobody else can read it.")
    return Remedy(words.format(path=_shown(path), mode=f"{mode:o}"), apply)


def remedy_for(target: Target, config: ConfigText, finding: Finding) -> Remedy | None:
    """What can be done about a finding in a target's file; None where only its owner can tell."""
    if finding.code is Code.READABLE_BY_OTHERS:
        return closing(config.path, 0o600)
    if finding.code is Code.MISSING_CORE:
        words = _("Write an empty [core] into {path}.").format(path=_shown(config.path))
        return Remedy(words, lambda: _rewrite(target, config.path, lambda now: now.rewritten({}, ensure=[("core",)])))
    of_group = finding.group in group_ids(config) and finding.key in own_keys(config, str(finding.group))
    make = _IN_GROUPS.get(finding.code) if of_group else None
    return make(target, config, str(finding.group), str(finding.key)) if make else None


def _without_unknown(target: Target, config: ConfigText, group: str, key: str) -> Remedy | None:
    """Take out one unknown key. A misspelt one gives its value to the setting that was meant."""
    table = own_keys(config, group)
    meant = near_name(key)
    moves = bool(meant) and meant not in table and not isinstance(table[key], dict | list)
    is_lost = moves and BY_KEY[meant].kind is Kind.SECRET and meant not in _draft(config, group).secret_keys()
    if target.name != TOML or is_lost:  # the only copy of a key would be gone
        return None

    def text(now: ConfigText) -> str:
        draft = _draft(now, group)
        take_out(draft, [key])
        draft.store = Store.CONFIG if draft.typed_secrets() else None
        return draft.preview()

    words = _("Write “{key}” in {path} as {meant}.") if moves else _("Take “{key}” out of {path}.")
    question = words.format(key=clean(key, limit=60), path=_shown(config.path), meant=meant)
    return Remedy(question, lambda: _rewrite(target, config.path, text))


def _draft(config: ConfigText, group: str) -> Draft:
    return Draft(config, OwnSettings(), {}, group)


def _without_spaces(target: Target, config: ConfigText, group: str, key: str) -> Remedy | None:
    value = own_keys(config, group)[key]
    meant = without_stray(value) if isinstance(value, str) else ""
    words = _("Leave out the spaces and line breaks around {key} in {path}.")
    return _setting(target, config, (group, key), meant, words) if meant and meant != value else None


def _cleaned_key(target: Target, config: ConfigText, group: str, key: str) -> Remedy | None:
    """Leave out what stands around a key."""
    try:
        meant = clean_key(str(own_keys(config, group)[key]))[0]
    except SetupError:
        return None
    words = _("Leave out what does not belong to the key in {key} of {path}.")
    return None if key_fault(meant) else _setting(target, config, (group, key), meant, words)


def _without_placeholder(target: Target, config: ConfigText, group: str, key: str) -> Remedy | None:
    fault = key_fault(str(own_keys(config, group)[key]))
    words = _("Take the placeholder {key} out of {path}.")
    return _setting(target, config, (group, key), None, words) if fault and not fault.refers else None


def _setting(target: Target, config: ConfigText, place: tuple[str, str], value: Value | None, words: str) -> Remedy:
    """One setting, named by group and key, with another value, or without one."""
    group, key = place
    question = words.format(key=key, path=_shown(config.path))
    edits = {table_path(group): {key: value}}
    return Remedy(question, lambda: _rewrite(target, config.path, lambda now: now.rewritten(edits)))


_IN_GROUPS: Final[dict[Code, Callable[[Target, ConfigText, str, str], Remedy | None]]] = {
    Code.UNKNOWN_KEY: _without_unknown,
    Code.STRAY_CHARACTER: _without_spaces,
    Code.UNUSABLE_KEY: _cleaned_key,
    Code.NOT_A_KEY: _without_placeholder,
}


def _rewrite(target: Target, path: Path, text: Callable[[ConfigText], str]) -> None:
    update(path, lambda _first, now: text(now), read=target.read)


def _shown(path: Path) -> str:
    return clean(tilde(path), limit=200)


def is_open_to_others(path: Path) -> bool:
    """Whether anybody else has any right on it; what is not there is open to nobody."""
    try:
        return bool(path.stat().st_mode & 0o077)
    except OSError:
        return False


def private_places(folders: Sequence[Path]) -> list[tuple[Path, int]]:
    """Each of the folders that is there, and the files of keys in it, with the rights that they should have."""
    found = [(folder, 0o700) for folder in folders if folder.is_dir()]
    for folder, _mode in [*found]:
        with os.scandir(folder) as entries:
            names = (entry.path for entry in entries if entry.name.endswith((".env", "settings.toml")))
            found += [(Path(name), 0o600) for name in sorted(names)]
    return found
