"""What `check` says of an agent_settings.json."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui.checks.agent_settings import agent_findings
from tui.checks.check import check, findings
from tui.checks.finding import Code, Finding
from tui.drafts.own_settings import OwnSettings, written_table
from tui.openhands.targets.agent_settings import AgentSettings
from tui.openhands.targets.cli import CommandLine

GOOD = {"model": "openai/gpt-5.5", "num_retries": 8, "retry_min_wait": 15, "retry_max_wait": 120, "retry_multiplier": 2}
KEY = "sk-proj-Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1"


@pytest.fixture
def write(home: Path) -> Callable[..., AgentSettings]:
    """Writes the file, and reads it."""

    def write(llm: Any = (), *, condenser: Any = None, mode: int = 0o600, **top: Any) -> AgentSettings:
        path = home / "agent_settings.json"
        below = condenser and {"kind": "LLMSummarizingCondenser", "llm": {**GOOD, **condenser}}
        path.write_text(json.dumps({"llm": {**GOOD, **dict(llm)}, "condenser": below, **top}, indent=2))
        path.chmod(mode)
        return AgentSettings.read(path)

    return write


def codes(config: AgentSettings, environ: dict[str, str] | None = None) -> list[Code]:
    return [finding.code for finding in findings(config, environ or {})]


def only(config: AgentSettings, environ: dict[str, str] | None = None) -> Finding:
    found = agent_findings(config, environ or {})
    assert len(found) == 1, found
    return found[0]


def test_nothing_is_wrong_with_what_works(write) -> None:
    assert codes(write(condenser={"seed": 1})) == []


@pytest.mark.parametrize(
    ("llm", "code", "said"),
    [
        ({"num_retries": -1}, Code.OUT_OF_RANGE, "num_retries must be a whole number of 0 or more, and is -1."),
        ({"retry_min_wait": 1.5}, Code.WRONG_TYPE, "retry_min_wait must be a whole number of 0 or more, and is 1.5."),
        ({"top_p": 2}, Code.OUT_OF_RANGE, "top_p must be between 0 and 1, and is 2."),
        ({"num_retries": None}, Code.WRONG_TYPE, "num_retries must be a whole number of 0 or more, and is null."),
        ({"reasoning_effort": "minimal"}, Code.WRONG_TYPE, "must be one of low, medium, high, xhigh, none"),
        ({"extra_headers": {"a": 1}}, Code.WRONG_TYPE, "extra_headers must be a table of strings, and is a table."),
        ({"model": ""}, Code.NO_MODEL, "It names no model."),
        ({"model": 5}, Code.NO_MODEL, "It names no model."),
    ],
)  # fmt: skip
def test_a_value_for_which_the_cli_takes_nothing_of_the_file(write, llm: Any, code: Code, said: str) -> None:
    found = only(write(llm))
    assert (found.code, found.voids, found.is_error) == (code, True, True)
    assert said in found.sentence
    assert found.line == (3 if code is Code.NO_MODEL and "model" not in llm else found.line)


@pytest.mark.parametrize("llm", [{"num_retries": "8"}, {"timeout": None}, {"drop_params": "yes"}, {"seed": 8.0}])
def test_values_that_the_cli_takes_though_they_are_odd(write, llm: Any) -> None:
    assert codes(write(llm)) == []


@pytest.mark.parametrize(
    "top", [{"kind": "Other"}, {"condenser": {"kind": "Zzz"}}, {"condenser": {"kind": "LLMSummarizingCondenser"}}]
)
def test_a_shape_that_the_cli_calls_corrupted(home: Path, top: Any) -> None:
    found = only(AgentSettings.of(home / "x.json", json.dumps({"llm": GOOD, **top})))
    assert (found.code, found.voids) == (Code.CORRUPT, True)


def test_a_broken_value_of_the_condenser_voids_the_file_too(write) -> None:
    found = only(write(condenser={"num_retries": -1}))
    assert (found.code, found.where, found.voids) == (Code.OUT_OF_RANGE, "condenser.llm", True)


@pytest.mark.parametrize("content", ["{", "[]", "", '{"llm": 3}', "\ufeff{}"])
def test_no_json_is_corrupt_and_said_why(home: Path, content: str) -> None:
    path = home / "agent_settings.json"
    path.write_text(content)
    (found,) = check(path, {}, "", CommandLine())
    assert (found.code, found.voids) == (Code.CORRUPT, True)
    assert "~/agent_settings.json" in found.sentence


def test_another_model_of_the_condenser_is_said(write) -> None:
    found = only(write(condenser={"model": "openai/small"}))
    assert (found.code, found.is_error) == (Code.CONDENSER_DIFFERS, False)
    assert "openai/small" in found.sentence


def test_a_newer_schema(write) -> None:
    assert only(write(schema_version=9)).code is Code.NEWER_SCHEMA


def test_ciphertext_and_dots_in_the_place_of_a_key(write) -> None:
    found = only(write({"api_key": "gAAAAABm" + "x" * 90}))
    assert (found.code, found.is_error) == (Code.CIPHERTEXT, True)
    assert only(write({"api_key": "*" * 10})).code is Code.NOT_A_KEY


def test_a_key_of_another_provider(write) -> None:
    found = codes(write({"api_key": "sk-ant-api03-0123456789abcdef"}))
    assert sorted(found) == [Code.KEY_IN_FILE, Code.KEY_OF_ANOTHER]


def test_a_key_that_others_may_read(write) -> None:
    found = codes(write({"api_key": KEY}, mode=0o644))
    assert sorted(found) == [Code.KEY_IN_FILE, Code.READABLE_BY_OTHERS]
    assert codes(write({"api_key": KEY})) == [Code.KEY_IN_FILE]
    assert codes(write(condenser={"api_key": KEY}, mode=0o644)) == [Code.READABLE_BY_OTHERS]
    assert codes(write(mode=0o644)) == []


def test_settings_that_the_cli_does_not_have(write) -> None:
    found = only(write({"custom_llm_provider": "azure"}))
    assert (found.code, found.key, found.is_error) == (Code.NOT_TAKEN, "custom_llm_provider", False)


def test_variables_that_count_with_a_flag_only(write) -> None:
    found = only(write(), {"LLM_MODEL": "x", "LLM_NUM_RETRIES": "3"})
    assert (found.code, found.severity) == (Code.NOT_READ_BY, "note")


def remember(path: Path, **values: str) -> None:
    OwnSettings().save({written_table(path): dict(values)})


DEFAULTS = {"num_retries": 5, "retry_min_wait": 8, "retry_max_wait": 64, "retry_multiplier": 8.0}
WRITTEN = {"num_retries": "8", "retry_min_wait": "15", "retry_max_wait": "120", "retry_multiplier": "2"}


def test_what_the_settings_of_the_cli_have_put_back_is_found_and_the_way_back_said(write) -> None:
    config = write({**DEFAULTS, "api_version": None})
    remember(config.path, **WRITTEN, api_version="2024-10-21")
    found = only(config)
    assert found.code is Code.RESET_BY_CLI
    settings = "num_retries=8 retry_min_wait=15 retry_max_wait=120 retry_multiplier=2 api_version=2024-10-21"
    assert f"llm-setup set --for cli {settings}" in found.hint


def test_nothing_was_reset_where_it_is_as_we_wrote_it_or_as_somebody_else_wants_it(write) -> None:
    config = write()
    remember(config.path, **WRITTEN)
    assert codes(config) == []
    assert codes(write({"num_retries": 3})) == []
    remember(config.path, **{key: str(value) for key, value in DEFAULTS.items()})
    assert codes(write(DEFAULTS)) == []
