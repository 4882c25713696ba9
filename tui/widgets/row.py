"""One row of a form: a label at the left edge, a control in the value column, and a few words behind it."""

from collections.abc import Sequence
from typing import Final

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from tui.widgets.tone import MARGIN, Piece, apart, column, lines

LABEL: Final = 18
"""Cells of the label, the gap before the control included: the value column is 20 on the screen."""


class Row(Widget):
    """A label, controls, words behind them. `▌` stands in the margin while the focus is inside.

    The row paints all text itself: two widgets a row, not six.
    """

    DEFAULT_CLASSES = "row"

    def __init__(self, label: str, *controls: Widget, cells: int, id: str | None = None) -> None:  # noqa: A002
        """`cells` are those of the first control; 0 leaves its width to the style sheet."""
        super().__init__(id=id)
        self._label = label
        self._controls = controls
        self._cells = cells
        self._behind: Sequence[Piece] = ()
        self._note: Sequence[Piece] = ()

    def compose(self) -> ComposeResult:
        """The controls, behind the label."""
        if self._cells:
            self._controls[0].styles.width = self._cells
        yield from self._controls

    def put(self, *behind: Piece, note: Sequence[Piece] = ()) -> None:
        """Other words behind the control, and at the right edge."""
        if (behind, tuple(note)) != (tuple(self._behind), tuple(self._note)):
            self._behind, self._note = behind, note
            self.refresh()

    @property
    def covered(self) -> int:
        """Cells of the first control, which a narrow screen may have made smaller."""
        return self._controls[0].outer_size.width or self._cells

    @property
    def room(self) -> int:
        """Cells behind the control, up to the right edge."""
        return max(self.size.width - len(MARGIN) - LABEL - self.covered - 1 - len(MARGIN), 0)

    def render(self) -> Content:
        """What stands around the controls."""
        return lines([[*self._head(), *apart(self._behind, self._note, self.room)]])

    def _head(self) -> list[Piece]:
        """Margin and label, and as much as the first control covers."""
        here = self.has_focus_within
        return [
            (MARGIN if here else " ", "here"),
            (column(self._label, LABEL), "strong" if here else "plain"),
            (" " * (self.covered + 1), "plain"),
        ]

    def on_descendant_focus(self) -> None:
        """The label of the focused row is bold, and marked."""
        self.refresh()

    def on_descendant_blur(self) -> None:
        """And no longer."""
        self.refresh()
