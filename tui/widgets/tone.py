"""The tones of text that all screens share, and how a line is put together from them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.geometry import Region

from tui.base.secret import DOTS
from tui.terminal.terminal_kind import textured

Piece = tuple[str, str]
"""Text, and the name of its tone."""

STYLES: Final = {
    "strong": "bold $content",
    "plain": "$content",
    "muted": "$muted",
    "faint": "$faint",
    "rule": "$rule",
    "here": "bold $ink-here",
    "key": "$ink-name",
    "press": "bold $ink-press",
    "own": "$ink-press",
    "yours": "bold underline $ink-press",
    "good": "$ink-good",
    "good-strong": "bold $ink-good",
    "look-out": "$ink-look-out",
    "look-out-strong": "bold $ink-look-out",
    "wrong": "$ink-wrong",
    "wrong-strong": "bold $ink-wrong",
    "changes": "$ink-look-out on $look-out-ground",
    "added": "$ink-good on $good-ground",
    "removed": "$ink-wrong on $wrong-ground",
    "badge-good": "bold $background on $success",
    "badge-look-out": "bold $background on $warning",
    "badge-wrong": "bold $background on $error",
    "badge-here": "bold $background on $primary",
    "badge": "bold $content on $panel",
    "on-good": "$content on $good-ground",
    "on-wrong": "$content on $wrong-ground",
    "bar": "$primary",
    "bar-floor": "$faint",
    "bar-ceiling": "$content",
    "bar-rest": "$faint",
    "bar-to-come": "$rule",
}
"""Colour with an economy: purple can be pressed or is yours, amber is to be looked at, green is good, red is wrong or
gone, cyan is a name or an address, blue is where one is."""

_SUSPECT: Final = re.compile(r"[A-Za-z0-9/+_-]{16}|[:/][^\s@]+@")
DOT: Final = DOTS[0]
MARGIN: Final = "▌"
"""In the margin, column 1: the focus is on this row. `>` in ASCII."""
_EIGHTHS: Final = " ▏▎▍▋▋▊▉"
"""No half block among them: that one is the margin's."""


def line(*pieces: Piece) -> Content:
    """One line of toned text. Foreign text is safe in it: nothing is read as markup."""
    return Content.assemble(*((textured(masked(text), tone), STYLES[tone]) for text, tone in pieces if text))


def masked(text: str) -> str:
    """`text` with dots for keys and passwords in addresses, as many as they had letters: nothing moves.

    Whoever shows foreign text masks it; this is for the place where that is forgotten. It comes before a text is cut:
    the end of a key has no known form.
    """
    if not _SUSPECT.search(text):
        return text
    from tui.base.key_shapes import is_key_name, without_keys  # hardly any line has one
    from tui.base.secrets_in_text import keys_in, without_userinfo

    text = without_keys(text, lambda key: DOT * len(key))
    for start, end in keys_in(text, is_key_name):
        text = text[:start] + DOT * (end - start) + text[end:]
    hidden = without_userinfo(text)
    return hidden.replace(DOTS, DOT * (len(text) - len(hidden) + len(DOTS)), 1) if hidden != text else text


def lines(rows: Iterable[Sequence[Piece]]) -> Content:
    """Several lines of toned text."""
    return Content("\n").join([line(*row) for row in rows])


def left(text: str, cells: int) -> str:
    """`text` in exactly `cells` cells, cut with an ellipsis where it is longer."""
    return set_cell_size(text, cells) if cell_len(text) <= cells else set_cell_size(masked(text), cells - 1) + "…"


def column(text: str, cells: int) -> str:
    """`text` in exactly `cells` cells, the last of them a space: a text that is cut does not touch the next column."""
    return left(text, cells - 1) + " "


def cut_middle(text: str, cells: int) -> str:
    """`text`, where it is too long for `cells` without its middle: of models and files the telling end stays."""
    if cell_len(text) <= cells:
        return text
    text = masked(text)
    tail = ending(text, (cells - 1) // 2)
    return f"{beginning(text, cells - 1 - cell_len(tail))}…{tail}"


def beginning(text: str, cells: int) -> str:
    """As much of the beginning of `text` as fits in `cells` cells."""
    while text and cell_len(text) > cells:
        text = text[: min(cells, len(text) - 1)]
    return text


def ending(text: str, cells: int) -> str:
    """As much of the end of `text` as fits in `cells` cells."""
    while text and cell_len(text) > cells:
        text = text[max(len(text) - cells, 1) :]
    return text


def right(text: str, cells: int) -> str:
    """`text` at the right end of `cells` cells, cut with an ellipsis where it is longer."""
    return " " * (cells - cell_len(text)) + text if cell_len(text) <= cells else left(text, cells)


def centred(text: str, cells: int) -> str:
    """`text` in the middle of `cells` cells."""
    space = max(cells - cell_len(text), 0)
    return " " * (space // 2) + text + " " * (space - space // 2)


def bar(share: float, cells: int) -> str:
    """A bar of `share` (0 to 1) of `cells` cells, drawn to an eighth of a cell; something above zero is always seen."""
    eighths = max(round(share * cells * 8), 1 if share > 0 else 0)
    full, part = divmod(min(eighths, cells * 8), 8)
    return "█" * full + (_EIGHTHS[part] if part else "")


def rule(name: str, width: int, note: Sequence[Piece] = (), *, tone: str = "strong") -> list[Piece]:
    """The head of a section in `width` cells: its name, a hairline, and at the right edge what there is to note.

    What has no room is cut at its end, the note first.
    """
    name = left(name, width) if cell_len(name) > width else name
    room = width - cell_len(name) - 4
    said = list(fitting(note, room)) if room > 3 else []
    used = sum(cell_len(text) for text, _tone in said)
    dashes = width - cell_len(name) - (used + 1 if used else 0) - (1 if name else 0)
    return [(name, tone), (" " if name else "", "plain"), ("─" * max(dashes, 0), "rule"), *_spaced(said)]


def _spaced(said: Sequence[Piece]) -> list[Piece]:
    return [(" ", "plain"), *said] if said else []


def fitting(pieces: Sequence[Piece], cells: int) -> Iterator[Piece]:
    """As many of `pieces` as fit in `cells`, the last of them cut with an ellipsis."""
    for text, tone in pieces:
        if cells < 1:
            return
        if cell_len(text.rstrip()) <= cells:
            yield (text if cell_len(text) <= cells else set_cell_size(text, cells)), tone
        else:
            yield left(text, cells), tone
        cells -= cell_len(text)


def apart(first: Sequence[Piece], last: Sequence[Piece], width: int) -> list[Piece]:
    """`first` at the left edge and `last` at the right one of `width` cells; `first` is cut where both have no room."""
    ending = list(fitting(last, width))
    used = sum(cell_len(text) for text, _tone in ending)
    beginning = list(fitting(first, width - used - 2 if used else width))
    gap = width - used - sum(cell_len(text) for text, _tone in beginning)
    return [*beginning, (" " * max(gap, 0), "plain"), *ending]


# -- where two states of some lines differ: nothing else has to be painted, and sent, again


def differing(before: Sequence[Sequence[Piece]], after: Sequence[Sequence[Piece]], width: int) -> Iterator[Region]:
    """From the first cell of each line that differs to the last."""
    for y in range(max(len(before), len(after))):
        old, new = (_cells(rows[y] if y < len(rows) else [], width) for rows in (before, after))
        differing = [x for x, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
        if differing:
            yield Region(differing[0], y, differing[-1] - differing[0] + 1, 1)


def _cells(row: Sequence[Piece], width: int) -> list[tuple[str, str]]:
    """Each cell of a line; of a wide character, the second one is empty."""
    cells: list[tuple[str, str]] = []
    for text, tone in row:
        if cell_len(text) == len(text):
            cells += [(character, tone) for character in text]
            continue
        for character in text:
            cells += [(character, tone), ("", tone)][: cell_len(character)]
    return cells[:width] + [(" ", "")] * (width - len(cells))
