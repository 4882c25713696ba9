"""Step 1: whose model it is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual.widget import Widget
from textual.widgets import Static

from tui.base.translation import _
from tui.catalog.providers import Provider, first_class
from tui.drafts.group_keys import UNKNOWN
from tui.drafts.provider_choice import needs, offered, standing, take
from tui.screens.desk import Desk
from tui.screens.model_words import not_known
from tui.screens.search import SearchScreen, search_box
from tui.widgets.headings import Question
from tui.widgets.pick_list import PickList
from tui.widgets.steps import Step
from tui.widgets.tone import Piece, left, line

if TYPE_CHECKING:
    from tui.catalog.local_servers import LocalServer
    from tui.catalog.models import Catalogue


_ANY: Final = "openai_compatible"


class ProviderScreen(SearchScreen):
    """First-class providers first, the long tail of litellm's after them as soon as the catalogue is there."""

    STEP: ClassVar[Step] = Step.PROVIDER

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.draft, desk.journey)
        self._desk = desk
        self._unknown = False
        """Whether what is typed is no provider that we know."""

    def body(self) -> Iterable[Widget]:
        """Search, list, and what the highlighted one is."""
        yield Question(_("Which provider should OpenHands use?"))
        yield search_box(_("type a part of its name"))
        yield PickList[Provider](self._paint, id="list")
        yield Static(id="brief", markup=False)

    def on_mount(self) -> None:
        """All providers, the present one highlighted."""
        self.refilter()
        self.follow(self._desk.catalogue_came, self._show_more)
        self.follow(self._desk.servers_came, self._show_more)

    @property
    def _providers(self) -> Sequence[Provider]:
        return (self._desk.catalogue.providers if self._desk.catalogue else ()) or first_class()

    def _show_more(self, came: "Catalogue | Mapping[str, LocalServer]") -> None:
        """The whole list is known now, or servers of this machine answered.

        The highlight stays where it is: Enter may be on its way.
        """
        if came:
            self.refilter(keep=self.pick_list.chosen)

    def refilter(self, keep: Provider | None = None) -> None:
        """Show what fits; without a text all, what answers on this machine first, the present provider highlighted.

        Where nothing fits, the one that fits any server.
        """
        query = self.query_text.strip()
        found = offered(self.draft, query, self._providers, self._desk.servers)
        self._unknown = not found
        rows = found or [provider for provider in self._providers if provider.id == _ANY]
        wanted = keep or (self.draft.provider if not query else None)
        index = next((i for i, provider in enumerate(rows) if wanted and provider.id == wanted.id), 0)
        self.pick_list.show(rows, index)
        count = _("{found} of {all}").format(found=sum(row.id != UNKNOWN for row in found), all=len(self._providers))
        self.count((count, "muted"))

    def take(self, row: Provider) -> None:
        """Choose it; another provider's endpoint and model leave the draft. A server here brings its address."""
        if take(self.draft, row, self._desk.servers):
            self.done()
        else:
            self.action_go(Step.OVERVIEW.value)

    def explain_row(self, row: Provider | None) -> None:
        """Its note, below the list and in the pane."""
        unknown = _("No provider of that name. This one takes the address of any server that speaks OpenAI's protocol.")
        self.show_line("brief", line((unknown, "look-out") if self._unknown or row is None else _brief(row)))
        if not self.explanation.display or row is None:
            return
        rows: list[list[Piece]] = [[(row.note, "muted")], [("", "plain")]]
        if unknown := not_known(row):
            rows += [[(unknown, "look-out")], [("", "plain")]]
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
        found, words = standing(self.draft, provider, self._desk.servers)
        return [
            (name, "strong" if present else "plain"), ("● " if present else "  ", "here"),
            (left(words, max(width - 30, 0)), "good" if found else "muted"),
        ]  # fmt: skip


def _brief(provider: Provider) -> Piece:
    return (unknown, "look-out") if (unknown := not_known(provider)) else (provider.note, "muted")


def _facts(provider: Provider) -> list[tuple[str, str]]:
    return [
        (_("Needs"), needs(provider)),
        (_("Models are"), f"{provider.prefix}…"),
        (_("Key page"), provider.key_page),
        (_("Rate limits"), provider.limits_page),
        (_("Set a limit"), provider.spending_page),
        (_("Docs"), provider.docs),
        (_("Environment"), ", ".join(provider.needs_environment)),
    ]
