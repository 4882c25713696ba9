"""Settings that only programs with JSON files have: HTTP headers, what is added to a request, a session of AWS."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tui.cli import main
from tui.openhands.targets.schema import further
from tui.openhands.targets.target import CLI, GUI, SERVER, targets
from tui.screens import trial_words
from tui.trial.runner import TrialOptions

KEY = "zq7lm2xw9ka4rt8vb3nc6yd1pf5h"
TOKEN = "IQoJb3JpZ2luX2VjEDoaCXVzLWVhc3QtMSJHMEUCIQDx7Lm2Xw9Ka4Rt8Vb3Nc6Yd1"
BOTH = {"X-Org": "blue", "X-Internal": KEY}


@pytest.fixture
def made(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of the CLI, and one of the agent server."""
    monkeypatch.setenv("PATH", "/nowhere")
    assert main(["set", "--for", "cli,server", "model=openai/x", "base_url=https://h.example/v1"]) == 0
    return home / ".openhands"


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch):
    def give(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))

    return give


def llms(made: Path) -> list[dict[str, Any]]:
    """All that say the same: twice in each program's files."""
    agent = json.loads((made / "agent_settings.json").read_text())
    settings = json.loads((made / "settings.json").read_text())["agent_settings"]["llm"]
    return [agent["llm"], agent["condenser"]["llm"], json.loads((made / "profiles/default.json").read_text()), settings]


def test_each_program_with_a_json_file_has_all_three() -> None:
    assert [len(further(program)) for program in (CLI, SERVER, GUI)] == [3, 3, 3]


def test_an_object_is_set_and_removed_in_all_files_and_goes_to_no_config_toml(made: Path, capsys) -> None:
    words = ['extra_headers={"X-Org": "blue"}', 'litellm_extra_body={"metadata": {"tags": ["a", 1]}}']
    assert main(["set", "--for", "cli,server,toml", "model=openai/y", *words]) == 0
    said = capsys.readouterr()
    for llm in llms(made):
        assert (llm["extra_headers"], llm["litellm_extra_body"]) == (
            {"X-Org": "blue"}, {"metadata": {"tags": ["a", 1]}}
        )  # fmt: skip
    assert "extra_headers" not in (made / "config.toml").read_text()
    assert "has no setting extra_headers, litellm_extra_body: left out there" in said.err
    assert main(["set", "--for", "cli,server", "--unset", "extra_headers", "--unset", "litellm_extra_body"]) == 0
    assert all("extra_headers" not in llm and "litellm_extra_body" not in llm for llm in llms(made))
    assert main(["set", "--for", "toml", *words]) == 2


def test_headers_that_may_hold_a_key_come_on_stdin_and_are_shown_by_nothing(made: Path, capsys, stdin) -> None:
    assert main(["set", "--for", "cli", f"extra_headers={json.dumps(BOTH)}"]) == 2
    assert main(["set", "--for", "cli", 'extra_headers={"Authorization": "x"}']) == 2
    stdin(json.dumps(BOTH))
    assert main(["set", "--for", "cli,server", "extra_headers=-"]) == 0
    assert all(llm["extra_headers"] == BOTH for llm in llms(made))
    for words in (["show"], ["show", "--json"], ["check"], ["set", "--dry-run", "--json", "timeout=9"], ["report"]):
        main(words)
    main(["set", "base_url=https://other.example/v1"])
    main(["undo", "--for", "cli"])
    said = "".join(capsys.readouterr())
    assert KEY not in said
    assert "X-Internal" in said
    assert "extra_headers in ~/.openhands/agent_settings.json was given for https://h.example" in said


def test_show_names_the_headers_and_hides_their_values(made: Path, capsys, stdin) -> None:
    stdin(json.dumps(BOTH))
    main(["set", "--for", "cli", "extra_headers=-"])
    capsys.readouterr()
    assert main(["show", "--for", "cli", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)["targets"]["cli"]["settings"]["extra_headers"]
    assert shown["value"] == {"X-Org": "•••", "X-Internal": "•••pf5h"}
    assert shown["source"] == "file"


@pytest.mark.parametrize(
    "word",
    [
        "extra_headers=x", "extra_headers=[]", "extra_headers={}", "extra_headers=", 'extra_headers={"a b": "c"}',
        'extra_headers={"a": 1}', 'extra_headers={"a": "b\\n"}', "litellm_extra_body=3", "aws_session_token=abc",
        'litellm_extra_body={"api_key": "x"}',
    ],
)  # fmt: skip
def test_what_is_none_is_refused(made: Path, word: str, capsys) -> None:
    before = [path.read_bytes() for path in sorted(made.rglob("*.json"))]
    assert main(["set", "--for", "cli,server", word]) == 2
    assert [path.read_bytes() for path in sorted(made.rglob("*.json"))] == before


def test_a_session_token_is_kept_in_the_file_alone(made: Path, capsys, stdin) -> None:
    words = ["key", "set", "--for", "cli", "--name", "AWS_SESSION_TOKEN"]
    stdin(TOKEN)
    assert main(words) == 2
    stdin(TOKEN)
    assert main([*words, "--store", "config"]) == 0
    agent = json.loads((made / "agent_settings.json").read_text())
    assert agent["llm"]["aws_session_token"] == agent["condenser"]["llm"]["aws_session_token"] == TOKEN
    assert main(["key", "status", "--for", "cli", "--name", "AWS_SESSION_TOKEN"]) == 0
    assert main(["show", "--for", "cli"]) == 0
    assert main(["key", "delete", "--for", "cli", "--name", "AWS_SESSION_TOKEN"]) == 0
    assert main(["key", "status", "--for", "cli", "--name", "AWS_SESSION_TOKEN"]) == 1
    assert "aws_session_token" not in (made / "agent_settings.json").read_text()
    assert TOKEN not in "".join(capsys.readouterr())


def test_they_go_along_when_programs_are_made_alike_and_not_into_a_new_profile(made: Path, capsys, stdin) -> None:
    stdin(json.dumps(BOTH))
    main(["set", "--for", "cli", "extra_headers=-", 'litellm_extra_body={"a": 1}'])
    assert main(["set", "--same-as", "cli", "--for", "server"]) == 0
    profile = json.loads((made / "profiles/default.json").read_text())
    assert (profile["extra_headers"], profile["litellm_extra_body"]) == (BOTH, {"a": 1})
    assert main(["group", "copy", "--for", "server", "default", "other"]) == 0
    other = json.loads((made / "profiles/other.json").read_text())
    assert "extra_headers" not in other
    assert other["litellm_extra_body"] == {"a": 1}
    main(["set", "--for", "server", "--unset", "extra_headers"])
    assert main(["set", "--same-as", "server", "--for", "cli"]) == 0
    assert "extra_headers" not in (made / "agent_settings.json").read_text()
    assert KEY not in "".join(capsys.readouterr())


def test_a_test_says_that_it_sends_none_of_them(made: Path, stdin) -> None:
    stdin(json.dumps(BOTH))
    main(["set", "--for", "cli,server", "extra_headers=-"])
    shown = [
        str(trial_words.explanation("Hello", TrialOptions(), targets()[name].read(targets()[name].locate())))
        for name in (CLI, SERVER)
    ]
    assert [("This test sends no extra_headers" in text, "asks for no title" in text) for text in shown] == [
        (True, False), (True, True)
    ]  # fmt: skip
    assert KEY not in "".join(shown)
