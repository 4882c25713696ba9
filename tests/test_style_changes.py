"""Fewer bytes, the same picture."""

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from tui.style_changes import shortened

COLOURS = st.sampled_from([None, "#e0af68", "#16161e", "#34405f", "red", "default", "color(200)"])
STYLES = st.builds(
    Style, color=COLOURS, bgcolor=COLOURS, bold=st.booleans(), dim=st.booleans(), italic=st.booleans(),
    underline=st.booleans(), reverse=st.booleans(), strike=st.booleans(),
)  # fmt: skip
TEXTS = st.text("ab ★漢", max_size=6)
MOVES = st.builds(lambda row, column: f"\x1b[{row};{column}H", st.integers(1, 6), st.integers(1, 30))
PLAIN = pyte.screens.Char(" ")


def written(segments: list[tuple[str, Style]]) -> str:
    """As Textual writes it: each piece with its whole style, and a reset behind."""
    console = Console(color_system="truecolor", force_terminal=True, legacy_windows=False)
    return console._render_buffer([Segment(text, style) for text, style in segments])


def shown(data: str) -> list[pyte.screens.Char]:
    screen = pyte.Screen(40, 8)
    pyte.Stream(screen).feed(data)
    cells = [screen.buffer[row][column] for row in range(8) for column in range(40)]
    return [_as_seen(cell) for cell in cells] + [screen.cursor.x, screen.cursor.y, screen.cursor.attrs]


def _as_seen(cell: pyte.screens.Char) -> pyte.screens.Char:
    """Of a blank one sees no colour of letters."""
    plain = cell.data == " " and not (cell.underscore or cell.reverse or cell.strikethrough)
    return cell._replace(fg="default", bold=False, italics=False) if plain else cell


PIECES = st.lists(st.tuples(MOVES | TEXTS, STYLES | st.just(Style())), max_size=12)


@given(PIECES)
def test_the_picture_is_the_same(pieces: list[tuple[str, Style]]) -> None:
    data = "".join(text if text.startswith("\x1b") else written([(text, style)]) for text, style in pieces)
    assert shown(shortened(data)) == shown(data)
    assert len(shortened(data)) <= len(data)


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ("plain", "plain"),
        ("\x1b[1mbold\x1b[0m", "\x1b[1mbold\x1b[0m"),
        ("\x1b[1;31mx\x1b[0m\x1b[31my\x1b[0m", "\x1b[1;31mx\x1b[22my\x1b[0m"),
        ("\x1b[31mx\x1b[0m\x1b[2;1H\x1b[31my\x1b[0m", "\x1b[31mx\x1b[2;1Hy\x1b[0m"),
        ("\x1b[31mx\x1b[0m\x1b[K", "\x1b[31mx\x1b[0m\x1b[K"),  # clearing takes the colour of the moment
        ("\x1b[31m\x1b[1mon top\x1b[0m", "\x1b[31m\x1b[1mon top\x1b[0m"),
        ("\x1b[?1049h", "\x1b[?1049h"), ("", ""),
    ],
)  # fmt: skip
def test_what_is_written(data: str, kept: str) -> None:
    assert shortened(data) == kept


def test_a_row_of_a_list_takes_half() -> None:
    row = [(" ★ ", "#e0af68"), ("claude-sonnet", "#c0caf5"), ("200 k", "#8c95bd"), (" 3.00", "#c0caf5")]
    data = written([(text, Style(color=color, bgcolor="#16161e")) for text, color in row])
    assert len(shortened(data)) < 0.7 * len(data)
    assert Text.from_ansi(shortened(data)).plain == Text.from_ansi(data).plain
