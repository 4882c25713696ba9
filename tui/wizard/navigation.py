"""The way from step to step; the modules of the later steps are loaded when they are opened."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from tui.base.translation import _
from tui.screens.desk import Desk
from tui.widgets.steps import ORDER, Step, title

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.screens.desk import Desk
    from tui.screens.finish import FinishScreen
    from tui.screens.messages import Move
    from tui.screens.step import StepScreen


class Explained(Protocol):
    """A page that can say what it is for."""

    @property
    def heading(self) -> str:
        """What it is called."""

    def help_text(self) -> str:
        """A few sentences."""


class Navigation:
    """Shows one step at a time, and knows which."""

    def __init__(
        self, desk: "Desk", switch: "Callable[[Screen[None]], object]", notify: Callable[[str], object]
    ) -> None:  # fmt: skip
        self._desk = desk
        self._switch = switch
        self._notify = notify
        self.page: StepScreen | None = None
        """The step that is shown, perhaps below a dialog; None while it is another page."""
        self.explained: Explained | None = None
        """Any page that is shown, a step or not: what F1 explains."""

    def make(self, step: Step, aim: str = "") -> "StepScreen":
        """The page of a step, which is the present one from now on; with `aim`, it begins with that field."""
        self.page = screen_for(step, self._desk)
        self.page.aim = aim
        self.explained = self.page
        return self.page

    def show(self, step: Step, aim: str = "") -> None:
        """Show a step anew, also the one that is shown."""
        self._switch(self.make(step, aim))
        self._desk.step_shown.publish(step)

    def open(self, page: "FinishScreen") -> None:
        """Show a page that is no step."""
        self.page, self.explained = None, page
        self._switch(page)

    def explain(self, push: "Callable[[Screen[None]], object]") -> None:
        """A few sentences about the present page, in a dialog."""
        from tui.screens.dialogs import HelpDialog

        if self.explained:
            push(HelpDialog(self.explained.heading, self.explained.help_text()))

    def go(self, move: "Move") -> None:
        """Go where a step wants to go, or to the first step that is missing before it, and say so."""
        if self.page and self.page.STEP in ORDER:
            self._desk.journey.last = self.page.STEP
        target = destination(self._desk, move)
        if self.page is None or self.page.STEP is not target:
            self.show(target, move.aim if target is move.to else "")
        if target is not move.to:
            words = _("{step} opens when {missing} is done. Enter goes on from here.")
            self._notify(words.format(step=title(move.to), missing=title(target)))


def destination(desk: "Desk", move: "Move") -> Step:
    """Where a move leads: where it is aimed at, or to the first step that is missing before it."""
    journey, draft = desk.journey, desk.draft
    if move.passed:
        journey.passed.add(move.passed)
    if move.to is Step.REVIEW and draft.lacks_retries:
        draft.retries_accepted = True  # whoever goes to save gets all four written; Review shows them
    return move.to if journey.is_open(move.to) else journey.first_missing


def screen_for(step: Step, desk: "Desk") -> "StepScreen":
    """A new screen for `step`; key and model need a provider, and lead to it while there is none."""
    if step in {Step.KEY, Step.MODEL} and desk.draft.provider is None:
        step = Step.PROVIDER
    screen = _OPENERS[step](desk)
    if desk.begun and desk.begun[0] is step:
        screen.begun, desk.begun = desk.begun[1], None
    return screen


def _overview(desk: "Desk") -> "StepScreen":
    from tui.screens.overview import OverviewScreen

    return OverviewScreen(desk)


def _provider(desk: "Desk") -> "StepScreen":
    from tui.screens.provider import ProviderScreen

    return ProviderScreen(desk)


def _key(desk: "Desk") -> "StepScreen":
    from tui.screens.key import KeyScreen

    return KeyScreen(desk)


def _model(desk: "Desk") -> "StepScreen":
    from tui.screens.model import ModelScreen

    return ModelScreen(desk)


def _options(desk: "Desk") -> "StepScreen":
    from tui.screens.options import OptionsScreen

    return OptionsScreen(desk.draft, desk.journey)


def _retries(desk: "Desk") -> "StepScreen":
    from tui.screens.retries import RetriesScreen

    return RetriesScreen(desk.draft, desk.journey)


def _review(desk: "Desk") -> "StepScreen":
    from tui.drafts.model_choice import is_unknown
    from tui.openhands.routes import is_bare_model
    from tui.screens.review import ReviewScreen

    model = desk.draft.effective_text("model")
    unknown = is_unknown(model, desk.draft.provider, desk.catalogue, desk.live) and not is_bare_model(model)
    return ReviewScreen(desk, unknown=unknown)


def _test(desk: "Desk") -> "StepScreen":
    from tui.screens.trial import TrialScreen

    screen = TrialScreen(desk.draft, desk.journey, desk.keyring, desk.probe, lambda: desk.catalogue)
    screen.saved, desk.saved_words = desk.saved_words, ""
    screen.last_trial = desk.last_trial
    return screen


_OPENERS = {
    Step.OVERVIEW: _overview, Step.PROVIDER: _provider, Step.KEY: _key, Step.MODEL: _model, Step.OPTIONS: _options,
    Step.RETRIES: _retries, Step.REVIEW: _review, Step.TEST: _test,
}  # fmt: skip
