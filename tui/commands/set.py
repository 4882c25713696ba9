"""`set`: change settings, all of them or none."""

import argparse
import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.base.errors import SetupError, Status
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _, listed
from tui.checks.agent_server import older_gui_drops
from tui.checks.rules import faults
from tui.commands.gate import hide_keys_of
from tui.commands.inputs import hide_keys_in
from tui.commands.output import afterwards, as_text, difference_of, note, print_update
from tui.commands.questions import ask, in_place_offered
from tui.commands.schedule import sentence_on_requests
from tui.commands.targets import is_plain, meant, path_for
from tui.config_file.location import locate
from tui.drafts.own_settings import OwnSettings
from tui.openhands.effective import Source, effective
from tui.openhands.fields import BY_KEY, RETRY_KEYS, SECRET_KEYS
from tui.openhands.groups import DEFAULT, header, offending_keys, own_keys, table_path
from tui.openhands.names import group_called
from tui.openhands.targets.further import CONFIDENTIAL
from tui.openhands.targets.llm_file import LlmFile
from tui.openhands.targets.settings_json import SettingsJson, is_of_older_gui
from tui.openhands.targets.target import GUI, TOML, Target
from tui.saving.assignments import Request, requested
from tui.saving.file_update import Update
from tui.saving.target_update import (
    keep_beside,
    kept_apart,
    kept_lines,
    left_out_of,
    left_out_words,
    require_taken_by_some,
    update_target,
)

if TYPE_CHECKING:
    from tui.drafts.draft import Draft


class Done(NamedTuple):
    """What was done for one target."""

    target: Target
    update: Update
    left_out: Mapping[str, str]


def run(options: argparse.Namespace) -> int:
    """Everything is checked before anything is written; the targets' files first, then our own settings."""
    if options.same_as is not None:
        from tui.commands.alike import make_alike

        return make_alike(options)
    targets = meant(options)
    request = requested(options.assignments, options.unset, group_called(options.group), _read)
    require_taken_by_some(targets, request)
    path, own = locate(options.config), OwnSettings()
    with_toml = any(target.name == TOML for target in targets)
    ours = kept_lines(own, path, request.ours) if with_toml else []
    if ours and own.problem:
        raise own.problem
    for target in targets:
        hide_keys_in(target, path_for(target, options))
    with in_place_offered():
        done = _update(options, targets, request)
    if ours and not options.dry_run:
        _keep(path, request, done)
    with afterwards(done=not options.dry_run):
        files = None if is_plain(targets) else [told for each in done for told in told_of(each)]
        print_update(
            options, *(update for each in done for update in (each.update, *each.update.along)), also=ours, files=files
        )
        for each in done:
            note(*remarks_on(each, request))
    return Status.DONE


def _read(name: str) -> str:
    """An object that comes on stdin; what stands in it is printed by nobody."""
    text = ask(_("{name}: ").format(name=name))
    with contextlib.suppress(ValueError, RecursionError):
        hide_keys_of({name: json.loads(text)})
    return text


def _update(options: argparse.Namespace, targets: list[Target], request: Request) -> list[Done]:
    """Change all files; where one of several refuses, none is touched."""
    rounds = [False] if options.dry_run else [True] if len(targets) == 1 else [False, True]
    done: list[Done] = []
    for write in rounds:
        done = [
            Done(
                target,
                update_target(target, path_for(target, options), request, write=write, in_place=options.in_place),
                left_out_of(target, request),
            )
            for target in targets
        ]  # fmt: skip
    return done


def _keep(path: Path, request: Request, done: list[Done]) -> None:
    try:
        keep_beside(path, request.ours)
    except SetupError as error:
        updates = [update for each in done for update in (each.update, *each.update.along) if update.changed]
        if not updates:
            raise
        where = listed(clean(tilde(update.before.path)) for update in updates)
        message = _("Saved in {where}, but not what llm-setup keeps itself. {reason}")
        said = message.format(where=where, reason=error.message)
        raise SetupError(said, error.hint, status=error.status) from None


def told_of(done: Done) -> list[dict[str, Any]]:
    """An object a file."""
    return [
        {
            "target": done.target.name,
            "path": str(update.before.path),
            "changed": update.changed,
            "diff": as_text(difference_of(update)),
            "backup": str(update.backup) if update.backup else None,
            "left_out": [*done.left_out],
        }
        for update in (done.update, *done.update.along)
    ]


def remarks_on(done: Done, request: Request) -> Iterator[str]:
    update, target = done.update, done.target
    group = request.group if target.name == TOML else DEFAULT
    yield from _dropped(update, group) or _broken_rules(target, update, group)
    yield from kept_apart(update, request)
    yield from _key_led_elsewhere(target, update, group)
    yield from left_out_words(target, done.left_out)
    if target.name == GUI and isinstance(update.after, SettingsJson) and is_of_older_gui(update.after.whole):
        yield older_gui_drops()
    if target.name != TOML and any(key in RETRY_KEYS for key in request.table):
        yield from sentence_on_requests(target, update.after)


def _dropped(done: Update, group: str) -> list[str]:
    """What makes OpenHands drop the group still, whatever was set in it."""
    keys = ", ".join(clean(key, limit=60) for key in offending_keys(done.after, group))
    if keys and isinstance(done.after, LlmFile):
        words = _("llm-setup: warning: {program} does not take {path} because of {keys}; see llm-setup check.")
        return [words.format(program=done.after.program, path=clean(tilde(done.before.path)), keys=keys)]
    words = _("llm-setup: warning: OpenHands drops all of {group} because of {keys}; llm-setup check says more.")
    return [words.format(group=header(group), keys=keys)] if keys else []


def _key_led_elsewhere(target: Target, done: Update, group: str) -> Iterator[str]:
    """That a key in the file goes to another provider or address from now on than the one it was given for."""
    texts = {**own_keys(done.after, DEFAULT), **done.after.table(*table_path(group)), **done.after.further}
    keys = [key for key in (*SECRET_KEYS, *CONFIDENTIAL) if texts.get(key)]
    if not (keys and done.changed):
        return
    from tui.drafts.draft import Draft  # knows whose key it is; few files hold one

    own, environ = OwnSettings(), target.environment(os.environ)
    before, after = Draft(done.before, own, environ, group), Draft(done.after, own, environ, group)
    for key in keys:
        if before.provider and before.credential(key) != after.credential(key):
            words = _(
                "llm-setup: warning: {name} in {path} was given for {before}, and goes to {after} from now on. "
                "Unless that is meant, replace it: llm-setup key set, or remove it: llm-setup key delete"
            )
            yield words.format(
                name=key, path=clean(tilde(done.before.path)), before=_owner(before, key), after=_owner(after, key)
            )


def _owner(draft: "Draft", key: str) -> str:
    name = draft.provider.name if draft.provider else _("a provider that litellm does not know")
    return clean(draft.credential(key).origin or name)


def _broken_rules(target: Target, done: Update, group: str) -> list[str]:
    """What is wrong between the settings of the group now, though each is right in itself."""
    settings = effective(done.after, target.environment(os.environ), group).items()
    values = {
        key: setting.value
        for key, setting in settings
        if setting.source is not Source.DEFAULT
        and setting.value is not None
        and not isinstance(setting.value, Secret)
        and key in BY_KEY
    }
    warning = _("llm-setup: warning: {message} {hint}")
    return [warning.format(message=fault.message, hint=fault.hint).rstrip() for fault in faults(values)]
