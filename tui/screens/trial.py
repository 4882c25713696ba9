"""Step 7: a prompt that retries before the user's eyes, exactly as OpenHands would."""

import os
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from tui.base.foreign import clean
from tui.base.translation import _
from tui.handover.clipboard import words
from tui.openhands.fields import BY_KEY
from tui.retry.retried import LATEST
from tui.screens import trial_details, trial_words
from tui.screens.messages import Move, TrialConcluded, TrialPassed
from tui.screens.near_models import NearModels
from tui.screens.trial_run import TryingScreen
from tui.trial.attempt_words import report
from tui.trial.events import Attempt, Outcome
from tui.trial.plan import PROMPT, Plan, TrialResult
from tui.trial.recognition import near_models
from tui.widgets.attempt_list import AttemptList
from tui.widgets.choice import Segments
from tui.widgets.details import DetailRow, Details
from tui.widgets.headings import Question, Section
from tui.widgets.key_bar import Hint
from tui.widgets.remark import Band, Figures, Remark
from tui.widgets.steps import Step
from tui.widgets.tone import line, lines
from tui.widgets.trial_choices import TrialChoices

if TYPE_CHECKING:
    from tui.catalog.models import Model

TALL: Final = 30
"""Rows of a terminal from which on details stand below what one came for."""
VERY_TALL: Final = 34
HUGE: Final = 40
LEAST: Final = 20
"""Rows that a passed test and its costs need beside those of its attempts."""


class State(StrEnum):
    """What the page shows; a class of the page for each says which of its parts are seen."""

    IDLE = "-idle"
    RUNNING = "-running"
    OVER = "-over"


class TrialScreen(TryingScreen):
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
    _state = State.IDLE
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
        called = clean(f"{self.draft.effective_text('model')}  →  {trial_words.host(self.draft)}")
        self.query_one("#target", Static).update(line((called, "plain")))
        self.query_one(Remark).say(self.saved, "good")
        self._explain()
        self._turn(State.IDLE)
        if self.last_trial and self.last_trial.holds_for(self.draft):
            self._show_again(self.last_trial)

    def _turn(self, state: State) -> None:
        """Show the parts of another state."""
        self._state = state
        for each in State:
            self.set_class(each is state, each)
        self._show_details()

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
        rows = trial_words.explanation(prompt, choices.trial_options)
        self.explanation.explain(_("What is tried again"), rows, (LATEST, "muted"))

    # -- what is seen where there is room

    def on_resize(self, _event: events.Resize) -> None:
        """There is more room, or less."""
        if self.is_mounted:
            self._show_details()

    def _show_details(self) -> None:
        self.query_one(Details).show(self._details(self.app.size.height))

    def _details(self, height: int) -> Sequence[DetailRow]:
        attempts = self.query_one(AttemptList).attempts
        if self._state is State.IDLE:
            return trial_details.if_all_fails(self.draft) if height >= VERY_TALL else ()
        before = trial_details.answers_before(attempts) if height >= HUGE else []
        if self._state is State.RUNNING:
            last = trial_details.last_answer(attempts[-1], short=height < TALL) if attempts else []
            return [*last, *before]
        if self._report is None or self._plan is None:
            return ()
        if self._report.ok:
            costs = trial_details.costs(self._report, self._model())
            more = trial_details.answered(self._report, self._plan, attempts) if height >= TALL else ()
            return [*costs, *more, *before] if len(attempts) + LEAST <= height else ()
        last = trial_details.last_answer(attempts[-1], short=height < TALL) if attempts else []
        return [*last, *before, *trial_details.also_possible()] if height >= TALL else last

    def _model(self) -> "Model | None":
        catalogue = self._catalogue()
        return catalogue.get(self.draft.effective_text("model")) if catalogue else None

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
        return *now, *(hint for hint in others if hint[0] == "^s"), *shared

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

    def _is_choosing_scene(self) -> bool:
        return self.is_attached and self.focused is not None and self.focused.id == "scene"

    def _is_choosing_model(self) -> bool:
        return self.is_attached and isinstance(self.focused, NearModels)

    def on_descendant_focus(self) -> None:
        """Enter does something else on the choice of a scene, and of a model."""
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
        self._show_details()

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
        self._say(trial_words.concluded(outcome, plan), note)
        self.query_one("#thoughts", Static).update(lines(trial_words.thoughts(outcome, plan, self.draft)))
        self.query_one(Figures).show(trial_details.figures(outcome, plan) if outcome.ok else ())
        self._offer(None if plan.is_rehearsal else outcome)  # our own provider proves the retries, not the set-up

    def break_off(self, so_far: Outcome | None) -> None:
        """What would not have become better leads to the field that fixes it."""
        self._say(trial_words.stopped(so_far))
        self._offer(trial_words.fixable(so_far))

    def give_up(self, error: BaseException | None) -> None:
        """Why nothing was sent."""
        self._say(trial_words.failed(error))
        self._offer(None)

    def _say(self, said: trial_words.Said, note: str = "") -> None:
        tone, sentence, hint = said
        self.query_one(Band).say(tone, *sentence, note=note)
        self.query_one("#hint", Static).update(line((hint, "plain")))
        self.query_one("#thoughts", Static).update("")
        self.query_one(Figures).show(())

    def _offer(self, outcome: Outcome | None) -> None:
        """What comes next, under the finger."""
        self._outcome = outcome
        near = self._near(outcome)
        called = self._plan.order.called_model if self._plan else ""
        self.query_one(NearModels).offer(near, called.partition("/")[2])
        for part, shown in (("#near-head", near), ("#near", near), ("#next", not near)):
            self.query_one(part).set_class(not shown, "-empty")
        if near:
            self.query_one("#hint", Static).update("")  # it names them
        rehearsed = self._plan is not None and self._plan.is_rehearsal
        beside = trial_words.beside_onward(outcome, self.draft, rehearsed=rehearsed)
        button = self.query_one("#onward", Button)
        button.label = trial_words.onward(outcome)
        self.query_one("#beside", Static).update(line((beside, "muted")))
        for part in ("#hint", "#thoughts"):
            self.query_one(part).set_class(not str(self.query_one(part, Static).content), "-empty")
        self.query_one(Figures).set_class(not (self._report and self._report.ok), "-empty")
        self._turn(State.OVER)
        (self.query_one(NearModels) if near else button).focus()

    def _near(self, outcome: Outcome | None) -> "list[Model]":
        """Models to take in the place of the one that the provider does not have."""
        catalogue = self._catalogue()
        if self._plan is None or catalogue is None or outcome is None or outcome.diagnosis is None:
            return []
        if outcome.diagnosis.code != "unknown-model":
            return []
        order = self._plan.order
        by_name = {model.name: model for model in catalogue.of(order.family)}
        return [by_name[name] for name in near_models(order, lambda: catalogue)]

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
            self.app.copy_to_clipboard(report(target, attempts, self._report, self._plan.openhands))
            self.notify(words(os.environ))

    def help_text(self) -> str:
        """What F1 says."""
        return _(
            "Send makes the call that OpenHands would make, and tries again after the waits set on Retries. R ends a "
            "wait, S or Escape stops everything, A does it again, C copies it as text, N goes back to the prompt. "
            "Rehearse does the same against a provider that llm-setup starts itself on this machine: it needs no key "
            "and costs nothing, and does what the chosen scene says. Retry-After and a time limit are heeded only if "
            "you switch them on: OpenHands heeds neither."
        )
