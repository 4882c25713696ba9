"""Lines that go and lines that come, each with its number, on a ground that reaches from edge to edge."""

from collections.abc import Sequence
from typing import Final

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tui.config_file.diff import DiffLine
from tui.widgets.explanation import Heading
from tui.widgets.tone import Piece, left, lines, right, rule

_TONES: Final = {"+": "added", "-": "removed"}
_NUMBER: Final = 4


DiffRow = DiffLine | Heading | Sequence[Piece]
"""A line of the diff, the head of a further file, or a line that says something."""


class DiffView(Widget):
    """As high as it has lines; one that is too long ends in an ellipsis."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._shown: Sequence[DiffRow] = ()

    def show(self, shown: Sequence[DiffRow]) -> None:
        """Show other lines, which are masked."""
        if shown != self._shown:
            self._shown = shown
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """A row a line."""
        return len(self._shown)

    def render(self) -> Content:
        """All of them."""
        return lines([_row(row, self.size.width) for row in self._shown])


def _row(row: DiffRow, width: int) -> Sequence[Piece]:
    if isinstance(row, Heading):
        return rule(row.words, width, [(row.note, "faint")] if row.note else ())
    if not isinstance(row, DiffLine):
        return row
    number = right(str(row.number), _NUMBER) if row.number else " " * _NUMBER
    text = left(f"{row.sign} {row.text}", max(width - _NUMBER - 1, 1))
    return [(f"{number} ", _TONES.get(row.sign, "faint")), (text, _TONES.get(row.sign, "muted"))]


def plain_text(row: DiffRow) -> str:
    """The same without its looks."""
    if isinstance(row, Heading):
        return f"{row.words}   {row.note}".rstrip()
    return f"{row.sign} {row.text}" if isinstance(row, DiffLine) else "".join(text for text, _tone in row)
