"""Which OpenHands a command is about: `--for`, LLM_SETUP_FOR, or what is found."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tui.base.errors import SetupError, Status
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.commands.output import note
from tui.drafts.own_settings import OwnSettings
from tui.openhands.targets.found import REMEMBERED, VARIABLE, chosen
from tui.openhands.targets.target import GUI, SERVER, TOML, Target

_WITH_GROUPS: Final = (TOML, SERVER)


def meant(options: argparse.Namespace) -> list[Target]:
    """The targets of the command, config.toml first where it is among several found. Raises SetupError.

    A group is one of config.toml, unless others are named; of the agent server it is a profile.
    """
    group = getattr(options, "group", None)
    words = options.targets or (os.environ.get(VARIABLE) or TOML if group else None)
    found = chosen(words, options.config, OwnSettings().preference(REMEMBERED))
    with_groups = (*_WITH_GROUPS, GUI) if getattr(options, "action", "") in ("rename", "remove") else _WITH_GROUPS
    if group and any(target.name not in with_groups for target in found):
        message = _("Only config.toml and the agent server have groups: --group does not go with --for {names}.")
        raise SetupError(message.format(names=names_of(found)), status=Status.USAGE)
    return found


def path_for(target: Target, options: argparse.Namespace) -> Path:
    """The target's file that the command is about. Raises SetupError for a group that cannot be."""
    return target.locate(options.config, getattr(options, "group", None))


def group_in(target: Target, name: str | None) -> str | None:
    """The group within that file: only config.toml has all in one."""
    return name if target.name == TOML else None


def the_one(options: argparse.Namespace, doing: str) -> Target:
    """The target of a command that takes one; of several that are found, config.toml, and that is said.

    Raises SetupError, naming what is `doing`, where several were named.
    """
    found = meant(options)
    if len(found) == 1:
        return found[0]
    ways = _("Say which one: {options}").format(options=", ".join(f"--for {target.name}" for target in found))
    if is_named(options):
        raise SetupError(_("{doing} is for one OpenHands only.").format(doing=doing), ways, status=Status.USAGE)
    words = _("This is about {path}; for {program}: --for {name}")
    path = clean(tilde(path_for(found[0], options)))
    note(*(words.format(path=path, program=other.program, name=other.name) for other in found[1:]))
    return found[0]


def is_named(options: argparse.Namespace) -> bool:
    """Whether the user says which targets are meant, and not what is found."""
    return bool(options.targets or os.environ.get(VARIABLE))


def names_of(found: Sequence[Target]) -> str:
    """As they are written in an option."""
    return ",".join(target.name for target in found)


def is_plain(found: Sequence[Target]) -> bool:
    """Whether only config.toml is meant, as before there were others."""
    return [target.name for target in found] == [TOML]
