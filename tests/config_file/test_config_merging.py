"""Two people change one file."""

import copy
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.base.errors import SetupError
from tui.config_file.merging import Clash, merge
from tui.config_file.reading import parse_config
from tui.config_file.rewriting import rewrite, same

PATH = Path("config.toml")
LLM = ("llm",)
BASE = '[llm]\nmodel = "a" # my favourite\nseed = 1\n\n[llm.g]\nmodel = "b"\n'


def merged(theirs: str, edits, base: str = BASE, **options):
    return merge(parse_config(PATH, base), edits, parse_config(PATH, theirs), **options)


def test_different_keys():
    theirs = BASE.replace("seed = 1", "seed = 2\ntop_p = 0.5 # theirs").replace('"b"', '"c"')
    done = merged(theirs, {LLM: {"model": "x", "timeout": 9}})
    assert done.text == theirs.replace('"a"', '"x"').replace("# theirs\n", "# theirs\ntimeout = 9\n")
    assert done.merged == ((("llm",), "seed"), (("llm",), "top_p"), (("llm", "g"), "model"))
    assert done.conflicts == ()


def test_same_key():
    theirs = BASE.replace("seed = 1", "seed = 2").replace('"a"', '"c"')
    done = merged(theirs, {LLM: {"model": "x", "timeout": 9}})
    assert done.text == theirs.replace("seed = 2\n", "seed = 2\ntimeout = 9\n")
    assert done.conflicts == (Clash(LLM, "model", "a", "x", "c"),)
    assert done.merged == ((LLM, "seed"),)
    assert "favourite" not in repr(done)
    won = merged(theirs, {LLM: {"model": "x", "timeout": 9}}, mine={(LLM, "model")})
    assert won.text == done.text.replace('"c"', '"x"')
    assert won.conflicts == ()
    assert won.merged == ((LLM, "seed"),)


def test_same_change():
    theirs = BASE.replace("seed = 1\n", "")
    done = merged(theirs, {LLM: {"seed": None}}, ensure=[("core",)])
    assert (done.text, done.merged, done.conflicts) == (theirs, (), ())


@pytest.mark.parametrize(("mine", "theirs"), [(None, "2"), (2, None), (1.0, "true")])
def test_removed_by_one_and_changed_by_the_other(mine, theirs):
    text = BASE.replace("seed = 1\n", f"seed = {theirs}\n" if theirs else "")
    now = {None: None, "2": 2, "true": True}[theirs]
    assert merged(text, {LLM: {"seed": mine}}).conflicts == (Clash(LLM, "seed", 1, mine, now),)


def test_edit_that_changes_nothing_leaves_theirs():
    theirs = BASE.replace('"a"', '"c"')
    done = merged(theirs, {LLM: {"model": "a", "api_key": None}})
    assert (done.text, done.merged, done.conflicts) == (theirs, ((LLM, "model"),), ())


def test_group_that_they_removed():
    theirs = BASE.partition("\n[llm.g]")[0]
    done = merged(theirs, {("llm", "g"): {"seed": 3}, LLM: {"seed": 4}})
    assert done.conflicts == (Clash(("llm", "g"), "seed", None, 3, None),)
    assert done.text == theirs.replace("seed = 1", "seed = 4")
    assert done.merged == ((LLM, "g"),)
    again = merged(theirs, {("llm", "g"): {"seed": 3}}, mine=[(("llm", "g"), "seed")])
    assert tomllib.loads(again.text)["llm"]["g"] == {"seed": 3}


def test_group_that_i_removed_and_they_changed():
    theirs = BASE.replace('"b"', '"c"')
    done = merged(theirs, {LLM: {"g": None}})
    assert done.conflicts == (Clash(LLM, "g", {"model": "b"}, None, {"model": "c"}),)
    assert done.text == theirs
    assert merged(BASE.replace("seed = 1", "seed = 2"), {LLM: {"g": None}}).conflicts == ()


def test_tables_given_as_values():
    theirs = BASE + "x = 1\n"
    done = merged(theirs, {LLM: {"g": {"model": "b", "y": 2}}})
    assert done.text == theirs + "y = 2\n"
    assert done.merged == ((("llm", "g"), "x"),)
    both = merged(BASE + "y = 1\n", {LLM: {"g": {"model": "b", "y": 2}}})
    assert both.conflicts == (Clash(("llm", "g"), "y", None, 2, 1),)


def test_group_that_both_made():
    theirs = BASE + '\n[llm.new]\nmodel = "t"\n'
    assert merged(theirs, {LLM: {"new": {"model": "m"}}}).conflicts == (
        Clash(LLM, "new", None, {"model": "m"}, {"model": "t"}),
    )
    assert merged(theirs, {LLM: {"new": {"model": "t"}}}).text == theirs


def test_table_that_they_made_a_value():
    with pytest.raises(SetupError, match="is not a table"):
        merged('llm.g = 1\nllm.model = "a"\n', {("llm", "g"): {"seed": 3}}, mine=[(("llm", "g"), "seed")])
    assert len(merged('llm.g = 1\nllm.model = "a"\n', {("llm", "g"): {"seed": 3}}).conflicts) == 1


VALUES = st.one_of(st.none(), st.integers(0, 2), st.sampled_from([1.0, True, "x"]))
EDITS = st.dictionaries(
    st.sampled_from([(), LLM, ("llm", "g"), ("core",)]), st.dictionaries(st.sampled_from("abc"), VALUES), max_size=3
)


def value(data, path, name):
    for part in path:
        data = data.get(part, {})
    return data.get(name)


@given(EDITS, EDITS, EDITS)
@settings(max_examples=300, deadline=None)
def test_nobody_loses_anything(start, mine, theirs):
    """A key that I changed alone is mine, one that they changed alone is theirs, one that both did is told."""
    tables = [LLM, ("llm", "g"), ("core",)]
    base = rewrite("", start, ensure=tables)
    now = rewrite(base, theirs, ensure=tables)
    done = merged(now, mine, base)
    before, after, result = (tomllib.loads(text) for text in (base, now, done.text))
    wanted = tomllib.loads(rewrite(base, copy.deepcopy(mine), ensure=tables))
    clashes = {(clash.table, clash.key) for clash in done.conflicts}
    for path in [(), *tables]:
        for name in "abc":
            was, my, their, have = (value(data, path, name) for data in (before, wanted, after, result))
            i, they = not same(was, my), not same(was, their)
            clash = i and they and not same(my, their)
            assert ((path, name) in clashes) is clash
            assert same(have, my if i and not clash else their)
            assert ((path, name) in done.merged) is (they and not i)
