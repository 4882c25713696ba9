"""`test`: the live retrying prompt, or its rehearsal, as lines while it happens."""

import argparse
import asyncio
import math
import shlex
import sys
import time
from contextlib import AsyncExitStack, aclosing

from tui.base.errors import SetupError, Status
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _
from tui.catalog.models import load_catalogue
from tui.checks.check import require_taken
from tui.commands.check import remark_findings
from tui.commands.gate import hide
from tui.commands.inputs import load, load_existing, require_readable
from tui.commands.output import note, prose, write, write_json
from tui.commands.questions import accepted, sending_offered, unlocking_offered
from tui.commands.targets import the_one
from tui.credentials.keyring_client import Keyring
from tui.drafts.draft import Draft, take_effective
from tui.drafts.policy import policy_in_effect
from tui.openhands.targets.further import unsent
from tui.openhands.targets.target import targets
from tui.retry.policy import RetryPolicy
from tui.retry.schedule import in_words
from tui.saving.transaction import secrets_for
from tui.trial.attempt_words import conclusion, line_of
from tui.trial.diagnosis import explain
from tui.trial.events import Attempt, Event, Outcome, Waiting, as_json
from tui.trial.plan import PROMPT, SPEED, Plan, TrialResult, order_of, real, rehearsed
from tui.trial.probe_client import Probe
from tui.trial.record import remember
from tui.trial.runner import Trial, TrialOptions
from tui.trial.scenes import Script, script_of


def run(options: argparse.Namespace) -> int:
    """Status 0 for an answer, 1 for none; one line for each attempt and each wait, at once."""
    trial_options = TrialOptions(options.obey_retry_after, _positive(options.time_limit, "--time-limit"))
    speed = _positive(options.speed, "--speed")
    script = script_of(options.rehearse) if options.rehearse is not None else None
    if speed and script is None:
        raise _wrong(_("--speed is for --rehearse: a real test waits as long as OpenHands does."))
    target = the_one(options, _("A test"))
    draft = (
        load(options.config, options.group, target) if script else load_existing(options.config, options.group, target)
    )
    if script is None:
        require_taken(draft)
    take_effective(draft)
    remark_findings(draft.config, draft.group)
    if script is None:
        _require_model(draft)
        require_readable(draft)
    return asyncio.run(_prepare_and_test(draft, options, trial_options, script, speed or SPEED))


async def _prepare_and_test(
    draft: Draft, options: argparse.Namespace, trial_options: TrialOptions, script: Script | None, speed: float
) -> int:
    policy = policy_in_effect(draft.config, draft.environ, draft.group)
    prompt = options.prompt or PROMPT
    async with AsyncExitStack() as stack:
        if script:
            plan = await stack.enter_async_context(rehearsed(prompt, policy, script, speed))
        else:
            with sending_offered():
                order = order_of(
                    draft,
                    prompt,
                    await _secrets(draft),
                    accepted(draft, options.config, unencrypted=options.unencrypted),
                )
            plan = real(order, policy)
        said = [targets()[draft.config.kind].asks_also(), "" if script else unsent(draft.config.further)]
        note(opening(plan), *filter(None, said))
        probe = Probe()
        stack.push_async_callback(probe.close)
        tried = await try_out(probe, plan, trial_options, draft.group, as_lines=not options.json)
    return Status.DONE if tried and tried.outcome.ok else Status.NO


def _require_model(draft: Draft) -> None:
    groups = draft.config.groups() if draft.is_default else ()
    if not draft.effective_text("model") and groups:
        raise SetupError(
            _("[llm] names no model, so there is nothing to call."),
            _("Name one of the groups: llm-setup test --group {name}").format(name=shlex.quote(clean(groups[0]))),
        )
    if not draft.effective_text("model"):
        raise SetupError(
            _("No model is set, so there is nothing to call."),
            _("Set one with llm-setup set model=…, or try the retries with --rehearse busy-minute."),
        )


async def _secrets(draft: Draft) -> dict[str, Secret]:
    keyring = Keyring()
    try:
        with unlocking_offered():
            secrets = await secrets_for(draft, keyring)
    finally:
        await keyring.close()
    hide(secrets.values())
    return secrets


async def try_out(
    probe: Probe, plan: Plan, trial_options: TrialOptions, group: str, *, as_lines: bool
) -> TrialResult | None:  # fmt: skip
    """Say what happens until the outcome; cancelled, it ends with an outcome of its own. None where nobody reads on."""
    trial = Trial(probe, plan.order, plan.policy, trial_options, catalogue=load_catalogue)
    tried, begun, attempts = None, time.monotonic(), []
    try:
        if trial.asks:
            await probe.ready()
        begun = time.monotonic()
        async with aclosing(trial.run()) as events:
            async for event in events:
                attempts += [event] if isinstance(event, Attempt) else []
                if isinstance(event, Outcome):
                    tried = TrialResult(plan, event, attempts, group)
                    remember(tried)
                if not _tell(event, plan.openhands, as_lines=as_lines):
                    break  # nobody reads on: no further request
    except asyncio.CancelledError:
        why = explain("cancelled", plan.order)
        seconds = time.monotonic() - begun
        stopped = Outcome(ok=False, attempts=trial.attempts, text="", prompt_tokens=None, completion_tokens=None,
                          cost_usd=None, seconds=seconds, diagnosis=why)  # fmt: skip
        _tell(stopped, plan.openhands, as_lines=as_lines)
        raise
    return tried


def _tell(event: Event, policy: RetryPolicy, *, as_lines: bool) -> bool:
    """Print an event, as text or as JSON; each line leaves at once. False when nobody reads it."""
    if as_lines:
        return write(prose([clean(line, keep_spaces=True) for line in _lines(event, policy)], sys.stdout))
    told = as_json(event)
    return told is None or write_json(told, indent=None)


def _lines(event: Event, policy: RetryPolicy) -> list[str]:
    match event:
        case Attempt():
            return [line_of(event), *([f"    {event.message}"] if event.message else [])]
        case Waiting():
            return [_("waiting {wait}").format(wait=in_words(event.seconds))]
        case Outcome():
            return conclusion(event, policy)
    return []


def opening(plan: Plan) -> str:
    """What is going to be tried, and how patiently."""
    if plan.policy.attempts == 1 and plan.is_rehearsal:
        words = _("Rehearsal on this machine: one attempt.")
    elif plan.policy.attempts == 1:
        words = _("{model} → {where}: one attempt.")
    elif plan.is_rehearsal:
        words = _("Rehearsal on this machine: {count} attempts at most, {total} of waiting, shortened {speed:g} times.")
    else:
        words = _("{model} → {where}: {count} attempts at most, {total} of waiting in all.")
    return words.format(
        model=clean(plan.order.called_model), where=clean(plan.order.destination),
        count=plan.policy.attempts, total=in_words(plan.policy.total()), speed=plan.speed,
    )  # fmt: skip


def _positive(text: str | None, option: str) -> float | None:
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise _wrong(_("{option} takes a number above 0.").format(option=option))
    return number


def _wrong(message: str) -> SetupError:
    return SetupError(message, status=Status.USAGE)
