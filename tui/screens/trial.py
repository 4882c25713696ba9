"""Step 7: a prompt that retries before the user's eyes, exactly as OpenHands would."""

import os
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from tui.base.foreign import clean
from tui.base.translation import _
from tui.handover.clipboard import words
from tui.openhands.fields import BY_KEY
from tui.screens import trial_words
from tui.screens.messages import Move, TrialConcluded, TrialPassed
from tui.screens.trial_run import TryingScreen
from tui.trial.attempt_words import report
from tui.trial.events import Outcome
from tui.trial.plan import PROMPT, Plan, Tried
from tui.widgets.attempt_list import AttemptList
from tui.widgets.key_bar import Hint
from tui.widgets.remark import remark
from tui.widgets.row import Row
from tui.widgets.steps import Step
from tui.widgets.text_input import TextInput
from tui.widgets.tone import line
from tui.widgets.trial_choices import TrialChoices


class TrialScreen(TryingScreen):
    """Prompt, attempts, outcome. A passed test leads on to Finish, a failed one to the field that fixes it."""

    STEP: ClassVar[Step] = Step.TEST
    AUTO_FOCUS = "#send"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "rehearse", _("Rehearse"), show=False),
        Binding("ctrl+c", "interrupt", _("Stop"), show=False),
        Binding("a", "again", _("Again"), show=False),
        Binding("c", "copy", _("Copy"), show=False),
        Binding("pageup", "scroll_page(-1)", show=False),
        Binding("pagedown", "scroll_page(1)", show=False),
    ]

    saved = ""
    """What was saved just now, in a sentence."""
    tried: Tried | None = None
    """The last test."""
    _report: Outcome | None = None
    """What is copied with the attempts; unlike `_outcome` also of a rehearsal."""

    def body(self) -> Iterable[Widget]:
        """Prompt and Send, the choices, what is called, attempts, outcome, and what to do next."""
        send = Button(_("Send"), id="send", variant="primary", compact=True)
        yield Row(_("Prompt"), TextInput(self.begun or PROMPT, id="prompt"), send, cells=0)
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
        if self.tried and self.tried.holds_for(self.draft):
            self._show_again(self.tried)

    def _show_again(self, tried: Tried) -> None:
        """The last test, as it stood there."""
        self._plan = tried.plan
        self.query_one("#prompt", Input).value = tried.plan.order.prompt
        self.query_one(AttemptList).recall(tried.attempts)
        self._say_target(trial_words.target(tried.plan, self.draft))
        self._conclude(tried.plan, tried.outcome)
        self.refresh_keys()

    def _say(self, rows: list[Content]) -> None:
        """Below what was saved, until something is sent."""
        super()._say([*([remark(self.saved, "good")] if self.saved else []), *rows])

    def begun_text(self) -> str:
        """The prompt, if it is another one than ours."""
        prompt = next(iter(self.query("#prompt").results(Input)), None)  # the page may be coming, or going
        return "" if prompt is None or prompt.value == PROMPT else prompt.value

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
        if self._work is None:
            self._begin(None)
        else:
            self.action_next()

    def action_next(self) -> None:
        """Enter outside the prompt: on the scene it rehearses; a second paid request is not one Enter away."""
        if self._is_choosing_scene():
            self.action_rehearse()
        elif self._work is not None:
            self.notify(_("It is being sent: R ends a wait, S stops it."))
        elif self._outcome is None:
            self._begin(None)
        else:
            self._offer(self._outcome)

    def action_rehearse(self) -> None:
        """The chosen scene, by a provider of our own."""
        self._begin(self.query_one(TrialChoices).scene)

    def action_again(self) -> None:
        """The same once more."""
        if self._plan:
            self._begin(self._again)

    # -- the outcome

    def forget_outcome(self) -> None:
        """The way onward is shown when there is one."""
        self.query_one("#onward").display = False
        self._report = None
        self.saved = ""

    def conclude(self, outcome: Outcome) -> None:
        """The answer leads to Finish, a diagnosis to the field that fixes it, a rehearsal back to Send."""
        if self._plan is None:
            return
        if not self._plan.is_rehearsal:
            attempts = self.query_one(AttemptList).attempts
            self.post_message(TrialConcluded(Tried(self._plan, outcome, attempts, self.draft.group)))
        self._conclude(self._plan, outcome)

    def _conclude(self, plan: Plan, outcome: Outcome) -> None:
        self._report = outcome
        self._say(trial_words.concluded(outcome, plan, self.draft))
        self._offer(None if plan.is_rehearsal else outcome)  # our own provider proves the retries, not the set-up

    def break_off(self, so_far: Outcome | None) -> None:
        """What would not have become better leads to the field that fixes it."""
        self._say(trial_words.stopped(so_far))
        self._offer(trial_words.fixable(so_far))

    def _offer(self, outcome: Outcome | None) -> None:
        self._outcome = outcome
        button = self.query_one("#onward", Button)
        if outcome:
            button.label = trial_words.onward(outcome)
            button.display = outcome.ok or bool(outcome.diagnosis and outcome.diagnosis.field)
        (button if button.display else self.query_one("#send")).focus()

    @on(Button.Pressed, "#onward")
    def _go_on(self) -> None:
        if self._outcome and self._outcome.ok:
            self.post_message(TrialPassed())
        elif self._outcome and self._outcome.diagnosis and self._outcome.diagnosis.field:
            field = BY_KEY[self._outcome.diagnosis.field]
            self.post_message(Move(Step(field.place.value), aim=field.key))

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
            "wait, S or Escape stops everything, A does it again, C copies it as text. Rehearse does the same against "
            "a provider that llm-setup starts itself on this machine: it needs no key and costs nothing, and does "
            "what the chosen scene says. Retry-After and a time limit are heeded only if you switch them on: "
            "OpenHands heeds neither."
        )
