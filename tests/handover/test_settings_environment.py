"""The settings as OpenHands takes them from its environment."""

from pathlib import Path

from tools.pictures import draft_of

from tui.handover.environment import settings_environment


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
