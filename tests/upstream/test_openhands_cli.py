"""The real OpenHands CLI does what our files say: run with --with-openhands."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from tools.llm_server import LlmServer
from tools.openhands_cli import RELEASES, called_by_cli, cli_folder, read_by_cli, run_headless
from tools.openhands_setups import (
    KEY,
    each_set_up,
    holding,
    llm_setup,
    random_settings,
    real_program,
    refused_and_taken,
    require_reached,
)

from tui.checks.agent_settings import agent_findings
from tui.openhands.fields import RETRY_KEYS
from tui.openhands.targets.agent_settings import AgentSettings
from tui.openhands.targets.schema import SHORTEST_CONTEXT, known, recorded_schema
from tui.retry.policy import RetryPolicy

PATH = Path("/nowhere/agent_settings.json")


@pytest.fixture(scope="module", params=RELEASES)
def folder(request: pytest.FixtureRequest) -> Path:
    return real_program(request, "the CLI, 566 MB a release and some minutes", lambda: cli_folder(request.param))


def existing(chance: random.Random) -> str:
    """A file as another release, or an editor, may have left it."""
    llm = {"model": "openai/old", "unknown": {"a": [1]}, "service_id": "x", "num_retries": 5, "top_p": None}
    condenser = {"kind": "LLMSummarizingCondenser", "llm": {**llm, "usage_id": "condenser"}, "max_size": 80}
    tools = [{"name": "terminal", "params": {}}]
    whole = {"kind": "Agent", "llm": llm, "tools": tools, "condenser": condenser, "later": {"x": None}}
    return json.dumps(whole, indent=chance.choice([None, 2, 4]))


def test_three_hundred_files_of_random_settings_are_read_as_they_were_meant(folder: Path) -> None:
    wanted, texts = [], []
    for number, (chance, values) in enumerate(random_settings(known(), 300)):
        old = AgentSettings.of(PATH, existing(chance)) if number % 2 else AgentSettings(PATH, "", exists=False, data={})
        texts.append(old.rewritten({("llm",): values}))
        wanted.append(values)
    for values, told in zip(wanted, read_by_cli(folder, texts, sorted(known())), strict=True):
        for llm in (told["llm"], told["condenser"]):
            assert {key: llm[key] for key in values} == values


def test_what_check_says_of_a_value_is_what_the_cli_does(folder: Path) -> None:
    base = {"model": "openai/x", "usage_id": "a"}
    of_latest = [("max_input_tokens", SHORTEST_CONTEXT - 1)] if RELEASES[0] in folder.name else []
    of_all = refused_and_taken(recorded_schema())
    cases = [(name, {**base, name: value}) for name, value in [*of_latest, *of_all]]
    texts = [json.dumps({"llm": llm}) for _name, llm in cases]
    texts += [
        json.dumps({"llm": base, "condenser": {"kind": "LLMSummarizingCondenser", "llm": llm}}) for _name, llm in cases
    ]
    texts += [
        json.dumps(whole)
        for whole in (
            {}, {"llm": base, "kind": "X"}, {"llm": base, "condenser": {"llm": base}}, {"llm": base, "condenser": 3},
            {"llm": base, "condenser": {"kind": "NoOpCondenser"}}, {"llm": base, "schema_version": 9},
            {"llm": base, "condenser": {"kind": "LLMSummarizingCondenser"}}, {"llm": base, "condenser": None},
        )
    ]  # fmt: skip
    for text, told in zip(texts, read_by_cli(folder, texts, ["model"]), strict=True):
        ours = any(finding.voids for finding in agent_findings(AgentSettings.of(PATH, text), {}))
        assert ours == ("refused" in told), text


def test_the_record_is_of_this_release(folder: Path) -> None:
    script = Path(__file__).parents[1] / "tools/record_schema.py"
    made = folder / "schema.json"
    python = [sys.executable, str(script), str(made), "openhands", str(folder / "bin/python")]
    subprocess.run(python, check=True, capture_output=True, timeout=300)
    (release,) = json.loads(made.read_text())["releases"]
    kept = json.loads((Path(sys.modules["tui"].__file__ or "").parent / RECORD).read_text())["releases"]
    assert release in kept
    assert release["openhands"] != RELEASES[0] or release["llm"] == recorded_schema()


RECORD = "openhands/targets/agent_settings_schema.json"


@pytest.mark.parametrize(
    ("model", "retries", "each", "place", "present"),
    [
        ("openai/gpt-test", (3, 1, 1, 1), 3, "config", False),
        ("anthropic/claude-sonnet-4-5", (2, 2, 2, 1), 1, "file", True),
    ],
)
def test_attempts_and_waits_are_those_that_the_schedule_showed(
    folder: Path, home: Path, model: str, retries: tuple[int, ...], each: int, place: str, present: bool
) -> None:
    """Set up by commands alone, from nothing and into a file that is there; the key in the file, and kept by us."""
    with LlmServer("429") as server:
        url = server.base_url if each == 3 else server.base_url.removesuffix("/v1")
        if present:
            (home / ".openhands").mkdir()
            (home / ".openhands/agent_settings.json").write_text(existing(random.Random(1)))
        numbers = [f"{key}={value}" for key, value in zip(RETRY_KEYS, retries, strict=True)]
        llm_setup(home, "set", "--for", "cli", f"model={model}", f"base_url={url}", *numbers)
        llm_setup(home, "key", "set", "--for", "cli", "--store", place, key=KEY)
        scheduled = json.loads(llm_setup(home, "schedule", "--json"))
        ours = [sys.executable, "-m", "tui", "exec", "--"] if place == "file" else []
        done = run_headless(folder, home, {}, ours)
        requests = server.requests()
    assert scheduled["waits"] == RetryPolicy(*retries).waits()
    assert scheduled["targets"]["cli"]["requests_per_attempt"] == each
    asked = [request for request in requests if request["path"].endswith(("/completions", "/messages"))]
    assert len(asked) == scheduled["attempts"] * each, done.stdout[-2000:] + done.stderr[-2000:]
    at = [request["at"] for request in asked]
    waits = [at[number * each] - at[number * each - 1] for number in range(1, scheduled["attempts"])]
    print("waits seen:", [round(wait, 2) for wait in waits], "scheduled:", scheduled["waits"])
    assert all(seen >= wait for seen, wait in zip(waits, scheduled["waits"], strict=True))
    headers = asked[0]["headers"]
    assert KEY in (headers.get("X-Api-Key", ""), headers.get("Authorization", "").removeprefix("Bearer "))
    assert json.loads(asked[0]["body"])["model"] == model.partition("/")[2]
    kept = holding(home, KEY)
    assert len(kept) == 1, kept
    assert kept.pop().startswith(".config/llm-setup/anthropic@" if place == "file" else ".openhands/agent_settings")
    assert KEY not in done.stdout + done.stderr


def test_each_provider_is_reached_with_the_key_in_the_file_and_with_one_kept_by_us(folder: Path, home: Path) -> None:
    """Bedrock by the variables of a role: what it answers is none of its protocol, that it was asked is enough."""
    with LlmServer("200") as server:
        orders, wanted = [], []
        for setup, text, environ in each_set_up(
            home, "cli", server.base_url.removesuffix("/v1"), "agent_settings.json"
        ):
            orders.append({"text": text, "environ": environ})
            wanted.append(setup)
        told = called_by_cli(folder, orders)
        asked = [request for request in server.requests() if "model/info" not in request["path"]]
    require_reached(wanted, told, asked)
