"""Where each value comes from; the generated files are compared with OpenHands' own loader elsewhere."""

from pathlib import Path

from tui.base.secret import Secret
from tui.config_file.document import parse_config
from tui.openhands.effective import Setting, Source, effective
from tui.openhands.fields import FIELDS
from tui.openhands.groups import group_ids, header, voided

KEY = "sk-ant-api03-0123456789abcdef"
TEXT = f"""\
[core]
[llm]
model = "anthropic/x"
api_key = "{KEY}"
num_retries = "8"

[llm.fast]
model = "anthropic/y"
retry_max_wait = 30.0

[llm."gpt-4.1"]
completion_kwargs = {{ metadata = {{ a = 1 }} }}
"""


def settings(text: str, group: str = "llm", **environ: str) -> dict[str, Setting]:
    return effective(parse_config(Path("config.toml"), text), environ, group)


def test_all_fields_are_there_in_the_order_of_the_table() -> None:
    assert list(settings(TEXT)) == [field.key for field in FIELDS if not field.ours]


def test_the_file_says_it_and_on_which_line() -> None:
    assert settings(TEXT)["model"] == Setting("anthropic/x", Source.FILE, 3)
    assert settings(TEXT)["num_retries"] == Setting(8, Source.FILE, 5)
    assert settings(TEXT)["retry_max_wait"] == Setting(64, Source.DEFAULT)
    assert settings(TEXT)["seed"] == Setting(None, Source.DEFAULT)


def test_a_group_inherits_everything_with_the_line() -> None:
    found = settings(TEXT, "llm.fast")
    assert found["model"] == Setting("anthropic/y", Source.FILE, 8)
    assert found["retry_max_wait"] == Setting(30, Source.FILE, 9)
    assert found["num_retries"] == Setting(8, Source.INHERITED, 5)
    assert found["api_key"] == Setting(Secret(KEY), Source.INHERITED, 4)


def test_the_environment_reaches_the_default_group_alone() -> None:
    environ = {"LLM_MODEL": "openai/z", "LLM_TIMEOUT": "60", "LLM_DROP_PARAMS": "yes", "LLM_SEED": ""}
    found = settings(TEXT, **environ)
    assert found["model"] == Setting("openai/z", Source.ENVIRONMENT)
    assert found["timeout"] == Setting(60, Source.ENVIRONMENT)
    assert found["drop_params"] == Setting(value=False, source=Source.ENVIRONMENT)  # only true and 1 are true
    assert found["seed"].source is Source.DEFAULT
    assert settings(TEXT, "llm.fast", **environ)["timeout"].source is Source.DEFAULT


def test_a_variable_of_the_wrong_type_is_passed_over() -> None:
    assert settings(TEXT, LLM_NUM_RETRIES="8.0")["num_retries"] == Setting(8, Source.FILE, 5)


def test_completion_kwargs_are_for_groups() -> None:
    assert settings(TEXT, "llm.gpt-4.1")["completion_kwargs"].value == {"metadata": {"a": 1}}
    text = '[llm]\nmodel = "a/b"\n[llm.completion_kwargs]\nmetadata = 1\n'
    assert settings(text)["completion_kwargs"].value is None
    assert voided(parse_config(Path("c"), text)) == {"llm.completion_kwargs": ["metadata"]}


def test_of_a_dropped_section_nothing_is_left_but_groups_stand_on_their_own() -> None:
    text = TEXT.replace("num_retries", "num_retrys")
    assert voided(parse_config(Path("c"), text)) == {"llm": ["num_retrys"]}
    assert settings(text)["model"] == Setting("claude-sonnet-4-20250514", Source.DEFAULT)
    assert settings(text)["api_key"].value is None
    assert settings(text, "llm.fast")["model"] == Setting("anthropic/y", Source.FILE, 8)
    assert settings(text, "llm.fast")["api_key"] == Setting(None, Source.DEFAULT)


def test_in_place_of_a_dropped_or_missing_group_the_default_one_is_taken() -> None:
    text = TEXT.replace("retry_max_wait", "retry_longest")
    for group in ("llm.fast", "llm.nowhere"):
        found = settings(text, group, LLM_TIMEOUT="60")
        assert found["model"] == Setting("anthropic/x", Source.INHERITED, 3)
        assert found["timeout"] == Setting(60, Source.ENVIRONMENT)


def test_a_group_called_llm_takes_the_place_of_the_default_one() -> None:
    text = TEXT + "[llm.llm]\ntop_p = 0.5\n"
    assert settings(text)["top_p"] == Setting(0.5, Source.FILE, 14)
    assert settings(text)["model"] == Setting("anthropic/x", Source.INHERITED, 3)
    assert settings(text, "llm.fast")["top_p"].source is Source.DEFAULT
    dropped = text.replace("top_p", "top_pp")
    assert settings(dropped)["model"] == Setting("anthropic/x", Source.FILE, 3)


def test_an_unquoted_dot_makes_another_group() -> None:
    config = parse_config(Path("c"), '[llm.gpt-4.1]\nmodel = "x"\n')
    assert group_ids(config) == ("llm", "llm.gpt-4")
    assert voided(config) == {"llm.gpt-4": ["1"]}
    assert header("llm.gpt-4.1") == '[llm."gpt-4.1"]'


def test_capital_letters_are_not_read() -> None:
    assert settings('[LLM]\nmodel = "openai/x"\n')["model"].source is Source.DEFAULT


def test_no_key_in_the_repr() -> None:
    assert KEY not in repr(settings(TEXT, LLM_AWS_ACCESS_KEY_ID=KEY))
