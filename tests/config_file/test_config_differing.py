"""Comparing texts of any length: right, short, and in a time that grows with them."""

import random
from difflib import SequenceMatcher

from hypothesis import example, given
from hypothesis import strategies as st

from tui.config_file.diff import counts, diff


def sides(lines) -> tuple[list[str], list[str]]:
    old = [line.text for line in lines if line.sign in "- "]
    return old, [line.text for line in lines if line.sign in "+ "]


@given(st.lists(st.sampled_from("abcde"), max_size=40), st.lists(st.sampled_from("abcde"), max_size=40), st.booleans())
@example(["a"] * 300 + ["b"], ["b"] + ["a"] * 300, True)
@example(["a"] * 1500, ["a"] * 1501, False)
def test_both_texts_are_in_it(old, new, often):
    old, new = ((lines + ["x", "y"] * 200) if often else lines for lines in (old, new))
    lines = diff("\n".join(old), "\n".join(new), context=10_000)
    if old == new or not any(lines):
        assert lines == []
    else:
        assert sides(lines) == (old, new)
        assert all(line.hidden == 0 for line in lines)


def test_lines_that_occur_often_do_not_hide_what_stays():
    chance = random.Random(0)
    old = [line for number in range(200) for line in [f"[g{number}]", "a = 1", "b = 2", "c = 3", "# d", "e = 5", ""]]
    for _ in range(20):
        new = [f"{line} # new" if chance.random() < 0.02 else line for line in old]
        changed = sum(one != other for one, other in zip(old, new, strict=True))
        assert counts(diff("\n".join(old) + "\n", "\n".join(new) + "\n")) == (changed, len(old) - changed)


def test_lines_that_all_occur_often(monkeypatch):
    compared = []
    ratio = SequenceMatcher.get_opcodes
    monkeypatch.setattr(
        SequenceMatcher, "get_opcodes", lambda self: (compared.append(len(self.a) * len(self.b)), ratio(self))[1]
    )
    lines = diff("a = 1\n" * 4000, "a = 1\n" * 2000 + "b = 2\n" + "a = 1\n" * 2000)
    assert [line.text for line in lines if line.sign == "+"] == ["b = 2"]
    assert counts(lines) == (1, 4000)
    assert sorted(compared)[:-1] in ([], [0])  # the first, which passes over them, and what is left
