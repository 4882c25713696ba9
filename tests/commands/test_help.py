"""What `--help` says, of every command."""

import argparse
import re
import shlex
from collections.abc import Iterator

import pytest

from tui.commands.manual import EXAMPLES, WIDEST
from tui.commands.options import parser


def commands(below: argparse.ArgumentParser, name: str = "") -> Iterator[str]:
    yield name
    for action in below._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, its in action.choices.items():
                yield from commands(its, f"{name} {word}".strip())


COMMANDS = list(commands(parser()))


@pytest.mark.parametrize("columns", ["200", "80", "60"])
@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_examples_and_statuses_and_is_80_wide_at_most(run, monkeypatch, name: str, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    said = run(*name.split(), "--help").out
    assert "\nexamples:\n  " in said
    assert re.search(r"\nexit status:\n  0 +Done\.", said)
    prose = [line for line in said.splitlines() if line.strip() not in EXAMPLES[name]]
    assert max(map(len, prose)) <= min(int(columns), WIDEST) - 2
    assert max(map(len, EXAMPLES[name])) <= WIDEST - 4


@pytest.mark.parametrize("line", sorted({line for lines in EXAMPLES.values() for line in lines}))
def test_each_example_is_understood(line: str) -> None:
    for command in re.findall(r"llm-setup[^|&<#)]*", line):
        assert parser().parse_args(shlex.split(command)[1:])


def test_variables_are_named_where_they_count(run) -> None:
    assert "LLM_SETUP_CONFIG" in run("check", "--help").out
    assert "LLM_SETUP_CATALOGUE" in run("models", "--help").out
    assert "environment:" not in run("completion", "--help").out
