"""Over SSH, where keyrings are locked or missing: a key is kept in the wizard, and a second login delivers it."""

import shlex
import subprocess
from collections.abc import Iterator

import pytest
from tools.leaks import leaking_files, leaks
from tools.patience import LIMIT
from tools.ssh import SshServer
from tools.terminal import Terminal

KEY = "sk-ant-api03-of-a-test-0123456789"


@pytest.fixture(scope="module")
def server() -> Iterator[SshServer]:
    with SshServer() as server:
        yield server


def remote(server: SshServer, environment: dict[str, str], *command: str) -> list[str]:
    """What logs in and runs `command` there. The bus is not announced, as to most SSH sessions; it has to be found."""
    there = {name: value for name, value in environment.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
    words = ["env", "-i", *(f"{name}={value}" for name, value in there.items())]
    words += ["TERM=xterm-256color", "LANG=C.UTF-8"]
    return [*server.command, f"cd ~ && exec {shlex.join([*words, *command])}"]


def to_the_places(terminal: Terminal) -> None:
    terminal.wait_for("Which provider", "Anthropic")
    terminal.press("enter")
    terminal.wait_for("Keep it in", lambda screen: "checking" not in screen)
    terminal.paste(KEY)
    terminal.wait_for(f"•••{KEY[-4:]}")
    terminal.press("enter")


def save_and_leave(terminal: Terminal) -> str:
    """From the Model step; the line that is left on the screen."""
    for there in ("context", "drop_params", "Gives up after", "a new file of"):
        terminal.wait_for(there)
        terminal.press("enter")
    terminal.wait_for("Prompt", "Send")
    terminal.press("ctrl+q")
    end = terminal.wait_for_end()
    assert (end.status, end.left) == (0, [])
    assert not leaks(terminal.raw, KEY)
    return terminal.normal_text


def delivered(server: SshServer, environment: dict[str, str], program: str) -> "subprocess.CompletedProcess[str]":
    """A second login starts a command with the key."""
    script = f'test -n "$LLM_MODEL" && test "$LLM_API_KEY" = {KEY}'
    command = remote(server, environment, program, "exec", "--", "sh", "-c", script)
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT, check=False)


def test_a_locked_keyring_is_unlocked_and_a_second_login_delivers(
    server: SshServer, environment: dict[str, str], program: str, unwarmed: str, keyring, home
) -> None:
    service = keyring("locked")
    with Terminal(remote(server, environment, unwarmed), environment) as terminal:
        to_the_places(terminal)
        terminal.wait_for("● System keyring", "locked", "Enter unlocks it here")
        terminal.press("enter")
        terminal.wait_for("Unlock GNOME Keyring")
        terminal.type("not this one")
        terminal.press("enter")
        terminal.wait_for("That is not the password of GNOME Keyring.")
        terminal.type(service.password)
        terminal.press("enter")
        assert "key in the system keyring" in save_and_leave(terminal)
        assert service.password.encode() not in terminal.raw
    assert leaking_files(home, KEY) == []
    assert delivered(server, environment, program).returncode == 0
    service.lock()
    refused = delivered(server, environment, program)
    assert refused.returncode == 3
    assert "GNOME Keyring is locked." in refused.stdout


def test_without_a_keyring_a_private_file_is_chosen_and_a_second_login_delivers(
    server: SshServer, environment: dict[str, str], program: str, unwarmed: str, home
) -> None:
    with Terminal(remote(server, environment, unwarmed), environment) as terminal:
        to_the_places(terminal)
        terminal.wait_for("none answers here, as usual over SSH", "readable text", "choose with ↑ ↓")
        terminal.press("down")
        terminal.wait_for("● Private file")
        terminal.press("enter")
        assert "key in a private file" in save_and_leave(terminal)
    (path,) = leaking_files(home, KEY)
    assert (path.name, path.stat().st_mode & 0o777) == ("anthropic.env", 0o600)
    assert delivered(server, environment, program).returncode == 0
