"""The tones of text that all screens share, and how a line is put together from them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.geometry import Region

from tui.base.secret import DOTS

Piece = tuple[str, str]
"""Text, and the name of its tone."""

STYLES: Final = {
    "strong": "bold $foreground",
    "plain": "$foreground",
    "muted": "$muted",
    "faint": "$faint",
    "here": "bold $primary",
    "key": "$text-secondary",
    "press": "bold $text-accent",
    "good": "$text-success",
    "look-out": "$text-warning",
    "wrong": "$text-error",
    "changes": "$text-warning on $look-out-ground",
    "added": "$text-success on $good-ground",
    "removed": "$text-error on $wrong-ground",
    "badge-good": "$background on $success",
    "badge-look-out": "$background on $warning",
    "badge-wrong": "$background on $error",
    "badge-here": "bold $background on $primary",
    "badge": "$foreground on $panel",
    "bar": "$primary",
    "bar-floor": "$faint",
    "bar-ceiling": "$warning",
    "bar-rest": "$faint",
}


_SUSPECT: Final = re.compile(r"[A-Za-z0-9/+_-]{16}|[:/][^\s@]+@")
DOT: Final = DOTS[0]


def line(*pieces: Piece) -> Content:
    """One line of toned text. Foreign text is safe in it: nothing is read as markup."""
    return Content.assemble(*((_without_keys(text), STYLES[tone]) for text, tone in pieces if text))


def _without_keys(text: str) -> str:
    """`text` with dots for keys and passwords in addresses, as many as they had letters: nothing moves.

    Whoever shows foreign text masks it; this is for the place where that is forgotten.
    """
    if not _SUSPECT.search(text):
        return text
    from tui.base.key_shapes import is_key_name, without_keys  # hardly any line has one
    from tui.base.keys_in_text import keys_in
    from tui.base.userinfo import without_userinfo

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
    return set_cell_size(text, cells) if cell_len(text) <= cells else set_cell_size(text, cells - 1) + "…"


def right(text: str, cells: int) -> str:
    """`text` at the right end of `cells` cells."""
    return " " * (cells - cell_len(text)) + text


def bar(share: float, cells: int) -> str:
    """A bar of `share` (0 to 1) of `cells` cells, drawn to an eighth of a cell; something above zero is always seen."""
    eighths = max(round(share * cells * 8), 1 if share > 0 else 0)
    full, part = divmod(min(eighths, cells * 8), 8)
    return "█" * full + (" ▏▎▍▌▋▊▉"[part] if part else "")


# -- where two states of some lines differ: nothing else has to be painted, and sent, again


def differing(before: Sequence[Sequence[Piece]], after: Sequence[Sequence[Piece]], width: int) -> Iterator[Region]:
    """From the first cell of each line that differs to the last; cells of bars and digits are one wide."""
    for y in range(max(len(before), len(after))):
        old, new = (_cells(rows[y] if y < len(rows) else [], width) for rows in (before, after))
        differing = [x for x, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
        if differing:
            yield Region(differing[0], y, differing[-1] - differing[0] + 1, 1)


def _cells(row: Sequence[Piece], width: int) -> list[tuple[str, str]]:
    cells = [(character, tone) for text, tone in row for character in text][:width]
    return cells + [(" ", "")] * (width - len(cells))
