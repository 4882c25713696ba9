"""Step 7: a prompt that retries before the user's eyes, exactly as OpenHands would."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack, aclosing
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input, Static
from textual.worker import Worker, WorkerState

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.translation import _
from tui.retry.policy import RetryPolicy
from tui.screens import trial_words
from tui.screens.step import Move, StepScreen
from tui.settings.draft import Draft
from tui.settings.fields import BY_KEY
from tui.settings.policy import policy_of
from tui.settings.saving import KeyStore, secrets_for
from tui.trial.drafted import order_of
from tui.trial.events import Attempt, AttemptStarted, Outcome, Waiting
from tui.trial.order import Order
from tui.trial.probe_client import Caller
from tui.trial.runner import Trial
from tui.widgets.attempt_list import AttemptList
from tui.widgets.field_row import LABEL
from tui.widgets.key_bar import Hint, KeyBar
from tui.widgets.remark import remark
from tui.widgets.steps import Journey, Step
from tui.widgets.text_input import TextInput
from tui.widgets.tone import left, line

PROMPT = "Reply with the single word: ready"
REHEARSAL_SPEED = 10
"""By how much the waits of a rehearsal are shortened; said on the screen."""


class TrialScreen(StepScreen):
    """Prompt, attempts, outcome. A passed test leads on to Finish, a failed one to the step that mends it."""

    STEP: ClassVar[Step] = Step.TEST
    AUTO_FOCUS = "#send"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+r", "rehearse", _("Rehearse"), show=False)]

    class Finished(Message):
        """The test passed and the user goes on."""

    def __init__(self, draft: Draft, journey: Journey, keyring: KeyStore, probe: Caller) -> None:
        super().__init__(draft, journey)
        self._keyring = keyring
        self._probe = probe
        self._trial: Trial | None = None
        self._work: Worker[None] | None = None
        self._policy = RetryPolicy()
        self._outcome: Outcome | None = None
        self._rehearsed = False

    def body(self) -> Iterable[Widget]:
        """Prompt and Send, what is called, attempts, outcome, and what to do next."""
        with Horizontal(id="prompt-row"):
            yield Static(left(_("Prompt"), LABEL), id="prompt-label")
            yield TextInput(PROMPT, id="prompt")
            yield Button(_("Send"), id="send", variant="primary", compact=True)
        yield Static(id="target", markup=False)
        yield AttemptList()
        yield Static(id="outcome", markup=False)
        yield Button(_("Finish"), id="onward", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Say what would be called."""
        self.query_one("#onward").display = False
        self._say_target(self.draft.effective_text("model"), trial_words.host(self.draft))
        said = _("One request an attempt. ^r rehearses the retries: no key, no cost.")
        self.query_one("#outcome", Static).update(line((said, "muted")))
        self.explanation.explain(_("What is tried again"), trial_words.explanation())

    def _say_target(self, model: str, host: str) -> None:
        self.query_one("#target", Static).update(line((f"{clean(model)}  →  {clean(host)}", "muted")))

    def hints(self) -> Sequence[Hint]:
        """R and S while something runs, ^r otherwise."""
        going = getattr(self, "_work", None) is not None
        if going:
            now: Sequence[Hint] = (("r", _("Retry now"), "screen.hurry"), ("s", _("Stop"), "screen.stop"))
        else:
            now = (("enter", self.enter_does(), "screen.next"), ("^r", _("Rehearse"), "screen.rehearse"))
        others = super().hints()
        return (others[0], *now, *(hint for hint in others if hint[0] in ("^s", "f1", "^p", "^q")))

    def enter_does(self) -> str:
        """Enter sends, until there is an outcome."""
        outcome = getattr(self, "_outcome", None)
        if outcome is None:
            return _("Send")
        return trial_words.onward(outcome)

    # -- sending

    @on(Input.Submitted, "#prompt")
    @on(Button.Pressed, "#send")
    def _send_pressed(self) -> None:
        self._begin(rehearse=False)

    def action_next(self) -> None:
        """Enter outside the prompt."""
        if self._work is None and self._outcome is None:
            self._begin(rehearse=False)

    def action_rehearse(self) -> None:
        """The same against a provider of our own."""
        self._begin(rehearse=True)

    def _begin(self, *, rehearse: bool) -> None:
        if self._work is not None:
            return
        self.query_one("#onward").display = False
        self._outcome = None
        self._rehearsed = rehearse
        self._work = self._run(rehearse)
        self.query_one(AttemptList).focus()
        self.refresh_keys()

    @work(group="trial", exclusive=True, exit_on_error=False, description="test prompt")
    async def _run(self, rehearse: bool) -> None:  # noqa: FBT001 - a worker's arguments are positional
        prompt = self.query_one("#prompt", Input).value
        with ExitStack() as stack:
            policy = policy_of(self.draft)
            if rehearse:
                # late: it brings an HTTP server, 20 ms and 2 MB
                from tui.trial.rehearsal import Rehearsal, rehearsal_order, shortened

                server = stack.enter_context(Rehearsal())
                policy = shortened(policy, REHEARSAL_SPEED)
                order = rehearsal_order(Order(self.draft.effective_text("model"), prompt), server.base_url)
                self._say_target(
                    _("rehearsal, waits shortened {speed} times").format(speed=REHEARSAL_SPEED), server.base_url
                )
            else:
                order = order_of(self.draft, prompt, await secrets_for(self.draft, self._keyring))
                self._say_target(order.called_model, trial_words.host(self.draft))
            self._policy = policy
            self._say([line((_("litellm is being loaded …"), "muted"))])
            await self._probe.ready()
            self._say([])
            self.query_one(AttemptList).begin(policy)
            self._trial = Trial(self._probe, order, policy)
            async with aclosing(
                self._trial.run()
            ) as events:  # stopping must close the socket now, not at some collection
                async for event in events:
                    self._show(event)

    def _show(self, event: AttemptStarted | Attempt | Waiting | Outcome) -> None:
        self.query_one(AttemptList).take(event)
        if isinstance(event, Waiting):
            self.query_one("#outcome", Static).update(line(*trial_words.waiting(event, self._policy)))
        elif isinstance(event, Outcome):
            self._outcome = event

    @on(Worker.StateChanged)
    def _settle(self, event: Worker.StateChanged) -> None:
        if event.worker is not self._work or event.state in (WorkerState.PENDING, WorkerState.RUNNING):
            return
        self._work = self._trial = None
        self.query_one(AttemptList).rest()
        if event.state is WorkerState.ERROR:
            self._say_failure(event.worker.error)
        elif event.state is WorkerState.CANCELLED:
            self._say([remark(_("Stopped. Nothing more is sent."))])
        elif self._outcome:
            self._conclude(self._outcome)
        self.refresh_keys()

    def refresh_keys(self) -> None:
        """Show the keys that do something now."""
        self.query_one(KeyBar).show(self.hints())

    # -- while it runs

    @on(AttemptList.Hurried)
    def action_hurry(self) -> None:
        """End the wait."""
        if self._trial:
            self._trial.retry_now()

    @on(AttemptList.Stopped)
    def action_stop(self) -> None:
        """End the test."""
        if self._work:
            self._work.cancel()
            self.query_one("#send").focus()

    def action_back(self) -> None:
        """A running test is stopped first."""
        if self._work:
            self.action_stop()
        else:
            super().action_back()

    # -- the outcome

    def _conclude(self, outcome: Outcome) -> None:
        if self._rehearsed:
            self._conclude_rehearsal(outcome)
            return
        button = self.query_one("#onward", Button)
        if outcome.ok:
            text = clean(outcome.text, limit=200)
            self._say([line((text, "strong"), (" — " + trial_words.summary(outcome), "muted"))])
            button.label = _("Finish")
        elif outcome.diagnosis:
            self._say([remark(outcome.diagnosis.message, "wrong"), line(("  " + outcome.diagnosis.hint, "plain"))])
            button.label = trial_words.onward(outcome)
        button.display = outcome.ok or bool(outcome.diagnosis and outcome.diagnosis.field)
        (button if button.display else self.query_one("#send")).focus()

    def _conclude_rehearsal(self, outcome: Outcome) -> None:
        """What was seen was our own provider: it proves the retries, not the set-up."""
        said = clean(outcome.text, limit=200) if outcome.ok else str(outcome.diagnosis and outcome.diagnosis.message)
        summary = line((said, "strong"), (" — " + trial_words.summary(outcome), "muted"))
        self._say([summary, remark(trial_words.rehearsed(self.draft), "good" if outcome.ok else "wrong")])
        self._outcome = None
        self._say_target(self.draft.effective_text("model"), trial_words.host(self.draft))
        self.query_one("#send").focus()

    def _say_failure(self, error: BaseException | None) -> None:
        if isinstance(error, SetupError):
            self._say([remark(str(error), "wrong")])
        else:
            what = type(error).__name__
            self._say([remark(_("The test broke off ({what}). Send it again.").format(what=what), "wrong")])
        self.query_one("#send").focus()

    def _say(self, rows: list) -> None:  # type: ignore[type-arg]
        self.query_one("#outcome", Static).update(line(("\n", "plain")).join(rows))

    @on(Button.Pressed, "#onward")
    def _go_on(self) -> None:
        if self._outcome and self._outcome.ok:
            self.post_message(self.Finished())
        elif self._outcome and self._outcome.diagnosis and self._outcome.diagnosis.field:
            self.post_message(Move(Step(BY_KEY[self._outcome.diagnosis.field].place.value)))

    def help_text(self) -> str:
        """What F1 says."""
        return _(
            "Send makes the call that OpenHands would make, and tries again after the waits set on Retries. R ends a "
            "wait, S or Escape stops everything. Rehearse does the same against a provider that llm-setup starts "
            "itself on this machine: it answers 429, 429 and then 200, needs no key and costs nothing."
        )
