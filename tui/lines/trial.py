"""Step 7: a prompt that is tried again as OpenHands would, one line an attempt; and how OpenHands is started."""

import asyncio
import signal
from contextlib import AsyncExitStack, suppress
from enum import Enum, auto

from tui.base.errors import SetupError
from tui.base.translation import _
from tui.checks.check import require_taken
from tui.commands.gate import hide
from tui.commands.test import opening, try_out
from tui.drafts.policy import policy_of
from tui.handover.start import Launcher, Release, explain_line, last_start, program_line, start_line
from tui.lines.run import Run
from tui.lines.talk import Option
from tui.openhands.fields import BY_KEY
from tui.openhands.targets.target import TOML
from tui.saving.consent import Unconfirmed
from tui.saving.transaction import secrets_for
from tui.screens.consent import SendKeyDialog, keep_yes
from tui.trial.plan import PROMPT, Plan, TrialResult, order_of, real, rehearsed
from tui.trial.runner import AS_OPENHANDS
from tui.trial.scenes import SCENES, Script, script_of
from tui.widgets.steps import Step


class What(Enum):
    """What can be done on the last step."""

    SEND = auto()
    REHEARSE = auto()
    FINISH = auto()


async def ask_test(run: Run) -> None:
    """Send, rehearse, or go on to how OpenHands is started."""
    passed = run.desk.last_trial is not None and run.desk.last_trial.outcome.ok
    options = [
        Option(What.SEND, _("send"), _("a real prompt, one request an attempt; Ctrl+C stops it"), ("s", "send")),
        Option(What.REHEARSE, _("rehearse"), _("the retries, on this machine: no key, no cost"), ("r", "rehearse")),
        Option(What.FINISH, _("finish"), _("how to start OpenHands with it"), ("f", "finish")),
    ]
    what = run.talk.choose(_("Test"), options, default=What.FINISH if passed else What.SEND)
    if what is What.FINISH:
        _finish(run)
        return
    script = None
    if what is What.REHEARSE:
        scenes = [Option(scene, scene.name, scene.about, (scene.key,)) for scene in SCENES]
        script = script_of(run.talk.choose(_("Scene"), scenes, default=SCENES[0]).words)
    prompt = PROMPT if script else run.talk.ask(_("Prompt"), default=PROMPT)
    tried = await _stoppable(run, prompt, script)
    if tried and not tried.plan.is_rehearsal:
        run.desk.last_trial = tried
        _go_on(run, tried)


def _go_on(run: Run, tried: TrialResult) -> None:
    """To the field that fixes it."""
    field = tried.outcome.diagnosis.field if tried.outcome.diagnosis else None
    if field and run.talk.agrees(_("Fix {field} now?").format(field=BY_KEY[field].label), default=True):
        run.show(Step(BY_KEY[field].place.value))


async def _stoppable(run: Run, prompt: str, script: Script | None) -> TrialResult | None:
    """Ctrl+C ends the test, and not the program."""
    loop, task = asyncio.get_running_loop(), asyncio.create_task(_try(run, prompt, script))
    before = signal.getsignal(signal.SIGINT)
    with suppress(NotImplementedError, RuntimeError):  # not in the main thread
        loop.add_signal_handler(signal.SIGINT, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        return None
    except SetupError as error:
        run.talk.say(str(error))
        return None
    finally:
        with suppress(NotImplementedError, RuntimeError):
            loop.remove_signal_handler(signal.SIGINT)
            signal.signal(signal.SIGINT, before)


async def _try(run: Run, prompt: str, script: Script | None) -> TrialResult | None:
    draft, policy = run.draft, policy_of(run.draft)
    async with AsyncExitStack() as stack:
        plan: Plan
        if script:
            plan = await stack.enter_async_context(rehearsed(prompt, policy, script))
        else:
            require_taken(draft)
            secrets = await secrets_for(draft, run.desk.keyring)
            hide(secrets.values())
            try:
                plan = real(order_of(draft, prompt, secrets), policy)
            except Unconfirmed as problem:
                if not await run.host.ask(SendKeyDialog(problem)):
                    raise
                keep_yes(draft, problem, run.talk.say)
                plan = real(order_of(draft, prompt, secrets, problem.risks), policy)
        run.talk.say(opening(plan))
        return await try_out(run.desk.probe, plan, AS_OPENHANDS, draft.group, as_lines=True)


# -- how OpenHands is started


def _finish(run: Run) -> None:
    """Two questions, one line; then it is over. Other programs have a line of their own."""
    draft = run.draft
    for program in (each for each in run.desk.programs if each.name != TOML):
        line, said = program_line(draft, program.name)
        run.talk.say(program.label, *filter(None, [said, line]))
    if run.desk.programs and all(each.name != TOML for each in run.desk.programs):
        run.leave()
        return
    launcher, release = last_start(draft.own)
    ways = [
        Option(Launcher.DOCKER, _("Docker")), Option(Launcher.COMMAND_LINE, _("Command line")),
        Option(Launcher.SOURCE, _("From source")),
    ]  # fmt: skip
    chosen = run.talk.choose(
        _("How do you start OpenHands?"), ways,
        default=launcher,
    )  # fmt: skip
    releases = [
        Option(Release.UP_TO_1_6, _("OpenHands up to 1.6")), Option(Release.FROM_1_7, _("OpenHands 1.7 or later"))
    ]  # fmt: skip
    since = run.talk.choose(_("Which one?"), releases, default=release)
    run.finish.remember(chosen, since)
    run.talk.say(_("Then this line starts it with what you set up:"), start_line(draft, chosen, since))
    run.talk.say(explain_line(draft, chosen, since))
    run.leave()
