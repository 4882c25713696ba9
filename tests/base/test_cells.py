"""How wide text is, and where its lines are broken."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.base.cells import cells, filled, pieces, wrapped
from tui.commands.output import aligned


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("钥匙", 4), ("é", 1), ("e\u0301", 1), ("•••", 3), ("", 0)])
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


def test_columns_count_cells_and_not_characters() -> None:
    assert aligned([("位置", "x"), ("key", "y")]) == ["位置  x", "key   y"]
    assert aligned([("位置", "10"), ("key", "1")], right=(1,)) == ["位置  10", "key    1"]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("There is no key for it.", 12, ["There is no", "  key for", "  it."]),
        ("see https://a.example/long/address now", 12, ["see", "  https://a.example/long/address", "  now"]),
        ("    indented words", 12, ["    indented", "  words"]),
        ("没有密钥，请设置。", 10, ["没有密钥，", "  请设置。"]),
        ("llm-setup: The file is no TOML.", 24, ["llm-setup:", "  The file is no TOML."]),
        ("One is long enough. Two is not.", 26, ["One is long enough.", "  Two is not."]),
        ("One. Two.", 26, ["One. Two."]),
        ("short", 80, ["short"]), ("", 80, [""]),
    ],
)  # fmt: skip
def test_lines_are_broken_at_words(text: str, width: int, lines: list[str]) -> None:
    assert [*wrapped(text, width, indent="  ")] == lines


@given(st.text(st.sampled_from("ab 钥，e\u0301"), max_size=60), st.integers(20, 40))
@settings(deadline=None)
def test_nothing_is_lost_and_no_line_is_too_long(text: str, width: int) -> None:
    lines = [*wrapped(text, width, indent="  ")]
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cells(line) <= width or " " not in line.strip() for line in lines)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("请用（--config）指定。", ["请", "用", "（--config）", "指", "定。"]),
        ("密钥“abc”！", ["密", "钥", "“abc”！"]),
        ("等待3次", ["等", "待", "3", "次"]),
        ("请用 llm-setup key set 保存。", ["请", "用 ", "llm-setup ", "key ", "set ", "保", "存。"]),
        ("无法连接……", ["无", "法", "连", "接……"]),
    ],
)
def test_a_line_may_end_between_wide_characters_but_not_at_their_marks(text: str, parts: list[str]) -> None:
    assert [*pieces(text)] == parts


@given(st.text(st.sampled_from("ab 钥匙，。（“”"), max_size=60), st.integers(10, 40))
@settings(deadline=None)
def test_filled_lines_are_whole_and_fit(text: str, width: int) -> None:
    lines = filled(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cells(line) <= width for line in lines)
