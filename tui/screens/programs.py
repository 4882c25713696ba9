"""For which OpenHands the wizard sets up: a row that says so, and the dialog that changes it."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.openhands.targets.target import TOML, Target
from tui.screens.dialog import Dialog
from tui.widgets.key_bar import Hint
from tui.widgets.pick_list import PickList
from tui.widgets.tone import Piece, apart, left, line

CHOSEN = "✓"
NOT_CHOSEN = "○"
NAME = 14
"""Cells of the row's name."""


class ProgramsRow(Widget):
    """Those that are set up, in one line, and the key that changes it."""

    def __init__(self, programs: Sequence[Target]) -> None:
        super().__init__(id="programs")
        self._programs = programs

    def render(self) -> Content:
        """In the columns of the overview."""
        row: list[Piece] = [(left(_("For"), NAME), "strong")]
        for program in self._programs:
            row += [(f"{CHOSEN} ", "good"), (f"{program.label}  ", "plain")]
        return line(*apart(row, [("^o", "press"), (_(" changes it"), "muted")], self.size.width))


class ProgramsDialog(Dialog[list[str]]):
    """One row a program; several at once. At least one stays chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "take", _("Done"), show=False),
        Binding("enter,space", "change_row", _("Change"), show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]

    def __init__(self, known: Sequence[Target], chosen: Sequence[str]) -> None:
        super().__init__(_("For which OpenHands?"))
        self._known = known
        self._chosen = set(chosen)

    @property
    def known(self) -> dict[str, str]:
        """What each program is called, by its name."""
        return {target.name: target.label for target in self._known}

    @property
    def chosen(self) -> list[str]:
        """The names of those that are chosen."""
        return [target.name for target in self._known if target.name in self._chosen]

    def content(self) -> Iterable[Widget]:
        """The rows, and what comes of them."""
        yield PickList[Target](self._paint, id="programs")
        yield Static(_("Review shows what each file gets."), classes="foot", markup=False)

    def hints(self) -> Sequence[Hint]:
        """Changing a row, and being done."""
        return (
            ("enter", _("Change"), "screen.change_row"), ("↑ ↓", _("Choose"), ""), ("esc", _("Done"), "screen.take")
        )  # fmt: skip

    def on_mount(self) -> None:
        """Fill it."""
        self._list.styles.height = len(self._known)
        first = next((i for i, target in enumerate(self._known) if target.name in self._chosen), 0)
        self._list.show([*self._known], first)

    @property
    def _list(self) -> "PickList[Target]":
        return self.query_one(PickList)

    def _paint(self, target: Target, width: int) -> list[Piece]:
        chosen = target.name in self._chosen
        mark: Piece = (f"{CHOSEN} ", "good") if chosen else (f"{NOT_CHOSEN} ", "muted")
        path = clean(tilde(target.locate()))
        return [mark, (left(target.label, 20), "strong"), (left(path, max(width - 22, 0)), "muted")]

    def action_change_row(self) -> None:
        """Choose the row, or no longer."""
        row = self._list.chosen
        if row is None:
            return
        wanted = self._chosen ^ {row.name}
        if wanted:
            self._chosen = wanted
            self._list.show([*self._known], self._known.index(row))

    def on_pick_list_picked(self) -> None:
        """A click does the same."""
        self.action_change_row()

    def action_move(self, rows: int) -> None:
        """The row above or below."""
        self._list.move(rows)

    def action_take(self) -> None:
        """That is it."""
        self.dismiss(self.chosen)


def names_of(programs: Sequence[Target]) -> list[str]:
    """Their names, config.toml's where none was chosen."""
    return [program.name for program in programs] or [TOML]
