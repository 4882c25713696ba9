"""Home, when there is something to look at: all settings in a few lines, each with its way in."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _, many
from tui.checks.check import findings
from tui.checks.finding import Code, Severity
from tui.checks.problems import problems
from tui.drafts.repairs import take_out
from tui.openhands.groups import DEFAULT, group_ids, header
from tui.openhands.targets.found import programs
from tui.openhands.targets.target import TOML
from tui.screens.desk import Desk
from tui.screens.messages import GroupRequested
from tui.screens.overview_rows import GroupRow, Row, name_of, painted
from tui.screens.overview_words import alarming, differing_programs, next_step, told
from tui.screens.programs_row import ProgramsRow
from tui.screens.step import StepScreen
from tui.widgets.file_views import FileView
from tui.widgets.frame import TitleBar
from tui.widgets.key_bar import Hint, KeyBar
from tui.widgets.pick_list import Divider, PickList
from tui.widgets.remark import Remark
from tui.widgets.steps import ORDER, Step, title
from tui.widgets.tone import Piece, line

MOST = 6
"""Findings that are shown; there is one line to read all of them."""
ROOMY, NOTED, WIDE = 24, 72, 120
"""Rows of a terminal with empty lines between blocks; columns for a section's note, and for the file."""


class OverviewScreen(StepScreen):
    """One row a step; Enter opens it. What is wrong stands below."""

    STEP: ClassVar[Step] = Step.OVERVIEW
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("home,pageup", "move(-1000000)", show=False),
        Binding("end,pagedown", "move(1000000)", show=False),
        Binding("x", "take_out", _("Remove unknown keys"), show=False),
        Binding("v", "values", _("All values"), show=False),
        Binding("n", "group('add')", _("New group"), show=False),
        Binding("c", "group('copy')", _("Copy the group"), show=False),
        Binding("r", "group('rename')", _("Rename the group"), show=False),
        Binding("d", "group('remove')", _("Remove the group"), show=False),
        Binding("m", "app.make_alike", _("The same for all programs"), show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.draft, desk.journey)
        self._desk = desk
        self._drafts = desk.drafts
        self._alarming = alarming(desk.draft)

    def body(self) -> Iterable[Widget]:
        """The rows, the remarks, on a wide screen the file, and what is next."""
        if self._desk.programs:
            yield ProgramsRow(programs([each.name for each in self._desk.programs]))
        yield PickList[Row](self._paint, id="list")
        with Vertical(id="remarks", classes="grid row"):
            yield from self._remarks()
        yield FileView(id="file")
        yield Static(id="next", markup=False)

    def title_bar(self) -> Widget:
        """How much there is to do."""
        count = len(self._alarming)
        said = [("! " + many("{count} thing to do", "{count} things to do", count), "look-out")] if count else []
        return TitleBar(title(self.STEP), said)

    def on_mount(self) -> None:
        """Fill it. The highlight is where one comes from, and at first on what needs something."""
        self._show(self.journey.last or next((step for step in ORDER if step in self._alarming), ORDER[0]))
        said = next_step(self._desk, self._alarming)
        self.query_one("#next", Static).update(line((_("Next: "), "strong"), (said, "muted")))
        self.follow(self._desk.catalogue_came, lambda _catalogue: self.pick_list.repaint())

    def on_resize(self) -> None:
        """Empty lines, the file and the pane come and go."""
        self.query_one(FileView).show(*self._file())
        rows = self._rows()
        if len(rows) != self._count:
            self._show(self.pick_list.chosen or ORDER[0])
        self.call_after_refresh(self._explain)

    _count = 0
    """Rows of the list, those between others included."""

    def _show(self, highlighted: Row) -> None:
        rows = self._rows()
        self._count = len(rows)
        self.pick_list.styles.height = len(rows)
        self.pick_list.show(rows, rows.index(highlighted) if highlighted in rows else 0)

    def _rows(self) -> list[Row | Divider]:
        """What is chosen, what is set, what is done; then the groups. Without empty lines where there is no room."""
        gap = [Divider()] if self.app.size.height >= ROOMY else []
        rows: list[Row | Divider] = [*ORDER[:3], *gap, *ORDER[3:5], *gap, *ORDER[5:]]
        if self.draft.config.exists and self.draft.config.kind == TOML:
            note = _("one for each job of OpenHands") if self.app.size.width >= NOTED else ""
            rows += [*gap, Divider(_("Groups"), note), *map(GroupRow, self._groups())]
        return rows

    def _file(self) -> tuple[str, Sequence[str], int]:
        """The name of the file, its lines without keys, and which of them begins the group at hand."""
        if self.app.size.width < WIDE or not self.draft.config.exists:
            return "", (), 0
        from tui.config_file.diff import shown_lines  # few terminals are so wide

        shown = shown_lines(self.draft.config.shown)
        begins = header(self.draft.group)
        at = next((number for number, text in enumerate(shown) if text.lstrip().startswith(begins)), 0)
        return clean(tilde(self.draft.config.path)), shown, at

    @property
    def pick_list(self) -> "PickList[Row]":
        """The rows."""
        return self.query_one(PickList)

    def hints(self) -> Sequence[Hint]:
        """What can be done with a group stands there when one is highlighted."""
        shown = super().hints()
        row = self.pick_list.chosen if self.is_mounted else None
        if not isinstance(row, GroupRow):
            remove = (("x", _("Remove"), "screen.take_out"),) if self.draft.unknown_keys else ()
            values = (("v", _("Values"), "screen.values"), ("n", _("New group"), "screen.group('add')"))
            # Review and Test, which other steps name here, are rows of the list
            return (*shown[:2], *remove, *values, *(hint for hint in shown[2:] if hint[0] not in {"^s", "^t"}))
        own = () if row.group == DEFAULT else (
            ("r", _("Rename"), "screen.group('rename')"), ("d", _("Remove"), "screen.group('remove')"),
        )  # fmt: skip
        new = (("n", _("New"), "screen.group('add')"), ("c", _("Copy"), "screen.group('copy')"))
        return (*shown[:2], *new, *own, *(hint for hint in shown[2:] if hint[0] in {"f1", "^q"}))

    def on_pick_list_highlighted(self) -> None:
        """Other keys for a group than for a step, and its detail in the pane."""
        self.query_one(KeyBar).show(self.hints())
        self._explain()

    def _explain(self) -> None:
        row = self.pick_list.chosen if self.is_attached else None
        if row is None or not self.explanation.display:
            return
        from tui.screens.overview_detail import of_group, of_step  # few terminals are so wide

        if isinstance(row, GroupRow):
            rows, note = of_group(row.group, self._desk)
            self.explanation.explain(name_of(row), rows, note)
        else:
            rows, note = of_step(row, self._desk, lacking=row in self._alarming)
            self.explanation.explain(title(row), rows, note)

    def action_take_out(self) -> None:
        """Drop what makes OpenHands drop the group; Review shows it, and saves it."""
        if self.draft.unknown_keys:
            take_out(self.draft)
            self.action_go(Step.REVIEW.value)

    def action_values(self) -> None:
        """All settings in effect, and where each comes from."""
        from tui.screens.values import ValuesDialog

        self.app.push_screen(ValuesDialog(self.draft))

    def action_group(self, what: str) -> None:
        """Do something with the highlighted group."""
        row = self.pick_list.chosen
        group = row.group if isinstance(row, GroupRow) else self.draft.group
        if what == "add" or isinstance(row, GroupRow):
            self.post_message(GroupRequested(what, group))

    def _remarks(self) -> Iterable[Widget]:
        """What is wrong with what was typed, or else with the file, as `llm-setup check` finds it."""
        if self.draft.unknown_keys:
            keys = clean(", ".join(self.draft.unknown_keys))
            words = _("OpenHands drops all of {group}: it does not know {keys}. x removes it.")
            yield Remark(words.format(group=header(self.draft.group), keys=keys), "wrong")
        if self.draft.old_layout:
            words = _("{names}: OpenHands ignores these lines of 2024. They are taken over; saving moves them.")
            yield Remark(words.format(names=clean(", ".join(self.draft.old_layout), limit=200)), "look-out")
        if differ := differing_programs(self._desk):
            yield Remark(_("They differ: {uses}. m makes them the same.").format(uses=differ), "look-out")
        if self.draft.dirty:
            yield from (Remark(p.message, "wrong" if p.blocks else "look-out") for p in problems(self.draft))
            return
        here = {self.draft.group, None}
        release = self.draft.own.preference("release")
        found = [f for f in findings(self.draft.config, self.draft.environ, release) if f.group in here]
        # unknown keys are named above, and notes are for `check`
        found = [f for f in found if f.code is not Code.UNKNOWN_KEY and f.severity is not Severity.NOTE]
        yield from (Remark(told(f), "wrong" if f.severity is Severity.ERROR else "look-out") for f in found[:MOST])
        if len(found) > MOST:
            more = _("and {count} more: llm-setup check").format(count=len(found) - MOST)
            yield Static(line((more, "muted")))

    def _paint(self, row: Row, width: int) -> list[Piece]:
        return painted(row, width, self._desk, self._alarming)

    def _groups(self) -> Sequence[str]:
        """Those of the file, then those that were begun."""
        return (*group_ids(self.draft.config), *(draft.group for draft in self._drafts.opened if draft.is_new))

    def action_next(self) -> None:
        """Open the highlighted step."""
        row = self.pick_list.chosen
        if isinstance(row, GroupRow):
            self.post_message(GroupRequested("open", row.group))
        elif row:
            self.action_go(row.value)

    def on_pick_list_picked(self) -> None:
        """A click does the same."""
        self.action_next()

    def action_move(self, rows: int) -> None:
        """So many rows down, or up; to the first or last one at the ends."""
        self.pick_list.move(rows)

    def action_up(self) -> None:
        """The row above."""
        self.pick_list.move(-1)

    def action_down(self) -> None:
        """The row below."""
        self.pick_list.move(1)

    def arrows_do(self) -> str:
        """Up and down choose a row."""
        return _("Choose")

    def enter_does(self) -> str:
        """Enter opens."""
        return _("Open")

    def help_text(self) -> str:
        """What F1 says."""
        return _(
            "This is what stands in config.toml. Open a step to change it; settings are written when you save them in "
            "Review. A group of the file is renamed or removed at once. Escape leads back here from every step."
        )
