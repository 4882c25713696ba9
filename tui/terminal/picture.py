"""What Textual sends for one picture, taken apart: which text in which style stands where."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from rich.cells import get_character_cell_size

from tui.terminal.style_changes import PLAIN, Style, style_of

_TOKEN: Final = re.compile(r"(\x1b\[\d+;\d+H|\x1b\[[\d;]*m|\r?\n)")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_PLAINLY_NARROW: Final = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff‐-‧‹›←-⇿─-◼★✓]*")
"""What needs no look into the table of widths, which costs 10 ms and 1 MB."""
_RESETS: Final = ("\x1b[m", "\x1b[0m")
Place = tuple[int, int]
"""Row and column, from 0."""
NOWHERE: Final = (-1, -1)


class Span(NamedTuple):
    """Pieces of text that follow each other in one row."""

    place: Place
    pieces: list[tuple[str, Style]]

    @property
    def text(self) -> str:
        """The pieces without their styles."""
        return "".join(text for text, _style in self.pieces)

    @property
    def end(self) -> Place | None:
        """The place behind it; None if terminals differ in that."""
        text = self.text
        return (self.place[0], self.place[1] + len(text)) if _is_narrow(text) else None


def picture_of(data: str) -> tuple[list[Span], Place | None] | None:
    """The rows that `data` writes, and where it leaves the cursor; None for what is not understood."""
    spans = [Span(NOWHERE, [])]
    style = PLAIN
    for number, part in enumerate(_TOKEN.split(data)):
        if not number % 2:
            spans[-1].pieces.extend([(part, style)] if part else [])
        elif not part.endswith("m"):
            spans.append(Span(_place(part), []))
        elif part not in _RESETS and style is not PLAIN:  # on top of another style
            return None
        else:
            style = PLAIN if part in _RESETS else style_of(part[2:-1])
    written = [span for span in spans if span.pieces]
    lost = any(span.place is NOWHERE or _CONTROL.search(span.text) for span in written)
    if lost or style is not PLAIN:
        return None
    return written, spans[-1].end if spans[-1].place is not NOWHERE else None


def _place(move: str) -> Place:
    """Where a move leads. Textual ends each row with a line break, and then says where the next one begins."""
    if not move.endswith("H"):
        return NOWHERE
    row, column = move[2:-1].split(";")
    return int(row) - 1, int(column) - 1


@lru_cache(maxsize=2048)
def _is_narrow(text: str) -> bool:
    return bool(_PLAINLY_NARROW.fullmatch(text)) or all(
        get_character_cell_size(character) == 1 for character in set(text)
    )
