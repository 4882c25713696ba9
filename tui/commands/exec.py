"""`exec`: become another program, with settings and key in its environment only."""

import argparse
from typing import Final

from tui.base.errors import SetupError, Status
from tui.base.translation import _
from tui.checks.agreement import insist_on_agreement
from tui.checks.check import insist_on_taken
from tui.checks.keys import insist_on_usable
from tui.commands.check import remark_findings
from tui.commands.inputs import fetch, load
from tui.commands.output import complain, remark
from tui.commands.questions import insist_on_own_address
from tui.drafts.draft import take_effective
from tui.handover.environment import CommandNotFound, become, missing_key, whole_environment
from tui.handover.limits import limits

NOT_FOUND: Final = 127
"""What a shell answers for a command that is not there."""


def run(options: argparse.Namespace) -> int:
    """What is missing is said before anything is started; returns only when the command is not found."""
    command = list(options.words[1:] if options.words[:1] == ["--"] else options.words)
    if not command:
        raise SetupError(_("exec needs a command: llm-setup exec -- COMMAND"), status=Status.USAGE)
    draft = load(options.config, options.group)
    insist_on_taken(draft)
    take_effective(draft)
    insist_on_agreement(draft)
    insist_on_own_address(draft, options.config, may_ask=True)
    secrets = fetch(draft)
    missing = missing_key(draft, secrets)
    if missing:
        raise SetupError(
            _("There is no key for {service}.").format(service=missing.service),
            _("Keep one with llm-setup key set, or on the Key step of llm-setup; or set LLM_API_KEY."),
        )
    insist_on_usable(draft, secrets)
    remark_findings(draft.config, draft.group)
    remark(*limits(draft))
    try:
        become(command, whole_environment(draft, secrets))
    except CommandNotFound as error:
        complain(error)
        return NOT_FOUND
