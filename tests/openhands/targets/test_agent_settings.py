"""agent_settings.json of the OpenHands CLI: read, changed and kept."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.base.errors import SetupError
from tui.openhands.effective import effective
from tui.openhands.field import Field, Kind
from tui.openhands.fields import BY_KEY, FIELDS
from tui.openhands.targets.agent_settings import AgentSettings
from tui.openhands.targets.cli import CommandLine
from tui.openhands.targets.schema import SHORTEST_CONTEXT, fault, known, recorded_schema

PATH = Path("/nowhere/agent_settings.json")
LLM = {"model": "openai/a", "api_key": "sk-canary-0123456789abcdef", "num_retries": 5, "extra": {"b": [1]}}
WHOLE = {
    "schema": 1, "kind": "Agent", "llm": {**LLM, "usage_id": "agent"}, "tools": [{"name": "x", "params": {}}],
    "condenser": {"kind": "LLMSummarizingCondenser", "llm": {**LLM, "usage_id": "condenser"}, "max_size": 80},
}  # fmt: skip


def of(whole: Any) -> AgentSettings:
    return AgentSettings.of(PATH, json.dumps(whole))


def changed(whole: Any, **values: Any) -> Any:
    return json.loads(of(whole).rewritten({("llm",): values}))


def test_a_change_is_made_for_the_agent_and_for_its_condenser() -> None:
    done = changed(WHOLE, num_retries=8, model="openai/b")
    assert [done["llm"][key] for key in ("num_retries", "model")] == [8, "openai/b"]
    assert [done["condenser"]["llm"][key] for key in ("num_retries", "model")] == [8, "openai/b"]
    for llm in (done["llm"], done["condenser"]["llm"]):
        llm.update(num_retries=5, model="openai/a")
    assert done == WHOLE


@pytest.mark.parametrize("apart", [{"model": "openai/small"}, {"base_url": "http://h/v1"}])
def test_a_condenser_that_was_set_apart_stays_as_it_is(apart: dict[str, str]) -> None:
    whole = json.loads(json.dumps(WHOLE))
    whole["condenser"]["llm"].update(apart)
    assert changed(whole, num_retries=8, model="openai/b")["condenser"] == whole["condenser"]


def test_a_single_setting_that_was_set_apart_stays_as_it_is() -> None:
    whole = json.loads(json.dumps(WHOLE))
    whole["condenser"]["llm"]["num_retries"] = 2
    done = changed(whole, num_retries=8, seed=1)["condenser"]["llm"]
    assert (done["num_retries"], done["seed"]) == (2, 1)


@pytest.mark.parametrize(
    "condenser", [None, {"kind": "NoOpCondenser"}, {"kind": "PipelineCondenser", "condensers": []}]
)
def test_a_condenser_of_another_kind_is_none_of_ours(condenser: Any) -> None:
    assert changed({"llm": LLM, "condenser": condenser}, seed=1)["condenser"] == condenser


def test_a_setting_that_goes_goes_from_both() -> None:
    done = changed(WHOLE, api_key=None)
    assert "api_key" not in {**done["llm"], **done["condenser"]["llm"]}


def test_a_new_file_is_the_smallest_that_works() -> None:
    missing = AgentSettings(PATH, "", exists=False, data={})
    made = json.loads(missing.rewritten({("llm",): {"model": "ollama/x", "num_retries": 8, "seed": None}}))
    assert made["llm"] == {"model": "ollama/x", "num_retries": 8, "usage_id": "agent"}
    assert made["condenser"]["llm"] == {"model": "ollama/x", "num_retries": 8, "usage_id": "condenser"}
    assert (made["kind"], made["condenser"]["max_size"], made["condenser"]["keep_first"]) == ("Agent", 240, 2)
    with pytest.raises(SetupError, match="needs a model"):
        missing.rewritten({("llm",): {"num_retries": 8}})


def test_a_newer_schema_is_not_written_over() -> None:
    with pytest.raises(SetupError, match="schema version 9"):
        changed({**WHOLE, "schema_version": 9}, seed=1)


def test_what_the_cli_takes_for_missing_settings_is_its_own() -> None:
    found = {key: setting.value for key, setting in effective(of({"llm": {"model": "a"}}), {}).items()}
    wanted = {"timeout": 300, "temperature": None, "top_p": None, "reasoning_effort": "high", "num_retries": 5}
    assert {key: found[key] for key in wanted} == wanted
    null = effective(of({"llm": {"model": "a", "timeout": None, "reasoning_effort": None}}), {})
    assert (null["timeout"].value, null["reasoning_effort"].value) == (None, None)


def test_dots_are_no_key() -> None:
    assert "api_key" not in of({"llm": {"model": "a", "api_key": "*" * 10}}).table("llm")


def test_lines_are_those_of_the_file() -> None:
    config = AgentSettings.of(PATH, json.dumps(WHOLE, indent=2))
    assert config.text.splitlines()[(config.line("llm", "num_retries") or 0) - 1].strip() == '"num_retries": 5,'


def test_every_field_that_the_cli_has_has_a_schema_that_takes_its_default() -> None:
    assert {field.key for field in FIELDS if not field.ours} - known() == {
        "custom_llm_provider", "safety_settings", "for_routing", "correct_num", "completion_kwargs"
    }  # fmt: skip
    assert [
        name for name, schema in recorded_schema().items() if "default" in schema and fault(name, schema["default"])
    ] == []


def test_no_variable_of_ours_reaches_the_cli() -> None:
    environ = {"LLM_API_KEY": "k", "LLM_NUM_RETRIES": "3", "ANTHROPIC_API_KEY": "k", "PATH": "/"}
    assert set(CommandLine().environment(environ)) == {"ANTHROPIC_API_KEY", "PATH"}


def test_the_folder_is_the_one_that_the_cli_looks_in(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert CommandLine().locate() == home / ".openhands/agent_settings.json"
    monkeypatch.setenv("OPENHANDS_PERSISTENCE_DIR", "there")
    assert CommandLine().locate() == home / "there/agent_settings.json"


@pytest.mark.parametrize(
    ("values", "requests"),
    [
        ({"model": "openai/gpt-5.5"}, 3), ({"model": "azure/x"}, 3), ({"model": "litellm_proxy/x"}, 3),
        ({"model": "anthropic/claude-sonnet-4-5"}, 1), ({"model": "openrouter/a/b"}, 1), ({"model": "gemini/x"}, 1),
        ({"model": "openai/x", "base_url": "http://127.0.0.1:1/v1"}, 3), ({"model": "deepseek/x"}, 1), ({}, 1),
    ],
)  # fmt: skip
def test_requests_an_attempt_are_those_counted_at_the_real_one(values: dict[str, object], requests: int) -> None:
    """Counted with SDK 1.21 of CLI 1.16.0 at a server that answers 429."""
    assert CommandLine().requests(values) == requests


FOREIGN = st.dictionaries(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8).filter(lambda name: name not in recorded_schema()),
    st.recursive(
        st.none() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
        lambda below: st.lists(below, max_size=2) | st.dictionaries(st.text("abc", max_size=2), below, max_size=2),
        max_leaves=5,
    ),
    max_size=4,
)  # fmt: skip


@settings(max_examples=100)
@given(top=FOREIGN, llm=FOREIGN, condenser=FOREIGN, indent=st.sampled_from([None, 2, 4]))
def test_what_other_versions_wrote_stays(top: Any, llm: Any, condenser: Any, indent: int | None) -> None:
    top = {name: value for name, value in top.items() if name not in ("llm", "condenser", "schema_version")}
    below = {"kind": "LLMSummarizingCondenser", "llm": {"model": "m", **condenser}}
    whole = {**top, "llm": {**llm, "model": "m"}, "condenser": below}
    config = AgentSettings.of(PATH, json.dumps(whole, indent=indent))
    done = json.loads(config.rewritten({("llm",): {"model": "n", "num_retries": 8}}))
    whole["llm"].update(model="n", num_retries=8)
    below["llm"].update(model="n", num_retries=8)
    assert json.dumps(done) == json.dumps(whole)


def values_of(field: Field) -> st.SearchStrategy[Any]:
    """What the field takes, as `set` gives it."""
    least, most = max(field.minimum, -1e6), min(field.maximum, 1e6)
    match field.kind:
        case Kind.INTEGER:
            lowest = SHORTEST_CONTEXT if field.key == "max_input_tokens" else int(least)
            return st.integers(lowest, int(most))
        case Kind.NUMBER:
            return st.floats(max(least, 0), most)
        case Kind.SWITCH:
            return st.booleans()
        case Kind.CHOICE:
            return st.sampled_from(field.choices)
    return st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=9)


SETTINGS = st.fixed_dictionaries(
    {"model": values_of(BY_KEY["model"])}, optional={key: values_of(BY_KEY[key]) for key in sorted(known() - {"model"})}
)


@settings(max_examples=100)
@given(values=SETTINGS, whole=st.sampled_from([None, WHOLE]))
def test_whatever_is_set_fits_the_recorded_schema(values: dict[str, Any], whole: Any) -> None:
    config = of(whole) if whole else AgentSettings(PATH, "", exists=False, data={})
    done = of(json.loads(config.rewritten({("llm",): values})))
    for llm in (done.whole["llm"], done.whole["condenser"]["llm"]):
        assert {key: llm[key] for key in values} == values
        assert [key for key, value in llm.items() if key in recorded_schema() and fault(key, value)] == []
    assert done.refused == frozenset()
