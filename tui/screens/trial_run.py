"""What goes on while a prompt is tried: sending, the worker, its stopping, and the question before a key goes out."""

from contextlib import AsyncExitStack, aclosing
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from textual import on, work
from textual.widgets import Button, Input
from textual.worker import Worker, WorkerState

from tui.base.translation import _
from tui.checks.check import require_taken
from tui.drafts.draft import Draft
from tui.drafts.policy import policy_of
from tui.saving.consent import Risk, Unconfirmed
from tui.saving.transaction import KeyStore, secrets_for
from tui.screens import trial_words
from tui.screens.step import StepScreen
from tui.trial.events import Attempt, AttemptStarted, Outcome, Waiting
from tui.trial.plan import Plan, order_of, real, rehearsed
from tui.trial.probe_client import Caller
from tui.trial.runner import Trial, TrialOptions
from tui.trial.scenes import Scene, script_of
from tui.widgets.attempt_list import AttemptList
from tui.widgets.key_bar import KeyBar
from tui.widgets.steps import Journey
from tui.widgets.trial_choices import TrialChoices

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.catalog.models import Catalogue

USUAL_START: Final = 3.0
"""Seconds in which litellm is loaded, on a machine that has read it before; it is begun long before Send."""


class State(StrEnum):
    """What the page shows; a class of the page for each says which of its parts are seen."""

    IDLE = "-idle"
    RUNNING = "-running"
    OVER = "-over"


class TrialRunScreen(StepScreen):
    """From idle to running to over, one test at a time; what each of these looks like is the subclass's matter."""

    def __init__(
        self,
        draft: Draft,
        journey: Journey,
        keyring: KeyStore,
        probe: Caller,
        catalogue: "Callable[[], Catalogue | None]" = lambda: None,
    ) -> None:
        super().__init__(draft, journey)
        self._keyring = keyring
        self._probe = probe
        self._catalogue = catalogue
        self._trial: Trial | None = None
        self._work: Worker[None] | None = None
        self._plan: Plan | None = None
        self._outcome: Outcome | None = None
        self._again: Scene | None = None
        self._accepted: list[Risk] = []
        self._state = State.IDLE

    @on(Input.Submitted, "#prompt")
    @on(Button.Pressed, "#send")
    def _send_pressed(self) -> None:
        self._begin(None)

    def action_next(self) -> None:
        """Enter outside the prompt: on the scene it rehearses; a second paid request is not one Enter away."""
        if self._is_choosing_scene():
            self.action_rehearse()
        elif self._work is not None:
            self.notify(_("It is being sent: R ends a wait, Esc stops it."))
        elif self._state is State.OVER:
            self.query_one("#onward").focus()
        else:
            self._begin(None)

    def action_rehearse(self) -> None:
        """The chosen scene, by a provider of our own."""
        self._begin(self.query_one(TrialChoices).scene)

    def action_again(self) -> None:
        """The same once more."""
        if self._state is State.OVER:
            self._begin(self._again)

    def action_anew(self) -> None:
        """Another prompt, another rehearsal."""
        if self._state is State.OVER:
            self.forget_outcome()
            self._outcome = None
            self._turn(State.IDLE)
            self.query_one("#send").focus()

    def _is_choosing_scene(self) -> bool:
        return self.is_attached and self.focused is not None and self.focused.id == "scene"

    def _turn(self, state: State) -> None:
        """Show the parts of another state."""
        self._state = state
        for each in State:
            self.set_class(each is state, each)
        self.turned()

    def _begin(self, scene: Scene | None) -> None:
        if self._work is not None:
            return
        self.forget_outcome()
        self._outcome, self._again = None, scene
        self._work = self._run(scene, self.query_one(TrialChoices).trial_options)
        self.query_one(AttemptList).focus()
        self.refresh_keys()

    @work(group="trial", exclusive=True, exit_on_error=False, description="test prompt")
    async def _run(self, scene: Scene | None, trial_options: TrialOptions) -> None:
        prompt, policy = self.query_one("#prompt", Input).value, policy_of(self.draft)
        async with AsyncExitStack() as stack:
            if scene:
                self._plan = await stack.enter_async_context(rehearsed(prompt, policy, script_of(scene.words)))
            else:
                attempts = self.query_one(AttemptList)
                attempts.target = trial_words.called(self.draft)
                attempts.begin(policy, 0.0, trial_options)  # the schedule stands there before anything is asked
                attempts.prepare(_("reading the key"))
                require_taken(self.draft)
                secrets = await secrets_for(self.draft, self._keyring)
                self._plan = real(order_of(self.draft, prompt, secrets, self._accepted), policy)
            await self._show_all(self._plan, trial_options)

    async def _show_all(self, plan: Plan, trial_options: TrialOptions) -> None:
        trial = Trial(self._probe, plan.order, plan.policy, trial_options, catalogue=self._catalogue)
        attempts = self.query_one(AttemptList)
        attempts.target, attempts.host = trial_words.target(plan, self.draft), trial_words.asked(plan, self.draft)
        attempts.begin(plan.policy, trial.longest_call, trial_options)
        if trial.asks:
            attempts.prepare(_("starting litellm"), USUAL_START)
            await self._probe.ready()
        self._trial = trial
        async with aclosing(trial.run()) as events:  # stopping must close the socket now, not at some collection
            async for event in events:
                self._show(event)

    def _show(self, event: AttemptStarted | Attempt | Waiting | Outcome) -> None:
        self.query_one(AttemptList).take(event)
        if isinstance(event, Outcome):
            self._outcome = event
        elif isinstance(event, Attempt):
            self.answered(event)

    @on(Worker.StateChanged)
    def _settle(self, event: Worker.StateChanged) -> None:
        if event.worker is not self._work or event.state in (WorkerState.PENDING, WorkerState.RUNNING):
            return
        so_far = self._trial.so_far() if self._trial else None
        self._work = self._trial = None
        self.query_one(AttemptList).rest()
        if event.state is WorkerState.SUCCESS and self._outcome:
            self.conclude(self._outcome)
        elif event.state is WorkerState.CANCELLED:
            real = self._plan is not None and not self._plan.is_rehearsal
            self.break_off(so_far if real else None)
        else:
            self.give_up(event.worker.error)
            if isinstance(event.worker.error, Unconfirmed):
                self._ask(event.worker.error)
        self.refresh_keys()

    def _ask(self, problem: Unconfirmed) -> None:
        """The key goes only where the user lets it."""
        from tui.screens.consent import SendKeyDialog  # most are never asked

        self.app.push_screen(SendKeyDialog(problem), lambda yes: self._accept(problem) if yes else None)

    def _accept(self, problem: Unconfirmed) -> None:
        from tui.screens.consent import keep_yes

        self._accepted += problem.risks
        keep_yes(self.draft, problem, lambda words: self.notify(words, severity="warning", markup=False))
        self._begin(None)

    def refresh_keys(self) -> None:
        """Show the keys that do something now."""
        self.query_one(KeyBar).show(self.hints())

    # -- while it runs

    @on(AttemptList.Hurried)
    def action_hurry(self) -> None:
        """End the wait."""
        if self._trial:
            self._trial.retry_now()

    def action_interrupt(self) -> None:
        """Ctrl+C: what goes on, as in every program of the terminal; else the whole of it."""
        if self._work:
            self.action_stop()
        else:
            self.app.call_later(self.app.action_quit)

    @on(AttemptList.Stopped)
    def action_stop(self) -> None:
        """End the test."""
        if self._work:
            self._work.cancel()

    def action_back(self) -> None:
        """A running test is stopped first."""
        if self._work:
            self.action_stop()
        else:
            super().action_back()

    def turned(self) -> None:
        """Other parts are seen."""
        raise NotImplementedError

    def forget_outcome(self) -> None:
        """Another test begins."""
        raise NotImplementedError

    def answered(self, attempt: Attempt) -> None:
        """One attempt is over."""
        raise NotImplementedError

    def conclude(self, outcome: Outcome) -> None:
        """Say what came of it, and offer what follows."""
        raise NotImplementedError

    def break_off(self, so_far: Outcome | None) -> None:
        """The same of a test that was stopped; with what it had come to, if it was a real one."""
        raise NotImplementedError

    def give_up(self, error: BaseException | None) -> None:
        """The test could not be made."""
        raise NotImplementedError
