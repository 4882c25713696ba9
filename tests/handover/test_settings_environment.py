"""The settings as OpenHands takes them from its environment."""

from ast import literal_eval
from pathlib import Path

from tools.pictures import draft_of

from tui.drafts.draft import Draft
from tui.handover.environment import limits, settings_environment


def test_values_are_written_as_openhands_takes_them(home: Path) -> None:
    """From the file it takes more words than from the environment."""
    path = home / "config.toml"
    lines = ['drop_params = "yes"', 'caching_prompt = "off"', 'num_retries = "8.0"', "temperature = 1"]
    path.write_text("\n".join(['[llm]\nmodel = "anthropic/x"', *lines, 'seed = "three"', 'base_url = ""', "[llm.b]"]))
    assert settings_environment(draft_of(path)) == {
        "LLM_MODEL": "anthropic/x", "LLM_DROP_PARAMS": "true", "LLM_CACHING_PROMPT": "false", "LLM_NUM_RETRIES": "8",
        "LLM_TEMPERATURE": "1",
    }  # fmt: skip


def test_ours_go_along(home: Path) -> None:
    draft = draft_of(home / "config.toml")
    table = ("beside", str(draft.config.path))
    draft.own.save({table: {"embedding_model": "local"}})
    assert settings_environment(draft_of(home / "config.toml")) == {"LLM_EMBEDDING_MODEL": "local"}


def test_tables_are_written_as_openhands_reads_them_from_a_variable(home: Path) -> None:
    path = home / "config.toml"
    rules = '[{ category = "x", threshold = "it\'s" }]'
    kwargs = '{ min_p = 0.0, stop = ["a"], deep = { yes = true } }'
    path.write_text(f'[llm]\nmodel = "gemini/x"\nsafety_settings = {rules}\n[llm.own]\ncompletion_kwargs = {kwargs}\n')
    draft = draft_of(path)
    group = settings_environment(Draft(draft.config, draft.own, {"LLM_COMPLETION_KWARGS": "{'a': 1}"}, "llm.own"))
    assert literal_eval(group["LLM_COMPLETION_KWARGS"]) == {"min_p": 0.0, "stop": ["a"], "deep": {"yes": True}}
    assert literal_eval(group["LLM_SAFETY_SETTINGS"]) == [{"category": "x", "threshold": "it's"}]
    assert "LLM_COMPLETION_KWARGS" not in settings_environment(draft)
    given = settings_environment(draft_of(path, {"LLM_COMPLETION_KWARGS": "{'min_p': 0.0}"}))
    assert given["LLM_COMPLETION_KWARGS"] == "{'min_p': 0.0}"


def test_a_table_that_no_variable_can_hold_is_left_out_and_said_to_be(home: Path) -> None:
    path = home / "config.toml"
    path.write_text('[llm]\nmodel = "openai/x"\n[llm.own]\ncompletion_kwargs = { day = 1979-05-27, most = inf }\n')
    draft = draft_of(path)
    group = Draft(draft.config, draft.own, {}, "llm.own")
    assert "LLM_COMPLETION_KWARGS" not in settings_environment(group)
    assert any("completion_kwargs is not handed over" in sentence for sentence in limits(group))
    assert not any("handed over" in sentence for sentence in limits(draft))
