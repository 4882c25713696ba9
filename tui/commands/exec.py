"""`exec`: become another program, with settings and key in its environment only."""

import argparse
import os
from pathlib import Path
from typing import Final

from tui.base.errors import SetupError, Status
from tui.base.translation import _
from tui.checks.agreement import require_agreement
from tui.checks.check import require_taken
from tui.checks.keys import require_usable
from tui.commands.check import remark_findings
from tui.commands.inputs import fetch, load_existing
from tui.commands.output import complain, note
from tui.commands.questions import require_own_address
from tui.commands.targets import meant, path_for, the_one
from tui.drafts.draft import take_effective
from tui.handover.environment import CommandNotFound, become, limits, missing_key, whole_environment
from tui.handover.provider_variables import start_of
from tui.openhands.targets.cli import OVERRIDE
from tui.openhands.targets.installed import installed
from tui.openhands.targets.target import CLI, SERVER, TOML, Target

NOT_FOUND: Final = 127
"""What a shell answers for a command that is not there."""
_SERVERS: Final = ("agent-canvas", "agent-server")
"""Commands that read the profiles."""


def run(options: argparse.Namespace) -> int:
    """What is missing is said before anything is started; returns only when the command is not found."""
    command = list(options.words[1:] if options.words[:1] == ["--"] else options.words)
    if not command:
        raise SetupError(_("exec needs a command: llm-setup exec -- COMMAND"), status=Status.USAGE)
    target = _target(options, command)
    if options.fallback and not path_for(target, options).exists():
        return _become(command, dict(os.environ))
    draft = load_existing(options.config, options.group, target)
    require_taken(draft)
    take_effective(draft)
    require_agreement(draft)
    require_own_address(draft, options.config, may_ask=True)
    secrets = fetch(draft)
    missing = missing_key(draft, secrets)
    if missing:
        raise SetupError(
            _("There is no key for {service}.").format(service=missing.service),
            _("Keep one with llm-setup key set, or on the Key step of llm-setup; or set LLM_API_KEY."),
        )
    require_usable(draft, secrets)
    remark_findings(draft.config, draft.group)
    note(*limits(draft))
    if target.name != TOML:
        return _become(*start_of(draft, secrets, command, os.environ))
    return _become(command, whole_environment(draft, secrets))


def _become(command: list[str], environment: dict[str, str]) -> int:
    try:
        become(command, environment)
    except CommandNotFound as error:
        complain(error)
        return NOT_FOUND


def _target(options: argparse.Namespace, command: list[str]) -> Target:
    """What was named; else, of several that are found or usual, the one that the command reads.

    The flag says that the environment is to count, and that is config.toml's.
    """
    found = meant(options)
    program = installed(command[0]) if Path(command[0]).name == "openhands" else None
    reads_file = program and program.is_cli and OVERRIDE not in command
    name = SERVER if Path(command[0]).name in _SERVERS else CLI if reads_file else ""
    fitting = [target for target in found if target.name == name]
    return fitting[0] if fitting and not options.targets else the_one(options, "exec")
