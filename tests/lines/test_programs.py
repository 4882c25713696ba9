"""Several programs at once, in lines as on the screens."""

import json
from pathlib import Path

FIRST = ["anthropic", "environment", "=claude-opus-5", "", "go on"]


def test_the_file_of_another_program_is_edited(converse, home: Path, monkeypatch) -> None:
    monkeypatch.setenv("LLM_SETUP_FOR", "cli")
    said = converse(*FIRST, "yes", "finish", words=("--lines",))
    assert said.status == 0, said
    llm = json.loads((home / ".openhands/agent_settings.json").read_text())["llm"]
    assert (llm["model"], llm["num_retries"]) == ("anthropic/claude-opus-5", 8)
    assert not (home / ".openhands/config.toml").exists()
    assert "This is for: " in said.out
    assert "docker" not in said.out


def test_both_files_say_the_same_and_both_are_shown_before(converse, home: Path, monkeypatch) -> None:
    monkeypatch.setenv("LLM_SETUP_FOR", "toml,cli")
    said = converse(*FIRST, "yes", "finish", "1", "1", words=("--lines",))
    assert said.status == 0, said
    before_saving = said.out.partition("Save?")[0]
    assert "~/.openhands/config.toml" in before_saving
    assert "~/.openhands/agent_settings.json" in before_saving
    assert 'model = "anthropic/claude-opus-5"' in (home / ".openhands/config.toml").read_text()
    assert "anthropic/claude-opus-5" in (home / ".openhands/agent_settings.json").read_text()
    assert "Nothing to save" in converse("review", "yes", "finish", "1", "1", words=("--lines",)).out


def test_programs_are_chosen_and_remembered(converse, home: Path) -> None:
    converse(
        *FIRST, "yes", ":overview", "programs", "nonsense", "toml,cli", "review", "yes", ":quit", words=("--lines",)
    )
    assert "anthropic/claude-opus-5" in (home / ".openhands/agent_settings.json").read_text()
    assert 'for = "toml,cli"' in (home / ".config/llm-setup/settings.toml").read_text()
