"""Changing the settings of one target: what `set` asks for becomes the text of its file, or is kept beside it."""

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from tui.base.errors import SetupError, Status
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _, listed
from tui.config_file.document import ConfigText
from tui.config_file.locks import Conflict
from tui.config_file.mask import mask
from tui.drafts.own_settings import OwnSettings, beside_table, written_table
from tui.openhands.field import Value
from tui.openhands.fields import BY_KEY, RETRY_KEYS
from tui.openhands.groups import DEFAULT
from tui.openhands.names import unknown_setting
from tui.openhands.targets.agent_settings import AgentSettings
from tui.openhands.targets.further import FURTHER
from tui.openhands.targets.llm_file import LlmFile
from tui.openhands.targets.schema import fault, settable
from tui.openhands.targets.target import CLI, TOML, Target
from tui.saving.assignments import Request, came_along, changed_text, differs, equal, retries_along
from tui.saving.file_update import PATIENCE, Update, update


def update_target(
    target: Target, path: Path, request: Request, *, write: bool = True, in_place: bool = False
) -> Update:  # fmt: skip
    """Do what `request` asks for in the target's file. Raises SetupError, Conflict."""

    def change(first: ConfigText, present: ConfigText) -> str:
        if isinstance(first, LlmFile) and isinstance(present, LlmFile):
            return changed_llm(first, present, request)
        table = {key: value for key, value in request.table.items() if key not in FURTHER or value is None}
        return changed_text(first, present, replace(request, table=table))

    done = update(path, change, read=target.read, write=write, in_place=in_place)
    if write and target.name == CLI:
        remember(done.after)
    return done


def changed_llm(first: LlmFile, present: LlmFile, request: Request) -> str:
    """The text of `present` with the changes in it; the same text when there is nothing to change.

    As in config.toml, the retry settings that are missing are written with one of the four. Raises Conflict when
    somebody else changed the same settings since, and SetupError when they are not to be changed at all.
    """
    llm = present.llm
    for key, asked in request.table.items():
        _require_known(key, llm)
        before, now = first.llm.get(key), llm.get(key)
        if not (equal(before, now) or equal(now, asked) or came_along(first, key, before, now)):
            message = _("Somebody else changed {name} meanwhile.").format(name=clean(key, limit=60))
            raise Conflict(message, _("Nothing was written. Look at the file, then repeat your change."))
    wanted = {
        key: value
        for key, value in request.table.items()
        if value is None or (key in settable(present.kind) and not _wanted(key, value, present.kind))
    }
    edits = {key: value for key, value in wanted.items() if differs(llm, key, value)}
    if present.exists and "model" in edits and not edits["model"]:
        raise SetupError(
            _("There is no other model to be taken then."), _("Set another one instead."), status=Status.USAGE
        )
    if not edits:
        return present.text
    along = retries_along(present, DEFAULT, edits, is_new=not present.exists)
    return present.rewritten({(DEFAULT,): edits | along})


def _require_known(key: str, llm: Mapping[str, Any]) -> None:
    if key not in BY_KEY and key not in FURTHER and key not in llm:
        raise unknown_setting(key)


def left_out_of(target: Target, request: Request) -> dict[str, str]:
    """The settings of `request` that the target does not take: "" for one that it does not have, else what it must be.

    One value that it does not take would make it drop the whole file.
    """
    given = {key: value for key, value in {**request.table, **request.ours}.items() if value is not None}
    missing = {key: "" for key in given if not target.has(key)}
    return missing | {key: wanted for key, value in given.items() if (wanted := _wanted(key, value, target.name))}


def _wanted(key: str, value: Value, program: str) -> str:
    if program == TOML or key not in settable(program):
        return ""
    if key == "max_input_tokens" and os.environ.get("ALLOW_SHORT_CONTEXT_WINDOWS", "").lower() in _YES:
        return ""
    return fault(key, value, program)


_YES: Final = ("1", "true", "yes")


def left_out_words(target: Target, left_out: Mapping[str, str]) -> list[str]:
    """Sentences on what it does not take."""
    program = target.program[:1].upper() + target.program[1:]
    missing = listed(key for key, wanted in left_out.items() if not wanted)
    words = _("{program} has no setting {names}: left out there.")
    said = [words.format(program=program, names=missing)] if missing else []
    words = _("{program} takes {name} only as {wanted}: left out there.")
    return said + [words.format(program=program, name=key, wanted=wanted) for key, wanted in left_out.items() if wanted]


def require_taken_by_some(found: list[Target], request: Request) -> None:
    """Raise SetupError for a setting that none of the targets takes."""
    reasons = [left_out_of(target, request) for target in found]
    for key in {**request.table, **request.ours}:
        if all(key in each for each in reasons):
            programs = listed(target.program for target in found)
            message = _("{name} is no setting of {programs}.").format(name=key, programs=programs)
            if wanted := next(filter(None, (each[key] for each in reasons)), ""):
                message = _("{name} must be {wanted} for {programs}.")
                message = message.format(name=key, wanted=wanted, programs=programs)
            raise SetupError(message, _("Nothing was written."), status=Status.USAGE, field=key)


def kept_apart(done: Update, request: Request) -> list[str]:
    """What the condenser keeps for itself of the settings that were changed, as sentences."""
    before = done.before
    if not (isinstance(before, AgentSettings) and before.exists and done.changed and before.copies()):
        return []
    keys = [key for key in request.table if key in settable() and not before.follows(before.copies()[0], key)]
    if not keys:
        return []
    words = _("{path}: condenser.llm keeps its own {keys}: it has been set apart from llm.")
    return [words.format(path=clean(tilde(before.path)), keys=", ".join(keys))]


# -- what the CLI forgets when its own Settings are saved: remembered, so that `check` can tell

FORGOTTEN = (*RETRY_KEYS, "api_version")
"""The CLI's Settings page makes the LLM anew, without these."""


def remember(config: ConfigText) -> None:
    """Keep what the CLI's file says of them now. It is for `check` alone: what cannot be kept is let go."""
    table = config.table(DEFAULT)
    wanted = {key: str(table[key]) if key in table else None for key in FORGOTTEN}
    own = OwnSettings()
    if own.written(config.path) != {key: value for key, value in wanted.items() if value is not None}:
        with suppress(SetupError):
            own.save({written_table(config.path): wanted})


def forget(path: Path) -> None:
    """Nothing of what we wrote to the CLI's file counts any more."""
    own = OwnSettings()
    if own.written(path):
        with suppress(SetupError):
            own.save({written_table(path): dict.fromkeys(FORGOTTEN)})


def kept_lines(own: OwnSettings, config: Path, wanted: Mapping[str, str | None]) -> list[str]:
    """What changes with `wanted`, as lines of a diff, ready to be shown; empty when nothing does."""
    lines = []
    present = own.beside(config)
    for key, value in wanted.items():
        before = present.get(key)
        if before != value:
            lines += [f'-{key} = "{before}"'] if before is not None else []
            lines += [f'+{key} = "{value}"'] if value is not None else []
    return [mask(line) for line in lines]


def keep_beside(config: Path, wanted: Mapping[str, str | None]) -> None:
    """Write `wanted`, None for what is no longer kept; again if somebody else saves our settings at that moment.

    Raises SetupError.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            OwnSettings().save({beside_table(config): wanted})
        except Conflict:
            if time.monotonic() > end:
                raise
        else:
            return
