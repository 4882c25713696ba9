"""The real agent server does what our files say: run with --with-openhands."""

import json
import random
import subprocess
import sys
import time
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from tools.agent_server import CALLING, READING, RELEASE, SESSION, asked, running_server, server_folder
from tools.llm_server import LlmServer
from tools.openhands_cli import LONGEST, QUIET
from tools.openhands_setups import (
    KEY,
    each_set_up,
    holding,
    llm_setup,
    random_settings,
    real_program,
    refused_and_taken,
    require_reached,
    some,
)

from tui.checks.agent_server import server_findings
from tui.openhands.field import Kind
from tui.openhands.fields import BY_KEY, RETRY_KEYS
from tui.openhands.targets.profile import Profile
from tui.openhands.targets.schema import known, recorded_schema
from tui.openhands.targets.settings_json import ServerSettings
from tui.openhands.targets.target import SERVER
from tui.retry.policy import RetryPolicy

PATH = Path("/nowhere/profiles/default.json")
SETTINGS = Path("/nowhere/settings.json")
RECORD = "openhands/targets/agent_server_schema.json"
SECRET = "secret-0123456789"


@pytest.fixture(scope="module")
def folder(request: pytest.FixtureRequest) -> Path:
    return real_program(request, "the agent server, 730 MB and some minutes", server_folder)


def existing(chance: random.Random) -> tuple[str, str]:
    """A profile and settings as another release, or an editor, may have left them."""
    llm = {"model": "openai/old", "unknown": {"a": [1]}, "num_retries": 5, "top_p": None, "usage_id": "x"}
    agent = {"schema_version": chance.choice([4, 8, 9]), "agent_kind": "openhands", "llm": llm, "later": {"x": None}}
    whole: dict[str, Any] = {"agent_settings": agent, "misc_settings": {"a": 1}, "active_profile": "default"}
    if chance.random() < 0.5:
        whole["schema_version"] = chance.choice([1, 6])
    indent = chance.choice([None, 2, 4])
    return json.dumps({**llm, "schema_version": 1}, indent=indent), json.dumps(whole, indent=indent)


def test_three_hundred_pairs_of_files_of_random_settings_are_read_as_they_were_meant(folder: Path) -> None:
    orders, wanted = [], []
    for number, (chance, values) in enumerate(random_settings(known(SERVER), 300)):
        old, settings = Profile(PATH, "", exists=False, data={}), ServerSettings(SETTINGS, "", exists=False, data={})
        if number % 2:
            profile, text = existing(chance)
            old, settings = Profile.of(PATH, profile), ServerSettings.of(SETTINGS, text)
        new = old.rewritten({("llm",): values})
        mirrored = settings.with_profile("default", old.llm, Profile.of(PATH, new).llm)
        orders.append({"profile": new, "settings": mirrored})
        wanted.append(values)
    for values, told in zip(wanted, asked(folder, READING, orders, sorted(known(SERVER))), strict=True):
        for llm in (told["profile"], told["settings"]):
            assert {key: llm.get(key) for key in values} == values


def test_what_check_says_of_a_value_is_what_the_server_does(folder: Path) -> None:
    base = {"model": "openai/x", "usage_id": "a"}
    texts = [json.dumps({**base, name: value}) for name, value in refused_and_taken(recorded_schema(SERVER))]
    texts += [json.dumps({**base, "schema_version": version}) for version in (None, 0, 1, 2, "1", 1.0, True, False, -1)]
    for text, told in zip(texts, asked(folder, READING, [{"profile": text} for text in texts]), strict=True):
        ours = any(finding.voids for finding in server_findings(Profile.of(PATH, text), {}))
        assert ours == ("refused" in told["profile"]), text


def test_settings_of_a_newer_schema_are_those_that_the_server_refuses(folder: Path) -> None:
    versions = [(6, 9), (7, 9), (6, 10), (None, None), (0, 1), ("6", 9), (6, "9"), (True, 9), (6, 9.0), (6, -1)]
    texts = [
        json.dumps({"schema_version": one, "agent_settings": {"schema_version": other, "llm": {"model": "openai/x"}}})
        for one, other in versions
    ]
    for text, told in zip(texts, asked(folder, READING, [{"settings": text} for text in texts]), strict=True):
        assert bool(ServerSettings.of(SETTINGS, text).newer()) == ("refused" in told["settings"]), text


def test_the_record_is_of_this_release(folder: Path) -> None:
    script, made = Path(__file__).parents[1] / "tools/record_schema.py", folder / "schema.json"
    words = [sys.executable, str(script), str(made), "openhands-agent-server", str(folder / "bin/python")]
    subprocess.run(words, check=True, capture_output=True, timeout=300)
    kept = (Path(sys.modules["tui"].__file__ or "").parent / RECORD).read_text()
    assert json.loads(made.read_text())["releases"] == json.loads(kept)["releases"]
    assert json.loads(kept)["releases"][-1]["openhands-agent-server"] == RELEASE


@pytest.mark.parametrize(
    ("model", "retries", "place", "present", "group"),
    [
        ("openai/gpt-test", (3, 1, 1, 1), "config", False, ""),
        ("anthropic/claude-sonnet-4-5", (2, 2, 2, 1), "file", True, ""),
    ],
)
def test_attempts_and_waits_are_those_that_the_schedule_showed(
    folder: Path, home: Path, model: str, retries: tuple[int, ...], place: str, present: bool, group: str
) -> None:
    """Set up by commands alone, from nothing and into files that are there; the key in the file, and kept by us.

    Canvas' key to encrypt with is given: what stands in the file as text is read all the same.
    """
    with LlmServer("429") as provider:
        url = provider.base_url if place == "config" else provider.base_url.removesuffix("/v1")
        if present:
            (home / ".openhands/profiles").mkdir(parents=True)
            profile, settings = existing(random.Random(3))
            (home / ".openhands/profiles/default.json").write_text(profile)
            (home / ".openhands/settings.json").write_text(settings)
        numbers = [f"{key}={value}" for key, value in zip(RETRY_KEYS, retries, strict=True)]
        version = ["api_version=2024-10-21"]
        llm_setup(home, "set", "--for", "server", f"model={model}", f"base_url={url}", *numbers, *version)
        llm_setup(home, "key", "set", "--for", "server", "--store", place, key=KEY)
        scheduled = json.loads(llm_setup(home, "schedule", "--json"))
        kept_before = holding(home, KEY)
        ours = [sys.executable, "-m", "tui", "exec", "--"] if place == "file" else []
        environ = {"OH_SECRET_KEY": SECRET, "LLM_NUM_RETRIES": "9", "LLM_MODEL": "openai/stranger"}
        with running_server(folder, home, environ, ours) as server:
            ended = server.converse(home)
            settings = server.call("GET", "/api/settings")["agent_settings"]["llm"]
        requests = provider.requests()
    assert ended == "error"
    assert scheduled["waits"] == RetryPolicy(*retries).waits()
    assert scheduled["targets"]["server"]["requests_per_attempt"] == 1
    calls = [request for request in requests if request["path"].endswith(("/completions", "/messages"))]
    assert len(calls) == scheduled["attempts"]
    at = [request["at"] for request in calls]
    waits = [later - sooner for sooner, later in pairwise(at)]
    print("requests:", len(calls), "waits seen:", [round(w, 2) for w in waits], "scheduled:", scheduled["waits"])
    assert all(seen >= wait for seen, wait in zip(waits, scheduled["waits"], strict=True))
    headers = calls[0]["headers"]
    assert KEY in (headers.get("X-Api-Key", ""), headers.get("Authorization", "").removeprefix("Bearer "))
    assert json.loads(calls[0]["body"])["model"] == model.partition("/")[2]
    assert (settings["model"], settings["base_url"], settings["num_retries"], settings["api_version"]) == (
        model, url, retries[0], "2024-10-21"
    )  # fmt: skip
    assert len(kept_before) == (2 if place == "config" else 1), kept_before
    assert holding(home, KEY) <= kept_before


def test_a_server_that_runs_encrypts_the_key_and_takes_what_is_set_meanwhile_at_the_next_conversation(
    folder: Path, home: Path
) -> None:
    """With the files that Agent Canvas has: the key to encrypt with, and that of the session."""
    canvas = home / ".openhands/agent-canvas"
    canvas.mkdir(parents=True)
    (canvas / "secret-key.txt").write_text(SECRET + "\n")
    (canvas / "api-key.txt").write_text(SESSION + "\n")
    with LlmServer("429") as provider, running_server(folder, home, {"OH_SECRET_KEY": SECRET}) as server:
        words = ("model=openai/gpt-test", f"base_url={provider.base_url}", "num_retries=1")
        llm_setup(home, "set", "--for", "server", *words)
        port = {"OH_CANVAS_SAFE_BACKEND_PORT": str(server.port)}
        llm_setup(home, "key", "set", "--for", "server", "--store", "config", key=KEY, **port)
        assert holding(home, KEY) == set()
        assert server.converse(home) == "error"
        counts = [len(provider.requests())]
        profile = json.loads((home / ".openhands/profiles/default.json").read_text())
        llm_setup(home, "set", "num_retries=2", "retry_min_wait=0", "retry_max_wait=0", "retry_multiplier=0")
        assert server.converse(home) == "error"
        counts.append(len(provider.requests()))
        told = server.call("GET", "/api/settings")["agent_settings"]["llm"]
        requests = provider.requests()
    assert profile["api_key"].startswith("gAAAAA")
    assert counts == [1, 3]
    assert {request["headers"]["Authorization"] for request in requests} == {f"Bearer {KEY}"}
    assert (told["num_retries"], told["retry_multiplier"]) == (2, 0)
    assert json.loads(llm_setup(home, "check", "--json"))["problems"] == []
    assert holding(home, KEY) == set()


def test_with_the_first_message_it_asks_for_a_title_with_as_many_attempts(folder: Path, home: Path) -> None:
    with LlmServer("429") as provider, running_server(folder, home, {}) as server:
        numbers = [f"{key}={value}" for key, value in zip(RETRY_KEYS, (2, 1, 1, 1), strict=True)]
        llm_setup(home, "set", "--for", "server", "model=openai/gpt-test", f"base_url={provider.base_url}", *numbers)
        llm_setup(home, "key", "set", "--for", "server", "--store", "config", key=KEY)
        assert server.converse(home, titled=True) == "error"
        end = time.monotonic() + LONGEST
        while len(requests := provider.requests()) < 4:
            assert time.monotonic() < end, requests
            time.sleep(0.1)
        scheduled = json.loads(llm_setup(home, "schedule", "--json"))
    print("requests:", len(requests), "attempts:", scheduled["attempts"])
    assert len(requests) == 2 * scheduled["attempts"]
    assert scheduled["targets"]["server"]["asks_for_title"]


NAMING = """
import json, logging, sys, warnings
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
from pathlib import Path
from openhands.sdk import LLM, LLMProfileStore
from openhands.sdk.profiles.agent_profile import OpenHandsAgentProfile
from openhands.sdk.profiles.agent_profile_store import AgentProfileStore
from openhands.sdk.profiles.profile_refs import find_referrers
for line in sys.stdin:
    order = json.loads(line)
    folder = Path(order["folder"])
    llms, agents = LLMProfileStore(folder / "profiles"), AgentProfileStore(folder / "agent-profiles")
    if order["make"]:
        llms.save("fast", LLM(model="openai/x", num_retries=3))
        agents.save(OpenHandsAgentProfile(name="one", llm_profile_ref="fast"))
    told = {name: find_referrers(agents, name) for name in ("fast", "quick")}
    print(json.dumps({"llms": sorted(llms.list()), "agents": told}), flush=True)
"""


def test_a_profile_that_we_rename_is_known_to_its_own_stores_by_the_new_name(folder: Path, home: Path) -> None:
    here = home / ".openhands"
    order = {"folder": str(here), "make": True}
    (told,) = asked(folder, NAMING, [order])
    assert told["agents"] == {"fast": ["one"], "quick": []}
    llm_setup(home, "group", "rename", "--for", "server", "fast", "quick")
    (told,) = asked(folder, NAMING, [{**order, "make": False}])
    assert told["agents"] == {"fast": [], "quick": ["one"]}
    assert [name.removesuffix(".json") for name in told["llms"]] == ["quick"]


THEIRS = """
import json, logging, os, sys, time, warnings
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
from pathlib import Path
from openhands.agent_server.persistence import FileSettingsStore
from openhands.sdk import LLM, LLMProfileStore
folder, count = Path(sys.argv[1]), int(sys.argv[2])
def writes(number):
    profiles, settings = LLMProfileStore(folder / "profiles"), FileSettingsStore(folder)
    for turn in range(1, 4):
        def note(held):
            held.misc_settings[f"w{number}"] = turn
            return held
        settings.update(note) if number % 2 else profiles.save(f"p{number}", LLM(model=f"openai/{turn}"))
    return 0
"""
OURS = """
import os, sys, time
from pathlib import Path
from tui.cli import main
words, count = sys.argv[3:], len(sys.argv[3:])
main(["show", "--for", "server"])  # what it imports is there in every child
def writes(number):
    return main(["set", "--for", "server", words[number]])
"""
AT_ONCE = """
print("ready", flush=True)
sys.stdin.read()
def child(number):
    pid = os.fork()
    if not pid:
        status = 9
        try:
            status = writes(number)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
        finally:
            os._exit(status)
    return pid
children = [child(number) for number in range(count)]
print("ended", sum(os.waitstatus_to_exitcode(os.waitpid(each, 0)[1]) != 0 for each in children), flush=True)
"""


def test_of_fifty_writers_half_of_them_its_own_stores_nobody_is_lost(folder: Path, home: Path) -> None:
    here = home / ".openhands"
    fields = [BY_KEY[key] for key in sorted(known(SERVER) - {"model", "base_url", "api_key"})]
    plain = [field for field in fields if field.kind in (Kind.INTEGER, Kind.NUMBER, Kind.SWITCH)]
    values = {field.key: some(field, random.Random(field.key)) for field in plain}
    words = [f"{key}={str(value).lower() if isinstance(value, bool) else value}" for key, value in values.items()]
    llm_setup(home, "set", "--for", "server", "model=openai/x")
    count = 50 - len(words)
    environ = {"HOME": str(home), "PATH": "/usr/bin:/bin", **QUIET}
    commands = [
        [folder / "bin/python", "-c", THEIRS + AT_ONCE, str(here), str(count)],
        [sys.executable, "-c", OURS + AT_ONCE, "", "", *words],
    ]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "env": environ, "cwd": home, "text": True}
    with ExitStack() as ending:
        both = [ending.enter_context(subprocess.Popen(command, **pipes)) for command in commands]  # type: ignore[call-overload]
        for each in both:
            assert "ready\n" in iter(each.stdout.readline, "")
        for each in both:
            each.stdin.close()
        ended = [each.stdout.read() for each in both]
    assert [text.strip().splitlines()[-1] for text in ended] == ["ended 0", "ended 0"]
    profile = json.loads((here / "profiles/default.json").read_text())
    settings = json.loads((here / "settings.json").read_text())
    for llm in (profile, settings["agent_settings"]["llm"]):
        assert {key: llm[key] for key in values} == values
    assert settings["misc_settings"] == {f"w{number}": 3 for number in range(1, count, 2)}
    models = [json.loads((here / f"profiles/p{number}.json").read_text())["model"] for number in range(0, count, 2)]
    assert models == ["openai/3"] * len(models)


def test_each_provider_is_reached_with_the_key_in_the_file_and_with_one_kept_by_us(folder: Path, home: Path) -> None:
    """Bedrock by the variables of a role: what it answers is none of its protocol, that it was asked is enough."""
    with LlmServer("200") as server:
        orders, wanted = [], []
        for setup, text, environ in each_set_up(
            home, "server", server.base_url.removesuffix("/v1"), "profiles/default.json"
        ):
            orders.append({"text": text, "environ": environ})
            wanted.append(setup)
        told = asked(folder, CALLING, orders, ["model"])
        calls = [request for request in server.requests() if "model/info" not in request["path"]]
    require_reached(wanted, told, calls)
