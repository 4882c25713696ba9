"""One letter wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.catalog.search import Vocabulary

VOCABULARY = Vocabulary(["claude sonnet 4 5", "gpt 4o", "gemini flash", "llama"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sonet", "sonnet"), ("sonnnet", "sonnet"), ("sonmet", "sonnet"), ("osnnet", "sonnet"), ("gtp", "gpt"),
        ("geimini", "gemini"), ("lama", "llama"), ("xlaude", "claude"),
    ],
)  # fmt: skip
def test_one_letter(typed: str, meant: str) -> None:
    assert meant in VOCABULARY.near(typed)


@pytest.mark.parametrize("typed", ["", "x", "gp", "4p", "s0nnet", "snnnt", "sonet5", "hello"])
def test_what_is_no_slip(typed: str) -> None:
    assert VOCABULARY.near(typed) == []


def test_a_word_that_is_not_finished() -> None:
    assert "gemi" in VOCABULARY.near("geimi")


WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=9)


@given(WORD, st.data())
def test_any_word_is_found_with_any_letter_wrong(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    slips = [word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]]
    for slip in slips:
        assert any(word.startswith(meant) for meant in Vocabulary([word]).near(slip))


@given(st.text(max_size=12))
def test_nothing_raises(typed: str) -> None:
    VOCABULARY.near(typed)
