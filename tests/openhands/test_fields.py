"""The Field table against what OpenHands 0.62 really takes."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.base.errors import SetupError, Status
from tui.openhands.field import Kind
from tui.openhands.fields import BY_KEY, FIELDS, RETRY_KEYS

# Name, kind and default of each field of OpenHands 0.62's LLMConfig.
TEXT, SECRET, INTEGER, NUMBER, SWITCH = Kind.TEXT, Kind.SECRET, Kind.INTEGER, Kind.NUMBER, Kind.SWITCH
RECORDED = {
    "model": (TEXT, "claude-sonnet-4-20250514"), "api_key": (SECRET, None), "base_url": (TEXT, None),
    "api_version": (TEXT, None), "aws_access_key_id": (SECRET, None), "aws_secret_access_key": (SECRET, None),
    "aws_region_name": (TEXT, None), "openrouter_site_url": (TEXT, "https://docs.all-hands.dev/"),
    "openrouter_app_name": (TEXT, "OpenHands"), "num_retries": (INTEGER, 5), "retry_multiplier": (NUMBER, 8),
    "retry_min_wait": (INTEGER, 8), "retry_max_wait": (INTEGER, 64), "timeout": (INTEGER, None),
    "max_message_chars": (INTEGER, 30000), "temperature": (NUMBER, 0.0), "top_p": (NUMBER, 1.0),
    "top_k": (NUMBER, None),
    "custom_llm_provider": (TEXT, None), "max_input_tokens": (INTEGER, None), "max_output_tokens": (INTEGER, None),
    "input_cost_per_token": (NUMBER, None), "output_cost_per_token": (NUMBER, None), "ollama_base_url": (TEXT, None),
    "drop_params": (SWITCH, True), "modify_params": (SWITCH, True), "disable_vision": (SWITCH, None),
    "disable_stop_word": (SWITCH, False), "caching_prompt": (SWITCH, True), "log_completions": (SWITCH, False),
    "log_completions_folder": (TEXT, None), "custom_tokenizer": (TEXT, None), "native_tool_calling": (SWITCH, None),
    "reasoning_effort": (Kind.CHOICE, None), "seed": (INTEGER, None), "safety_settings": (Kind.TABLES, None),
    "for_routing": (SWITCH, False), "correct_num": (INTEGER, 5), "completion_kwargs": (Kind.TABLES, None),
}  # fmt: skip


def test_the_table_is_what_openhands_takes() -> None:
    assert {f.key: (f.kind, f.default) for f in FIELDS if not f.ours} == RECORDED


def test_what_would_void_the_section_is_ours() -> None:
    assert {f.key for f in FIELDS if f.ours} == {"embedding_model", "embedding_deployment_name"}


def test_the_documented_retry_settings_are_offered() -> None:
    assert [BY_KEY[key].documented for key in RETRY_KEYS] == [8, 15, 120, 2]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
def test_every_field_fits_its_row_and_explains_itself(field) -> None:
    assert len(field.label) < 18
    assert field.help.endswith(".")


@pytest.mark.parametrize(
    ("key", "text", "wanted"),
    [
        ("num_retries", "0", "1 or more"), ("num_retries", "eight", "a whole number"), ("num_retries", "8.5", "a"),
        ("retry_min_wait", "-1", "0 or more"), ("retry_multiplier", "inf", "a number"),
        ("retry_multiplier", "nan", "a number"),
        ("top_p", "1.5", "between 0 and 1"), ("drop_params", "yes", "one of true, false"),
        ("reasoning_effort", "much", "one of low"),
    ],
)  # fmt: skip
def test_a_wrong_text_is_refused_in_words(key: str, text: str, wanted: str) -> None:
    with pytest.raises(SetupError, match=wanted) as caught:
        BY_KEY[key].parse(text)
    assert caught.value.field == key
    assert caught.value.status is Status.USAGE


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("num_retries", " 8 ", 8), ("retry_multiplier", "0", 0), ("retry_multiplier", "1.5", 1.5),
        ("drop_params", "TRUE", True),
        ("model", " openai/x ", "openai/x"), ("model", "  ", None), ("api_version", "2024-10-21", "2024-10-21"),
    ],
)  # fmt: skip
def test_a_text_means_its_value(key: str, text: str, value: object) -> None:
    parsed = BY_KEY[key].parse(text)
    assert parsed == value
    assert type(parsed) is type(value)


@given(st.sampled_from([f for f in FIELDS if f.kind is Kind.NUMBER]), st.floats(0, 1))
def test_a_number_survives_being_shown(field, number: float) -> None:
    assert field.parse(field.text(number)) == number


@given(st.text())
def test_no_text_breaks_a_field(text: str) -> None:
    for field in FIELDS:
        try:
            value = field.parse(text)
        except SetupError:
            continue
        assert value is None or not isinstance(value, float) or math.isfinite(value)
