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
        *FIRST,
        "yes",
        ":overview",
        "programs",
        "nonsense",
        "toml,cli,server",
        "review",
        "yes",
        ":quit",
        words=("--lines",),
    )
    assert "anthropic/claude-opus-5" in (home / ".openhands/agent_settings.json").read_text()
    assert 'for = "toml,cli,server"' in (home / ".config/llm-setup/settings.toml").read_text()


def test_where_nothing_is_found_the_first_lines_say_what_it_is_for_and_what_not(converse, home: Path) -> None:
    said = converse(*FIRST, "yes", "finish", "1", "1", words=("--lines",))
    assert "This is for: config.toml (openhands-ai ≤ 1.6), OpenHands CLI." in said.out
    assert "Not for: Agent Canvas." in said.out
    assert (home / ".openhands/config.toml").exists()
    assert (home / ".openhands/agent_settings.json").exists()


def test_programs_that_differ_are_made_alike_in_lines(converse, home: Path) -> None:
    folder = home / ".openhands"
    folder.mkdir()
    (folder / "config.toml").write_text('[core]\n[llm]\nmodel = "anthropic/old"\n')
    (folder / "agent_settings.json").write_text(json.dumps({"llm": {"model": "openai/gpt-x", "num_retries": 2}}))
    said = converse("alike", "cli", "yes", ":quit", words=("--lines",))
    assert "config.toml: anthropic/old, 5 attempts · CLI: openai/gpt-x, 2 attempts" in said.out
    assert 'model = "openai/gpt-x"' in (folder / "config.toml").read_text()
