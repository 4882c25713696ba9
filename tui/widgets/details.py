"""What is known of something, in sections: a label at the left edge, the value in the value column, wrapped there."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.widgets import Static

from tui.widgets.bars import Bar
from tui.widgets.explanation import Heading
from tui.widgets.row import LABEL
from tui.widgets.tone import Piece, left, lines, rule


class Fact(NamedTuple):
    """One thing that is known."""

    label: str
    value: str
    tone: str = "plain"


DetailRow = Fact | Heading | Bar | Sequence[Piece]


class Details(Static):
    """Rows under headings; empty, it takes no row."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: Sequence[DetailRow] = ()
        self.display = False

    def show(self, rows: Sequence[DetailRow]) -> None:
        """Show others."""
        if rows != self._rows:
            self._rows = rows
            self.display = bool(rows)
            self._draw()

    def on_resize(self, _event: events.Resize) -> None:
        """They wrap elsewhere."""
        self._draw()

    def _draw(self) -> None:
        if self.size.width or not self._rows:
            self.update(lines(line for row in self._rows for line in _drawn(row, self.size.width)))


def _drawn(row: DetailRow, width: int) -> Iterator[Sequence[Piece]]:
    match row:
        case Heading():
            yield rule(row.words, width, [(row.note, "faint")] if row.note else ())
        case Bar():
            yield row.pieces(width)
        case Fact():
            for number, part in enumerate(wrapped(row.value, width - LABEL)):
                yield [(left("" if number else row.label, LABEL), "muted"), (part, row.tone)]
        case _:
            yield row


def wrapped(text: str, cells: int) -> list[str]:
    """`text` in lines of at most `cells` cells; wide characters count twice."""
    cells = max(cells, 10)
    room = max(cells * len(text) // cell_len(text), 5) if cell_len(text) > len(text) else cells
    return textwrap.wrap(text, room) or [""]
