"""The rows of the Provider step: in which columns they stand, and how one is painted."""

from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from tui.base.translation import _
from tui.widgets.tone import Piece, apart, fitting, left, line, right

_NAME, _NEEDS, _MODELS, _FOUND, _GAP = 27, 22, 4, 19, 2
_LEAST: Final = _NAME + _NEEDS + _MODELS + _GAP + _FOUND
"""Cells of all columns, as beside a pane; where there are fewer, what was found takes the place of the needs."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells of each column in a row of so many."""

    name: int
    needs: int
    found: int
    """0 where it has none of its own."""

    @classmethod
    def of(cls, width: int) -> "Columns":
        """What more there is, a name gets a third of it, and what was found the rest."""
        more = width - _LEAST
        if more < 0:
            return cls(_NAME, max(width - _NAME - _MODELS, 0), 0)
        return cls(_NAME + more // 3, _NEEDS + more // 3, _FOUND + more - 2 * (more // 3))


class Head(Widget):
    """The names of the columns, above the list."""

    DEFAULT_CLASSES = "head"

    def render(self) -> Content:
        """In the columns of the rows."""
        columns = Columns.of(self.size.width)
        names = left(_("provider"), columns.name)
        names += _between(_("needs"), _("models"), columns.needs + _MODELS)
        return line((names + (" " * _GAP + _("found here") if columns.found else ""), "faint"))


def _between(first: str, last: str, cells: int) -> str:
    return first + right(last, cells - cell_len(first))


def row(name: str, needs: str, models: str, found: str, width: int) -> list[Piece]:
    """A provider in `width` cells."""
    columns = Columns.of(width)
    here: list[Piece] = [(f"✓ {found}", "good")] if found else []
    middle: list[Piece] = here if here and not columns.found else [(needs, "muted")]
    pieces = [(left(name, columns.name), "plain"), *apart(middle, (), columns.needs), (right(models, _MODELS), "muted")]
    return [*pieces, (" " * _GAP, "plain"), *fitting(here, columns.found)] if columns.found else pieces
