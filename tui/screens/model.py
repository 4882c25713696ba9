"""Step 3: which model."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.base.foreign import clean
from tui.base.translation import _
from tui.catalog.models import Catalogue, Model, typed_model, typical_task_cost
from tui.screens.search import SearchScreen
from tui.settings.draft import Draft
from tui.widgets.pick_list import PickList
from tui.widgets.remark import Remark
from tui.widgets.search_row import SearchRow
from tui.widgets.steps import Journey, Step
from tui.widgets.tone import Piece, left, line, lines, right

NARROW = 66
SHOWN = 400
"""Rows of other providers' models at most; one types on rather than scrolls further."""


COLUMNS, FEW_COLUMNS = 46, 28
"""Cells of all columns but the name's; on a narrow screen the last two are left out, to tell the names apart."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, to be used as it is."""

    id: str


Row = Model | Typed


class ModelScreen(SearchScreen):
    """The chosen provider's models; other providers' below a line; what was typed can always be used as it is."""

    STEP: ClassVar[Step] = Step.MODEL

    def __init__(self, draft: Draft, journey: Journey, catalogue: Catalogue | None) -> None:
        super().__init__(draft, journey)
        self._catalogue = catalogue

    def body(self) -> Iterable[Widget]:
        """Search, list, what the highlighted one is and costs."""
        yield SearchRow()
        yield Head(id="head")
        yield PickList[Row](self._paint, divider=_("   ── other providers ──"), id="list")
        yield Static(id="brief", markup=False)
        yield Remark(id="cost")
        yield Static(
            line((_("★ verified with OpenHands   V vision  T tools  C caching  R reasoning"), "faint")), id="legend"
        )

    def on_mount(self) -> None:
        """The provider's models, the present one highlighted."""
        self.refilter()

    def show_catalogue(self, catalogue: Catalogue) -> None:
        """The catalogue is there now."""
        self._catalogue = catalogue
        self.refilter()

    def refilter(self) -> None:
        """Show what fits the text."""
        query = self.query_text.strip()
        rows = self._rows(query)
        index = next((i for i, row in enumerate(rows) if not query and row and row.id == self.draft.texts["model"]), 0)
        self.pick_list.show(rows, index)
        self.query_one(SearchRow).count(self._count(rows))

    def _rows(self, query: str) -> list[Row | None]:
        provider, catalogue = self.draft.provider, self._catalogue
        if provider is None:
            return []
        mine: list[Row] = [*catalogue.search(query, provider.family)] if catalogue and provider.family else []
        typed: list[Row] = [Typed(typed_model(query, provider))] if query else []
        present = self.draft.texts["model"].strip()
        if not query and present and all(row.id != present for row in mine):
            typed = [Typed(present)]
        if typed and any(row.id == typed[0].id for row in mine):
            mine.sort(key=lambda row: row.id != typed[0].id)
            typed = []
        searched = catalogue and query and provider.family
        others: list[Row] = [*catalogue.search_others(query, provider.family)[:SHOWN]] if catalogue and searched else []
        first = [*typed, *mine] if "/" in query or not query else [*mine, *typed]
        return [*first, None, *others] if others else [*first]

    def _count(self, rows: list[Row | None]) -> str:
        if self._catalogue is None:
            return _("reading the catalogue …")
        if self.draft.provider and not self.draft.provider.family:
            return _("any name may be typed")
        found = sum(isinstance(row, Model) for row in rows)
        return _("{found} of {all:,} models").format(found=found, all=len(self._catalogue.models))

    def take(self, row: Row) -> None:
        """Choose it; another provider's model changes provider, and asks for its key."""
        provider = self.draft.provider
        if isinstance(row, Model) and provider and self._catalogue and row.family != provider.family:
            other = next((p for p in self._catalogue.providers if p.family == row.family), None)
            if other:
                self.draft.choose_provider(other)
                self.draft.edit("model", row.id)
                self.action_go("key")
                return
        self.draft.edit("model", row.id)
        self.done()

    def explain_row(self, row: Row | None) -> None:
        """Context, prices, a typical task, and the advice to set a limit."""
        brief = self.query_one("#brief", Static)
        if row is None:
            brief.update(line((self._nothing(), "look-out")))
            self.query_one("#cost", Remark).say("")
            return
        facts = _described(row, retired=self._retired(row)) if isinstance(row, Model) else [[(_as_typed(row), "muted")]]
        brief.update(lines(facts[:3]))
        self.query_one("#cost", Remark).say(self._advice())
        more: list[list[Piece]] = [[(row.note, "muted")]] if isinstance(row, Model) and row.note else []
        self.explanation.explain(clean(row.id), [*facts, [("", "plain")], *more])

    def _retired(self, model: Model) -> bool:
        return self._catalogue is not None and model.retired(self._catalogue.today)

    def _nothing(self) -> str:
        if self._catalogue and self._catalogue.problem:
            return self._catalogue.problem
        return _("Type the model's name as your provider calls it.")

    def _advice(self) -> str:
        provider = self.draft.provider
        if provider is None or not provider.costs:
            return ""
        page = f": {provider.spending_page}" if provider.spending_page else _(" with your provider.")
        return _("OpenHands sends many prompts, and they cost money. Set a spending limit") + page

    def help_text(self) -> str:
        """What F1 says."""
        version = self._catalogue.litellm_version if self._catalogue else ""
        return _(
            "Every word typed must occur in the name. ★ are the models that OpenHands was verified with. Prices are in "
            "US dollars for a million tokens, from the catalogue of litellm {version}; a blank means unknown. Any name "
            "may be typed, whether it is listed or not."
        ).format(version=version)

    def _paint(self, row: Row, width: int) -> list[Piece]:
        if isinstance(row, Typed):
            return [(_("   use “{id}” as typed").format(id=clean(row.id)), "plain")]
        room = width - _columns(width)
        mine = self.draft.provider is not None and row.family == self.draft.provider.family
        name = clean(row.name if mine else row.id)
        present = row.id == self.draft.texts["model"]
        wide = _columns(width) == COLUMNS
        mark = " ★ " if row.verified else " ● " if present else "   "
        return [
            (mark, "look-out" if row.verified else "here"),
            (left(name, room), "faint" if self._retired(row) else "plain"),
            (right(_tokens(row.context), 8), "muted"),
            (right(_price(row.input_per_million), 8) + right(_price(row.output_per_million), 8), "plain"),
            ("  " + _abilities(row) if wide else "", "key"),
            ("  " + _("retired") if wide and self._retired(row) else "", "wrong"),
        ]  # fmt: skip


def _columns(width: int) -> int:
    return COLUMNS if width >= NARROW else FEW_COLUMNS


class Head(Widget):
    """The names of the columns, above the list."""

    def render(self) -> Content:
        """In the columns of the rows; the list's scroll bar takes one cell."""
        width = self.size.width - 1
        name = left(_("   model"), width - _columns(width) + 3)
        return line((name + right(_("context"), 8) + right(_("$ in"), 8) + right(_("$ out"), 8) + _("  can"), "faint"))


def _tokens(count: int | None) -> str:
    if count is None:
        return ""
    return f"{count / 1e6:.3g} M" if count >= 1_000_000 else f"{count // 1000} k" if count >= 1000 else str(count)


def _price(dollars: float | None) -> str:
    return "" if dollars is None else f"{dollars:,.2f}" if dollars >= 0.1 or dollars == 0 else f"{dollars:.3f}"


def _abilities(model: Model) -> str:
    known = (("V", model.vision), ("T", model.tools), ("C", model.caching), ("R", model.reasoning))
    return " ".join(letter if can else "·" if can is False else " " for letter, can in known)


def _as_typed(row: Typed) -> str:
    return _("Written to config.toml as {id}. litellm's catalogue does not know it; that is fine.").format(
        id=clean(row.id)
    )


def _described(model: Model, *, retired: bool) -> list[list[Piece]]:
    """Two or three lines: limits and prices, a typical task, when it was retired or recommended."""
    limits: list[Piece] = [(_tokens(model.context) or "?", "strong"), (_(" tokens in, "), "muted")]
    limits += [(_tokens(model.max_output) or "?", "strong"), (_(" out. "), "muted"), (_prices(model), "muted")]
    cost = typical_task_cost(model)
    task: list[Piece] = [(_("A typical OpenHands task: "), "muted")]
    task += [(f"about ${cost:,.2f}", "press")] if cost is not None else [(_("price unknown"), "muted")]
    task += [(_(" (1.2 M in, 80 % cached, 15 k out)"), "faint")]
    rows = [limits, task]
    if model.retired_on:
        words = _("Retired by its provider on {day}. ") if retired else _("Its provider retires it on {day}. ")
        rows.append([(words.format(day=model.retired_on), "wrong" if retired else "look-out")])
    if model.recommended:
        rows.append([(model.recommended, "muted")])
    return rows


def _prices(model: Model) -> str:
    if model.input_per_million is None or model.output_per_million is None:
        return _("Price unknown.")
    cached = model.cached_per_million
    middle = _("${cached} cached, ").format(cached=_price(cached)) if cached is not None else ""
    return _("${input} in, {middle}${output} out per million.").format(
        input=_price(model.input_per_million), middle=middle, output=_price(model.output_per_million)
    )
