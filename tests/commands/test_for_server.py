"""`--for server`: the commands on the profiles of the agent server, and on the settings.json beside them."""

import base64
import fcntl
import hashlib
import hmac
import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NoReturn

import pytest
from tools.json_files import put, say

from tui.commands import exec as exec_command
from tui.drafts.draft import Draft
from tui.drafts.own_settings import OwnSettings
from tui.openhands.targets.profile import Profile

MODEL = "anthropic/claude-sonnet-4-5"
KEY = "sk-ant-canary-0123456789abcdef"
ID = "7e36d915-124a-487f-85d2-282955e22f41"


@pytest.fixture
def folder(home: Path) -> Path:
    return home / ".openhands"


@pytest.fixture
def profile(folder: Path) -> Path:
    return folder / "profiles/default.json"


@pytest.fixture
def settings(folder: Path) -> Path:
    return folder / "settings.json"


@pytest.fixture
def made(run, profile: Path) -> Path:
    """The profile as `set` makes it."""
    assert run("set", "--for", "server", f"model={MODEL}").status == 0
    return profile


def token(key: str) -> str:
    """A Fernet token made with that key, as far as its signature goes."""
    data = b"\x80" + bytes(8) + bytes(16) + bytes(32)
    signing = hashlib.sha256(key.encode()).digest()[:16]
    return base64.urlsafe_b64encode(data + hmac.digest(signing, data, "sha256")).decode()


def test_a_new_profile_and_its_settings_have_no_versions_and_nobody_else_reads_them(made: Path, settings: Path) -> None:
    numbers = {"num_retries": 8, "retry_min_wait": 15, "retry_max_wait": 120, "retry_multiplier": 2}
    assert say(made) == {"model": MODEL, **numbers}
    assert say(settings) == {"agent_settings": {"llm": {"model": MODEL, **numbers}}, "active_profile": "default"}
    modes = [path.stat().st_mode & 0o777 for path in (made, settings, made.parent, settings.parent)]
    assert modes[:3] == [0o600, 0o600, 0o700]


def test_canvas_is_another_word_for_it(run, made: Path) -> None:
    assert run("set", "--for", "canvas", "num_retries=3", "--json").json["files"][0]["target"] == "server"
    assert say(made)["num_retries"] == 3


def test_both_files_are_told_of_and_put_back_together(run, made: Path, settings: Path) -> None:
    before = made.read_bytes(), settings.read_bytes()
    done = run("set", "num_retries=3", "--json")
    assert [(each["target"], each["path"], each["changed"]) for each in done.json["files"]] == [
        ("server", str(made), True), ("server", str(settings), True)
    ]  # fmt: skip
    assert say(settings)["agent_settings"]["llm"]["num_retries"] == 3
    assert run("undo").status == 0
    assert (made.read_bytes(), settings.read_bytes()) == before
    assert run("undo").status == 0
    assert not made.exists()
    assert not settings.exists()


def test_settings_that_the_server_saved_since_are_kept_by_undo_but_for_what_is_undone(
    run, made: Path, settings: Path
) -> None:
    assert run("set", "num_retries=3").status == 0
    whole = say(settings)
    whole |= {"schema_version": 6, "active_agent_profile_id": ID, "misc_settings": {"a": 1}}
    whole["agent_settings"] |= {"schema_version": 9, "agent_kind": "openhands", "tools": None}
    put(settings, whole)
    assert run("undo").status == 0
    whole["agent_settings"]["llm"]["num_retries"] = 8
    assert (say(settings), say(made)["num_retries"]) == (whole, 8)


def test_a_dry_run_shows_both_and_writes_none(run, made: Path, settings: Path) -> None:
    before = made.read_bytes(), settings.read_bytes()
    done = run("set", "num_retries=3", "--dry-run")
    assert done.out.count('"num_retries": 3,') == 2
    assert (made.read_bytes(), settings.read_bytes()) == before


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ({"id": ID, "name": "work", "llm_profile_ref": "fast"}, "fast"),
        ({"id": ID, "name": "work", "llm_profile_ref": "fast.json"}, "fast"),
        ({"id": ID, "name": "work", "agent_kind": "acp"}, "slow"),
        ({"id": "another", "name": "work", "llm_profile_ref": "fast"}, "slow"),
    ],
)
def test_the_profile_is_the_one_that_the_active_agent_names(run, folder: Path, agent: Any, name: str) -> None:
    put(folder / "agent-profiles/work.json", agent)
    put(folder / "settings.json", {"schema_version": 6, "active_agent_profile_id": ID, "active_profile": "slow"})
    for each in ("fast", "slow", "default"):
        put(folder / f"profiles/{each}.json", {"model": f"openai/{each}", "schema_version": 1})
    assert run("set", "num_retries=3").status == 0
    changed = [path.stem for path in (folder / "profiles").glob("*.json") if "num_retries" in say(path)]
    assert changed == [name]
    assert say(folder / "settings.json")["agent_settings"]["llm"]["model"] == f"openai/{name}"
    assert say(folder / "settings.json")["active_profile"] == "slow"
    shown = run("show", "--json").json["targets"]["server"]
    assert (shown["path"], shown["present"]) == (str(folder / f"profiles/{name}.json"), True)


def test_a_profile_that_is_not_in_use_is_a_group(run, made: Path, settings: Path) -> None:
    before = settings.read_bytes()
    for name in ("fast", "fast.json"):
        done = run("set", "--for", "server", "--group", name, "model=groq/x")
        assert done.status == 0, done.err
    path = made.with_name("fast.json")
    assert (say(path)["model"], settings.read_bytes()) == ("groq/x", before)
    assert "groq/x" in run("show").out
    assert run("show", "--for", "server", "--group", "fast", "--json").json["targets"]["server"]["path"] == str(path)
    put(path, {"model": "groq/x", "num_retries": -1})
    (found,) = run("check", "--json").json["problems"]
    assert (found["group"], found["key"], found["target"]) == ("llm.fast", "num_retries", "server")
    assert run("undo", "--for", "server", "--group", "fast").status == 4
    assert run("set", "--for", "server", "--group", "../x", "model=groq/x").status == 2
    assert run("set", "--for", "cli", "--group", "fast", "seed=1").status == 2


@pytest.mark.parametrize(
    ("where", "whole"),
    [
        ("profiles/default.json", {"model": MODEL, "schema_version": 2}),
        ("profiles/default.json", {"model": MODEL, "schema_version": "1"}),
        ("settings.json", {"schema_version": 7, "agent_settings": {"llm": {"model": MODEL}}}),
        ("settings.json", {"schema_version": 6, "agent_settings": {"schema_version": 10, "llm": {"model": MODEL}}}),
        ("settings.json", {"agent_settings": []}),
        ("settings.json", None),
    ],
)
def test_what_a_newer_one_wrote_or_nobody_can_read_is_not_written_over(
    run, made: Path, folder: Path, where: str, whole: Any
) -> None:
    path = folder / where
    put(path, whole) if whole else path.write_text("{")
    before = {each: each.read_bytes() for each in folder.rglob("*.json")}
    done = run("set", "num_retries=3")
    assert (done.status, "Nothing" in done.err or "nothing" in done.err or "editor" in done.err) == (3, True)
    assert {each: each.read_bytes() for each in folder.rglob("*.json")} == before
    codes = {problem["code"] for problem in run("check", "--for", "server", "--json").json["problems"]}
    assert codes & {"newer-schema", "corrupt"}


def test_a_version_that_is_there_stays_and_none_is_made(run, made: Path, settings: Path) -> None:
    put(made, {"model": MODEL, "schema_version": 0, "x": [1]})
    put(settings, {"schema_version": 2, "agent_settings": {"schema_version": 4, "llm": {"model": MODEL}}})
    assert run("set", "num_retries=3").status == 0
    assert (say(made)["schema_version"], say(made)["x"]) == (0, [1])
    assert (say(settings)["schema_version"], say(settings)["agent_settings"]["schema_version"]) == (2, 4)


def test_settings_with_another_llm_become_the_profiles_so_that_no_key_meets_another_address(
    run, made: Path, settings: Path
) -> None:
    other = {"model": "openai/x", "base_url": "http://other.example/v1", "api_key": "sk-other", "usage_id": "u"}
    put(settings, {"agent_settings": {"llm": other, "agent": "CodeActAgent"}, "active_profile": "default"})
    assert run("set", "num_retries=3").status == 0
    llm = say(settings)["agent_settings"]["llm"]
    assert {"base_url", "api_key"} & llm.keys() == set()
    assert (llm["model"], llm["num_retries"], llm["usage_id"]) == (MODEL, 3, "u")
    assert say(settings)["agent_settings"]["agent"] == "CodeActAgent"


def test_a_default_that_the_server_wrote_out_is_as_good_as_none(run, made: Path, settings: Path) -> None:
    whole = say(settings)
    whole["agent_settings"]["llm"] |= {"timeout": 300, "base_url": None, "drop_params": True, "seed": None}
    put(settings, whole)
    assert run("set", "timeout=60", "drop_params=false", "seed=3").status == 0
    llm = say(settings)["agent_settings"]["llm"]
    assert (llm["timeout"], llm["drop_params"], llm["seed"]) == (60, False, 3)


def test_an_agent_of_another_program_is_left_alone_and_said(run, made: Path, folder: Path, settings: Path) -> None:
    put(folder / "agent-profiles/claude.json", {"id": ID, "name": "claude", "agent_kind": "acp"})
    whole = {"agent_settings": {"agent_kind": "acp"}, "active_agent_profile_id": ID, "active_profile": "default"}
    put(settings, whole)
    assert run("set", "num_retries=3").status == 0
    assert say(settings) == whole
    assert "not-read-by" in {problem["code"] for problem in run("check", "--json").json["problems"]}


@pytest.mark.parametrize("lock", ["profiles/.profiles.lock", ".settings.lock"])
def test_it_waits_for_whoever_has_the_servers_own_lock(run, made: Path, folder: Path, lock: str) -> None:
    with (folder / lock).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        seen: list[int] = []

        def let_go() -> None:
            seen.append(say(made)["num_retries"])
            fcntl.flock(held, fcntl.LOCK_UN)

        timer = threading.Timer(0.3, let_go)
        timer.start()
        assert run("set", "num_retries=3").status == 0
        timer.join()
    assert (seen, say(made)["num_retries"]) == ([8], 3)


def test_nothing_is_written_where_the_settings_cannot_be(run, made: Path, settings: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    before = made.read_bytes()
    settings.chmod(0o400)
    assert run("set", "num_retries=3").status == 3
    assert made.read_bytes() == before


def test_a_profile_is_as_it_was_where_its_settings_could_not_be_written(run, made: Path, settings: Path) -> None:
    before = made.read_bytes()
    os.link(settings, settings.with_name("other"))  # it could be written in place alone
    done = run("set", "num_retries=3")
    assert (done.status, made.read_bytes()) == (3, before)
    assert run("undo").status == 0
    assert not made.exists()


def test_without_a_model_no_profile_is_made(run, profile: Path) -> None:
    done = run("set", "--for", "server", "num_retries=8")
    assert (done.status, profile.exists(), "needs a model" in done.err) == (2, False, True)


# -- what is found


def test_each_program_is_found_by_its_files_alone(run, folder: Path, config) -> None:
    def found() -> list[str]:
        return list(run("show", "--json").json.get("targets", {"toml": 0}))

    assert found() == ["toml"]
    put(folder / "settings.json", {"llm_model": "x", "llm_api_key": None})  # openhands-ai up to 1.7
    assert found() == ["toml"]
    (folder / "agent-canvas").mkdir()
    assert found() == ["server"]
    (folder / "agent-canvas").rmdir()
    put(folder / "settings.json", {"agent_settings": {"llm": {"model": MODEL}}, "llm_profiles": {}})
    assert found() == ["gui"]
    put(folder / "settings.json", {"schema_version": 6, "agent_settings": {"schema_version": 9}})
    assert found() == ["server"]
    put(folder / "agent_settings.json", {"llm": {"model": MODEL}})
    assert found() == ["cli", "server"]


def test_its_folder_is_the_one_that_the_variable_names(run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OH_PERSISTENCE_DIR", "~/there")
    assert run("set", "--for", "server", f"model={MODEL}").status == 0
    assert (home / "there/profiles/default.json").exists()


# -- the key


def start(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What `exec` would become, instead of becoming it."""
    started: dict[str, Any] = {}

    def become(command: list[str], environment: dict[str, str]) -> NoReturn:
        started.update(command=command, environment=environment)
        raise SystemExit(0)

    monkeypatch.setattr(exec_command, "become", become)
    return started


def test_a_key_in_the_file_stands_in_both_and_moves_out_of_every_version(
    run, made: Path, settings, typed, home
) -> None:
    typed(KEY)
    assert run("key", "set", "--store", "config").status == 0
    assert (say(made)["api_key"], say(settings)["agent_settings"]["llm"]["api_key"]) == (KEY, KEY)
    assert run("set", "seed=3").status == 0
    assert KEY not in run("show").out
    assert run("key", "move", "--store", "file").status == 0
    kept = [path for path in home.rglob("*") if path.is_file() and KEY in path.read_text(errors="replace")]
    assert [path.suffix for path in kept] == [".env"]
    assert (say(made)["seed"], say(settings)["agent_settings"]["llm"]["seed"]) == (3, 3)


def test_exec_hands_over_the_variable_of_the_provider_and_none_of_ours(run, made: Path, typed, monkeypatch) -> None:
    typed(KEY)
    assert run("key", "set", "--store", "file").status == 0
    monkeypatch.setenv("LLM_BASE_URL", "http://stranger.example/v1")
    started = start(monkeypatch)
    run("exec", "--", "agent-canvas")
    assert started["command"] == ["agent-canvas"]
    assert started["environment"]["ANTHROPIC_API_KEY"] == KEY
    assert not {"LLM_API_KEY", "LLM_BASE_URL"} & set(started["environment"])


def test_a_key_that_the_server_encrypted_is_one_and_is_never_sent_by_us(
    run, made: Path, folder: Path, monkeypatch
) -> None:
    put(made, say(made) | {"api_key": token("secret")})
    put(folder / "agent-canvas/secret-key.txt", "x")
    (folder / "agent-canvas/secret-key.txt").write_text("secret\n")
    assert run("check", "--json").json["problems"] == []
    started = start(monkeypatch)
    run("exec", "--", "agent-canvas")
    assert started["command"] == ["agent-canvas"]
    assert "ANTHROPIC_API_KEY" not in started["environment"]
    assert run("key", "status", "--json").json["present"] is True
    done = run("test")
    assert done.status == 3
    assert "encrypted" in done.err


def test_a_key_encrypted_with_another_key_is_said(run, made: Path, folder: Path, monkeypatch) -> None:
    put(made, say(made) | {"api_key": token("secret")})
    assert [(each["code"], each["severity"]) for each in run("check", "--json").json["problems"]] == [
        ("ciphertext-without-key", "warning")
    ]
    (folder / "agent-canvas").mkdir()
    (folder / "agent-canvas/secret-key.txt").write_text("another\n")
    assert [(each["code"], each["severity"]) for each in run("check", "--json").json["problems"]] == [
        ("ciphertext-without-key", "error")
    ]
    monkeypatch.setenv("OH_SECRET_KEY", "secret")
    assert run("check", "--json").json["problems"] == []


def test_a_provider_connection_has_the_key(run, made: Path) -> None:
    put(made, say(made) | {"provider_connection_id": "team"})
    (found,) = run("check", "--json").json["problems"]
    assert (found["code"], "team" in found["message"]) == ("not-taken", True)


@pytest.mark.slow
def test_one_attempt_is_one_request(run, profile: Path) -> None:
    assert run("set", "--for", "server", "model=openai/gpt-5.5").status == 0
    told = run("schedule", "--json").json["targets"]["server"]
    assert (told["requests_per_attempt"], told["asks_for_title"]) == (1, True)
    assert "asks for a title as well" in run("schedule").err
    assert "asks for a title as well" in run("test", "--rehearse", "200").err


class AgentServer(BaseHTTPRequestHandler):
    """What is asked of one: its name, and a profile with its keys encrypted."""

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        told: Any = {"title": self.server.title}  # type: ignore[attr-defined]
        if self.path != "/server_info":
            config = say(self.server.profile)  # type: ignore[attr-defined]
            told = {"config": {**config, "api_key": self.server.token(config["api_key"])}}  # type: ignore[attr-defined]
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: Any) -> None:
        """Says nothing."""


@pytest.fixture
def canvas(folder: Path, profile: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Agent Canvas as it runs, with its files."""
    (folder / "agent-canvas").mkdir(parents=True)
    (folder / "agent-canvas/secret-key.txt").write_text("secret\n")
    (folder / "agent-canvas/api-key.txt").write_text("session-0123456789\n")
    with ThreadingHTTPServer(("127.0.0.1", 0), AgentServer) as server:
        server.asked, server.title, server.profile = [], "OpenHands Agent Server", profile  # type: ignore[attr-defined]
        server.token = lambda _key: token("secret")  # type: ignore[attr-defined]
        monkeypatch.setenv("OH_CANVAS_SAFE_BACKEND_PORT", str(server.server_port))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


needs_proc = pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="whose a port is, is told on Linux alone")


@needs_proc
def test_a_server_that_runs_encrypts_the_key_in_both_files_and_undo_goes_back_over_it(
    run, made: Path, settings: Path, canvas, typed, home: Path
) -> None:
    put(made, say(made) | {"later": {"x": [1]}})
    before = made.read_bytes(), settings.read_bytes()
    typed(KEY)
    done = run("key", "set", "--store", "config", "--json")
    assert done.status == 0, done.err
    assert "encrypted it" in done.err
    assert say(made)["api_key"] == say(settings)["agent_settings"]["llm"]["api_key"] == token("secret")
    assert say(made)["later"] == {"x": [1]}
    assert [path for path in home.rglob("*") if path.is_file() and KEY in path.read_text(errors="replace")] == []
    sessions = [headers.get("X-Session-API-Key") for _path, headers in canvas.asked]
    assert sessions == [None, "session-0123456789"]
    assert run("key", "status", "--json").json["present"] is True
    assert run("set", "seed=3").status == 0
    assert say(made)["api_key"] == token("secret")
    assert run("undo").status == 0
    assert run("undo").status == 0
    assert (made.read_bytes(), settings.read_bytes()) == before


@needs_proc
def test_a_key_that_cannot_be_read_again_stays_readable_text_and_that_is_said(run, made: Path, canvas, typed) -> None:
    for title, made_with in (("OpenHands Agent Server", "another"), ("Something else", "secret")):
        canvas.title, canvas.token = title, lambda _key, name=made_with: token(name)
        typed(KEY)
        done = run("key", "set", "--store", "config")
        assert (done.status, say(made)["api_key"], "readable text" in done.err) == (0, KEY, True)
    assert [headers.get("X-Session-API-Key") for path, headers in canvas.asked if path == "/server_info"] == [None] * 2


def test_a_change_of_address_takes_an_encrypted_key_away(home: Path, made: Path) -> None:
    put(made, say(made) | {"api_key": token("secret")})
    draft = Draft(Profile.read(made), OwnSettings(), {})
    draft.edit("base_url", "http://other.example/v1")
    assert "api_key" not in json.loads(draft.preview())


def test_a_profile_is_made_like_another_without_its_keys(run, made: Path) -> None:
    put(made, {"model": MODEL, "api_key": KEY, "later": [1], "schema_version": 1})
    assert run("group", "add", "--for", "server", "fast").status == 0
    assert say(made.with_name("fast.json")) == {"model": MODEL, "later": [1], "schema_version": 1}
    assert run("set", "--for", "server", "--group", "fast", "seed=3").status == 0
    assert run("group", "copy", "--for", "canvas", "fast", "second").status == 0
    assert say(made.with_name("second.json"))["seed"] == 3
    for words in (["add", "fast"], ["copy", "none", "x"], ["rename", "none", "x"], ["remove", "none"], ["add", "a b"]):
        assert run("group", words[0], "--for", "server", *words[1:]).status == 2, words
    assert sorted(path.name for path in made.parent.glob("*.json")) == ["default.json", "fast.json", "second.json"]
    assert run("group", "add", "--for", "cli", "x").status == 2


def put_agent(folder: Path, name: str, **more: object) -> Path:
    path = folder / "agent-profiles" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"id": f"id-{name}", "name": name, **more}, indent=4))
    return path


def test_a_profile_gets_another_name_wherever_it_is_named(run, made: Path, settings: Path) -> None:
    folder = made.parent.parent
    put(made.with_name("fast.json"), {"model": MODEL, "api_key": KEY, "later": [1]})
    text = made.with_name("fast.json").read_text()
    agents = [
        put_agent(folder, "one", llm_profile_ref="fast", mcp_tools={"x": "gAAAAAsecret"}),
        put_agent(folder, "two", llm_profile_ref="fast.json", agent_kind="openhands"),
        put_agent(folder, "other", llm_profile_ref="default"),
        put_agent(folder, "program", llm_profile_ref="fast", agent_kind="acp"),
    ]
    put(settings, say(settings) | {"active_profile": "fast", "misc_settings": {"a": 1}})
    before = [path.read_text() for path in agents]
    assert run("group", "rename", "--for", "server", "fast", "quick", "--dry-run").status == 0
    assert [path.read_text() for path in agents] == before
    done = run("group", "rename", "--for", "server", "fast", "quick", "--json")
    assert (done.status, KEY in done.out) == (0, False)
    assert len(done.json["files"]) == 5
    assert made.with_name("quick.json").read_text() == text
    assert not made.with_name("fast.json").exists()
    assert [path.read_text() for path in agents] == [
        before[0].replace('"fast"', '"quick"'), before[1].replace('"fast.json"', '"quick"'), *before[2:]
    ]  # fmt: skip
    assert (say(settings)["active_profile"], say(settings)["misc_settings"]) == ("quick", {"a": 1})
    for words in (["quick", "default"], ["quick", "a b"], ["none", "x"]):
        assert run("group", "rename", "--for", "server", *words).status == 2
    assert run("group", "rename", "--for", "server", "quick", "quick").status == 0
    assert run("undo", "--for", "server", "--group", "fast").status == 0
    assert made.with_name("fast.json").read_text() == text


def test_a_profile_is_removed_unless_somebody_uses_it_and_comes_back(run, made: Path, settings: Path) -> None:
    folder = made.parent.parent
    put(made.with_name("fast.json"), {"model": MODEL, "api_key": KEY})
    text = made.with_name("fast.json").read_text()
    agent = put_agent(folder, "one", llm_profile_ref="fast")
    done = run("group", "remove", "--for", "server", "fast")
    assert (done.status, "Agent profiles name fast: one." in done.err) == (2, True)
    agent.unlink()
    assert run("group", "remove", "--for", "server", "default").status == 2
    assert run("group", "remove", "--for", "server", "fast", "--dry-run").status == 0
    assert made.with_name("fast.json").exists()
    done = run("group", "remove", "--for", "server", "fast")
    assert (done.status, KEY in done.out) == (0, False)
    assert not made.with_name("fast.json").exists()
    assert run("undo", "--for", "server", "--group", "fast").status == 0
    assert made.with_name("fast.json").read_text() == text


def test_openhands_is_another_word_for_its_own_file(run, made: Path, typed) -> None:
    typed(KEY)
    assert run("key", "set", "--store", "openhands").status == 0
    assert say(made)["api_key"] == KEY
