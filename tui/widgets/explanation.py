"""The pane at the right of a wide screen: the detail of the highlighted row, or of the field with the focus."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widgets import Static

from tui.widgets.bars import Bar
from tui.widgets.tone import Piece, apart, line, rule


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a part of the pane: its title, a hairline, a note at the right edge."""

    words: str
    note: str = ""
    tone: str = "faint"
    """Of the note."""


PaneRow = Sequence[Piece] | Heading | Callable[[int], Sequence[Piece]]
"""A paragraph, the head of a part, or a line that is made for so many cells."""


def pair(name: str, value: str, *, tone: str = "plain", name_tone: str = "muted") -> Callable[[int], Sequence[Piece]]:
    """A name at the left edge of the pane and a value at its right edge."""
    return lambda width: apart([(name, name_tone)], [(value, tone)], width)


def graph(bars: Sequence[Bar]) -> list[Callable[[int], Sequence[Piece]]]:
    """Some bars on one scale, each as wide as their labels leave room for."""
    label = max((cell_len(bar.label) for bar in bars), default=0) + 1
    value = max((cell_len(bar.value) for bar in bars), default=0)
    return [partial(bar.pieces, label=label, value=value) for bar in bars]


class Explanation(Static):
    """Shown from 120 columns on; below that its screen says the most important of it in one line."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._title = ""
        self._note: Sequence[Piece] = ()
        self._rows: Sequence[PaneRow] = ()

    def explain(self, title: str, rows: Sequence[PaneRow], *note: Piece) -> None:
        """A title, a note beside it, and some paragraphs and headings."""
        self._title, self._note, self._rows = title, note, rows
        self._show()

    def on_resize(self, _event: events.Resize) -> None:
        """Headings reach the right edge of another width."""
        self._show()

    def _show(self) -> None:
        if self._title and self.size.width:
            drawn = [self._drawn(row) for row in self._rows]
            title = line((self._title, "strong"))  # a name that is longer than the pane goes on in the next line
            if self._note or cell_len(self._title) < self.size.width:
                title = line(*apart([(self._title, "strong")], self._note, self.size.width))
            self.update(Content("\n").join([title, Content(), *drawn]), layout=False)

    def _drawn(self, row: PaneRow) -> Content:
        if isinstance(row, Heading):
            return line(*rule(row.words, self.size.width, [(row.note, row.tone)] if row.note else ()))
        return line(*(row(self.size.width) if callable(row) else row))
