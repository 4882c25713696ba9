"""A retry setting in one row: its swatch joins it to the bars that it makes as long as they are."""

from rich.cells import cell_len
from textual.content import Content

from tui.openhands.field import Field
from tui.widgets.field_row import FieldRow
from tui.widgets.row import LABEL
from tui.widgets.tone import Piece, apart, left, lines

CELLS = 9


class RetryRow(FieldRow):
    """Label, number, unit, swatch, TOML name; what the number means at the right edge."""

    def __init__(self, field: Field, text: str, *, placeholder: str, swatch: str = "") -> None:
        """`swatch` is the tone of its bars; "" for none."""
        self._swatch = swatch
        super().__init__(field, text, placeholder=placeholder, cells=CELLS)

    def render(self) -> Content:
        """What stands around the input."""
        below = self._lines_below()
        unit: list[Piece] = [
            (left(self.field.unit, 2), "muted"),
            ("■ " if self._swatch else "  ", self._swatch or "muted"),
        ]
        if self._tone == "muted":
            fits = self.room >= 4 + len(self.field.key) + 2 + cell_len(self._words)
            row = apart([*unit, (self.field.key if fits else "", "key")], [(self._words, "muted")], self.room)
        else:
            row = apart([*unit, ("" if below else self._words, self._tone)], (), self.room)
        return lines([[*self._head(), *row], *([(" " * (1 + LABEL) + text, self._tone)] for text in below)])
