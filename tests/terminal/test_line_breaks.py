"""Where lines of Chinese end, as Textual wraps them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import content
from textual.content import Content

from tui.terminal import line_breaks


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(content), "divide_line", line_breaks.divide_line)


def test_the_private_name_that_is_replaced_is_there() -> None:
    assert line_breaks._by_words is not None


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("请放在 IMAGE 之前。Docker 从环境中取得。", 16, ["请放在 IMAGE 之", "前。Docker 从环", "境中取得。"]),
        ("密钥在密钥环中，可以测试", 14, ["密钥在密钥环", "中，可以测试"]),  # not "，" at the start of a line
        ("plain words alone", 8, ["plain", "words", "alone"]),
    ],
)  # fmt: skip
def test_lines_break_between_wide_characters_and_not_before_a_comma(text: str, width: int, lines: list[str]) -> None:
    assert [line.plain.rstrip() for line in Content(text).wrap(width)] == lines


@given(st.text(st.sampled_from("ab 钥匙，。（“"), max_size=80), st.integers(8, 40))
def test_no_line_is_too_long_and_nothing_is_lost(text: str, width: int) -> None:
    breaks = [0, *line_breaks.divide_line(text, width), len(text)]
    assert breaks == sorted(breaks)
    lines = [text[start:end] for start, end in pairwise(breaks)]
    assert all(cell_len(line.rstrip()) <= width for line in lines)
