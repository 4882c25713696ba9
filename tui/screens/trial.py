"""Step 7: a prompt that retries before the user's eyes, exactly as OpenHands would."""

import os
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from tui.base.translation import _
from tui.handover.clipboard import copied_words
from tui.openhands.fields import BY_KEY
from tui.retry.retried import LATEST
from tui.screens import trial_details, trial_outcome, trial_words
from tui.screens.messages import Move, TrialConcluded, TrialPassed
from tui.screens.near_models import NearModels
from tui.screens.trial_run import State, TrialRunScreen
from tui.trial.attempt_words import whole_test
from tui.trial.events import Attempt, Outcome
from tui.trial.plan import PROMPT, Plan, TrialResult
from tui.widgets.attempt_list import AttemptList
from tui.widgets.choice import Segments
from tui.widgets.details import DetailRow, Details
from tui.widgets.headings import Question, Section
from tui.widgets.key_bar import Hint
from tui.widgets.remark import Band, Figures, Remark
from tui.widgets.steps import Step
from tui.widgets.tone import line, lines
from tui.widgets.trial_choices import TrialChoices


class TrialScreen(TrialRunScreen):
    """Prompt, attempts, outcome. A passed test leads on to Finish, a failed one to the field that fixes it."""

    STEP: ClassVar[Step] = Step.TEST
    AUTO_FOCUS = "#send"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "rehearse", _("Rehearse"), show=False),
        Binding("ctrl+c", "interrupt", _("Stop"), show=False),
        Binding("a", "again", _("Again"), show=False),
        Binding("c", "copy", _("Copy"), show=False),
        Binding("n", "anew", _("New test"), show=False),
        Binding("pageup", "scroll_page(-1)", show=False),
        Binding("pagedown", "scroll_page(1)", show=False),
    ]

    saved = ""
    """What was saved just now, in a sentence."""
    last_trial: TrialResult | None = None
    """The last test."""
    _report: Outcome | None = None
    """What is copied with the attempts; unlike `_outcome` also of a rehearsal."""

    def body(self) -> Iterable[Widget]:
        """What is asked and chosen; how it ended; the attempts; what is known more; and what to do next."""
        cost = _("under a cent") if self.draft.provider and self.draft.provider.costs else ""
        yield Question(_("Send one prompt, and see it retried?"), (cost, "muted"), id="question")
        yield Static(id="target", markup=False, classes="one-line")
        yield Remark(id="saved", tone="good")
        yield TrialChoices(self.begun)
        yield Band(id="outcome")
        yield Static(id="hint", markup=False)
        yield Figures(id="figures")
        yield AttemptList()
        yield Static(id="thoughts", markup=False)
        yield Section(_("Near it in the catalogue"), (_("enter takes and tries it"), "faint"), id="near-head")
        yield NearModels()
        yield Details(id="details")
        with Horizontal(id="next"):
            yield Button(_("Finish"), id="onward", variant="primary", compact=True)
            yield Static(id="beside", markup=False, classes="one-line")

    def on_mount(self) -> None:
        """Say what would be called."""
        self.query_one("#target", Static).update(line((trial_words.called(self.draft), "plain")))
        self.query_one(Remark).say(self.saved, "good")
        self._explain()
        self._turn(State.IDLE)
        if self.last_trial and self.last_trial.holds_for(self.draft):
            self._show_again(self.last_trial)

    def _show_again(self, tried: TrialResult) -> None:
        """The last test, as it stood there."""
        self._plan = tried.plan
        self.query_one("#prompt", Input).value = tried.plan.order.prompt
        self.query_one(AttemptList).recall(tried.plan.policy, tried.attempts)
        self._conclude(tried.plan, tried.outcome)
        self.refresh_keys()

    def begun_text(self) -> str:
        """The prompt, if it is another one than ours."""
        prompt = next(iter(self.query("#prompt").results(Input)), None)  # the page may be coming, or going
        return "" if prompt is None or prompt.value == PROMPT else prompt.value

    @on(Segments.Chosen)
    @on(Input.Changed, "#prompt")
    def _explain(self) -> None:
        choices = self.query_one(TrialChoices)
        prompt = self.query_one("#prompt", Input).value
        rows = trial_words.explanation(prompt, choices.trial_options, self.draft.config)
        self.explanation.explain(_("What is tried again"), rows, (LATEST, "muted"))

    def on_resize(self, _event: events.Resize) -> None:
        """There is more room, or less."""
        if self.is_mounted:
            self.turned()

    def turned(self) -> None:
        """What is known more, where there is room for it."""
        self.query_one(Details).show(self._details(self.app.size.height))

    def _details(self, height: int) -> Sequence[DetailRow]:
        attempts = self.query_one(AttemptList).attempts
        if self._state is State.IDLE:
            return trial_details.before(self.draft, height)
        if self._state is State.RUNNING:
            return trial_details.meanwhile(attempts, height)
        if self._report is None or self._plan is None:
            return ()
        catalogue = self._catalogue()
        model = catalogue.get(self.draft.effective_text("model")) if catalogue else None
        return trial_details.afterwards(self._report, self._plan, attempts, model, height)

    # -- keys

    def hints(self) -> Sequence[Hint]:
        """What can be done now."""
        back, _next, *others = super().hints()
        shared = [hint for hint in others if hint[0] in ("↑ ↓", "f1", "^p", "^q")]
        if getattr(self, "_work", None) is not None:
            return (back[0], _("Stop"), "screen.back"), ("r", _("Retry now"), "screen.hurry"), *shared
        now = [back, ("enter", self.enter_does(), "screen.next")]
        if self._state is State.OVER:
            now += [("a", _("Again"), "screen.again"), ("c", _("Copy"), "screen.copy"), ("n", _("New"), "screen.anew")]
        now.append(("^r", _("Rehearse"), "screen.rehearse"))
        unsaved = [hint for hint in others if hint[0] == "^s" and self.draft.dirty]
        return *now, *unsaved, *shared

    def enter_does(self) -> str:
        """Enter sends, until there is an outcome."""
        if self._is_choosing_scene():
            return _("Rehearse")
        if self._is_choosing_model():
            return _("Take it")
        return _("Send") if self._state is State.IDLE else trial_words.onward(getattr(self, "_outcome", None))

    def arrows_do(self) -> str:
        """Up and down go through what is asked, and the models near one; there is nothing to choose in attempts."""
        if getattr(self, "_work", None) is not None:
            return ""
        if self._is_choosing_model() or self._is_choosing_scene():
            return _("Choose")
        return _("Move") if self._state is State.IDLE else ""

    def _is_choosing_model(self) -> bool:
        return self.is_attached and isinstance(self.focused, NearModels)

    def on_descendant_focus(self) -> None:
        """Enter does something else on the choice of a scene, and of a model."""
        self.refresh_keys()

    # -- the outcome

    def forget_outcome(self) -> None:
        """Only what goes on is shown."""
        self._report = None
        self.saved = ""
        self.query_one(Remark).say("")
        self.query_one(AttemptList).attempts = []
        self._turn(State.RUNNING)

    def answered(self, attempt: Attempt) -> None:  # noqa: ARG002 - the list has it
        """What the server said is read while one waits."""
        self.turned()

    def conclude(self, outcome: Outcome) -> None:
        """The answer leads to Finish, a diagnosis to the field that fixes it, a rehearsal back to Send."""
        if self._plan is None:
            return
        if not self._plan.is_rehearsal:
            attempts = self.query_one(AttemptList).attempts
            self.post_message(TrialConcluded(TrialResult(self._plan, outcome, attempts, self.draft.group)))
        self._conclude(self._plan, outcome)

    def _conclude(self, plan: Plan, outcome: Outcome) -> None:
        self._report = outcome
        note = trial_words.asked(plan, self.draft) if outcome.ok else ""
        trial_outcome.say(self, trial_words.concluded(outcome, plan), note)
        self.query_one("#thoughts", Static).update(lines(trial_words.thoughts(outcome, plan, self.draft)))
        self.query_one(Figures).show(trial_details.figures(outcome, plan) if outcome.ok else ())
        self._offer(None if plan.is_rehearsal else outcome)  # our own provider proves the retries, not the set-up

    def _offer(self, outcome: Outcome | None) -> None:
        """What comes next, under the finger."""
        self._outcome = outcome
        next_focus = trial_outcome.offer_next(self, outcome, self._plan, self.draft, self._catalogue())
        self.query_one(Figures).set_class(not (self._report and self._report.ok), "-empty")
        self._turn(State.OVER)
        next_focus.focus()

    def break_off(self, so_far: Outcome | None) -> None:
        """What would not have become better leads to the field that fixes it."""
        trial_outcome.say(self, trial_words.stopped(so_far))
        self._offer(trial_words.fixable(so_far))

    def give_up(self, error: BaseException | None) -> None:
        """Why nothing was sent."""
        trial_outcome.say(self, trial_words.failed(error))
        self._offer(None)

    @on(NearModels.Taken)
    def _take(self, taken: NearModels.Taken) -> None:
        if taken.model is None:
            self.post_message(Move(Step.MODEL, aim="model"))
        elif self._work is None:
            self.draft.edit("model", taken.model.id)
            self.refresh_frame()
            self._begin(None)

    @on(Button.Pressed, "#onward")
    def _go_on(self) -> None:
        outcome = self._outcome
        if outcome and outcome.ok:
            self.post_message(TrialPassed())
        elif outcome and outcome.diagnosis and outcome.diagnosis.field:
            field = BY_KEY[outcome.diagnosis.field]
            self.post_message(Move(Step(field.place.value), aim=field.key))
        else:
            self._begin(None)

    def action_scroll_page(self, way: int) -> None:
        """Of many attempts those that do not fit."""
        body = self.query_one("#body")
        body.scroll_relative(y=way * (body.size.height - 2), animate=False)

    def action_copy(self) -> None:
        """Put the whole test on the terminal's clipboard, as text; no key is in it."""
        if self._plan and self._work is None:
            attempts = self.query_one(AttemptList).attempts
            target = trial_words.target(self._plan, self.draft)
            self.app.copy_to_clipboard(whole_test(target, attempts, self._report, self._plan.openhands))
            self.notify(copied_words(os.environ))

    def help_text(self) -> str:
        """What F1 says."""
        return trial_words.help_text()
