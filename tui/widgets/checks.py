"""What was found of the text in a field, a line each: a mark, a sentence, and at the right edge how one knows."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widgets import Static

from tui.widgets.tone import Piece, apart, line

_MARKS = {"good": "✓ ", "look-out": "! ", "wrong": "! "}


class Check(NamedTuple):
    """One finding; of the tones `good`, `look-out` and `wrong` each has a mark."""

    text: str
    tone: str = "good"
    note: str = ""


class Checks(Static):
    """Below a field. What has no room beside its sentence stands below it."""

    def __init__(self, *, id: str, classes: str = "") -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, markup=False)
        self._rows: Sequence[Check | Sequence[Piece]] = ()

    def show(self, rows: Sequence[Check | Sequence[Piece]]) -> None:
        """Show others: findings, and lines of text."""
        if rows != self._rows:
            self._rows = rows
            self._draw()

    def on_resize(self, _event: events.Resize) -> None:
        """The right edge is elsewhere."""
        self._draw()

    def _draw(self) -> None:
        drawn = [self._drawn(row) if isinstance(row, Check) else line(*row) for row in self._rows]
        content = Content("\n").join(drawn)
        if not isinstance(self.content, Content) or not content.is_same(self.content):
            self.update(content)

    def _drawn(self, row: Check) -> Content:
        mark = (_MARKS.get(row.tone, ""), row.tone)
        text = (row.text, "muted" if row.tone == "good" else row.tone)
        note = (row.note, "muted")
        room = self.size.width
        if not row.note or cell_len(mark[0] + row.text + row.note) + 2 <= room:
            return line(*apart([mark, text], [note] if row.note else [], max(room, cell_len(mark[0] + row.text))))
        return Content("\n").join([line(mark, text), line((" " * len(mark[0]), "plain"), note)])
