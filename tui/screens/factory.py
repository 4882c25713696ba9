"""Making the screen of a step; the modules of the later steps are loaded when they are opened."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from tui.credentials.keyring_client import Keyring
from tui.credentials.keyring_state import KeyringLook
from tui.drafts.draft import Draft
from tui.drafts.draft_set import Drafts
from tui.widgets.steps import Journey, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.catalog.local_servers import LocalServer
    from tui.catalog.models import Catalogue
    from tui.drafts.live_lists import LiveLists
    from tui.screens.step import StepScreen
    from tui.trial.plan import Tried
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
    servers: "Mapping[str, LocalServer]" = field(default_factory=dict)
    """Servers of this machine that answered, by provider."""
    begun: tuple[Step, str] | None = None
    """What stood in a step's box when one was cut off; for the next opening of that step."""

    saved: str = ""
    """What was saved, in a sentence, for the next page to say."""
    tried: "Tried | None" = None
    """The last test."""

    @cached_property
    def lists(self) -> "LiveLists":
        """What providers said of their models."""
        from tui.drafts.live_lists import LiveLists

        return LiveLists()

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

    return OverviewScreen(desk.drafts, desk.journey)


def _provider(desk: Desk) -> "StepScreen":
    from tui.screens.provider import ProviderScreen

    providers = desk.catalogue.providers if desk.catalogue else ()
    return ProviderScreen(desk.draft, desk.journey, providers, desk.servers)


def _key(desk: Desk) -> "StepScreen":
    from tui.screens.key import KeyScreen

    return KeyScreen(desk.draft, desk.journey, desk.look, lambda: desk.lists.answer(desk.draft))


def _model(desk: Desk) -> "StepScreen":
    from tui.screens.model import ModelScreen

    live = desk.lists.of(desk.draft, desk.catalogue) if desk.catalogue else None
    return ModelScreen(desk.draft, desk.journey, desk.catalogue, live)


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

    draft, catalogue = desk.draft, desk.catalogue
    screen = ReviewScreen(draft, desk.journey)
    live = desk.lists.of(draft, catalogue) if catalogue else None
    model = draft.effective_text("model")
    screen.unknown = is_unknown(model, draft.provider, catalogue, live) and not is_bare_model(model)
    return screen


def _test(desk: Desk) -> "StepScreen":
    from tui.screens.trial import TrialScreen

    screen = TrialScreen(desk.draft, desk.journey, desk.keyring, desk.probe, lambda: desk.catalogue)
    screen.saved, desk.saved = desk.saved, ""
    screen.tried = desk.tried
    return screen


_OPENERS = {
    Step.OVERVIEW: _overview, Step.PROVIDER: _provider, Step.KEY: _key, Step.MODEL: _model, Step.OPTIONS: _options,
    Step.RETRIES: _retries, Step.REVIEW: _review, Step.TEST: _test,
}  # fmt: skip
