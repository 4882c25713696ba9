"""Fewer bytes, the same pictures."""

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style

from tui.terminal.shown_cells import ShownCells

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


class Terminal:
    """One that shows what it is sent."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(90, 8)  # nothing is written beyond its edge
        self.stream = pyte.Stream(self.screen)

    def shows(self, data: str) -> list[object]:
        self.stream.feed(data)
        return seen(self.screen)


def seen(screen: pyte.Screen) -> list[object]:
    cells = [screen.buffer[row][column] for row in range(8) for column in range(90)]
    return [_as_seen(cell) for cell in cells] + [screen.cursor.x, screen.cursor.y, screen.cursor.attrs]


def _as_seen(cell: pyte.screens.Char) -> pyte.screens.Char:
    """Of a space one sees no colour of letters; of one in reverse that colour alone."""
    if cell.data == " " and cell.reverse and cell.fg != "default" and not (cell.underscore or cell.strikethrough):
        cell = cell._replace(bg=cell.fg, reverse=False)
    plain = cell.data == " " and not (cell.underscore or cell.reverse or cell.strikethrough)
    return cell._replace(fg="default", bold=False, italics=False) if plain else cell


MOVED = st.tuples(MOVES, st.lists(st.tuples(TEXTS, STYLES | st.just(Style())), max_size=4))
PICTURES = st.lists(st.tuples(st.lists(MOVED, max_size=6), MOVES), min_size=1, max_size=5)


@given(PICTURES)
def test_the_pictures_are_the_same(pictures: list[tuple[list[tuple[str, list[tuple[str, Style]]]], str]]) -> None:
    """Whatever is written on top of what, and whatever was skipped."""
    plain, lean, cells = Terminal(), Terminal(), ShownCells()
    for rows, cursor in pictures:
        data = "\n".join(move + written(pieces) for move, pieces in rows) + cursor
        sent = cells.changes(data)
        assert lean.shows(sent) == plain.shows(data)
        again = cells.changes(data)
        assert lean.shows(again) == plain.shows(data)


@pytest.mark.parametrize(
    ("data", "sent"),
    [
        ("plain", "plain"),
        ("\x1b[1;1H\x1b[1;31mx\x1b[0m\x1b[31my\x1b[0m", "\x1b[1;1H\x1b[1;31mx\x1b[22my\x1b[0m"),
        ("\x1b[1;1H\x1b[31mx\x1b[0m\n\x1b[2;1H\x1b[31my\x1b[0m", "\x1b[1;1H\x1b[31mx\r\x1bDy\x1b[0m"),
        ("\x1b[31mx\x1b[0m\x1b[K", "\x1b[31mx\x1b[0m\x1b[K"),  # clearing takes the colour of the moment
        ("\x1b[1;1H\x1b[31m\x1b[1mon top\x1b[0m", "\x1b[1;1H\x1b[31m\x1b[1mon top\x1b[0m"),
        ("\x1b[?1049h", "\x1b[?1049h"), ("", ""), ("\x1b]52;c;YQ==\x07", "\x1b]52;c;YQ==\x07"),
    ],
)  # fmt: skip
def test_what_is_sent(data: str, sent: str) -> None:
    assert ShownCells().changes(data) == sent


LINE = "\x1b[2;3H\x1b[31m{}\x1b[0m\x1b[1;1H"


def test_only_cells_that_change_are_sent_again() -> None:
    cells = ShownCells()
    cells.changes(LINE.format("waiting 13 s of 15 s, 0:02 passed"))
    assert cells.changes("\x1b[?2026h") == "\x1b[?2026h"
    sent = cells.changes(LINE.format("waiting 12 s of 15 s, 0:03 passed"))
    assert sent == "\x1b[2;12H\x1b[31m2\x1b[15C3\x1b[0m\x1b[1;1H"
    assert cells.changes(LINE.format("waiting 12 s of 15 s, 0:03 passed")) == ""


@pytest.mark.parametrize("between", ["\x1b[?1049h", "\x1b[2J", "what another program says\n"])
def test_nothing_is_known_of_a_terminal_after_what_is_not_understood(between: str) -> None:
    cells = ShownCells()
    sent = cells.changes(LINE.format("the same"))
    assert cells.changes(between) == between
    assert cells.changes(LINE.format("the same")) == sent
    cells.forget()
    assert cells.changes(LINE.format("the same")) == sent


DIM = Style(color="#8c95bd", bgcolor="#16161e")


def test_the_blanks_between_words_are_sent_with_them() -> None:
    terminal, cells = Terminal(), ShownCells()
    terminal.shows(cells.changes("\x1b[1;1H" + written([(" " * 90, DIM)]) + "\x1b[1;1H"))
    data = "\x1b[1;1H" + written([("it has no path", DIM)]) + "\x1b[1;1H"
    sent = cells.changes(data)
    assert "it has no path" in sent
    assert terminal.shows(sent) == Terminal().shows("\x1b[1;1H" + written([(" " * 90, DIM)]) + data)


def test_a_row_that_was_painted_for_a_wider_terminal_is_sent_again() -> None:
    """The first picture after it became narrower is still one of the old width: its last cell shows what it clipped."""
    cells = ShownCells()
    row = "\x1b[1;1H" + written([("and there are", DIM)]) + "\x1b[1;1H"
    sent = [cells.changes(row, width) for width in (9, 9, 20, 20, 9, 20)]
    assert ["and there are" in data for data in sent] == [True, True, True, False, True, True]


def test_a_picture_begins_at_a_place_that_is_named() -> None:
    """Another program may have moved the cursor meanwhile."""
    cells = ShownCells()
    cells.changes("\x1b[2;3H" + written([("ready", DIM)]) + "\x1b[2;1H")
    assert cells.changes("\x1b[2;5H" + written([("x", DIM)]) + "\x1b[2;1H").startswith("\x1b[2;5H")


def test_a_row_of_a_list_takes_half() -> None:
    row = [(" ★ ", "#e0af68"), ("claude-sonnet", "#c0caf5"), ("200 k", "#8c95bd"), (" 3.00", "#c0caf5")]
    data = "\x1b[1;1H" + written([(text, Style(color=color, bgcolor="#16161e")) for text, color in row])
    sent = ShownCells().changes(data)
    assert len(sent) < 0.75 * len(data)
    assert Terminal().shows(sent) == Terminal().shows(data)


NAMES = st.sampled_from(["Anthropic", "OpenAI", "Mistral ★", "", "Ollama", "漢", "a" * 60])
ROWS = st.lists(st.tuples(NAMES, st.sampled_from([DIM, Style()])), min_size=12, max_size=20)


def listed(rows: list[tuple[str, Style]], first: int, column: int) -> str:
    """Six rows of a list beside and below something else, as Textual writes them."""
    room = 90 - column
    return "".join(
        f"\x1b[{number + 2};{column + 1}H" + written([(text + " " * (room - cell_len(text)), style)]) + "\n"
        for number, (text, style) in enumerate(rows[first : first + 6])
    ).removesuffix("\n") + "\x1b[1;1H"  # fmt: skip


@given(ROWS, st.lists(st.integers(0, 6), min_size=1, max_size=8), st.sampled_from([0, 0, 2, 30]))
def test_a_list_that_scrolls_shows_the_same(rows: list[tuple[str, Style]], firsts: list[int], column: int) -> None:
    """Whether the terminal scrolls or not, and whatever stands beside it."""
    plain, lean, cells = Terminal(), Terminal(), ShownCells()
    beside = "".join(f"\x1b[{row};1H" + written([(f"{row}" * 45, DIM)]) + "\n" for row in range(1, 9))
    for data in (beside[:-1] + "\x1b[1;1H", *(listed(rows, first, column) for first in (0, *firsts))):
        assert lean.shows(cells.changes(data, 90)) == plain.shows(data)


def test_a_list_that_scrolls_by_a_row_takes_a_row() -> None:
    rows = [(name * 6, DIM) for name in ("Anthropic", "OpenAI", "Mistral", "Ollama", "DeepSeek", "xAI", "Cohere")]
    for firsts in ((0, 1), (1, 0)):
        cells = ShownCells()
        sent = [cells.changes(listed(rows, first, 0), 90) for first in firsts]
        assert len(sent[0]) > 590
        assert len(sent[1]) < 180
