"""The dialog that changes for which OpenHands the wizard sets up."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.checks.differing import Use
from tui.openhands.targets.found import Program
from tui.openhands.targets.target import TOML, Target
from tui.screens.dialog import Dialog
from tui.screens.programs_row import CHOSEN, NOT_CHOSEN
from tui.widgets.key_bar import Hint
from tui.widgets.pick_list import PickList
from tui.widgets.tone import Piece, left


class ProgramsDialog(Dialog[list[str]]):
    """One row a program; several at once. At least one stays chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "take", _("Done"), show=False),
        Binding("enter,space", "change_row", _("Change"), show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]

    def __init__(self, known: Sequence[Program]) -> None:
        super().__init__(_("For which OpenHands?"))
        self._known = known
        self._chosen = {each.target.name for each in known if each.chosen}

    @property
    def known(self) -> dict[str, str]:
        """What each program is called, by its name."""
        return {each.target.name: each.label for each in self._known}

    @property
    def chosen(self) -> list[str]:
        """The names of those that are chosen."""
        return [each.target.name for each in self._known if each.target.name in self._chosen]

    def content(self) -> Iterable[Widget]:
        """The rows, and what comes of them."""
        yield PickList[Program](self._paint, id="programs")
        yield Static(_("Review shows what each file gets."), classes="foot", markup=False)

    def hints(self) -> Sequence[Hint]:
        """Changing a row, and being done."""
        return (
            ("enter", _("Change"), "screen.change_row"), ("↑ ↓", _("Choose"), ""), ("esc", _("Done"), "screen.take")
        )  # fmt: skip

    def on_mount(self) -> None:
        """Fill it."""
        self._list.styles.height = len(self._known)
        first = next((i for i, each in enumerate(self._known) if each.target.name in self._chosen), 0)
        self._list.show([*self._known], first)

    @property
    def _list(self) -> "PickList[Program]":
        return self.query_one(PickList)

    def _paint(self, program: Program, width: int) -> list[Piece]:
        chosen = program.target.name in self._chosen
        mark: Piece = (f"{CHOSEN} ", "good") if chosen else (f"{NOT_CHOSEN} ", "muted")
        path = clean(tilde(program.target.locate()))
        name = program.target.label if program.target.name == TOML else program.label  # its file stands beside it
        return [mark, (left(name, 20), "strong"), (left(path, max(width - 22, 0)), "muted")]

    def action_change_row(self) -> None:
        """Choose the row, or no longer."""
        row = self._list.chosen
        if row is None:
            return
        wanted = self._chosen ^ {row.target.name}
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


class AlikeDialog(Dialog[str | None]):
    """One row a program, with what it would use; Enter takes the settings of the highlighted one for all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", _("Back"), show=False),
        Binding("enter", "take", _("Take"), show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]

    def __init__(self, uses: Sequence[Use]) -> None:
        super().__init__(_("Whose settings shall all have?"))
        self.uses = uses

    def content(self) -> Iterable[Widget]:
        """The rows, and what comes of them."""
        yield PickList[Use](self._paint, id="programs")
        yield Static(_("Review shows what each file gets. Keys stay where they are."), classes="foot", markup=False)

    def hints(self) -> Sequence[Hint]:
        """Taking one."""
        return (("esc", _("Back"), "screen.leave"), ("enter", _("Take"), "screen.take"), ("↑ ↓", _("Choose"), ""))

    def on_mount(self) -> None:
        """Fill it."""
        self._list.styles.height = len(self.uses)
        self._list.show([*self.uses], 0)

    @property
    def _list(self) -> "PickList[Use]":
        return self.query_one(PickList)

    def _paint(self, use: Use, width: int) -> list[Piece]:
        return [(left(use.target.short, 14), "strong"), (left(use.words, max(width - 14, 0)), "muted")]

    def on_pick_list_picked(self) -> None:
        """A click does the same."""
        self.action_take()

    def action_move(self, rows: int) -> None:
        """The row above or below."""
        self._list.move(rows)

    def action_take(self) -> None:
        """That one."""
        row = self._list.chosen
        self.dismiss(row.target.name if row else None)

    def action_leave(self) -> None:
        """None."""
        self.dismiss(None)


def names_of(programs: Sequence[Target]) -> list[str]:
    """Their names, config.toml's where none was chosen."""
    return [program.name for program in programs] or [TOML]
