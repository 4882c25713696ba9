"""`--for gui`: the commands on the settings.json of openhands-ai 1.8 to 1.11."""

import io
import sys
from pathlib import Path

import pytest
from tools.json_files import put, say

MODEL = "openai/gpt-5.5"
KEY = "sk-proj-canary-0123456789abcdef"


@pytest.fixture
def file(home: Path) -> Path:
    return home / ".openhands/settings.json"


def test_a_new_file_has_the_llm_alone_and_is_found_as_the_guis(run, file: Path) -> None:
    assert run("set", "--for", "gui", f"model={MODEL}").status == 0
    numbers = {"num_retries": 8, "retry_min_wait": 15, "retry_max_wait": 120, "retry_multiplier": 2}
    assert say(file) == {"agent_settings": {"llm": {"model": MODEL, **numbers}}}
    done = run("set", "num_retries=3", "--json")
    assert [each["target"] for each in done.json["files"]] == ["gui"]
    assert run("schedule", "--json").json["targets"]["gui"]["requests_per_attempt"] == 3


def test_the_active_profile_is_always_the_same_and_the_others_stay(run, file: Path) -> None:
    llm = {"model": "openai/old", "num_retries": 5}
    profiles = {"Default": {**llm, "temperature": 0.5}, "Other": {"model": "openai/o"}}
    whole = {"language": "en", "agent_settings": {"llm": llm, "x": 1}, "llm_profiles": {"profiles": profiles}}
    whole["llm_profiles"]["active"] = "Default"
    put(file, whole)
    assert run("set", "num_retries=3", "temperature=0").status == 0
    done = say(file)
    kept = done["llm_profiles"]["profiles"]
    for settings in (done["agent_settings"]["llm"], kept["Default"]):
        assert (settings["model"], settings["num_retries"], settings["temperature"]) == ("openai/old", 3, 0)
    assert (kept["Other"], done["language"], done["agent_settings"]["x"]) == ({"model": "openai/o"}, "en", 1)
    assert run("undo").status == 0
    assert say(file) == whole


def test_a_file_that_the_agent_server_wrote_is_not_for_the_gui(run, file: Path) -> None:
    put(file, {"schema_version": 6, "agent_settings": {"schema_version": 9, "llm": {"model": MODEL}}})
    before = file.read_bytes()
    assert (run("set", "--for", "gui", "num_retries=3").status, file.read_bytes()) == (3, before)
    (found,) = run("check", "--for", "gui", "--json").json["problems"]
    assert (found["code"], found["voids"], found["line"]) == ("newer-schema", True, 4)


def test_that_older_ones_drop_the_retries_is_said(run, file: Path) -> None:
    put(file, {"llm_model": MODEL, "llm_api_key": "x", "language": "en"})
    done = run("set", "--for", "gui", f"model={MODEL}", "num_retries=3")
    assert (done.status, "drops the retries" in done.err) == (0, True)
    assert "not-taken" in {problem["code"] for problem in run("check", "--for", "gui", "--json").json["problems"]}


def test_a_key_is_kept_in_the_file_for_no_variable_reaches_the_container(run, file: Path, monkeypatch) -> None:
    assert run("set", "--for", "gui", f"model={MODEL}").status == 0
    for store, status in (("file", 3), ("config", 127)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(KEY.encode())))
        assert run("key", "set", "--for", "gui", "--store", store).status == 0
        done = run("exec", "--for", "gui", "--", "no-such-program")
        assert done.status == status, done.err
    assert say(file)["agent_settings"]["llm"]["api_key"] == KEY


def test_its_folder_is_that_of_either_variable(run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FILE_STORE_PATH", "OH_PERSISTENCE_DIR"):
        monkeypatch.setenv(name, str(home / name))
        assert run("set", "--for", "gui", f"model={MODEL}").status == 0
        assert (home / name / "settings.json").exists()


def test_its_profiles_get_other_names_and_go_but_for_the_active_one(run, file: Path) -> None:
    profiles = {"Default": {"model": MODEL, "api_key": KEY}, "Other": {"model": "openai/o"}, "Third": {"model": "x"}}
    put(
        file, {"agent_settings": {"llm": {"model": MODEL}}, "llm_profiles": {"profiles": profiles, "active": "Default"}}
    )
    before = file.read_text()
    assert run("group", "rename", "--for", "gui", "Default", "main", "--dry-run").status == 0
    assert file.read_text() == before
    done = run("group", "rename", "--for", "gui", "Default", "main")
    assert (done.status, KEY in done.out) == (0, False)
    assert file.read_text() == before.replace('"Default"', '"main"')
    for words in (
        ["rename", "Other", "Third"], ["rename", "none", "x"], ["rename", "Other", "a/b"], ["remove", "main"],
        ["remove", "none"], ["add", "x"], ["copy", "Other", "x"],
    ):  # fmt: skip
        assert run("group", words[0], "--for", "gui", *words[1:]).status == 2, words
    assert run("group", "remove", "--for", "gui", "Other").status == 0
    assert list(say(file)["llm_profiles"]["profiles"]) == ["main", "Third"]
    assert run("undo", "--for", "gui").status == 0
    assert "Other" in say(file)["llm_profiles"]["profiles"]
