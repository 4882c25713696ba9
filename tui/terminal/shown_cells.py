"""Sending only the cells that change: Textual sends every widget that a change lies in, from its first column on.

A curses library does the same. What the terminal shows is the same, to the cell.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

from textual.driver import Driver

from tui.terminal import scrolling
from tui.terminal.pen import Pen
from tui.terminal.picture import Place, Span, picture_of
from tui.terminal.style_changes import Style, as_blank, for_blanks

_UNPRINTED: Final = re.compile(r"(?:\x1b\[[?>=<][\d;]*[a-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x07)*")
"""Modes, titles, the clipboard, the bell: what moves neither cells nor the cursor."""
_OTHER_SCREEN: Final = "1049"
_SHORT: Final = 4
"""Unchanged cells that are sent again: to move the cursor over them takes more bytes."""

UNLIMITED: Final = 1 << 16

Cell = tuple[str, Style]


class ShownCells:
    """What the terminal shows, as far as it is known."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Cell | None]] = {}
        self._unread: dict[int, Span] = {}
        """Rows that were written once: their cells are told apart when there is something to compare them with."""
        self._cursor: Place | None = None

    def forget(self) -> None:
        """The terminal may show anything: all that comes is sent."""
        self._rows.clear()
        self._unread.clear()
        self._cursor = None

    def changes(self, data: str, width: int = UNLIMITED) -> str:
        """What has to be sent, of `data`. All of it, if it is no picture as Textual writes them.

        Of a row that goes beyond `width`, the columns that the terminal has now, it is not known what is shown of it.
        """
        if _UNPRINTED.fullmatch(data):
            if _OTHER_SCREEN in data:
                self.forget()
            return data
        picture = picture_of(data)
        if picture is None:
            self.forget()
            return data
        spans, end = picture
        pen = Pen(self._cursor, width)
        for span in _by_ground(self._scrolled(spans, width, pen)):
            self._draw(span, width, pen)
        self._cursor = pen.finish(end)
        return "".join(pen.out)

    def _draw(self, span: Span, width: int, pen: Pen) -> None:
        row, column = span.place
        fits = span.end is not None and span.end[1] <= width
        if not fits or not (row in self._rows or row in self._unread):
            pen.move(span.place)
            for text, style in span.pieces:
                pen.write(text, style)
            self._rows.pop(row, None)
            self._unread.pop(row, None)
            if fits:
                self._unread[row] = span
            else:
                pen.at = None
            return
        known, cells = self._known(row), _cells(span)
        known += [None] * (column + len(cells) - len(known))
        for start, end in _runs(cells, [now != cell for now, cell in zip(known[column:], cells, strict=False)]):
            pen.move((row, column + start))
            for style, same in groupby(cells[start:end], key=itemgetter(1)):
                pen.write("".join(character for character, _style in same), style)
        known[column : column + len(cells)] = cells

    def _scrolled(self, spans: list[Span], width: int, pen: Pen) -> list[Span]:
        """Let the terminal scroll, if that saves bytes; what is to be drawn then."""
        rows = scrolling.longest_run(sorted({span.place[0] for span in spans}))
        if len(rows) <= scrolling.FEW:
            return spans
        shown = {row: cells for row in rows if (cells := self._whole(row, width))}
        wanted = {row: list(cells) for row, cells in shown.items()}
        for span in spans:
            row, column = span.place
            if row in wanted and span.end and span.end[1] <= width:
                wanted[row][column : span.end[1]] = _cells(span)
            elif row in wanted:
                del wanted[row], shown[row]
        scroll = scrolling.find(shown, wanted)
        if not scroll:
            return spans
        pen.scroll(scroll)
        region = range(scroll.top, scroll.bottom + 1)
        for row in region:
            self._rows[row] = [] if row in scroll.emptied else [*shown[row + scroll.by]]
        moved = [_span(row, wanted[row]) for row in region if wanted[row] != self._rows[row]]
        return [*(span for span in spans if span.place[0] not in region), *moved]

    def _whole(self, row: int, width: int) -> list[Cell]:
        """What a row shows; empty if that is not known of each of its cells."""
        known = self._known(row) if row in self._rows or row in self._unread else []
        cells = [cell for cell in known[:width] if cell]
        return cells if len(cells) == width else []

    def _known(self, row: int) -> list[Cell | None]:
        known = self._rows.setdefault(row, [])
        if span := self._unread.pop(row, None):
            known += [None] * span.place[1]
            known += _cells(span)
        return known


def lean(driver: type[Driver], shown: ShownCells) -> type[Driver]:
    """`driver`, sending less to the terminal that shows `shown`."""

    class LeanDriver(driver):  # type: ignore[misc, valid-type]
        """Sends the same pictures in fewer bytes."""

        def write(self, data: str) -> None:
            """One picture, or part of one; it begins and ends in the terminal's own style."""
            super().write(shown.changes(data, self._app.size.width))

    return LeanDriver


def _by_ground(spans: Sequence[Span]) -> list[Span]:
    """Rows that begin with the same background one after the other: that saves changes of it."""
    grounds: dict[int, str] = {}
    for span in spans:
        grounds.setdefault(span.place[0], span.pieces[0][1].background)
    return sorted(spans, key=lambda span: grounds[span.place[0]])


def _runs(cells: Sequence[Cell], changed: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last + 1 of the cells to send; a few unchanged ones between two changed ones are sent as well."""
    start = end = -1
    for number, differs in enumerate(changed):
        if not differs:
            continue
        if start >= 0 and not _is_cheap(cells[end - 1 : number]):
            yield start, end
            start = number
        elif start < 0:
            start = number
        end = number + 1
    if start >= 0:
        yield start, end


def _is_cheap(cells: Sequence[Cell]) -> bool:
    """Whether all but the first, which is sent anyway, take no more bytes than a move over them."""
    if len(cells) - 1 > _SHORT:
        return False
    style = cells[0][1]
    return all(
        (for_blanks(style, its) if character == " " else its) == style and character.isascii()
        for character, its in cells[1:]
    )


def _span(row: int, cells: Sequence[Cell]) -> Span:
    """A whole row of cells."""
    same = groupby(cells, key=itemgetter(1))
    return Span((row, 0), [("".join(character for character, _style in run), style) for style, run in same])


def _cells(span: Span) -> list[Cell]:
    """Each character with its style; of a blank, with what one sees of it."""
    cells: list[Cell] = []
    for text, style in span.pieces:
        made = {character: (character, style) for character in text}  # shared: a row may be kept for long
        if " " in made:
            made[" "] = (" ", as_blank(style))
        cells += map(made.__getitem__, text)
    return cells
