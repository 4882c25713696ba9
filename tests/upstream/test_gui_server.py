"""The real GUI server, openhands-ai, makes of settings.json what our files say: run with --with-openhands."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tools.agent_server import GUI_READING, GUI_RELEASE, READING, asked, gui_folder, server_folder
from tools.openhands_setups import KEY, llm_setup, random_settings, real_program, refused_and_taken

from tui.checks.agent_server import server_findings
from tui.openhands.fields import RETRY_KEYS
from tui.openhands.targets.schema import known, recorded_schema
from tui.openhands.targets.settings_json import SettingsJson
from tui.openhands.targets.target import GUI

PATH = Path("/nowhere/settings.json")
RECORD = "openhands/targets/gui_schema.json"


@pytest.fixture(scope="module")
def folder(request: pytest.FixtureRequest) -> Path:
    return real_program(request, "the GUI server, 1.2 GB and a minute", gui_folder)


def existing(chance: random.Random) -> str:
    """A file as the GUI server, or an editor, may have left it."""
    llm = {"model": "openai/old", "unknown": {"a": [1]}, "num_retries": 5, "top_p": None}
    profiles = {"profiles": {"Default": {**llm, "temperature": 0.5}, "Other": {"model": "openai/o"}}}
    whole: dict[str, Any] = {"language": "en", "agent_settings": {"llm": llm, "agent_kind": "openhands"}}
    if chance.random() < 0.7:
        whole["llm_profiles"] = {**profiles, "active": chance.choice(["Default", "Other", None])}
    if chance.random() < 0.5:
        whole["agent_settings"]["schema_version"] = chance.choice([1, 4])
    return json.dumps(whole, indent=chance.choice([None, 2, 4]))


def test_three_hundred_files_of_random_settings_are_read_as_they_were_meant(folder: Path) -> None:
    wanted, texts = [], []
    for number, (chance, values) in enumerate(random_settings(known(GUI), 300)):
        old = SettingsJson.of(PATH, existing(chance)) if number % 3 else SettingsJson(PATH, "", exists=False, data={})
        texts.append(old.rewritten({("llm",): values}))
        wanted.append(values)
    for values, text, told in zip(wanted, texts, asked(folder, GUI_READING, texts, sorted(known(GUI))), strict=True):
        assert {key: told["llm"][key] for key in values} == values, text
        active = json.loads(text).get("llm_profiles", {}).get("active", "Default")
        assert told["active"] == active
        assert active is None or {key: told["profile"][key] for key in values} == values


def test_what_we_make_is_read_by_the_agent_server_as_well(folder: Path, home: Path) -> None:
    other = server_folder()
    assert other is not None
    numbers = [f"{key}={value}" for key, value in zip(RETRY_KEYS, (8, 15, 120, 2), strict=True)]
    words = ["model=azure/dep", "base_url=https://h.example", "api_version=2024-10-21", *numbers]
    llm_setup(home, "set", "--for", "gui", *words)
    llm_setup(home, "key", "set", "--for", "gui", "--store", "config", key=KEY)
    text = (home / ".openhands/settings.json").read_text()
    keys = ["model", "base_url", "api_version", "api_key", *RETRY_KEYS]
    (gui,), (server,) = asked(folder, GUI_READING, [text], keys), asked(other, READING, [{"settings": text}], keys)
    assert gui["llm"] == gui["profile"] == server["settings"]
    assert gui["llm"] == dict(
        zip(keys, ["azure/dep", "https://h.example", "2024-10-21", KEY, 8, 15, 120, 2], strict=True)
    )


def test_what_check_says_of_a_value_is_what_the_server_does(folder: Path) -> None:
    base = {"model": "openai/x", "usage_id": "a"}
    cases = [{"llm": {**base, name: value}} for name, value in refused_and_taken(recorded_schema(GUI))]
    cases += [{"llm": base, "schema_version": version} for version in (None, 0, 4, 5, 9, "4", 1.0, True, -1)]
    texts = [json.dumps({"agent_settings": case, "llm_profiles": {}}) for case in cases]
    for text, told in zip(texts, asked(folder, GUI_READING, texts), strict=True):
        ours = any(finding.voids for finding in server_findings(SettingsJson.of(PATH, text), {}))
        assert ours == ("refused" in told), text


def test_the_record_is_of_this_release(folder: Path) -> None:
    script, made = Path(__file__).parents[1] / "tools/record_schema.py", folder / "schema.json"
    words = [sys.executable, str(script), str(made), "openhands-ai", str(folder / "bin/python")]
    subprocess.run(words, check=True, capture_output=True, timeout=300)
    kept = (Path(sys.modules["tui"].__file__ or "").parent / RECORD).read_text()
    assert json.loads(made.read_text())["releases"] == json.loads(kept)["releases"]
    assert json.loads(kept)["releases"][-1]["openhands-ai"] == GUI_RELEASE
