"""Making the screen of a step; the modules of the later steps are loaded when they are opened."""

from typing import TYPE_CHECKING

from tui.screens.desk import Desk
from tui.widgets.steps import Step

if TYPE_CHECKING:
    from tui.screens.step import StepScreen


def screen_for(step: Step, desk: Desk) -> "StepScreen":
    """A new screen for `step`; key and model need a provider, and lead to it while there is none."""
    if step in {Step.KEY, Step.MODEL} and desk.draft.provider is None:
        step = Step.PROVIDER
    screen = _OPENERS[step](desk)
    if desk.begun and desk.begun[0] is step:
        screen.begun, desk.begun = desk.begun[1], None
    return screen


def _overview(desk: Desk) -> "StepScreen":
    from tui.screens.overview import OverviewScreen

    return OverviewScreen(desk)


def _provider(desk: Desk) -> "StepScreen":
    from tui.screens.provider import ProviderScreen

    return ProviderScreen(desk)


def _key(desk: Desk) -> "StepScreen":
    from tui.screens.key import KeyScreen

    return KeyScreen(desk)


def _model(desk: Desk) -> "StepScreen":
    from tui.screens.model import ModelScreen

    return ModelScreen(desk)


def _options(desk: Desk) -> "StepScreen":
    from tui.screens.options import OptionsScreen

    return OptionsScreen(desk.draft, desk.journey)


def _retries(desk: Desk) -> "StepScreen":
    from tui.screens.retries import RetriesScreen

    return RetriesScreen(desk.draft, desk.journey)


def _review(desk: Desk) -> "StepScreen":
    from tui.catalog.known_models import is_unknown
    from tui.openhands.routes import is_bare_model
    from tui.screens.review import ReviewScreen

    model = desk.draft.effective_text("model")
    unknown = is_unknown(model, desk.draft.provider, desk.catalogue, desk.live) and not is_bare_model(model)
    return ReviewScreen(desk, unknown=unknown)


def _test(desk: Desk) -> "StepScreen":
    from tui.screens.trial import TrialScreen

    screen = TrialScreen(desk.draft, desk.journey, desk.keyring, desk.probe, lambda: desk.catalogue)
    screen.saved, desk.saved_words = desk.saved_words, ""
    screen.tried = desk.tried
    return screen


_OPENERS = {
    Step.OVERVIEW: _overview, Step.PROVIDER: _provider, Step.KEY: _key, Step.MODEL: _model, Step.OPTIONS: _options,
    Step.RETRIES: _retries, Step.REVIEW: _review, Step.TEST: _test,
}  # fmt: skip
