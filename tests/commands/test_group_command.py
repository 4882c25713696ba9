"""`group`: whole tables come and go, and no byte beside them."""

import tomllib

import pytest

FILE = """# mine
[core]

# the usual one
[llm]
model = "anthropic/x"  # best

# cheap
[ llm . "gpt-4.1" ]  # quoted
model = 'openai/gpt-4.1'
\ttop_k = 3

[[llm."gpt-4.1".safety_settings]]
category = "x"

[agent]
llm_config = "gpt-4.1"

[agent.Browsing]
llm_config = 'gpt-4.1'
"""


RETRIES = "num_retries = 8\nretry_min_wait = 15\nretry_max_wait = 120\nretry_multiplier = 2\n"
USED = {"num_retries": 5, "retry_min_wait": 8, "retry_max_wait": 64, "retry_multiplier": 8}


def test_add(run, config) -> None:
    path = config(FILE)
    done = run("group", "add", "fast", "--json")
    assert (done.status, done.json["changed"]) == (0, True)
    assert "+[llm.fast]\n" in done.json["diff"]
    assert path.read_text().replace(f"[llm.fast]\n{RETRIES}\n", "") == FILE


def test_add_makes_core(run, config) -> None:
    path = config("")
    assert run("group", "add", "fast").status == 0
    assert tomllib.loads(path.read_text()) == {"core": {}, "llm": {"fast": tomllib.loads(RETRIES)}}


def test_copy(run, config) -> None:
    path = config(FILE)
    assert run("group", "copy", "gpt-4.1", "gpt-4.1 b").status == 0
    llm = tomllib.loads(path.read_text())["llm"]
    assert llm["gpt-4.1"] == tomllib.loads(FILE)["llm"]["gpt-4.1"]
    assert llm["gpt-4.1 b"] == {**llm["gpt-4.1"], **USED}  # it goes on as what it is copied from
    assert all(line in path.read_text().splitlines() for line in FILE.splitlines())


def test_rename(run, config) -> None:
    path = config(FILE)
    done = run("group", "rename", "gpt-4.1", "cheap")
    assert done.status == 0
    expected = FILE.replace('[ llm . "gpt-4.1" ]', "[ llm . cheap ]").replace('llm."gpt-4.1".s', "llm.cheap.s")
    assert path.read_text() == expected
    assert [line.split(":")[2].strip() for line in done.err.splitlines()] == ["Line 17", "Line 20"]
    assert "[agent.Browsing] names the group “gpt-4.1”" in done.err


def test_remove(run, config) -> None:
    path = config(FILE)
    done = run("group", "remove", "gpt-4.1", "--json")
    assert done.status == 0
    begin, end = FILE.index("[ llm"), FILE.index("\n[agent]")
    assert path.read_text() == FILE[:begin] + FILE[end:]
    assert [line.split(":")[2].strip() for line in done.err.splitlines()] == ["Line 11", "Line 14"]


def test_remove_says_nothing_of_groups_that_nobody_names(run, config) -> None:
    config("[core]\n[llm]\n[llm.a]\nseed = 3\n")
    assert run("group", "remove", "a").err == ""


def test_a_group_that_openhands_finds_by_name(run, config) -> None:
    config("[core]\n[llm]\n[llm.draft_editor]\nseed = 3\n")
    assert "by its name" in run("group", "rename", "draft_editor", "editor").err


@pytest.mark.parametrize(
    "action", [["add", "b"], ["copy", "gpt-4.1", "b"], ["rename", "gpt-4.1", "b"], ["remove", "gpt-4.1"]]
)
def test_a_dry_run_writes_nothing(run, config, action: list[str]) -> None:
    path = config(FILE)
    done = run("group", *action, "--dry-run", "--json")
    assert (done.status, done.json["changed"]) == (0, True)
    assert path.read_text() == FILE


def test_renaming_to_itself_changes_nothing(run, config) -> None:
    config(FILE)
    assert run("group", "rename", "gpt-4.1", "gpt-4.1", "--json").json["changed"] is False


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "gpt-4.1"), "already"),
        (("add", "model"), "must not be named"),
        (("add", "llm"), "must not be named"),
        (("add", ""), "at least one character"),
        (("add", "a\tb"), "at least one character"),
        (("copy", "gpt", "b"), "no group [llm.gpt]"),
        (("copy", "llm", "b"), "group add"),
        (("copy", "gpt-4.1", "gpt-4.1"), "already"),
        (("copy", "gpt-4.1", "model"), "must not be named"),
        (("rename", "gpt", "b"), "no group [llm.gpt]"),
        (("rename", "gpt-4.1", "top_k"), "must not be named"),
        (("remove", "gpt"), "no group [llm.gpt]"),
        (("remove", "llm"), "no group"),
        (("remove",), "required"),
        (("remove", "gpt-4.1", "b"), "not understood"),
        (("split", "gpt-4.1"), "invalid choice"),
        ((), "required"),
    ],
)
def test_refused(run, config, words: tuple[str, ...], said: str) -> None:
    path = config(FILE)
    done = run("group", *words)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert path.read_text() == FILE


def test_keys_are_copied_and_not_shown(run, config) -> None:
    path = config('[core]\n[llm]\n[llm.a]\napi_key = "sk-canary-0123456789abcdef"\n')
    for action in (["copy", "a", "b"], ["rename", "a", "c"], ["remove", "c"]):
        done = run("group", *action)
        assert done.status == 0
        assert "canary" not in done.out + done.err
    assert tomllib.loads(path.read_text())["llm"] == {"b": {"api_key": "sk-canary-0123456789abcdef", **USED}}
