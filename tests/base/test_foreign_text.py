"""Text of others is one harmless line."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.base.foreign import clean


@given(st.text() | st.text("\x1b[]?0;m\x07\\P^_ \n\tabc\u202e\u200b"), st.integers(1, 50))
def test_one_line_without_anything_that_acts_on_a_terminal(text, limit):
    shown = clean(text, limit=limit)
    assert len(shown) <= limit
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert shown == shown.strip()
    assert "  " not in shown


@given(st.text("abcdefghijk äöü中文 -_/.:[]{}'\"", max_size=100))
def test_words_stay_as_they_are(text):
    assert clean(text) == " ".join(text.split(" ")).strip() or "  " in text
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPq…\x1b\\x", "x"),
        ("\x1b]52;c;never ended", ""),
        ("one\r\ntwo\tthree", "one two three"),
        ("user\u202egnp.exe", "usergnp.exe"),
        ("\x9b31mred", "31mred"),
        ("nul\0bell\x07", "nulbell"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
    ],
)
def test_what_is_shown(text, shown):
    assert clean(text) == shown


def test_a_long_one_is_cut_and_says_so():
    assert clean("x" * 600) == "x" * 499 + "…"
    assert clean("x" * 500) == "x" * 500
    assert clean("\x1b[1m" * 100000 + "end", limit=10) == ""
