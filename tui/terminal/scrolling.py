"""Finding out that rows have moved by one or two: the terminal moves them for 21 bytes, to write them takes hundreds.

Margins, index and reverse index are in every terminal since the VT100. What they leave behind is an empty row, in a
colour that differs from terminal to terminal: it has to be written whole. Two rows it is where the highlight of a list
goes past a line that cannot be chosen.
"""

from collections.abc import Iterable, Mapping, Sequence
from operator import ne
from typing import Final, NamedTuple, TypeVar

C = TypeVar("C")

_WORTH: Final = 60
"""Bytes that it must save, about."""
_RUN: Final = 20
"""Bytes of going to some cells and of their style, about; a cell takes one more."""
_ALIKE: Final = 2
"""Cells that may differ in a row that has moved: those of a scroll bar, which stays where it is."""
FEW: Final = 3
"""Rows that must have moved."""


class Scroll(NamedTuple):
    """Rows `top` to `bottom`, from 0, move up by one or two (`by` 1, 2) or down (-1, -2)."""

    top: int
    bottom: int
    by: int

    @property
    def emptied(self) -> range:
        """The rows in which nothing is left."""
        if self.by > 0:
            return range(self.bottom + 1 - self.by, self.bottom + 1)
        return range(self.top, self.top - self.by)

    @property
    def code(self) -> str:
        """What makes a terminal do it. Where the cursor is afterwards, terminals do not agree."""
        edge, index = (self.bottom, "\x1bD") if self.by > 0 else (self.top, "\x1bM")
        return f"\x1b[{self.top + 1};{self.bottom + 1}r\x1b[{edge + 1};1H{index * abs(self.by)}\x1b[r"


def find(shown: Mapping[int, Sequence[C]], wanted: Mapping[int, Sequence[C]]) -> Scroll | None:
    """The scroll that saves enough; None if there is none.

    Both map the numbers of the same rows to their cells, the same number in each row.
    """
    best = max((_longest(shown, wanted, by) for by in (1, -1, 2, -2)), key=_height)
    return best if best and _saved(shown, wanted, best) >= _WORTH else None


def longest_run(rows: Iterable[int]) -> range:
    """The longest run of numbers that follow each other, of rising ones; empty if there are none."""
    best = run = range(0)
    for row in rows:
        run = range(run.start if run and run.stop == row else row, row + 1)
        best = max(best, run, key=len)
    return best


def _height(scroll: Scroll | None) -> int:
    return scroll.bottom - scroll.top if scroll else 0


def _longest(shown: Mapping[int, Sequence[C]], wanted: Mapping[int, Sequence[C]], by: int) -> Scroll | None:
    """The longest run of rows that are what the row behind or in front of them was."""
    best = longest_run(
        row for row in sorted(wanted) if row + by in shown and _differing(shown[row + by], wanted[row]) <= _ALIKE
    )
    if len(best) < FEW:
        return None
    return Scroll(best[0], best[-1] + by, by) if by > 0 else Scroll(best[0] + by, best[-1], by)


def _saved(shown: Mapping[int, Sequence[C]], wanted: Mapping[int, Sequence[C]], scroll: Scroll) -> int:
    """Bytes that need not be sent, about."""
    region = range(scroll.top, scroll.bottom + 1)
    without = sum(_cost(shown[row], wanted[row]) for row in region)
    moved = sum(_cost(shown[row + scroll.by], wanted[row]) for row in region if row not in scroll.emptied)
    rewritten = sum(len(wanted[row]) for row in scroll.emptied)
    return without - moved - rewritten - 2 * _RUN


def _cost(one: Sequence[C], other: Sequence[C]) -> int:
    """Bytes that turn one row into another, about."""
    differing = bytes(map(ne, one, other))
    return differing.count(1) + _RUN * (b"\0" + differing).count(b"\0\1")


def _differing(one: Sequence[C], other: Sequence[C]) -> int:
    return sum(map(ne, one, other))
