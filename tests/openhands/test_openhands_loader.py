"""Whatever the file holds: it is read as OpenHands reads it, and `check` knows what OpenHands drops."""

import math
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from tools.openhands_loader import LLMConfig, Refused, load

from tui.base.secret import Secret
from tui.checks.check import findings
from tui.config_file.content import Broken
from tui.config_file.document import parse_config
from tui.openhands.effective import Source, effective
from tui.openhands.field import Kind
from tui.openhands.fields import BY_KEY, FIELDS
from tui.openhands.groups import group_ids, table_path, voided

many = settings(
    max_examples=int(os.environ.get("EXAMPLES", "300" if os.environ.get("CI") else "100")),
    suppress_health_check=[HealthCheck.too_slow],
)

GOOD = {
    Kind.TEXT: ['"x"', "'x'", '""', '"""x"""', '"é"'],
    Kind.SECRET: ['"sk-x"', '""'],
    Kind.CHOICE: ['"low"', '"much"'],
    Kind.INTEGER: ["8", "-1", "0", "8.0", '"8"', '" 8 "', '"8.0"', '"1_000"', "true", "0x1F", "1_000", "1e3"],
    Kind.NUMBER: ["1.5", "2", '"0.5"', '"1e-3"', "inf", '"nan"', "false", "-0.0"],
    Kind.SWITCH: ["true", "false", "1", "0", "1.0", '"yes"', '"OFF"', '"t"'],
    Kind.TABLES: ["[]", '[{ category = "x", threshold = "y" }]'],
}
BAD = {
    Kind.TEXT: ["1", "1.5", "true", '["x"]', "2024-10-21", "[]"],
    Kind.SECRET: ["1", "true", "[]"],
    Kind.CHOICE: ["1", "false"],
    Kind.INTEGER: ["8.5", '"eight"', '"8.5"', '""', "1e300", "inf", "[8]", "07:32:00", '"1e3"'],
    Kind.NUMBER: ['"x"', '""', "[1.5]", "2024-10-21"],
    Kind.SWITCH: ["2", '"2"', '" yes"', '"None"', "1.5", "[true]"],
    Kind.TABLES: ["[{ a = 1 }]", '"x"', '["x"]', "1"],
}
REFUSED = ['[1, "x"]', "[1, 1.5]", '["x", true]', "[[1], [1, 2.0]]", '""""x"""']
UNKNOWN = ["num_retrys", "embedding_model", "LLM_MODEL", "api-key", '"a b"']
NAMES = ["fast", "draft_editor", '"gpt-4.1"', "llm", "model", "completion_kwargs", "gpt-4.1", "x.completion_kwargs"]
VARIABLES = st.sampled_from(["8", "eight", "8.0", "true", "1", "yes", "x", "", "0.5", "-3"])
PLAIN = [field for field in FIELDS if not field.ours and field.key != "completion_kwargs"]
NAMED = [field.variable for field in PLAIN if field.kind is not Kind.TABLES]


@st.composite
def pairs(draw) -> list[str]:
    """Lines of a table; most of them are in order."""
    fields = draw(st.lists(st.sampled_from(PLAIN), max_size=4, unique_by=lambda field: field.key))
    lines = [f"{field.key} = {draw(st.sampled_from(GOOD[field.kind]))}" for field in fields]
    left = [field for field in PLAIN if field not in fields]
    match draw(st.sampled_from(["good"] * 8 + ["bad", "bad", "unknown", "refused"])):
        case "bad":
            field = draw(st.sampled_from(left))
            lines.append(f"{field.key} = {draw(st.sampled_from(BAD[field.kind]))}")
        case "unknown":
            lines.append(f"{draw(st.sampled_from(UNKNOWN))} = {draw(st.sampled_from(GOOD[Kind.TEXT]))}")
        case "refused":
            lines.append(f"{draw(st.sampled_from(left)).key} = {draw(st.sampled_from(REFUSED))}")
    return draw(st.permutations(lines))


@st.composite
def files(draw) -> str:
    """A config.toml with groups, in any order, with or without what it should have."""
    names = draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True))
    headers = [*(["llm"] if draw(st.integers(0, 5)) else []), *(f"llm.{name}" for name in names)]
    parts = [f"[{header}]\n" + "".join(f"{line}\n" for line in draw(pairs())) for header in headers]
    parts += draw(
        st.lists(st.sampled_from(["[core]\n", "[LLM]\nx = 1\n", "[agent]\nllm_config = 'no'\n"]), unique=True)
    )
    end = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    return "".join(draw(st.permutations(parts))).replace("\n", end)


def config_of(text: str):
    try:
        return parse_config(Path("config.toml"), text)
    except Broken:
        return None


@given(files())
@many
def test_check_knows_what_openhands_drops(text: str) -> None:
    config = config_of(text)
    if config is None:
        return
    found = findings(config, {})
    refused = any(finding.voids and finding.group is None for finding in found)
    said = {finding.group for finding in found if finding.voids and finding.group}
    assert said == set(voided(config))
    try:
        _groups, dropped = load(text, {})
    except Refused:
        event("refused")
        assert refused
        return
    event("dropped" if dropped else "whole")
    assert not refused
    assert said == dropped


@given(files(), st.dictionaries(st.sampled_from(NAMED), VARIABLES, max_size=3))
@many
def test_settings_are_those_that_openhands_has(text: str, environ: dict[str, str]) -> None:
    config = config_of(text)
    try:
        groups, _dropped = load(text, environ)
    except Refused:
        return
    assert config is not None
    for group in group_ids(config):
        theirs = groups.get(table_path(group)[-1], groups["llm"])
        ours = effective(config, environ, group)
        for key, value in theirs.items():
            if key != "log_completions_folder" or ours[key].source is not Source.DEFAULT:
                assert alike(shown(ours[key].value), value), (group, key)


def shown(value: Any) -> Any:
    return value.reveal() if isinstance(value, Secret) else value


def alike(ours: Any, theirs: Any) -> bool:
    both_nan = all(isinstance(value, float) and math.isnan(value) for value in (ours, theirs))
    return both_nan or (ours == theirs and isinstance(ours, bool) == isinstance(theirs, bool))


def test_the_model_has_the_fields_of_the_table() -> None:
    assert set(LLMConfig.model_fields) == {field.key for field in FIELDS if not field.ours}


@pytest.mark.parametrize("key", list(GOOD))
def test_the_lists_are_right(key: Kind) -> None:
    """Each value of the lists above is what it is said to be; otherwise the generated files would prove nothing."""
    field = next(field for field in FIELDS if field.kind is key and field.key in LLMConfig.model_fields)
    for source in GOOD[key]:
        assert load(f"[llm]\n{field.key} = {source}\n", {})[1] == set()
    for source in BAD[key]:
        assert load(f"[llm]\n{field.key} = {source}\n", {})[1] == {"llm"}
    assert BY_KEY[field.key] is field
