"""Making the screen of a step; the modules of the later steps are loaded when they are opened."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.credentials.keyring_client import Keyring
from tui.credentials.keyring_state import KeyringLook
from tui.settings.draft import Draft
from tui.settings.drafts import Drafts
from tui.widgets.steps import Journey, Step

if TYPE_CHECKING:
    from tui.catalog.models import Catalogue
    from tui.screens.step import StepScreen
    from tui.trial.probe_client import Probe


@dataclass
class Desk:
    """What lies ready for the screens; what is slow to come by is None until it is there."""

    drafts: Drafts
    journey: Journey
    keyring: Keyring
    catalogue: "Catalogue | None" = None
    look: KeyringLook | None = None
    probe_started: "Probe | None" = None
    begun: tuple[Step, str] | None = None
    """What stood in a step's box when one was cut off; for the next opening of that step."""

    @property
    def draft(self) -> Draft:
        """The draft of the group at hand."""
        return self.drafts.current

    @property
    def probe(self) -> "Probe":
        """The probe, made on the first call; making it starts nothing yet."""
        if self.probe_started is None:
            from tui.trial.probe_client import Probe

            self.probe_started = Probe()
        return self.probe_started


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

    return OverviewScreen(desk.draft, desk.journey)


def _provider(desk: Desk) -> "StepScreen":
    from tui.screens.provider import ProviderScreen

    return ProviderScreen(desk.draft, desk.journey, desk.catalogue.providers if desk.catalogue else ())


def _key(desk: Desk) -> "StepScreen":
    from tui.screens.key import KeyScreen

    return KeyScreen(desk.draft, desk.journey, desk.look)


def _model(desk: Desk) -> "StepScreen":
    from tui.screens.model import ModelScreen

    return ModelScreen(desk.draft, desk.journey, desk.catalogue)


def _options(desk: Desk) -> "StepScreen":
    from tui.screens.options import OptionsScreen

    return OptionsScreen(desk.draft, desk.journey)


def _retries(desk: Desk) -> "StepScreen":
    from tui.screens.retries import RetriesScreen

    return RetriesScreen(desk.draft, desk.journey)


def _review(desk: Desk) -> "StepScreen":
    from tui.screens.review import ReviewScreen

    return ReviewScreen(desk.draft, desk.journey)


def _test(desk: Desk) -> "StepScreen":
    from tui.screens.trial import TrialScreen

    return TrialScreen(desk.draft, desk.journey, desk.keyring, desk.probe, lambda: desk.catalogue)


_OPENERS = {
    Step.OVERVIEW: _overview, Step.PROVIDER: _provider, Step.KEY: _key, Step.MODEL: _model, Step.OPTIONS: _options,
    Step.RETRIES: _retries, Step.REVIEW: _review, Step.TEST: _test,
}  # fmt: skip
