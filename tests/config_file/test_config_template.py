"""A file of 500 lines in which all is commented out, as OpenHands' own template: an edit changes its line alone."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import toml

from tui.config_file.document import read_config
from tui.config_file.rewrite import rewrite
from tui.config_file.save import save
from tui.openhands.fields import FIELDS, RETRY_KEYS

TEMPLATE = Path(__file__).with_name("template.toml").read_text()
LINES = TEMPLATE.split("\n")
TABLES = [(name,) for name in tomllib.loads(TEMPLATE)] + [("llm", name) for name in tomllib.loads(TEMPLATE)["llm"]]
KEYS = [field.key for field in FIELDS if not field.ours]


def section(path: tuple[str, ...]) -> tuple[int, int]:
    """From which line to which."""
    headers = [number for number, line in enumerate(LINES) if line.startswith("[")] + [len(LINES)]
    for start, end in pairwise(headers):
        data = tomllib.loads(LINES[start])
        for name in path:
            data = data.get(name, {"no": 1})
        if data == {}:
            return start, end
    raise LookupError(path)


def example(path: tuple[str, ...], key: str) -> int | None:
    """The line that shows the key."""
    start, end = section(path)
    return next((number for number in range(start, end) if LINES[number].startswith(f"#{key} = ")), None)


def test_template():
    assert len(LINES) >= 500
    assert toml.loads(TEMPLATE) == tomllib.loads(TEMPLATE)
    assert not [line for line in LINES if line and line[0] not in "#["]
    assert set(KEYS) - {"completion_kwargs"} == {
        line[1:].split(" = ")[0] for line in LINES[slice(*section(("llm",)))] if re.match(r"#\w+ = ", line)
    }


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("key", [*KEYS, "unheard_of"])
@pytest.mark.parametrize("path", [("llm",), ("llm", "gpt-4.1")])
def test_one_line_comes_and_goes(path, key, newline):
    template = TEMPLATE.replace("\n", newline)
    lines = template.split("\n")
    at = example(path, key)
    at = section(path)[0] if at is None else at
    return_ = newline[:-1]
    after = template
    for value in ("first", "second"):
        after = rewrite(after, {path: {key: value}}, together=[RETRY_KEYS])
        assert after.split("\n") == [*lines[: at + 1], f'{key} = "{value}"{return_}', *lines[at + 1 :]]
    assert rewrite(after, {path: {key: None}}) == template


@pytest.mark.parametrize("path", TABLES)
def test_any_table(path):
    after = rewrite(TEMPLATE, {path: {"new": 1}})
    at = section(path)[0] + 1
    assert after.split("\n") == [*LINES[:at], "new = 1", *LINES[at:]]


def test_new_group():
    after = rewrite(TEMPLATE, {("llm", "new"): {"model": "x"}})
    assert after == TEMPLATE + '\n[llm.new]\nmodel = "x"\n'


def test_example_of_many_lines():
    after = rewrite(TEMPLATE, {("mcp",): {"stdio_servers": []}})
    at = LINES.index("#stdio_servers = [") + 4
    assert after.split("\n") == [*LINES[:at], "stdio_servers = []", *LINES[at:]]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[a]\n  # x = 1\n\ty = 2\n", "[a]\n  # x = 1\n  x = 9\n\ty = 2\n"),
        ('[a]\ny = """\n# x = 1\n"""\n', '[a]\ny = """\n# x = 1\n"""\nx = 9\n'),
        ("[a]\ny = [ # \n# x = 1\n]\n", "[a]\ny = [ # \n# x = 1\n]\nx = 9\n"),
        ("[a]\n\n# x = 1\n[b]\n", "[a]\nx = 9\n\n# x = 1\n[b]\n"),
        ("[a]\n#x = 1\n# not xx = 1\n#xx = 1\n", "[a]\n#x = 1\nx = 9\n# not xx = 1\n#xx = 1\n"),
        ("[a]\n#x = [\n#x", "[a]\n#x = [\n#x\nx = 9"),
        ("[a]\n#x = {", "[a]\n#x = {\nx = 9"),
    ],
)
def test_examples_and_what_looks_like_them(before, after):
    assert rewrite(before, {("a",): {"x": 9}}) == after


def test_all_at_once():
    after = rewrite(TEMPLATE, {("llm",): dict.fromkeys(KEYS, "x")}, ensure=[("core",)], together=[RETRY_KEYS])
    assert [line for line in after.split("\n") if not line.endswith('= "x"')] == LINES
    for key in set(KEYS) - {"completion_kwargs"}:
        assert re.search(rf'^#{key} = .*\n{key} = "x"$', after, re.MULTILINE)


def test_saved(home):
    path = home / "config.toml"
    path.write_text(TEMPLATE)
    save(read_config(path), rewrite(TEMPLATE, {("llm",): {"num_retries": 9}}))
    changed = [line for line in path.read_text().split("\n") if line not in LINES]
    assert changed == ["num_retries = 9"]
