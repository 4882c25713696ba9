"""`show`: the settings in effect, and where each comes from."""

import argparse
import contextlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tui.base.errors import SetupError, Status
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _
from tui.checks.differing import differing
from tui.commands.check import remark_findings
from tui.commands.gate import hide_keys_of
from tui.commands.output import aligned, write, write_json
from tui.commands.targets import is_plain, meant, path_for
from tui.config_file.document import ConfigText, read_config
from tui.config_file.location import locate
from tui.config_file.mask import mask
from tui.credentials.store import WORDS, Store
from tui.drafts.draft import Draft, take_effective
from tui.drafts.own_settings import OwnSettings
from tui.openhands.effective import Setting, Source, effective, fit_to_show
from tui.openhands.field import NO, YES
from tui.openhands.fields import FIELDS
from tui.openhands.groups import DEFAULT, group_ids, header
from tui.openhands.names import known_group
from tui.openhands.targets.found import programs, versions
from tui.openhands.targets.target import CLI, SERVER, TOML, Target


def run(options: argparse.Namespace) -> int:
    """All groups, or the one that was named; secrets are dots."""
    targets = meant(options)
    if not is_plain(targets):
        return _run_for(options, targets)
    config = read_config(locate(options.config))
    hide_keys_of(config.data)
    groups = group_ids(config) if options.group is None else (known_group(config, options.group),)
    settings = {group: fit_to_show(effective(config, os.environ, group)) for group in groups}
    beyond = _environment(config)
    if options.json:
        told = {group: {key: _told(setting) for key, setting in found.items()} for group, found in settings.items()}
        write_json({"config": str(config.path), "groups": told, "environment": beyond, "programs": _programs(targets)})
    else:
        write(_lines(config, settings, beyond))
    remark_findings(config, *groups)
    return Status.DONE


def _run_for(options: argparse.Namespace, targets: Sequence[Target]) -> int:
    """Other programs' files too: each with what it says, and at last where they differ."""
    files = {target.name: target.read(path_for(target, options)) for target in targets}
    others = {target.name: _profiles(target, options.group) for target in targets}
    for config in (*files.values(), *(config for each in others.values() for config in each.values())):
        hide_keys_of(config.everything)
    found = {target.name: _settings(target, files[target.name]) for target in targets}
    if options.json:
        write_json(_all_told(targets, files, found, locate(options.config)))
    else:
        for target in targets:
            beyond = _environment(files[target.name]) if target.name == TOML else {}
            write([_name_of(target), *_lines(files[target.name], found[target.name], beyond), ""])
            for config in others[target.name].values():
                write([*_lines(config, _settings(target, config), {}), ""])
        write(list(_differences(found)))
    for config in files.values():
        remark_findings(config, *(group_ids(config)))
    return Status.DONE


def _profiles(target: Target, group: str | None) -> dict[str, ConfigText]:
    """The groups of the target that have files of their own, where none was named; those that can be read."""
    found = {}
    for name in target.groups() if group is None else ():
        with contextlib.suppress(SetupError):  # `check` says what is wrong with it
            found[name] = target.read(target.locate(group=name))
    return found


def _settings(target: Target, config: ConfigText) -> dict[str, dict[str, Setting]]:
    """By group, the settings that the target has."""
    environ = target.environment(os.environ)
    found = {group: fit_to_show(effective(config, environ, group)) for group in group_ids(config)}
    return {group: {k: s for k, s in each.items() if target.has(k)} for group, each in found.items()}


def _programs(targets: Sequence[Target]) -> list[dict[str, Any]]:
    """As the wizard's first page has them: what is here, and what of it this is about."""
    return [
        {"target": each.target.name, "name": each.target.label, "version": each.version or None,
         "found": each.found, "chosen": each.chosen}
        for each in programs([target.name for target in targets])
    ]  # fmt: skip


def _name_of(target: Target) -> str:
    version = versions().get(target.name) if target.name in (CLI, SERVER) else ""
    return f"{target.name}: {target.program} {clean(version or '', limit=20)}".rstrip()


def _all_told(
    targets: Sequence[Target],
    files: Mapping[str, ConfigText],
    found: Mapping[str, dict[str, dict[str, Setting]]],
    toml: Path,
) -> dict[str, Any]:
    """The fields of config.toml as ever, empty where it is not asked about; and each target by its name."""
    known = versions()
    told = {
        target.name: {
            "path": str(files[target.name].path),
            "program": target.program,
            "version": known.get(target.name) or None,
            "present": files[target.name].exists,
            "settings": {key: _told(setting) for key, setting in found[target.name][DEFAULT].items()},
        }
        for target in targets
    }
    groups = {group: {key: _told(s) for key, s in each.items()} for group, each in found.get(TOML, {}).items()}
    beyond = _environment(files[TOML]) if TOML in files else {}
    return {
        "config": str(toml), "groups": groups, "environment": beyond, "programs": _programs(targets), "targets": told
    }  # fmt: skip


def _differences(found: Mapping[str, dict[str, dict[str, Setting]]]) -> Iterator[str]:
    """The settings that the files have both and not alike, a line each."""
    tables = {name: groups[DEFAULT] for name, groups in found.items()}
    rows = [
        (f"  {key}", *(_text(table[key]) if table[key].value is not None else "–" for table in tables.values()))
        for key in differing([*tables.values()], secrets=True)
    ]
    if rows:
        yield from [_("They differ:"), *aligned([("", *tables), *rows])]
        yield _("To give all of them the settings of one: llm-setup set --same-as NAME")


def _environment(config: ConfigText) -> dict[str, str]:
    """The settings that OpenHands takes from the environment only: set there, or else kept by us."""
    kept = OwnSettings().beside(config.path)
    values = {field.variable: os.environ.get(field.variable) or kept.get(field.key) for field in FIELDS if field.ours}
    return {name: masked(value) for name, value in values.items() if value}


def _told(setting: Setting) -> dict[str, Any]:
    return {"value": masked(setting.value), "source": setting.source.value, "line": setting.line}


def masked(value: Any) -> Any:
    """`value` without what must not be shown: keys, and who stands before the `@` of a URL."""
    if isinstance(value, Secret):
        return value.masked() if value else ""  # an empty one is none
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {name: _masked_member(str(name), part) for name, part in value.items()}
    return [masked(part) for part in value] if isinstance(value, list) else value


def _masked_member(name: str, value: Any) -> Any:
    """A member of a table is masked by its name too, as it is in the file."""
    if isinstance(value, str) and mask(f'{name} = "x"') != f'{name} = "x"':
        return Secret(value).masked()
    return masked(value)


def _lines(config: ConfigText, settings: dict[str, dict[str, Setting]], beyond: dict[str, str]) -> list[str]:
    lines = [clean(tilde(config.path)) + ("" if config.exists else " " + _("(there is no such file yet)"))]
    for group, found in settings.items():
        shown = {key: setting for key, setting in found.items() if _is_of_interest(setting, group)}
        lines += ["", header(group)]
        rows = [(f"  {key}", _text(setting), _origin(setting)) for key, setting in shown.items()]
        lines += aligned([*rows, *_kept_keys(config, group, found)])
    if beyond:
        lines += [
            "",
            _("by environment only"),
            *aligned([(f"  {name}", clean(value)) for name, value in beyond.items()]),
        ]
    return lines


def _kept_keys(config: ConfigText, group: str, found: dict[str, Setting]) -> Iterator[tuple[str, str, str]]:
    """A row for each key that is kept outside of the file; no place is asked for it."""
    if found["model"].source is Source.DEFAULT:
        return  # whose key it would be nobody said
    from tui.commands.key_places import KeyPlace

    draft = Draft(config, OwnSettings(), os.environ, group)
    take_effective(draft)
    store = draft.remembered_store
    if store is None or store is Store.CONFIG:
        return
    for key in draft.secret_keys():
        if not found[key].value:
            where = KeyPlace(draft, store, key).where or ""
            shown = tilde(Path(where)) if store is Store.FILE else where
            yield f"  {key}", clean(shown, limit=60), WORDS[store].name


def _is_of_interest(setting: Setting, group: str) -> bool:
    """All that has a value; of a group only what is not as everywhere."""
    return setting.value is not None and (group == DEFAULT or setting.source is not Source.DEFAULT)


def _text(setting: Setting) -> str:
    value = masked(setting.value)
    if isinstance(value, bool):
        return YES if value else NO
    text = json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict | list) else str(value)
    return clean(text, limit=60) if text else _("(empty)")


def _origin(setting: Setting) -> str:
    words = {
        Source.FILE: _("file, line {line}").format(line=setting.line),
        Source.INHERITED: _("[llm], line {line}").format(line=setting.line),
        Source.ENVIRONMENT: _("environment"),
        Source.DEFAULT: _("default"),
    }
    return words[setting.source]
