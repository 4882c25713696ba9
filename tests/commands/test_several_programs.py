"""Several programs at once: which would use what, and giving all of them the settings of one."""

import importlib
import json
from pathlib import Path
from typing import Any

import pytest

from tui.base.errors import SetupError
from tui.cli import main

KEY = "sk-proj-Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1"
TOML = '[core]\n[llm]\nmodel = "anthropic/sonnet"\nnum_retries = 8\nretry_min_wait = 15\nretry_max_wait = 120\n'
TOML += "retry_multiplier = 2\ntop_p = 0.5\n"
LLM = {"model": "openai/gpt-x", "base_url": "https://h.example/v1", "temperature": 0.5}


@pytest.fixture
def both(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A config.toml, and a file of the CLI that says something else."""
    monkeypatch.setenv("PATH", "/nowhere")
    (home / ".openhands").mkdir()
    (home / ".openhands/config.toml").write_text(TOML)
    (home / ".openhands/agent_settings.json").write_text(json.dumps({"llm": LLM}))
    return home / ".openhands"


def told(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> Any:
    assert main([*words, "--json"]) == status
    return json.loads(capsys.readouterr().out)


def test_check_says_who_would_use_what_and_that_is_no_fault(both: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = [each for each in told(capsys, "check")["problems"] if each["code"] == "programs-differ"]
    assert [(each["severity"], each["message"]) for each in found] == [
        ("note", "config.toml: anthropic/sonnet, 8 attempts · CLI: openai/gpt-x, 5 attempts")
    ]
    assert "--same-as" in found[0]["hint"]
    alone = [each["code"] for each in told(capsys, "check", "--for", "cli")["problems"]]
    assert "programs-differ" not in alone


def test_show_names_what_is_here_and_what_it_is_about(both: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = told(capsys, "show")["programs"]
    assert [(each["target"], each["found"], each["chosen"], each["version"]) for each in shown] == [
        ("toml", True, True, None), ("cli", True, True, None), ("server", False, False, None),
        ("gui", False, False, None),
    ]  # fmt: skip
    shown = told(capsys, "show", "--for", "toml")["programs"]
    assert [each["target"] for each in shown if each["chosen"]] == ["toml"]


def test_the_settings_of_one_are_given_to_all_that_are_found(both: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (both / "agent_settings.json").read_text()
    done = told(capsys, "set", "--same-as", "cli", "--dry-run")
    assert (done["changed"], (both / "config.toml").read_text()) == (True, TOML)
    done = told(capsys, "set", "--same-as", "cli")
    assert [(each["target"], each["changed"]) for each in done["files"]] == [("toml", True)]
    text = (both / "config.toml").read_text()
    for line in ('model = "openai/gpt-x"', 'base_url = "https://h.example/v1"', "num_retries = 5", "temperature = 0.5"):
        assert line in text
    assert "top_p" not in text
    assert (both / "agent_settings.json").read_text() == before
    assert told(capsys, "set", "--same-as", "cli")["changed"] is False
    assert "programs-differ" not in [each["code"] for each in told(capsys, "check")["problems"]]


def test_a_program_without_a_file_gets_one(both: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = told(capsys, "set", "--same-as", "toml", "--for", "cli,canvas")
    assert {each["target"] for each in done["files"]} == {"cli", "server"}
    for llm in (
        json.loads((both / "agent_settings.json").read_text())["llm"],
        json.loads((both / "profiles/default.json").read_text()),
    ):
        assert (llm["model"], llm["num_retries"], llm["top_p"]) == ("anthropic/sonnet", 8, 0.5)
        assert "temperature" not in llm
        assert "base_url" not in llm


def test_a_key_in_a_file_goes_along_only_to_files_that_hold_keys(
    both: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (both / "agent_settings.json").write_text(json.dumps({"llm": {**LLM, "api_key": KEY}}))
    assert main(["set", "--same-as", "cli"]) == 0
    assert KEY not in "".join(capsys.readouterr())
    assert KEY in (both / "config.toml").read_text()
    (both / "config.toml").write_text(TOML)
    assert main(["set", "--same-as", "toml"]) == 0
    assert KEY not in (both / "agent_settings.json").read_text()


@pytest.mark.parametrize(
    "words",
    [
        ("--same-as", "cli", "timeout=3"), ("--same-as", "cli", "--unset", "timeout"), ("--same-as", "nothing"),
        ("--same-as", "cli,toml"), ("--same-as", "cli", "--for", "cli"), ("--same-as", "server"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(both: Path, words: tuple[str, ...]) -> None:
    before = (both / "config.toml").read_bytes(), (both / "agent_settings.json").read_bytes()
    assert main(["set", *words]) == 2
    assert ((both / "config.toml").read_bytes(), (both / "agent_settings.json").read_bytes()) == before


def test_what_a_program_does_not_take_is_never_written_for_it(both: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The CLI calls its whole file corrupted for one such value."""
    before = (both / "agent_settings.json").read_bytes()
    for word in ("max_input_tokens=100", "temperature=3", "top_p=2"):
        assert main(["set", "--for", "cli", word]) == 2, word
        assert (both / "agent_settings.json").read_bytes() == before
    assert main(["set", "max_input_tokens=100", "seed=1"]) == 0
    assert "takes max_input_tokens only as a whole number of 16384 or more" in capsys.readouterr().err
    assert "max_input_tokens = 100" in (both / "config.toml").read_text()
    llm = json.loads((both / "agent_settings.json").read_text())["llm"]
    assert ("max_input_tokens" in llm, llm["seed"]) == (False, 1)
    done = told(capsys, "set", "--same-as", "toml")
    assert [each["left_out"] for each in done["files"]] == [["max_input_tokens"]]
    assert "max_input_tokens" not in (both / "agent_settings.json").read_text()


@pytest.mark.parametrize(
    ("words", "saved"),
    [
        (["--for", "cli,toml", "top_p=0.7"], ["agent_settings.json", "config.toml"]),
        (["--for", "cli,toml", "top_p=0.5"], ["agent_settings.json"]),
        (["--for", "toml,cli", "top_p=0.5"], ["agent_settings.json"]),
        (["--for", "cli,toml", "temperature=0.5", "top_p=0.5"], ["agent_settings.json", "config.toml"]),
    ],
)  # fmt: skip
def test_the_files_are_named_that_are_saved_where_what_is_kept_beside_them_is_not(
    both: Path, run: Any, monkeypatch: pytest.MonkeyPatch, words: list[str], saved: list[str]
) -> None:
    def fail(*_words: object) -> None:
        raise SetupError("The disk is full.")

    monkeypatch.setattr(importlib.import_module("tui.commands.set"), "keep_beside", fail)
    done = run("set", *words, "LLM_EMBEDDING_MODEL=x")
    where = ", ".join(f"~/.openhands/{name}" for name in saved)
    assert f"Saved in {where}, but not what llm-setup keeps itself. The disk is full." in done.err
    assert done.status != 0
