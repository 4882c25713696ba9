"""Step 3: which model."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

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
from tui.screens.model_rows import Head, mark_of, model_row, typed_row
from tui.screens.search import SearchScreen, search_box
from tui.widgets.headings import Question
from tui.widgets.key_bar import Hint
from tui.widgets.pick_list import PickList
from tui.widgets.remark import Remark
from tui.widgets.steps import Step
from tui.widgets.tone import Piece, line, lines


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

    def body(self) -> Iterable[Widget]:
        """Search, list, what the highlighted one is and costs."""
        yield Question(_("Which model?"))
        yield search_box(_("type a part of its name"))
        yield Head(id="head")
        yield PickList[Row](self._paint, divider=_("other providers, each with a key of its own"), id="list")
        yield Static(id="brief", markup=False)
        yield Static(id="said", markup=False)
        yield Remark(id="cost")
        yield Static(id="legend", markup=False)

    def on_mount(self) -> None:
        """The provider's models, the present one highlighted."""
        self.query_one("#cost", Remark).say(model_words.advice(self.draft.provider))
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
        today = self._catalogue.today if self._catalogue else None
        if isinstance(row, Model) and today:
            self.show_line("brief", line((model_words.in_one_line(row), "plain")))
            said = model_words.remarks(row, today)
            if row.id in self._elsewhere:
                said.insert(0, _("Used in {group}.").format(group=clean(self._elsewhere[row.id], limit=60)))
            tone = "look-out" if row.retired_on and not row.retired(today) else "plain"  # the list says which are
            self.show_line("said", lines([[(text, tone)] for text in said]))
            full = model_words.in_full(row, today)
        else:
            said, tone = self._said_of(row)
            self.show_line("brief", line((said[0], tone)))
            self.show_line("said", lines([[(text, "muted")] for text in said[1:]]))
            full = [[(text, tone)] for text in said]
        if self.explanation.display:
            pages = model_words.pages(self.draft.provider) if self.draft.provider else []
            self.explanation.explain(clean(row.id) if row else "", [*full, [("", "plain")], *pages])

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
        marks = _("★ verified with OpenHands   V vision  T tools  C caching  R reasoning")
        said, tone = model_words.source(self._catalogue, self._live, self._desk.asked_host, self.draft)
        self.show_line("legend", lines([[(marks, "faint")], [(said, tone)]]))

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
        said = model_words.remarks(row, self._catalogue.today) if isinstance(row, Model) and self._catalogue else []
        return "\n\n".join([*said, words])

    def _paint(self, row: Row, width: int) -> list[Piece]:
        if isinstance(row, Typed):
            return typed_row(row, width, unknown=bool(self._catalogue and self._choice.doubt(row)))
        provider = self.draft.provider
        whole = provider is None or row.family != provider.listed_as
        present = row.id == self.draft.texts["model"]
        gone, used = self._retired(row), row.id in self._elsewhere
        faint = gone or row.live is False
        mark = mark_of(row, present=present, used=used, faint=faint)
        word = _("retired") if gone else _("live") if row.live else _("catalogue") if row.live is False else ""
        return model_row(row, mark, width=width, whole=whole, faint=faint, word=word)
