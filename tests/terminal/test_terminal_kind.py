"""What is told of the terminal by the environment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.terminal.plain_text import plain
from tui.terminal.terminal_kind import colours, is_colourless, speaks_utf8


@pytest.mark.parametrize(
    ("environ", "coerced", "speaks"),
    [
        ({}, False, False), ({"LANG": "C"}, False, False), ({"LANG": "de_DE.ISO-8859-15"}, False, False),
        ({"LANG": "de_DE.UTF-8"}, False, True), ({"LANG": "C.utf8"}, False, True),
        ({"LANG": "C.UTF-8", "LC_ALL": "POSIX"}, False, False), ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True, False),  # put there by Python itself
        ({"LANG": "xx_XX.UTF-8", "LC_CTYPE": "C.UTF-8"}, True, True),  # a locale that is not installed
    ],
)  # fmt: skip
def test_whether_the_locale_is_one_of_utf8(environ: dict[str, str], coerced: bool, speaks: bool) -> None:
    assert speaks_utf8(environ, coerced=coerced) is speaks


@pytest.mark.parametrize(
    ("environ", "many", "none"),
    [
        ({"TERM": "xterm-256color"}, 256, False), ({"TERM": "linux"}, 16, False), ({"TERM": "screen"}, 16, False),
        ({"TERM": "vt100"}, 16, True), ({"TERM": "vt220-w"}, 16, True), ({"TERM": "xterm-mono"}, 16, True),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, 1 << 24, False), ({"TERM": "xterm-kitty"}, 256, False),
    ],
)  # fmt: skip
def test_how_many_colours(environ: dict[str, str], many: int, none: bool) -> None:
    assert (colours(environ), is_colourless(environ)) == (many, none)


@given(st.text())
def test_plain_text_is_ascii_in_as_many_cells(text: str) -> None:
    assert plain(text).isascii()
    assert len(plain(text)) == cell_len(text) or not text.isprintable()


def test_plain_text_can_be_read() -> None:
    assert plain("● “5 × 8” → Grün ✓ …") == '* "5 x 8" > Grun + .'
    assert plain("claude-sonn…") == "claude-sonn~"
