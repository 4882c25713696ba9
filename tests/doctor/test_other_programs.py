"""The files of the other programs: each that is there is looked at, profiles included."""

import json
from pathlib import Path

import pytest
from doctor.conftest import KEY, FakeKeyring
from doctor.test_planted_faults import faults_in

from tui.cli import main
from tui.doctor.observation import Area, Grade

MODEL = "model=anthropic/claude-opus-5"


@pytest.mark.parametrize("target", ["cli", "server", "gui"])
def test_a_file_as_set_makes_it_is_right_and_a_broken_one_is_named(home: Path, look, monkeypatch, target: str) -> None:
    monkeypatch.setenv("LLM_SETUP_FOR", target)
    assert main(["set", MODEL]) == 0
    found = look(FakeKeyring())
    assert [(each.area, each.code) for each in found if each.is_error and each.area is not Area.KEYS] == []
    assert any(each.area is Area.FILES and each.grade is Grade.OK and ".json" in each.message for each in found)
    made = [path for path in (home / ".openhands").rglob("*.json") if "anthropic/claude-opus-5" in path.read_text()]
    path = min(made, key=lambda each: each.parent.name != "profiles")
    path.write_text("{")
    assert {code for area, code, grade in faults_in(look()) if area == "files" and grade is Grade.ERROR} == {"corrupt"}


def test_all_profiles_are_looked_at_and_closed(home: Path, look, monkeypatch) -> None:
    monkeypatch.setenv("LLM_SETUP_FOR", "server")
    assert main(["set", MODEL]) == 0
    other = home / ".openhands/profiles/slow.json"
    other.write_text(json.dumps({"model": "anthropic/claude-opus-5", "api_key": KEY}))
    other.chmod(0o644)
    found = look()
    (open_,) = [each for each in found if each.code == "readable-by-others"]
    assert "slow.json" in open_.message
    assert KEY not in f"{found}"
    open_.remedy.apply()
    assert other.stat().st_mode & 0o777 == 0o600
