"""Where two states of some lines differ: nothing else has to be painted, and sent, again."""

from collections.abc import Iterator, Sequence

from textual.geometry import Region

from tui.widgets.tone import Piece


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
