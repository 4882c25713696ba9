"""Keys that OpenHands keeps itself are found for the same provider and address, and for no other."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tools.pictures import draft_of

from tui.drafts.offers import kept_by_openhands

KEY = "sk-ant-0123456789abcdef-9f2Q"
MODEL = "anthropic/claude-sonnet-4-5"


def written(home: Path, said: Any, name: str = "settings.json") -> Path:
    path = home / ".openhands" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(said if isinstance(said, str) else json.dumps(said))
    return path


def found(home: Path, model: str = MODEL, base_url: str = "") -> str:
    config = home / "config.toml"
    config.write_text(f'[llm]\nmodel = "{model}"\nbase_url = "{base_url}"\n')
    kept = kept_by_openhands(draft_of(config))
    return kept.secret.reveal() if kept else ""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("settings.json", {"language": "en", "llm_model": MODEL, "llm_api_key": KEY, "llm_base_url": None}),
        ("settings.json", {"llm_model": MODEL, "llm_api_key": f"{KEY}\n", "llm_base_url": "https://api.anthropic.com"}),
        ("settings.json", {"agent_settings": {"llm": {"model": MODEL, "api_key": KEY}}, "llm_profiles": {}}),
        ("agent_settings.json", {"kind": "Agent", "llm": {"model": MODEL, "api_key": KEY, "usage_id": "agent"}}),
    ],
)
def test_in_the_shapes_of_all_its_releases(home: Path, name: str, said: Any) -> None:
    written(home, said, name)
    assert found(home) == KEY
    assert found(home, base_url="https://api.anthropic.com/v1") == KEY


@pytest.mark.parametrize(
    ("variable", "name"),
    [
        ("OPENHANDS_PERSISTENCE_DIR", "agent_settings.json"), ("OH_PERSISTENCE_DIR", "settings.json"),
        ("FILE_STORE_PATH", "settings.json"),
    ],
)  # fmt: skip
def test_where_a_variable_moves_them(home: Path, monkeypatch: pytest.MonkeyPatch, variable: str, name: str) -> None:
    there = written(home, {"llm": {"model": MODEL, "api_key": KEY}}, name)
    moved = home / "elsewhere" / name
    moved.parent.mkdir()
    monkeypatch.setenv(variable, str(moved.parent))
    assert found(home) == ""  # no program reads that one
    there.rename(moved)
    assert found(home) == KEY


@pytest.mark.parametrize(
    ("model", "base_url"),
    [(MODEL, "https://strange.example"), ("openai/gpt-5", ""), ("openai/x", "https://api.anthropic.com")],
)
def test_for_no_other_provider_or_address(home: Path, model: str, base_url: str) -> None:
    written(home, {"llm_model": MODEL, "llm_api_key": KEY})
    assert found(home, model, base_url) == ""


def test_of_an_own_endpoint_for_that_endpoint_alone(home: Path) -> None:
    written(home, {"llm_model": "openai/x", "llm_api_key": KEY, "llm_base_url": "http://10.0.0.5:1234/v1"})
    assert found(home, "openai/other", "http://10.0.0.5:1234/v1") == KEY
    assert found(home, "openai/other", "http://10.0.0.5:1235/v1") == ""
    assert found(home, "openai/gpt-5") == ""


@pytest.mark.parametrize(
    "said",
    [
        "", "{", "[]", "null", '"x"', {"llm_model": MODEL}, {"llm_model": MODEL, "llm_api_key": None},
        {"llm_model": MODEL, "llm_api_key": "**********"}, {"llm_model": MODEL, "llm_api_key": "gAAAAABm" + "x" * 100},
        {"llm_api_key": KEY}, {"llm": "x", "agent_settings": ["y"]}, {"llm_model": 3, "llm_api_key": {"a": KEY}},
    ],
)  # fmt: skip
def test_what_is_none_is_passed_over(home: Path, said: Any) -> None:
    written(home, said)
    assert found(home) == ""


def test_files_of_others_and_other_things_are_not_read(home: Path) -> None:
    path = written(home, {"llm_model": MODEL, "llm_api_key": KEY})
    path.write_text(path.read_text() + " " * 2**20)
    assert found(home) == ""
    path.unlink()
    os.mkfifo(path)
    assert found(home) == ""
    path.unlink()
    written(home, {"llm_model": MODEL, "llm_api_key": KEY})
    if os.geteuid() == 0:
        os.chown(path, 4711, -1)
        assert found(home) == ""


def test_not_from_the_current_folder(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    written(project, {"llm_model": MODEL, "llm_api_key": KEY})
    monkeypatch.chdir(project)
    assert found(home) == ""
