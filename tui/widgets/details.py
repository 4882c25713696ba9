"""What is known of something, in sections: a label at the left edge, the value in the value column, wrapped there."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tui.base.cells import filled
from tui.base.translation import _, listed
from tui.widgets.bars import Bar
from tui.widgets.explanation import Heading
from tui.widgets.row import LABEL
from tui.widgets.tone import Piece, apart, column, lines, rule


class Fact(NamedTuple):
    """One thing that is known."""

    label: str
    value: str
    tone: str = "plain"
    note: str = ""
    """For the right edge; where the value leaves no room for it, it stands below."""

    @property
    def in_words(self) -> str:
        """All of it in a line of text."""
        return _("{label}: {value}").format(label=self.label, value=listed([self.value, self.note]))


DetailRow = Fact | Heading | Bar | Sequence[Piece]


class Details(Widget):
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
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as they wrap into."""
        return len(self._lines(width))

    def render(self) -> Content:
        """All of them."""
        return lines(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Sequence[Piece]]:
        return [line for row in self._rows for line in _drawn(row, width)]


def _drawn(row: DetailRow, width: int) -> Iterator[Sequence[Piece]]:
    match row:
        case Heading():
            yield rule(row.words, width, [(row.note, "faint")] if row.note else ())
        case Bar():
            yield row.pieces(width)
        case Fact():
            yield from _fact(row, width)
        case _:
            yield row


def _fact(fact: Fact, width: int) -> Iterator[Sequence[Piece]]:
    room = max(width - LABEL, 10)
    parts = filled(fact.value, room) or [""]
    beside = len(parts) == 1 and cell_len(parts[0]) + 2 + cell_len(fact.note) <= room
    for number, part in enumerate(parts):
        name: Piece = (column("" if number else fact.label, LABEL), "muted")
        yield [name, *apart([(part, fact.tone)], [(fact.note, "muted")] if beside else (), room)]
    for part in () if beside or not fact.note else filled(fact.note, room):
        yield [(" " * LABEL, "plain"), (part, "muted")]
