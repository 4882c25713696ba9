"""Step 1: whose model it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from tui.base.translation import _
from tui.catalog.providers import Provider, first_class
from tui.drafts.group_keys import UNKNOWN
from tui.drafts.provider_choice import found_here, needs_in_short, offered, take_provider
from tui.openhands.targets.found import programs
from tui.screens.desk import Desk
from tui.screens.programs_row import ProgramsRow
from tui.screens.provider_words import brief, in_full, models_in_words
from tui.screens.search import SearchScreen, search_box
from tui.widgets.headings import Question
from tui.widgets.pick_list import PickList
from tui.widgets.remark import Brief
from tui.widgets.steps import Step
from tui.widgets.tone import Piece, apart, fitting, left, line, right

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
        if self._desk.programs:
            yield ProgramsRow(programs([each.name for each in self._desk.programs]))
        yield search_box(_("type a part of its name"))
        yield Head()
        yield PickList[Provider](self._paint, divider=_("all others, A to Z"), id="list")
        yield Brief(id="brief", markup=False)

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
        shown = rows if query else _parted(rows)
        index = next((i for i, row in enumerate(shown) if wanted and row and row.id == wanted.id), 0)
        self.pick_list.show(shown, index)
        count = _("{found} of {all}").format(found=sum(row.id != UNKNOWN for row in found), all=len(self._providers))
        self.count((count, "muted"))

    def take(self, row: Provider) -> None:
        """Choose it; another provider's endpoint and model leave the draft. A server here brings its address."""
        if take_provider(self.draft, row, self._desk.servers):
            self.done()
        else:
            self.action_go(Step.OVERVIEW.value)

    def explain_row(self, row: Provider | None) -> None:
        """Its note, below the list and in the pane."""
        unknown = _("No provider of that name. This one takes the address of any server that speaks OpenAI's protocol.")
        self.show_line("brief", line((unknown, "look-out") if self._unknown or row is None else brief(row)))
        if not self.explanation.display or row is None:
            return
        rows, note = in_full(row, self._desk.catalogue)
        self.explanation.explain(row.name, rows, note)

    def help_text(self) -> str:
        """What F1 says."""
        return _(
            "Type a part of a name and press Enter. OpenHands talks to models through litellm, so every provider that "
            "litellm knows is here (its own list: docs.litellm.ai/docs/providers); any server that speaks OpenAI's "
            "protocol is an “OpenAI-compatible endpoint”."
        )

    def _paint(self, provider: Provider, width: int) -> list[Piece]:
        present = self.draft.provider is not None and provider.id == self.draft.provider.id
        needed = needs_in_short(self.draft, provider)
        models = models_in_words(provider, self._desk.catalogue)
        found = found_here(self.draft, provider, self._desk.servers)
        return row(f"{provider.name} ●" if present else provider.name, needed, models, found, width)


def _parted(rows: Sequence[Provider]) -> list[Provider | None]:
    """With a line before the first that few use."""
    usual = {provider.id for provider in first_class()} | {UNKNOWN}
    first = next((i for i, row in enumerate(rows) if row.id not in usual), len(rows))
    return [*rows[:first], *([None] if first < len(rows) else []), *rows[first:]]


_NAME, _NEEDS, _MODELS, _FOUND, _GAP = 27, 22, 4, 19, 2
_LEAST: Final = _NAME + _NEEDS + _MODELS + _GAP + _FOUND
"""Cells of all columns, as beside a pane; where there are fewer, what was found takes the place of the needs."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells of each column in a row of so many."""

    name: int
    needs: int
    found: int
    """0 where it has none of its own."""

    @classmethod
    def of(cls, width: int) -> "Columns":
        """What more there is, a name gets a third of it, and what was found the rest."""
        more = width - _LEAST
        if more < 0:
            return cls(_NAME, max(width - _NAME - _MODELS, 0), 0)
        return cls(_NAME + more // 3, _NEEDS + more // 3, _FOUND + more - 2 * (more // 3))


class Head(Widget):
    """The names of the columns, above the list."""

    DEFAULT_CLASSES = "head"

    def render(self) -> Content:
        """In the columns of the rows."""
        columns = Columns.of(self.size.width)
        names = left(_("provider"), columns.name)
        names += _between(_("needs"), _("models"), columns.needs + _MODELS)
        return line((names + (" " * _GAP + _("found here") if columns.found else ""), "faint"))


def _between(first: str, last: str, cells: int) -> str:
    return first + right(last, cells - cell_len(first))


def row(name: str, needs: str, models: str, found: str, width: int) -> list[Piece]:
    """A provider in `width` cells."""
    columns = Columns.of(width)
    here: list[Piece] = [(f"✓ {found}", "good")] if found else []
    middle: list[Piece] = here if here and not columns.found else [(needs, "muted")]
    pieces = [(left(name, columns.name), "plain"), *apart(middle, (), columns.needs), (right(models, _MODELS), "muted")]
    return [*pieces, (" " * _GAP, "plain"), *fitting(here, columns.found)] if columns.found else pieces
