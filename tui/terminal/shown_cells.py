"""Sending only the cells that change: Textual sends every widget that a change lies in, from its first column on.

A curses library does the same. What the terminal shows is the same, to the cell.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from rich.cells import get_character_cell_size
from textual.driver import Driver

from tui.terminal import scrolling
from tui.terminal.style_changes import PLAIN, Style, as_blank, change, for_blanks, style_of

_TOKEN: Final = re.compile(r"(\x1b\[\d+;\d+H|\x1b\[[\d;]*m|\r?\n)")
_UNPRINTED: Final = re.compile(r"(?:\x1b\[[?>=<][\d;]*[a-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x07)*")
"""Modes, titles, the clipboard, the bell: what moves neither cells nor the cursor."""
_OTHER_SCREEN: Final = "1049"
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_PLAINLY_NARROW: Final = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff‐-‧‹›←-⇿─-◼★✓]*")
"""What needs no look into the table of widths, which costs 10 ms and 1 MB."""
_RESETS: Final = ("\x1b[m", "\x1b[0m")
_SHORT: Final = 4
"""Unchanged cells that are sent again: to move the cursor over them takes more bytes."""

UNLIMITED: Final = 1 << 16

Place = tuple[int, int]
"""Row and column, from 0."""
NOWHERE: Final = (-1, -1)
Cell = tuple[str, Style]


class _Span(NamedTuple):
    """Pieces of text that follow each other in one row."""

    place: Place
    pieces: list[tuple[str, Style]]

    @property
    def text(self) -> str:
        return "".join(text for text, _style in self.pieces)

    @property
    def end(self) -> Place | None:
        """The place behind it; None if terminals differ in that."""
        text = self.text
        return (self.place[0], self.place[1] + len(text)) if _is_narrow(text) else None


class ShownCells:
    """What the terminal shows, as far as it is known."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Cell | None]] = {}
        self._unread: dict[int, _Span] = {}
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
        picture = _picture(data)
        if picture is None:
            self.forget()
            return data
        spans, end = picture
        pen = _Pen(self._cursor, width)
        for span in _by_ground(self._scrolled(spans, width, pen)):
            self._draw(span, width, pen)
        self._cursor = pen.finish(end)
        return "".join(pen.out)

    def _draw(self, span: _Span, width: int, pen: "_Pen") -> None:
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

    def _scrolled(self, spans: list[_Span], width: int, pen: "_Pen") -> list[_Span]:
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


class _Pen:
    """Where the cursor is while one picture is sent, and in which style it writes."""

    def __init__(self, at: Place | None, width: int) -> None:
        self.out: list[str] = []
        self.at = at
        self._width = width
        self._style = PLAIN

    def move(self, place: Place) -> None:
        if self.at == place:
            return
        named = f"\x1b[{place[0] + 1};{place[1] + 1}H"
        # not at first, where another program may have moved the cursor
        ways = _ways(self.at, place, self._width) if self.out and self.at else ()
        self.out.append(min((named, *ways), key=len))
        self.at = place

    def scroll(self, scroll: scrolling.Scroll) -> None:
        self.out.append(scroll.code)
        self.at = None

    def write(self, text: str, style: Style) -> None:
        style = for_blanks(self._style, style) if text.isspace() else style
        self.out += change(self._style, style), text
        self._style = style
        if self.at:
            self.at = (self.at[0], self.at[1] + len(text))

    def finish(self, end: Place | None) -> Place | None:
        """Leave the style behind, and the cursor where it belongs; the place where it is."""
        self.out.append(change(self._style, PLAIN))
        if end:
            self.move(end)
        return self.at


def _ways(at: Place, place: Place, width: int) -> Iterator[str]:
    """What takes the cursor from one place to another without naming it, which often takes half the bytes."""
    down, right = place[0] - at[0], place[1] - at[1]
    if down == 1:
        yield f"\r\x1bD{_right(place[1])}"  # not \n: a terminal line turns that into two bytes
    if down >= 0 and at[1] < width:  # behind the last column terminals differ
        yield ("" if down == 0 else f"\x1b[{down if down > 1 else ''}B") + (
            _right(right) if right > 0 else "\b" * -right
        )


def _right(cells: int) -> str:
    return f"\x1b[{cells}C" if cells else ""


def _picture(data: str) -> tuple[list[_Span], Place | None] | None:
    """The rows that `data` writes, and where it leaves the cursor; None for what is not understood."""
    spans = [_Span(NOWHERE, [])]
    style = PLAIN
    for number, part in enumerate(_TOKEN.split(data)):
        if not number % 2:
            spans[-1].pieces.extend([(part, style)] if part else [])
        elif not part.endswith("m"):
            spans.append(_Span(_place(part), []))
        elif part not in _RESETS and style is not PLAIN:  # on top of another style
            return None
        else:
            style = PLAIN if part in _RESETS else style_of(part[2:-1])
    written = [span for span in spans if span.pieces]
    lost = any(span.place is NOWHERE or _CONTROL.search(span.text) for span in written)
    if lost or style is not PLAIN:
        return None
    return written, spans[-1].end if spans[-1].place is not NOWHERE else None


def _by_ground(spans: Sequence[_Span]) -> list[_Span]:
    """Rows that begin with the same background one after the other: that saves changes of it."""
    grounds: dict[int, str] = {}
    for span in spans:
        grounds.setdefault(span.place[0], span.pieces[0][1].background)
    return sorted(spans, key=lambda span: grounds[span.place[0]])


def _place(move: str) -> Place:
    """Where a move leads. Textual ends each row with a line break, and then says where the next one begins."""
    if not move.endswith("H"):
        return NOWHERE
    row, column = move[2:-1].split(";")
    return int(row) - 1, int(column) - 1


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


@lru_cache(maxsize=2048)
def _is_narrow(text: str) -> bool:
    return bool(_PLAINLY_NARROW.fullmatch(text)) or all(
        get_character_cell_size(character) == 1 for character in set(text)
    )


def _span(row: int, cells: Sequence[Cell]) -> _Span:
    """A whole row of cells."""
    same = groupby(cells, key=itemgetter(1))
    return _Span((row, 0), [("".join(character for character, _style in run), style) for style, run in same])


def _cells(span: _Span) -> list[Cell]:
    """Each character with its style; of a blank, with what one sees of it."""
    cells: list[Cell] = []
    for text, style in span.pieces:
        made = {character: (character, style) for character in text}  # shared: a row may be kept for long
        if " " in made:
            made[" "] = (" ", as_blank(style))
        cells += map(made.__getitem__, text)
    return cells
