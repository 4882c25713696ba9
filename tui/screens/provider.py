"""Step 1: whose model it is."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Static

from tui.base.translation import _
from tui.catalog.providers import Provider, first_class, search_providers
from tui.screens.search import SearchScreen
from tui.settings.draft import Draft
from tui.settings.fields import BY_KEY
from tui.widgets.pick_list import PickList
from tui.widgets.search_row import SearchRow
from tui.widgets.steps import Journey, Step
from tui.widgets.tone import Piece, left, line


class ProviderScreen(SearchScreen):
    """First-class providers first, the long tail of litellm's after them as soon as the catalogue is there."""

    STEP: ClassVar[Step] = Step.PROVIDER

    def __init__(self, draft: Draft, journey: Journey, providers: Sequence[Provider] = ()) -> None:
        super().__init__(draft, journey)
        self._providers: Sequence[Provider] = providers or first_class()

    def body(self) -> Iterable[Widget]:
        """Search, list, and what the highlighted one is."""
        yield SearchRow(self.begun)
        yield PickList[Provider](self._paint, id="list")
        yield Static(id="brief", markup=False)

    def on_mount(self) -> None:
        """All providers, the present one highlighted."""
        self.refilter()

    def show_providers(self, providers: Sequence[Provider]) -> None:
        """The whole list is known now."""
        chosen = self.pick_list.chosen
        self._providers = providers
        self.refilter(keep=chosen)

    def refilter(self, keep: Provider | None = None) -> None:
        """Show what fits; without a text all, the present provider highlighted."""
        found = search_providers(self.query_text, self._providers) if self.query_text.strip() else [*self._providers]
        wanted = keep or (self.draft.provider if not self.query_text.strip() else None)
        index = next((i for i, provider in enumerate(found) if wanted and provider.id == wanted.id), 0)
        self.pick_list.show(found, index)
        count = _("{found} of {all}").format(found=len(found), all=len(self._providers))
        self.query_one(SearchRow).count(count)

    def take(self, row: Provider) -> None:
        """Choose it; another provider's endpoint and model leave the draft."""
        self.draft.choose_provider(row)
        self.done()

    def explain_row(self, row: Provider | None) -> None:
        """Its note, below the list and in the pane."""
        if row is None:
            text = _("No provider of that name. An OpenAI-compatible endpoint takes any address.")
            self.show_line("brief", line((text, "look-out")))
            return
        self.show_line("brief", line((row.note, "muted")))
        if not self.explanation.display:
            return
        rows: list[list[Piece]] = [[(row.note, "muted")], [("", "plain")]]
        rows += [[(left(label, 13), "faint"), (text, "plain")] for label, text in _facts(row) if text]
        self.explanation.explain(row.name, rows)

    def help_text(self) -> str:
        """What F1 says."""
        return _(
            "Type a part of a name and press Enter. OpenHands talks to models through litellm, so every provider that "
            "litellm knows is here (its own list: docs.litellm.ai/docs/providers); any server that speaks OpenAI's "
            "protocol is an “OpenAI-compatible endpoint”."
        )

    def _paint(self, provider: Provider, width: int) -> list[Piece]:
        present = self.draft.provider is not None and provider.id == self.draft.provider.id
        name = left(provider.name, 28)
        found = provider.key_variable and self.draft.environ.get(provider.key_variable)
        words = _("{name} is set").format(name=provider.key_variable) if found else _needs(provider)
        return [
            (" ● ", "here") if present else ("   ", "plain"), (name, "plain"),
            (left(words, max(width - 31, 0)), "good" if found else "muted"),
        ]  # fmt: skip


def _needs(provider: Provider) -> str:
    labels = [BY_KEY[need.key].label for need in provider.needs if need.required]
    return ", ".join(labels) if labels else _("no key needed")


def _facts(provider: Provider) -> list[tuple[str, str]]:
    return [
        (_("Needs"), _needs(provider)),
        (_("Models are"), f"{provider.prefix}…"),
        (_("Key page"), provider.key_page),
        (_("Rate limits"), provider.limits_page),
        (_("Set a limit"), provider.spending_page),
        (_("Docs"), provider.docs),
        (_("Environment"), ", ".join(provider.needs_environment)),
    ]
