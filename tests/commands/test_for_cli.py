"""`--for`: the commands on the file of the OpenHands CLI, and on several files at once."""

import json
import os
from pathlib import Path
from typing import Any, NoReturn

import pytest
from tools.json_files import say
from tools.llm_server import LlmServer

from tui.commands import exec as exec_command

MODEL = "anthropic/claude-sonnet-4-5"
KEY = "sk-ant-canary-0123456789abcdef"
RETRIES = "num_retries = 8\nretry_min_wait = 15\nretry_max_wait = 120\nretry_multiplier = 2\n"
TOML = f'[core]\n\n[llm]\nmodel = "openai/gpt-5.5"\n{RETRIES}'


@pytest.fixture
def file(home: Path) -> Path:
    return home / ".openhands/agent_settings.json"


@pytest.fixture
def made(run, file: Path) -> Path:
    """The file as `set` makes it."""
    assert run("set", "--for", "cli", f"model={MODEL}").status == 0
    return file


def test_a_new_file_has_the_documented_retries_and_nobody_else_reads_it(made: Path) -> None:
    assert made.stat().st_mode & 0o777 == 0o600
    llm = say(made)["llm"]
    assert [llm[k] for k in ("num_retries", "retry_min_wait", "retry_max_wait", "retry_multiplier")] == [8, 15, 120, 2]


def test_without_a_model_no_file_is_made(run, file: Path) -> None:
    done = run("set", "--for", "cli", "num_retries=8")
    assert (done.status, file.exists()) == (2, False)
    assert "needs a model" in done.err


def test_the_file_alone_is_enough_to_be_meant(run, made: Path, home: Path) -> None:
    done = run("set", "num_retries=3", "--json")
    assert done.json["files"][0]["target"] == "cli"
    assert '+    "num_retries": 3,\n' in done.json["diff"]
    assert say(made)["condenser"]["llm"]["num_retries"] == 3
    assert not (home / ".openhands/config.toml").exists()
    assert run("undo").status == 0
    assert say(made)["llm"]["num_retries"] == 8


def test_both_files_are_changed_or_none(run, config, made: Path) -> None:
    path = config(TOML)
    done = run("set", "num_retries=4", "custom_llm_provider=x", "--json")
    assert done.status == 0
    assert [(each["target"], each["changed"], each["left_out"]) for each in done.json["files"]] == [
        ("toml", True, []), ("cli", True, ["custom_llm_provider"])
    ]  # fmt: skip
    assert ("num_retries = 4" in path.read_text(), say(made)["llm"]["num_retries"]) == (True, 4)
    text, broken = path.read_text(), made.read_text() + "x"
    made.write_text(broken)
    done = run("set", "num_retries=5")
    assert (done.status, path.read_text(), made.read_text()) == (3, text, broken)
    assert "is not JSON: line" in done.err


def test_what_is_put_back_is_asked_where_it_is_unclear(run, config, made: Path) -> None:
    config(TOML)
    run("set", "num_retries=4")
    done = run("undo")
    assert done.status == 2
    assert "--for toml, --for cli" in done.err
    assert run("undo", "--for", "cli").status == 0
    assert say(made)["llm"]["num_retries"] == 8


def test_a_named_config_toml_is_meant_alone(run, config, made: Path) -> None:
    before = made.read_text()
    assert run("set", "--config", str(config(TOML)), "num_retries=4").status == 0
    assert made.read_text() == before


def test_the_variable_chooses(run, config, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = config(TOML)
    monkeypatch.setenv("LLM_SETUP_FOR", "cli")
    assert run("set", "num_retries=4").status == 0
    assert (path.read_text(), say(made)["llm"]["num_retries"]) == (TOML, 4)
    assert run("show", "--for", "nothing").status == 2


def test_what_the_cli_does_not_have_is_refused_where_it_alone_is_meant(run, made: Path) -> None:
    for words in (
        ["custom_llm_provider=azure"],
        ["embedding_model=e"],
        ["--group", "x", "seed=1"],
        ["--unset", "model"],
    ):
        before = made.read_text()
        assert (run("set", "--for", "cli", *words).status, made.read_text()) == (2, before), words


def test_a_condenser_that_keeps_its_own_is_said(run, made: Path) -> None:
    whole = say(made)
    whole["condenser"]["llm"]["model"] = "openai/small"
    made.write_text(json.dumps(whole))
    done = run("set", "num_retries=3")
    assert "condenser.llm keeps its own num_retries" in done.err
    assert say(made)["condenser"]["llm"]["num_retries"] == 8


def test_requests_are_said_where_an_attempt_is_several(run, made: Path) -> None:
    assert run("schedule", "--json").json["targets"]["cli"]["requests_per_attempt"] == 1
    done = run("set", "model=openai/gpt-5.5", "num_retries=8", "retry_min_wait=1")
    assert "8 attempts are up to 24 requests there" in done.err
    told = run("schedule", "--json").json
    assert (told["attempts"], told["waits"][0], told["targets"]["cli"]["requests_per_attempt"]) == (8, 2, 3)


def test_show_has_each_file_and_where_they_differ(run, config, made: Path) -> None:
    config(TOML)
    done = run("show")
    assert done.status == 0
    lines = done.out.splitlines()
    assert [f"model          openai/gpt-5.5  {MODEL}" in line for line in lines[-8:]].count(True) <= 1
    assert any("openai/gpt-5.5" in line and MODEL in line for line in lines[lines.index("They differ:") :])
    told = run("show", "--json").json
    assert set(told) == {"config", "groups", "environment", "programs", "targets"}
    cli = told["targets"]["cli"]
    assert (cli["path"], cli["present"], cli["settings"]["timeout"]) == (
        str(made), True, {"value": 300, "source": "default", "line": None}
    )  # fmt: skip
    assert cli["settings"]["model"]["source"] == "file"


def test_check_names_the_target_and_the_line(run, made: Path) -> None:
    made.write_text(made.read_text().replace('"num_retries": 8', '"num_retries": -8', 1))
    done = run("check")
    assert done.status == 1
    assert done.out.startswith("~/.openhands/agent_settings.json:5: error: llm: num_retries must be")
    assert run("check", "--json").json["problems"][0]["target"] == "cli"


def test_a_reset_by_the_cli_itself_is_found_and_undone_by_what_check_says(run, made: Path) -> None:
    whole = say(made)
    for llm in (whole["llm"], whole["condenser"]["llm"]):
        llm.update(num_retries=5, retry_min_wait=8, retry_max_wait=64, retry_multiplier=8.0)
    made.write_text(json.dumps(whole))
    (problem,) = run("check", "--json").json["problems"]
    assert problem["code"] == "reset-by-cli"
    words = problem["hint"].partition("llm-setup ")[2].split()
    assert run(*words).status == 0
    assert (run("check").status, say(made)["llm"]["num_retries"]) == (0, 8)


def test_an_undo_is_no_reset(run, made: Path) -> None:
    made.write_text(json.dumps({"llm": {"model": MODEL, "num_retries": 5}}))
    assert run("set", "num_retries=8").status == 0
    assert run("undo").status == 0
    assert run("check", "--json").json["problems"] == []


# -- the key


def start(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What `exec` would become, instead of becoming it."""
    started: dict[str, Any] = {}

    def become(command: list[str], environment: dict[str, str]) -> NoReturn:
        started.update(command=command, environment=environment)
        raise SystemExit(0)

    monkeypatch.setattr(exec_command, "become", become)
    return started


def test_a_key_in_the_file_stands_in_both_places_and_moves_out_of_every_version(run, made: Path, typed, home) -> None:
    typed(KEY)
    done = run("key", "set", "--store", "config")
    assert done.status == 0, done.err
    assert (say(made)["llm"]["api_key"], say(made)["condenser"]["llm"]["api_key"]) == (KEY, KEY)
    assert KEY not in done.out + done.err
    assert run("key", "status", "--json").json["where"] == str(made)
    assert run("set", "seed=3").status == 0
    assert KEY not in run("show").out
    assert run("key", "move", "--store", "file").status == 0
    kept = [path for path in home.rglob("*") if path.is_file() and KEY in path.read_text(errors="replace")]
    assert [path.suffix for path in kept] == [".env"]
    assert say(made)["llm"]["seed"] == 3


def test_exec_hands_over_the_variable_of_the_provider_and_none_of_ours(run, made: Path, typed, monkeypatch) -> None:
    typed(KEY)
    assert run("key", "set", "--store", "file").status == 0
    monkeypatch.setenv("LLM_BASE_URL", "http://stranger.example/v1")
    monkeypatch.setenv("LLM_NUM_RETRIES", "3")
    started = start(monkeypatch)
    run("exec", "--", "openhands", "acp")
    assert started["command"] == ["openhands", "acp"]
    given = started["environment"]
    assert given["ANTHROPIC_API_KEY"] == KEY
    assert not {"LLM_API_KEY", "LLM_MODEL", "LLM_BASE_URL"} & set(given)
    assert KEY not in made.read_text()
    shown = run("env")
    assert shown.out == "# ANTHROPIC_API_KEY: a secret, left out\n"
    assert run("env", "--show-secrets", "--format", "json").json == {"ANTHROPIC_API_KEY": KEY}


def test_with_the_flag_a_kept_key_does_not_follow_the_environment(run, made: Path, typed, monkeypatch) -> None:
    typed(KEY)
    run("key", "set", "--store", "file")
    monkeypatch.setenv("LLM_BASE_URL", "http://stranger.example/v1")
    started = start(monkeypatch)
    done = run("exec", "--", "openhands", "--override-with-envs")
    assert (done.status, started) == (3, {})
    assert "LLM_BASE_URL" in done.err


def test_a_key_in_the_file_needs_no_variable(run, made: Path, typed, monkeypatch) -> None:
    typed(KEY)
    run("key", "set", "--store", "config")
    started = start(monkeypatch)
    run("exec", "--", "openhands")
    assert not [name for name in started["environment"] if name.endswith("_API_KEY")]


@pytest.mark.parametrize(
    "settings",
    [("model=ollama/llama3", "base_url=http://localhost:11434"), ("model=bedrock/x", "aws_region_name=us-east-1")],
)
def test_providers_without_a_key_start(run, file: Path, monkeypatch, settings: tuple[str, ...]) -> None:
    assert run("set", "--for", "cli", *settings).status == 0
    started = start(monkeypatch)
    run("exec", "--", "openhands")
    assert started["command"] == ["openhands"]


def test_a_key_of_ones_own_environment_is_enough(run, made: Path, monkeypatch) -> None:
    started = start(monkeypatch)
    done = run("exec", "--", "openhands")
    assert (done.status, started) == (3, {})
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    run("exec", "--", "openhands")
    assert started["environment"]["ANTHROPIC_API_KEY"] == KEY


def test_where_litellm_has_no_variable_the_flag_is_added_for_those_that_have_it(run, file, typed, monkeypatch) -> None:
    file.parent.mkdir()
    file.write_text(json.dumps({"llm": {"model": "friendliai/x"}}))
    typed(KEY)
    done = run("key", "set", "--for", "cli", "--store", "file")
    if done.status:
        pytest.skip(done.err)
    started = start(monkeypatch)
    run("exec", "--", "openhands", "-t", "x")
    name = next(name for name, value in started["environment"].items() if value == KEY)
    assert started["command"] == (
        ["openhands", "--override-with-envs", "-t", "x"] if name == "LLM_API_KEY" else ["openhands", "-t", "x"]
    )


def test_exec_of_a_file_that_the_cli_does_not_take_is_refused(run, made: Path, monkeypatch) -> None:
    made.write_text(made.read_text().replace('"num_retries": 8', '"num_retries": 1.5'))
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    started = start(monkeypatch)
    done = run("exec", "--", "openhands")
    assert (done.status, started) == (3, {})
    assert f"{os.sep}agent_settings.json:" in done.err


def test_no_file_is_made_by_reading(run, file: Path) -> None:
    for words in (["show"], ["schedule"], ["check"], ["env"], ["test"], ["exec", "--", "x"], ["key", "status"]):
        run(words[0], "--for", "cli", *words[1:]) if words[0] != "key" else run("key", "status", "--for", "cli")
        assert not file.exists(), words


def test_a_test_calls_what_the_file_says_with_what_the_cli_has_by_itself(run, file: Path, typed) -> None:
    with LlmServer("429,200") as server:
        numbers = ("num_retries=2", "retry_min_wait=0", "retry_max_wait=0", "retry_multiplier=0")
        assert run("set", "--for", "cli", "model=openai/x", f"base_url={server.base_url}", *numbers).status == 0
        typed(KEY)
        assert run("key", "set", "--store", "config").status == 0
        done = run("test", "--json")
        asked = server.requests()
    assert done.status == 0, done.err
    assert len(asked) == 2
    assert asked[0]["headers"]["Authorization"] == f"Bearer {KEY}"
    assert not {"temperature", "top_p"} & set(json.loads(asked[0]["body"]))


def test_of_both_files_exec_takes_the_one_that_the_command_reads(run, config, made: Path, monkeypatch) -> None:
    config(TOML)
    program = made.parent.parent / "bin/openhands"
    packages = program.parent.parent / "lib/python3.12/site-packages/openhands-1.16.0.dist-info"
    for folder in (program.parent, packages):
        folder.mkdir(parents=True)
    (packages / "entry_points.txt").write_text("[console_scripts]\nopenhands = openhands_cli.entrypoint:main\n")
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    monkeypatch.setenv("LLM_API_KEY", KEY)
    started = start(monkeypatch)
    for words, model in ((["openhands"], None), (["openhands", "--override-with-envs"], "openai/gpt-5.5")):
        done = run("exec", "--", *words)
        assert (done.status, started["environment"].get("LLM_MODEL")) == (0, model), done.err
    assert "1.16.0" in run("show").out
