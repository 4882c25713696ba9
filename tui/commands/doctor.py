"""`doctor`: one look at everything, and what to do about it."""

import argparse
import asyncio
import sys
from typing import Any

from tui.base.errors import SetupError, Status
from tui.base.translation import _
from tui.commands.gate import hide
from tui.commands.inputs import hide_keys_in
from tui.commands.output import note, prose, write, write_json
from tui.commands.questions import accepted, agreed, sending_offered
from tui.commands.targets import meant
from tui.credentials.keyring_client import Keyring
from tui.doctor.examination import Examination
from tui.doctor.observation import Area, Grade, Observation, lines_of, summary_of
from tui.doctor.setup import SetUp
from tui.doctor.terminal import size_of_terminal
from tui.saving.consent import Unconfirmed


def run(options: argparse.Namespace) -> int:
    """Status 1 where there is an error that `--fix` did not put right."""
    found = asyncio.run(look(options))
    fixed = _fix(found) if options.fix else []
    left = [each for each in found if each not in fixed]
    if options.json:
        write_json({"ok": not any(each.is_error for each in left), "findings": [told(each) for each in left]})
    else:
        note(summary_of(left))
        if not options.fix and any(each.remedy for each in left):
            note(_("llm-setup doctor --fix puts right what can be put right from here, after a yes to each."))
    return Status.NO if any(each.is_error for each in left) else Status.DONE


async def look(options: argparse.Namespace, *, quiet: bool = False) -> list[Observation]:
    """All that is seen, printed as it comes unless JSON is wanted, or nothing (`quiet`)."""
    targets = meant(options)
    setup = SetUp(targets, options.config)
    for target in targets:
        hide_keys_in(target, setup.path(target))
    keyring = Keyring()
    examination = Examination(setup, keyring, size_of_terminal(), offline=options.offline)
    say = not (options.json or quiet)
    try:
        async for area, found in examination.run():
            _say(area, found, say=say)
        for secrets in examination.secrets.values():
            hide(secrets.values())
        await _ask_endpoints(examination, options, say=say)
    finally:
        await keyring.close()
    return examination.found


def _say(area: Area, found: list[Observation], *, say: bool) -> None:
    if say:
        encoding = (sys.stdout.encoding if sys.stdout else "") or "ascii"
        lines = lines_of(area, found, ascii_only="utf" not in encoding.lower())
        write(prose(lines, sys.stdout))


async def _ask_endpoints(examination: Examination, options: argparse.Namespace, *, say: bool) -> None:
    """With --live, or after a yes on a terminal."""
    if options.offline:
        return
    for draft, request in examination.askable():
        question = _("{host} can be asked whether it takes the key and has the model. That is free of charge.")
        if not options.live and not (say and agreed(question.format(host=request.host))):
            continue
        consent = accepted(draft, options.config, unencrypted=False)
        try:
            _say(*await examination.ask_endpoint(draft, request, consent), say=say)
        except Unconfirmed as problem:
            if say and agreed(problem.message):
                _say(*await examination.ask_endpoint(draft, request, [*consent, *problem.risks]), say=say)
            else:
                _say(*examination.note(_not_sent(problem)), say=say)


def _not_sent(problem: Unconfirmed) -> Observation:
    try:
        with sending_offered():
            raise problem
    except SetupError as error:
        return Observation.of(Area.ENDPOINT, "not-sent", error, Grade.WARNING)


def _fix(found: list[Observation]) -> list[Observation]:
    """Put right what can be, after a yes to each; what was."""
    fixed = []
    for each in found:
        if each.remedy and agreed(f"{each.message}\n{each.remedy.question}"):
            try:
                each.remedy.apply()
            except SetupError as error:
                note(str(error))
            else:
                fixed.append(each)
    if not fixed and any(each.remedy for each in found) and not (sys.stdin and sys.stdin.isatty()):
        note(_("--fix asks before each change, and there is no terminal to ask on: nothing was changed."))
    return fixed


def told(each: Observation) -> dict[str, Any]:
    """As JSON."""
    return {
        "severity": each.grade.value,
        "area": each.area.value,
        "code": each.code,
        "message": each.message,
        "hint": each.hint,
        "fixable": each.remedy is not None,
    }
