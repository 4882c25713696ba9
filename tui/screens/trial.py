"""Step 7: a prompt that retries before the user's eyes, exactly as OpenHands would."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AsyncExitStack, aclosing
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input, Static
from textual.worker import Worker, WorkerState

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.translation import _
from tui.screens import trial_words
from tui.screens.step import Move, StepScreen
from tui.settings.confirming import Risk, Unconfirmed, confirm
from tui.settings.draft import Draft
from tui.settings.fields import BY_KEY
from tui.settings.policy import policy_of
from tui.settings.saving import KeyStore, secrets_for
from tui.trial.drafted import order_of
from tui.trial.events import Attempt, AttemptStarted, Outcome, Waiting
from tui.trial.plan import PROMPT, Plan, real, rehearsed
from tui.trial.probe_client import Caller
from tui.trial.runner import Departures, Trial
from tui.trial.scenes import Scene, script_of
from tui.trial.wording import report
from tui.widgets.attempt_list import AttemptList
from tui.widgets.field_row import LABEL
from tui.widgets.key_bar import Hint, KeyBar
from tui.widgets.remark import remark
from tui.widgets.steps import Journey, Step
from tui.widgets.text_input import TextInput
from tui.widgets.tone import Piece, left, line
from tui.widgets.trial_choices import TrialChoices

if TYPE_CHECKING:
    from tui.catalog.models import Catalogue


class TrialScreen(StepScreen):
    """Prompt, attempts, outcome. A passed test leads on to Finish, a failed one to the field that mends it."""

    STEP: ClassVar[Step] = Step.TEST
    AUTO_FOCUS = "#send"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "rehearse", _("Rehearse"), show=False),
        Binding("a", "again", _("Again"), show=False),
        Binding("c", "copy", _("Copy"), show=False),
    ]

    class Finished(Message):
        """The test passed and the user goes on."""

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

    def body(self) -> Iterable[Widget]:
        """Prompt and Send, the choices, what is called, attempts, outcome, and what to do next."""
        with Horizontal(id="prompt-row"):
            yield Static(left(_("Prompt"), LABEL), id="prompt-label")
            yield TextInput(self.begun or PROMPT, id="prompt")
            yield Button(_("Send"), id="send", variant="primary", compact=True)
        yield TrialChoices()
        yield Static(id="target", markup=False)
        yield AttemptList()
        yield Static(id="outcome", markup=False)
        yield Button(_("Finish"), id="onward", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Say what would be called."""
        self.query_one("#onward").display = False
        self._say_target(clean(f"{self.draft.effective_text('model')}  →  {trial_words.host(self.draft)}"))
        self._say([line((_("One request an attempt. ^r rehearses the retries: no key, no cost."), "muted"))])
        self.explanation.explain(_("What is tried again"), trial_words.explanation())

    def _say_target(self, words: str) -> None:
        self.query_one("#target", Static).update(line((words, "muted")))

    def begun_text(self) -> str:
        """The prompt, if it is another one than ours."""
        prompt = self.query_one("#prompt", Input).value if self.is_mounted else PROMPT
        return "" if prompt == PROMPT else prompt

    def hints(self) -> Sequence[Hint]:
        """R and S while something runs; afterwards A and C as well; ^r otherwise."""
        if getattr(self, "_work", None) is not None:
            now: Sequence[Hint] = (("r", _("Retry now"), "screen.hurry"), ("s", _("Stop"), "screen.stop"))
        else:
            now = (("enter", self.enter_does(), "screen.next"), ("^r", _("Rehearse"), "screen.rehearse"))
            if getattr(self, "_plan", None):
                now = (*now, ("a", _("Again"), "screen.again"), ("c", _("Copy"), "screen.copy"))
        others = super().hints()
        return (others[0], *now, *(hint for hint in others if hint[0] in ("^s", "f1", "^p", "^q")))

    def enter_does(self) -> str:
        """Enter sends, until there is an outcome."""
        if self._is_choosing_scene():
            return _("Rehearse")
        outcome = getattr(self, "_outcome", None)
        return trial_words.onward(outcome) if outcome else _("Send")

    def _is_choosing_scene(self) -> bool:
        return self.is_attached and self.focused is not None and self.focused.id == "scene"

    def on_descendant_focus(self) -> None:
        """Enter does something else on the choice of a scene."""
        self.refresh_keys()

    # -- sending

    @on(Input.Submitted, "#prompt")
    @on(Button.Pressed, "#send")
    def _send_pressed(self) -> None:
        self._begin(None)

    def action_next(self) -> None:
        """Enter outside the prompt: on the scene it rehearses; a second paid request is not one Enter away."""
        if self._is_choosing_scene():
            self.action_rehearse()
        elif self._work is None and self._outcome is None:
            self._begin(None)

    def action_rehearse(self) -> None:
        """The chosen scene, by a provider of our own."""
        self._begin(self.query_one(TrialChoices).scene)

    def action_again(self) -> None:
        """The same once more."""
        if self._plan:
            self._begin(self._again)

    def _begin(self, scene: Scene | None) -> None:
        if self._work is not None:
            return
        self.query_one("#onward").display = False
        self._outcome, self._again = None, scene
        self._work = self._run(scene, self.query_one(TrialChoices).departures)
        self.query_one(AttemptList).focus()
        self.refresh_keys()

    @work(group="trial", exclusive=True, exit_on_error=False, description="test prompt")
    async def _run(self, scene: Scene | None, departures: Departures) -> None:
        prompt, policy = self.query_one("#prompt", Input).value, policy_of(self.draft)
        async with AsyncExitStack() as stack:
            if scene:
                self._plan = await stack.enter_async_context(rehearsed(prompt, policy, script_of(scene.words)))
            else:
                secrets = await secrets_for(self.draft, self._keyring)
                self._plan = real(order_of(self.draft, prompt, secrets, self._accepted), policy)
            self._say_target(trial_words.target(self._plan, self.draft))
            await self._show_all(self._plan, departures)

    async def _show_all(self, plan: Plan, departures: Departures) -> None:
        trial = Trial(self._probe, plan.order, plan.policy, departures, catalogue=self._catalogue)
        if trial.asks:
            self._say([line((_("litellm is being loaded …"), "muted"))])
            await self._probe.ready()
        self._say([])
        self._trial = trial
        foot = trial_words.foot(plan, departures)
        self.query_one(AttemptList).begin(plan.policy, foot, departures.time_limit)
        async with aclosing(trial.run()) as events:  # stopping must close the socket now, not at some collection
            async for event in events:
                self._show(event)

    def _show(self, event: AttemptStarted | Attempt | Waiting | Outcome) -> None:
        self.query_one(AttemptList).take(event)
        if isinstance(event, Outcome):
            self._outcome = event

    @on(Worker.StateChanged)
    def _settle(self, event: Worker.StateChanged) -> None:
        if event.worker is not self._work or event.state in (WorkerState.PENDING, WorkerState.RUNNING):
            return
        self._work = self._trial = None
        self.query_one(AttemptList).rest()
        if event.state is WorkerState.SUCCESS and self._outcome:
            self._conclude(self._outcome)
        else:
            cancelled = event.state is WorkerState.CANCELLED
            self._say(
                [remark(_("Stopped. Nothing more is sent.")) if cancelled else trial_words.failed(event.worker.error)]
            )
            self.query_one("#send").focus()
            if isinstance(event.worker.error, Unconfirmed):
                self._ask(event.worker.error)
        self.refresh_keys()

    def _ask(self, problem: Unconfirmed) -> None:
        """The key goes only where the user lets it."""
        from tui.screens.dialogs import ChoiceDialog  # most are never asked

        rows: list[list[Piece]] = [[(problem.message, "plain")]]
        dialog = ChoiceDialog(_("Send the key?"), rows, no=_("Do not send"), yes=_("Send it"))
        self.app.push_screen(dialog, lambda yes: self._accept(problem.risks) if yes else None)

    def _accept(self, risks: Sequence[Risk]) -> None:
        self._accepted += risks
        try:
            confirm(self.draft, risks)
        except SetupError as error:  # it was a yes all the same
            self.notify(str(error), severity="warning", markup=False)
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

    # -- the outcome

    def _conclude(self, outcome: Outcome) -> None:
        plan = self._plan
        if plan is None:
            return
        self._say(trial_words.concluded(outcome, plan, self.draft))
        button = self.query_one("#onward", Button)
        if plan.is_rehearsal:  # what was seen was our own provider: it proves the retries, not the set-up
            self._outcome = None
        else:
            button.label = trial_words.onward(outcome)
            button.display = outcome.ok or bool(outcome.diagnosis and outcome.diagnosis.field)
        (button if button.display else self.query_one("#send")).focus()

    def _say(self, rows: list[Content]) -> None:
        self.query_one("#outcome", Static).update(Content("\n").join(rows))

    @on(Button.Pressed, "#onward")
    def _go_on(self) -> None:
        if self._outcome and self._outcome.ok:
            self.post_message(self.Finished())
        elif self._outcome and self._outcome.diagnosis and self._outcome.diagnosis.field:
            field = BY_KEY[self._outcome.diagnosis.field]
            self.post_message(Move(Step(field.place.value), aim=field.key))

    def action_copy(self) -> None:
        """Put the whole test on the terminal's clipboard, as text; no key is in it."""
        if self._plan and self._work is None:
            attempts = self.query_one(AttemptList).attempts
            target = trial_words.target(self._plan, self.draft)
            self.app.copy_to_clipboard(report(target, attempts, self._outcome, self._plan.openhands))
            self.notify(_("Sent to the terminal's clipboard; some terminals do not take it."))

    def help_text(self) -> str:
        """What F1 says."""
        return _(
            "Send makes the call that OpenHands would make, and tries again after the waits set on Retries. R ends a "
            "wait, S or Escape stops everything, A does it again, C copies it as text. Rehearse does the same against "
            "a provider that llm-setup starts itself on this machine: it needs no key and costs nothing, and does "
            "what the chosen scene says. Retry-After and a time limit are heeded only if you switch them on: "
            "OpenHands heeds neither."
        )
