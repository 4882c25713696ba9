"""Renaming a table, in all the ways in which TOML can lay one out."""

import tomllib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.base.errors import SetupError
from tui.config_file.rewrite import rename_table

PATH = ("llm", "old")
LAYOUTS = [
    ("[llm.old]\nk = 1 # old\n", "[llm.new]\nk = 1 # old\n"),
    ('[ "llm" . \'old\' ]\r\nk = "old"\r\n', '[ "llm" . new ]\r\nk = "old"\r\n'),
    ("[llm.old.sub]\n[llm.old.old]\n", "[llm.new.sub]\n[llm.new.old]\n"),
    ("[[llm.old.list]]\na = 1\n[[llm.old.list]]\n", "[[llm.new.list]]\na = 1\n[[llm.new.list]]\n"),
    ("[llm]\nold.a = 1\nx = 2\nold . b = 3", "[llm]\nnew.a = 1\nx = 2\nnew . b = 3"),
    ("llm.old.a = 1\nllm.older.a = 2\n", "llm.new.a = 1\nllm.older.a = 2\n"),
    ("llm.old = { a = 1, old = 2 }", "llm.new = { a = 1, old = 2 }"),
    ("llm = { a = 1, old = { a = 1 }, old2 = {} }", "llm = { a = 1, new = { a = 1 }, old2 = {} }"),
    ("llm = {old.a = 1}\nold = 2\n[core]\nold = 3\n", "llm = {new.a = 1}\nold = 2\n[core]\nold = 3\n"),
    ("[llm]\nold = {a = {old = 1}}\n[other.llm.old]\n", "[llm]\nnew = {a = {old = 1}}\n[other.llm.old]\n"),
]


@pytest.mark.parametrize(("before", "after"), LAYOUTS)
def test_layouts(before: str, after: str) -> None:
    assert rename_table(before, PATH, "new") == after


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
@example('"')
@example("'\"\\")
@example("a.b")
@example("")
def test_any_name_and_back(name: str) -> None:
    """Quoted where needed, and what it said before is what it says after."""
    text = "# c\n[llm.old]\nk = 1\n[llm.old.sub]\n[core]\n"
    renamed = rename_table(text, PATH, name)
    assert tomllib.loads(renamed) == {"llm": {name: {"k": 1, "sub": {}}}, "core": {}}
    assert rename_table(renamed, ("llm", name), "old") == text


def test_a_name_that_is_taken() -> None:
    with pytest.raises(SetupError, match="disturbed"):
        rename_table("[llm.old]\na = 1\n[llm.new]\na = 2\n", PATH, "new")
