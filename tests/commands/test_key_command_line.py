"""`key`: where keys are kept, moved and removed, and what is said of it; never the key."""

import io
import json
import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tools.programs import require_program
from tools.secret_service import SecretService
from tools.wallet import Wallet

KEY = "sk-ant-api03-canary0123456789"
FILE = '[core]\n[llm]\nmodel = "anthropic/claude-x"\n'
PRINTING = shlex.join([sys.executable, "-I", "-c", f"print('{KEY[::-1]}'[::-1])"])
COMMAND = [sys.executable, "-P", "-m", "tui"]
SERVICE = "llm-setup:anthropic"


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], SecretService]]:
    """Starts a private keyring in the state named; our environment leads to it."""
    require_program("dbus-daemon")
    require_program("gnome-keyring-daemon")
    with ExitStack() as stack:

        def start(mode: str) -> SecretService:
            service = SecretService(mode)
            for name, value in stack.enter_context(service).items():
                monkeypatch.setenv(name, value)
            return service

        yield start


@pytest.fixture
def key(run, monkeypatch: pytest.MonkeyPatch):
    """Runs `key WORDS`, with a text on stdin; the key is never in what it says."""

    def key(*words: str, stdin: str = ""):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        done = run("key", *words, *(["--json"] if "--json" not in words else []))
        assert "canary" not in done.out + done.err
        return done

    return key


def delivers(**environment: str) -> bool:
    """Whether `exec` hands the key over, to a child that finds it only in its environment."""
    script = f'test "$LLM_API_KEY" = {KEY} && test "$LLM_MODEL" = anthropic/claude-x'
    around = {**os.environ, **environment}
    return subprocess.run([*COMMAND, "exec", "--", "sh", "-c", script], env=around, check=False).returncode == 0


def holders(home: Path) -> set[str]:
    """The files that have the key, backups included."""
    return {str(f.relative_to(home)) for f in home.rglob("*") if f.is_file() and KEY in f.read_text()}


def test_in_a_private_file(key, config, home: Path) -> None:
    config(FILE)
    path = home / ".config/llm-setup/anthropic.env"
    done = key("set", "--store", "file", stdin=f"  export X='{KEY}'\r\n")
    assert (done.status, done.json) == (0, {"store": "file", "backend": None, "where": str(path)})
    assert done.err.startswith("Left out: ")
    assert holders(home) == {".config/llm-setup/anthropic.env"}
    assert delivers()
    told = {"store": "file", "backend": None, "state": "none", "present": True, "where": str(path)}
    status = key("status")
    assert (status.status, status.json) == (0, told)
    path.chmod(0o644)
    status = key("status")
    assert (status.status, status.json["present"]) == (3, None)
    assert "chmod 600" in status.err
    assert not delivers()
    path.chmod(0o600)
    assert key("set", stdin="sk-ant-another-0123\n").json["store"] == "file"
    assert key("delete").status == 0
    assert not path.exists()
    assert key("delete").status == 1
    assert (key("status").status, key("status").json["store"]) == (1, None)


def test_in_the_keyring(key, config, home: Path, keyring) -> None:
    keyring("unlocked")
    config(FILE)
    done = key("set", stdin=KEY)
    told = {"store": "keyring", "backend": "GNOME Keyring", "where": f"{SERVICE} LLM_API_KEY"}
    assert (done.status, done.json) == (0, told)
    assert (key("status").status, key("status").json) == (0, {**told, "state": "open", "present": True})
    assert holders(home) == set()
    assert delivers()
    assert key("delete").status == 0
    assert key("status").json["present"] is False


def test_in_config_toml_and_out_of_it(key, config, home: Path, keyring, run) -> None:
    keyring("unlocked")
    path = config(FILE)
    assert key("set", "--store", "config", stdin=KEY).json["where"] == str(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert delivers()
    run("set", "seed=3")
    assert len(holders(home)) == 2
    assert key("move", "--store", "keyring").json["store"] == "keyring"
    assert holders(home) == set()
    assert delivers()
    assert "seed = 3" in path.read_text()
    assert key("move", "--store", "file").status == 0
    assert delivers()
    assert key("move", "--store", "config").status == 0
    assert holders(home) == {"config.toml"}
    run("set", "seed=4")
    assert key("delete").status == 0
    assert holders(home) == set()


def test_from_a_command(key, config, home: Path) -> None:
    config(FILE)
    done = key("set", "--store", "command", stdin=f"{PRINTING}\n")
    assert (done.status, done.json["store"]) == (0, "command")
    assert delivers()
    assert key("status").status == 0
    assert key("set", stdin=KEY).status == 2
    refused = key("set", "--store", "command", stdin=KEY)
    assert refused.status == 3
    assert key("move", "--store", "file").status == 0
    assert delivers()
    assert holders(home) == {".config/llm-setup/anthropic.env"}


def test_from_the_environment(key, config, monkeypatch: pytest.MonkeyPatch) -> None:
    config(FILE)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    assert not delivers()  # a provider's own variable only once it was chosen
    done = key("set", "--store", "environment", "--name", "ANTHROPIC_API_KEY")
    assert (done.status, done.json["where"], done.err) == (0, "ANTHROPIC_API_KEY", "")
    assert delivers()
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    assert (key("status").status, key("status").json["present"]) == (1, False)
    assert "not set here" in key("set", "--store", "environment").err


def test_the_first_variable_shadows_what_is_kept(key, config, monkeypatch: pytest.MonkeyPatch) -> None:
    config(FILE)
    monkeypatch.setenv("LLM_API_KEY", "another-key-0123456789")
    assert key("status").json["where"] == "LLM_API_KEY"
    done = key("set", "--store", "file", stdin=KEY)
    assert "LLM_API_KEY is set in this environment" in done.err
    assert "LLM_API_KEY is set in this environment" in key("status").err
    assert not delivers()


@pytest.mark.parametrize(
    ("mode", "state"),
    [
        ("locked", "locked"),
        ("nodefault", "no-default"),
        ("noservice", "none"),
        ("nobus", "none"),
        ("stale", "none"),
        ("wedged", "unresponsive"),
    ],
)
def test_without_a_keyring_no_place_is_taken_by_itself(key, config, home: Path, keyring, mode: str, state: str) -> None:
    keyring(mode)
    config(FILE)
    done = key("set", stdin=KEY)
    assert (done.status, done.out) == (3, "")
    assert "--store keyring, file (readable text)" in done.err
    assert holders(home) == set()
    status = key("status")
    assert (status.status, status.json["state"]) == (1, state)


def test_a_key_in_a_locked_keyring(key, run, config, keyring) -> None:
    service = keyring("unlocked")
    config(FILE)
    key("set", stdin=KEY)
    service.lock()
    status = key("status")
    assert (status.status, status.json["state"], status.json["present"]) == (3, "locked", None)
    assert key("set", stdin=KEY).status == 3
    assert not delivers()
    for words in (
        ("exec", "--", "true"),
        ("test",),
        ("env", "--show-secrets"),
        ("models", "--live"),
        ("key", "status"),
    ):
        assert (
            "is locked. Unlock it with: llm-setup key unlock. Or choose another place for the key.\n" in run(*words).err
        )
    wrong = key("unlock", stdin="wrong\n")
    assert (wrong.status, wrong.out) == (3, "")
    assert "not the password" in wrong.err
    right = key("unlock", stdin=f"{service.password}\n")
    assert (right.status, right.json["state"], right.json["present"]) == (0, "open", True)
    assert key("unlock").status == 0
    assert delivers()


@pytest.mark.parametrize("display", ["", ":0"])
def test_a_keyring_that_asks_in_its_own_window(key, config, keyring, monkeypatch, display: str) -> None:
    config(FILE)
    with Wallet(keyring("noservice")) as wallet:
        monkeypatch.delenv("SSH_CONNECTION", raising=False)
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        monkeypatch.setenv("DISPLAY", display)
        user = threading.Thread(target=wallet.close_window, kwargs={"typed": True})
        if display:
            user.start()
        done = key("unlock")
        assert (done.status, wallet.asked.is_set()) == (0 if display else 3, False)
        assert ("Ctrl+C stops waiting" if display else "Open it in its own window on its desktop") in done.err
        if display:
            user.join()
            assert done.json["state"] == "open"


def test_without_a_keyring_there_is_nothing_to_unlock(key, config) -> None:
    config(FILE)
    assert key("unlock", stdin="x").status == 3


def test_no_bus_is_opened_for_another_place(key, config, monkeypatch: pytest.MonkeyPatch) -> None:
    config(FILE)

    def never(*_arguments: object) -> None:
        raise AssertionError

    monkeypatch.setattr("tui.credentials.keyring_client.Keyring._started", never)
    assert key("set", "--store", "file", stdin=KEY).status == 0
    assert key("move", "--store", "config").status == 0
    assert key("delete").status == 0


@pytest.mark.parametrize("stdin", ["", "\n", "sk-one-1\nsk-two-2", "sk-ü", "a\0b", "https://x", "blank inside"])
def test_what_is_no_key(key, config, home: Path, stdin: str) -> None:
    config(FILE)
    done = key("set", "--store", "file", stdin=stdin)
    assert (done.status, done.out) == (2, "")
    assert not (home / ".config/llm-setup/anthropic.env").exists()


def test_both_aws_keys_at_once_are_kept_as_two(key, config, home: Path) -> None:
    access, secret = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    config('[core]\n[llm]\nmodel = "bedrock/x"\naws_region_name = "us-east-1"\n')
    text = f"[default]\naws_access_key_id = {access}\naws_secret_access_key = {secret}\n"
    done = key("set", "--store", "file", "--name", "AWS_SECRET_ACCESS_KEY", stdin=text)
    assert (done.status, "both are kept" in done.err) == (0, True)
    kept = (home / ".config/llm-setup/bedrock.env").read_text()
    assert f"AWS_ACCESS_KEY_ID={access}" in kept
    assert f"AWS_SECRET_ACCESS_KEY={secret}" in kept


def test_several_secrets(key, config, home: Path) -> None:
    config('[core]\n[llm]\nmodel = "bedrock/x"\naws_region_name = "us-east-1"\n')
    unnamed = key("set", "--store", "file", stdin=KEY)
    assert unnamed.status == 2
    assert "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY" in unnamed.err
    assert key("set", "--store", "file", "--name", "AWS_ACCESS_KEY_ID", stdin="AKIA-x").status == 0
    assert key("status").status == 1
    assert key("status", "--name", "AWS_ACCESS_KEY_ID").status == 0
    assert key("set", "--name", "LLM_AWS_SECRET_ACCESS_KEY", stdin="abc/def").status == 0
    assert key("status").status == 0
    said = subprocess.run(
        [*COMMAND, "exec", "--", "sh", "-c", "echo $LLM_AWS_ACCESS_KEY_ID $LLM_AWS_SECRET_ACCESS_KEY"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout == "AKIA-x abc/def\n"
    assert key("delete").status == 0
    assert not (home / ".config/llm-setup/bedrock.env").exists()


def test_a_key_goes_to_no_other_address(key, config, home: Path) -> None:
    path = config(FILE)
    key("set", "--store", "file", stdin=KEY)
    path.write_text(FILE + 'base_url = "https://elsewhere.example/v1"\n')
    assert key("status").status == 1
    assert not delivers()
    path.write_text(FILE + 'base_url = "https://good\\\\@evil"\n')
    assert key("set", "--store", "file", stdin=KEY).status == 2


def test_a_group(key, config) -> None:
    config(FILE + '[llm.b]\nmodel = "openai/x"\n')
    done = key("set", "--group", "b", "--store", "file", stdin=KEY)
    assert done.json["where"].endswith("/openai.env")
    assert "from config.toml only" in done.err
    assert key("status", "--group", "c").status == 2
    done = key("move", "--group", "b", "--store", "config")
    assert (done.status, done.err) == (0, "")


def test_a_less_common_provider(key, config) -> None:
    config('[core]\n[llm]\nmodel = "together_ai/x"\n')
    assert key("set", "--store", "file", stdin=KEY).json["where"].endswith("/together_ai.env")
    script = f'test "$LLM_API_KEY" = {KEY}'
    assert subprocess.run([*COMMAND, "exec", "--", "sh", "-c", script], check=False).returncode == 0
    config('[llm]\nmodel = "nobody-knows/x"\n')
    assert key("status").status == 1


def test_whose_key_it_is_must_be_known(key, config) -> None:
    config("[core]\n")
    assert key("set", "--store", "file", stdin=KEY).status == 2
    config('[llm]\nmodel = "vertex_ai/x"\n')
    assert key("set", "--store", "file", stdin=KEY).status == 2
    assert key("status").status == 1


def test_a_key_in_the_arguments_is_refused_and_not_repeated(key, config, home: Path) -> None:
    config(FILE)
    for words in (("set", KEY), ("set", "--store", KEY), (KEY,), ("set", "--store", "file", "--name", KEY)):
        assert key(*words, stdin=KEY).status == 2
    assert holders(home) == set()


def test_lines_for_people(run, config, monkeypatch: pytest.MonkeyPatch) -> None:
    config(FILE)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(KEY.encode())))
    said = run("key", "set", "--store", "file").out
    assert said == "place    file\nbackend  –\nwhere    ~/.config/llm-setup/anthropic.env\n"


def test_typed_on_a_terminal_it_is_not_shown(config, home: Path) -> None:
    from tools.terminal import Terminal

    config(FILE)
    with Terminal([*COMMAND, "key", "set", "--store", "file", "--json"], dict(os.environ), folder=home) as terminal:
        terminal.wait_for("Key for llm-setup:anthropic:")
        terminal.type(KEY)
        terminal.press("enter")
        terminal.wait_for("anthropic.env")
        assert b"canary" not in terminal.raw
        assert terminal.wait_for_end().status == 0
    assert delivers()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT, signal.SIGUSR1])
def test_interrupted_at_the_prompt(config, home: Path, number: signal.Signals) -> None:
    from tools.terminal import Terminal

    config(FILE)
    with Terminal([*COMMAND, "key", "set", "--store", "file"], dict(os.environ), folder=home) as terminal:
        terminal.wait_for("Key for llm-setup:anthropic:")
        os.kill(terminal.pid, number)
        end = terminal.wait_for_end()
    assert (end.status, end.attributes, end.left) == (128 + number, True, [])
    assert holders(home) == set()


def test_exec_without_a_key_starts_nothing(config, home: Path) -> None:
    config(FILE)
    done = subprocess.run(
        [*COMMAND, "exec", "--", "touch", "started"], capture_output=True, text=True, check=False, cwd=home
    )
    assert done.returncode == 3
    assert "llm-setup key set" in done.stderr
    assert not (home / "started").exists()


def test_json_is_what_was_promised(key, config) -> None:
    config(FILE)
    assert list(json.loads(key("status").out)) == ["store", "backend", "state", "present", "where"]
    assert list(json.loads(key("set", "--store", "file", stdin=KEY).out)) == ["store", "backend", "where"]
    moved = json.loads(key("move", "--store", "config").out)
    assert list(moved) == ["store", "backend", "state", "present", "where"]
    assert (moved["store"], moved["present"]) == ("config", True)
    assert {*json.loads(key("delete").out)} == {*moved}


@pytest.mark.parametrize("store", ["file", "config"])
def test_a_place_that_would_be_committed_is_warned_of(key, config, home: Path, store: str) -> None:
    git = require_program("git")
    subprocess.run([git, "init", "-q", home], check=True)
    config(FILE)
    done = key("set", "--store", store, stdin=KEY)
    assert done.status == 0
    assert "git does not ignore this file: the key would go along with a commit of home." in done.err
    (home / ".gitignore").write_text("config.toml\n.config\n")
    assert "git" not in key("set", "--store", store, stdin=KEY).err


def test_a_key_that_is_there_already_is_named(key, config, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config(FILE)
    (home / ".openhands").mkdir()
    (home / ".openhands/settings.json").write_text(json.dumps({"llm_model": "anthropic/x", "llm_api_key": KEY}))
    done = key("status")
    assert (done.status, done.err) == (1, "OpenHands has one in ~/.openhands/settings.json, •••6789.\n")
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    assert key("status").err == "ANTHROPIC_API_KEY is set, •••6789.\n"
