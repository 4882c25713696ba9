"""A short list of which one is chosen: where a key is kept, for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import cell_len
from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.widgets.tone import MARGIN, Piece, apart, cut_middle, fitting, left, lines

FEWEST: Final = 12
"""Cells below which what is left of a path tells nothing."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One row: what it is called, and what is to be known about it."""

    value: str
    label: str
    words: tuple[Piece, ...]
    note: str = ""
    """At the right edge."""
    possible: bool = True
    """Shown all the same when it is not: its words say why."""
    deliberate: bool = False
    """Chosen by a key of its own only, never by coming here."""


class Places(Widget, can_focus=True):
    """Rows of which at most one is chosen. Up and down choose; at an end they leave the list."""

    DEFAULT_CLASSES = "row"
    LABEL = 17
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """Another row was chosen."""

        value: str

    class Undecided(Message):
        """The user is here, and none may be chosen without a key of its own."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: Sequence[PlaceRow] = ()
        self.value = ""

    def show(self, rows: Sequence[PlaceRow], value: str) -> None:
        """Show other rows; `value` is chosen, "" for none."""
        self._rows = rows
        self.value = value if any(row.value == value for row in rows) else ""
        self.styles.height = len(rows)
        self.refresh()

    def on_focus(self) -> None:
        """Coming here with nothing chosen chooses the first that may be taken so."""
        first = next((i for i, row in enumerate(self._rows) if row.possible and not row.deliberate), None)
        if self.value:
            return
        if first is None:
            self.post_message(self.Undecided())
        else:
            self._choose(first)

    def action_move(self, by: int) -> None:
        """Choose the next one."""
        index = self._index + by
        while 0 <= index < len(self._rows) and not self._rows[index].possible:
            index += by
        if not 0 <= index < len(self._rows):
            raise SkipAction
        self._choose(index)

    def on_click(self, event: events.Click) -> None:
        """A click chooses."""
        if event.y < len(self._rows) and self._rows[event.y].possible:
            self._choose(event.y)

    @property
    def _index(self) -> int:
        return next((i for i, row in enumerate(self._rows) if row.value == self.value), -1)

    def _choose(self, index: int) -> None:
        self.value = self._rows[index].value
        self.refresh()
        self.post_message(self.Chosen(self.value))

    def render(self) -> Content:
        """One line a row, a filled ring before the chosen one."""
        return lines([self._row(row) for row in self._rows])

    def _row(self, row: PlaceRow) -> list[Piece]:
        chosen = row.value == self.value
        first = next((each for each in self._rows if each.possible), None)
        here = self.has_focus and (chosen or (not self.value and row is first))  # the focus is seen in any case
        mark: list[Piece] = [(MARGIN if here else " ", "here")]
        mark.append(("● ", "here") if chosen else ("○ ", "faint"))
        name = "faint" if not row.possible else "strong" if chosen else "plain"
        label = row.label if cell_len(row.label) < self.LABEL else left(row.label, self.LABEL - 1)
        gap = " " * (self.LABEL - cell_len(label))
        return [*mark, (label, name), (gap, "plain"), *self._said(row, self.size.width - 3 - self.LABEL - 1)]

    @staticmethod
    def _said(row: PlaceRow, room: int) -> list[Piece]:
        """What is known of it, and its note where that has room; of a long path the middle goes."""
        rest = room - sum(cell_len(text) for text, _tone in row.words) - 2
        note = cut_middle(row.note, rest) if "/" in row.note and rest >= FEWEST else row.note
        if not note or cell_len(note) > rest:
            return [*fitting(row.words, room)]
        return apart(row.words, [(note, "muted")], room)
