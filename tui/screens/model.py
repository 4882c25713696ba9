"""Step 3: which model."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from tui.base.foreign import clean
from tui.base.translation import _
from tui.catalog.live_list import NoList
from tui.catalog.models import Arrangement, Catalogue, Model
from tui.drafts.model_choice import ModelChoice, Row, Typed
from tui.openhands.groups import used_elsewhere
from tui.screens import model_words
from tui.screens.desk import Desk
from tui.screens.messages import ListRequested
from tui.screens.model_pane import detail, pages
from tui.screens.model_rows import Head, ShortNames, mark_of, model_row, typed_row
from tui.screens.search import SearchScreen, search_box
from tui.widgets.headings import Question
from tui.widgets.key_bar import Hint
from tui.widgets.pick_list import PickList
from tui.widgets.remark import Brief, Remark
from tui.widgets.steps import Step
from tui.widgets.tone import Piece, apart, line, lines

if TYPE_CHECKING:
    from tui.widgets.explanation import PaneRow


class ModelScreen(SearchScreen):
    """The chosen provider's models; other providers' below a line; what was typed can always be used as it is."""

    STEP: ClassVar[Step] = Step.MODEL
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "ask", _("Ask the provider"), show=False),
        Binding("ctrl+o", "arrange", _("Order and filter"), show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.draft, desk.journey)
        self._desk = desk
        self._live: Catalogue | NoList | None = None
        self._doubted = ""
        """The text that nobody knows and that was taken once: the second time it is meant."""
        self._arrangement = Arrangement()
        self._elsewhere = used_elsewhere(desk.draft.config, desk.draft.group)
        self._short = ShortNames()
        """Of those in the list."""

    def body(self) -> Iterable[Widget]:
        """Search, list, what the highlighted one is and costs."""
        yield Question(_("Which model?"))
        yield search_box(_("type a part of its name"))
        yield Head(id="head")
        yield PickList[Row](self._paint, divider=_("other providers, each with a key of its own"), id="list")
        yield Brief(id="brief", markup=False)
        yield Static(id="facts", markup=False)
        yield Brief(id="said", markup=False)
        yield Remark(id="unknown")
        yield Static(id="legend", markup=False)

    def on_mount(self) -> None:
        """The provider's models, the present one highlighted."""
        if self.draft.provider:
            self.query_one("#unknown", Remark).say(model_words.not_known(self.draft.provider))
        self._show_list(self._desk.live)
        self.follow(self._desk.catalogue_came, lambda _catalogue: self._show_list(self._desk.live))
        self.follow(self._desk.list_came, self._show_list)
        self.follow(self._desk.asking_changed, lambda _host: self._say_legend())

    @property
    def _catalogue(self) -> Catalogue | None:
        return self._desk.catalogue

    def _show_list(self, live: Catalogue | NoList | None) -> None:
        """The catalogue is there, or the provider answered."""
        self._live = live
        self._say_legend()
        self.refilter()

    def action_arrange(self) -> None:
        """Choose order and filter."""
        from tui.screens.model_order import ArrangingDialog  # few need it

        self.app.push_screen(ArrangingDialog(self._arrangement), self._arrange)

    def _arrange(self, arrangement: Arrangement | None) -> None:
        if arrangement and arrangement != self._arrangement:
            self._arrangement = arrangement
            self.query_one(Head).say(model_words.arranged(arrangement))
            self.refilter(from_top=True)

    def action_ask(self) -> None:
        """Ask the provider."""
        self.post_message(ListRequested())

    def hints(self) -> Sequence[Hint]:
        """With what only this step has, before what all have."""
        first, rest = super().hints()[:2], super().hints()[2:]
        own = (("^r", _("Live list"), "screen.ask"), ("^o", _("Order"), "screen.arrange"))
        return (*first, *own, *rest)

    def refilter(self, *, from_top: bool = False) -> None:
        """Show what fits the text; without one the present model is highlighted, or the first `from_top`."""
        query = self.query_text.strip()
        self._doubted = ""
        rows = self._rows(query)
        self._short = ShortNames(clean(row.name) for row in rows if isinstance(row, Model))
        wanted = "" if query or from_top else self.draft.texts["model"]
        index = next((i for i, row in enumerate(rows) if row and row.id == wanted), 0)
        self.pick_list.show(rows, index)
        self.count((self._count(rows), "muted"))

    def _rows(self, query: str) -> list[Row | None]:
        mine, others = self._choice.rows(query)
        return [*mine, None, *others] if others else [*mine]

    @property
    def _choice(self) -> ModelChoice:
        return ModelChoice(self.draft, self._catalogue, self._live, self._arrangement, self._elsewhere)

    def _count(self, rows: list[Row | None]) -> str:
        if self._catalogue is None:
            return _("reading the catalogue …")
        found = sum(isinstance(row, Model) for row in rows)
        if self.draft.provider and not self.draft.provider.family and not isinstance(self._live, Catalogue):
            return _("any name may be typed")
        own = self._live if isinstance(self._live, Catalogue) and not self._choice.shows_others else self._catalogue
        return _("{found} of {all:,} models").format(found=found, all=len(own.models))

    def take(self, row: Row) -> None:
        """Choose it; another provider's model changes provider, and asks for its key."""
        if self._is_doubtful(row):
            self._doubted = row.id
            self.explain_row(row)
            return
        if self._choice.take(row):
            self.action_go("key")
        else:
            self.done()

    def _is_doubtful(self, row: Row) -> bool:
        """Whether nobody knows what was typed, and nobody went to its row: Enter was meant for a match."""
        mine = isinstance(row, Typed) and row.id not in (self._doubted, self.draft.texts["model"])
        return mine and self.pick_list.highlighted == 0 and bool(self._choice.doubt(row))

    def explain_row(self, row: Row | None) -> None:
        """In the pane, or in a few lines below the list: what the columns do not say, and what is known of it."""
        if self.explanation.display:
            self._explain_in_pane(row)
        elif isinstance(row, Model) and self._catalogue:
            width = self.query_one("#brief").size.width
            when = model_words.fate(row, self._catalogue.today)
            self.show_line("brief", line(*apart([(clean(row.id), "key")], [when], width)))
            self.show_line("facts", line(*model_words.facts(row)))
            said = [[(text, "muted")] for text in (*self._used_in(row), *model_words.told(row))]
            self.show_line("said", lines(said or [model_words.limit(self.draft.provider)]))
        else:
            said_of, tone = self._said_of(row)
            self.show_line("brief", line((said_of[0], tone)))
            self.show_line("facts", line())
            self.show_line("said", lines([[(text, "muted")] for text in said_of[1:]]))

    def _explain_in_pane(self, row: Row | None) -> None:
        if isinstance(row, Model) and self._catalogue:
            known = self._live if isinstance(self._live, Catalogue) else self._catalogue
            used: list[PaneRow] = [[(text, "muted")] for text in self._used_in(row)]
            rows = [*used, *detail(row, known, self.draft.provider)]
        else:
            said, tone = self._said_of(row)
            rows = [[(text, tone)] for text in said]
            rows += pages(self.draft.provider) if self.draft.provider else []
        self.explanation.explain(clean(row.id) if row else _("No model"), rows)

    def _used_in(self, row: Model) -> list[str]:
        group = self._elsewhere.get(row.id)
        return [_("Used in {group}.").format(group=clean(group, limit=60))] if group else []

    def _said_of(self, row: Row | None) -> tuple[list[str], str]:
        """Of what was typed, what becomes of it; else why there is nothing."""
        if not isinstance(row, Typed):
            return [self._nothing()], "look-out"
        if row.id == self._doubted:
            again = _("Enter again writes it as it was typed. Or type another part of the name.")
            return [self._choice.doubt(row), again], "look-out"
        return model_words.as_typed(row, self.draft.provider, self._live), "muted"

    def say_nothing_chosen(self) -> None:
        """Enter, and there is no row."""
        self.notify(self._nothing(), severity="warning", markup=False)

    def _retired(self, model: Model) -> bool:
        return self._catalogue is not None and model.retired(self._catalogue.today)

    def _nothing(self) -> str:
        return self._choice.nothing(self.query_text)

    def _say_legend(self) -> None:
        said = model_words.source(self._catalogue, self._live, self._desk.asked_host, self.draft)
        self.show_line("legend", line(said))

    def help_text(self) -> str:
        """What F1 says."""
        words = _(
            "Every word typed must occur in the name; one wrong letter is forgiven. ★ are the models that OpenHands "
            "was verified with. Prices are in US dollars for a million tokens; an empty cell means unknown. A task "
            "is what one piece of work with OpenHands typically takes: 30 steps of 40,000 tokens, 80 % of them "
            "cached, and 15,000 tokens of answers. OpenHands is only as powerful as its model: weigh quality against"
            " cost. Any name may be typed, whether it is listed or not: litellm's own list of providers and models "
            "is at docs.litellm.ai/docs/providers."
        )
        row = self.pick_list.chosen
        said = model_words.told(row) if isinstance(row, Model) else []
        return "\n\n".join([*said, words])

    def _paint(self, row: Row, width: int) -> list[Piece]:
        if isinstance(row, Typed):
            return typed_row(row, width, unknown=bool(self._catalogue and self._choice.doubt(row)))
        provider = self.draft.provider
        whole = provider is None or row.family != provider.listed_as
        present = row.id == self.draft.texts["model"]
        gone = _("retired") if self._retired(row) else _("not in its list") if row.live is False else ""
        mark = mark_of(row, present=present, used=row.id in self._elsewhere, gone=bool(gone))
        return model_row(row, mark, width=width, whole=whole, short=self._short, gone=gone)
