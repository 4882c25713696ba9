"""A few quantities as bars on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from tui.retry.schedule import share
from tui.widgets.row import LABEL
from tui.widgets.tone import Piece, bar, column, left, lines, right


@dataclass(frozen=True, slots=True)
class Bar:
    """One quantity: what it is, how much of the longest bar, and how it is written."""

    label: str
    share: float
    """From 0 to 1."""
    value: str
    tone: str = "bar"
    strong: bool = False
    """The one that the page is about."""

    def pieces(self, width: int, label: int = LABEL, value: int = 0) -> list[Piece]:
        """In `width` cells: the label, the bar in the value column, and the value at the right edge."""
        room = max(width - label - max(value, cell_len(self.value)) - 2, 1)
        drawn = bar(min(max(self.share, 0.0), 1.0), room)
        return [
            (column(self.label, label), "strong" if self.strong else "muted"),
            (left(drawn, room), self.tone),
            (right(self.value, width - label - room), "strong" if self.strong else "plain"),
        ]


class Bars(Widget):
    """One bar a line, as wide as there is room."""

    def __init__(self, bars: Sequence[Bar] = (), *, label: int = LABEL, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._bars = bars
        self._label = label
        self.styles.height = len(bars)

    def draw(self, bars: Sequence[Bar]) -> None:
        """Draw others."""
        if bars != self._bars:
            if len(bars) != len(self._bars):
                self.styles.height = len(bars)
            self._bars = bars
            self.refresh()

    def render(self) -> Content:
        """All of them."""
        value = max((cell_len(one.value) for one in self._bars), default=0)
        return lines([one.pieces(self.size.width, self._label, value) for one in self._bars])


def sparkline(values: Sequence[float], most: float | None = None) -> str:
    """One block a value, on the scale of the largest, or of `most`."""
    top = most or max(values, default=0)
    return "".join(_EIGHTHS[round(share(value, top) * 7)] for value in values)


_EIGHTHS = "▁▂▃▄▅▆▇█"
