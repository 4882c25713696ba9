"""What was to keep the key fails between two steps: a sentence says so, and the typed key goes elsewhere."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tools.leaks import leaking_files
from tools.patience import LIMIT
from tools.terminal import Terminal

KEY = "sk-ant-api03-of-a-test-0123456789"
APART = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"]), "sh", "-ec"]


def can_mount() -> bool:
    if sys.platform != "linux" or not shutil.which("unshare"):
        return False
    return subprocess.run([*APART, "mount -t tmpfs none /mnt"], check=False, capture_output=True).returncode == 0


MOUNTS = pytest.mark.skipif(not can_mount(), reason="no mount namespaces here")


def says(words: str) -> Callable[[str], bool]:
    """Whether the screen says so, though it may break the line within."""
    return lambda screen: words in " ".join(screen.replace("┃", "").split())


def to_review(terminal: Terminal, *choose: str) -> None:
    """With a key typed, and a place chosen for it."""
    terminal.wait_for("Which provider", "Anthropic")
    terminal.press("enter")
    terminal.wait_for("Keep it in", lambda screen: "checking" not in screen)
    terminal.paste(KEY)
    terminal.wait_for(f"•••{KEY[-4:]}")
    terminal.press("enter", *choose)
    for there in ("context", "drop_params", "Gives up after"):
        terminal.wait_for(there)
        terminal.press("enter")
    terminal.wait_for("a new file of", "Save")


def to_another_place(terminal: Terminal, *choose: str) -> None:
    """From the sentence in Review; the key is still there."""
    terminal.press("enter")
    terminal.wait_for("Keep it in", f"•••{KEY[-4:]}", lambda screen: "checking" not in screen)
    terminal.wait_for(lambda screen: "choose with" in screen or "● " in screen)
    terminal.press(*choose, "enter", "ctrl+s")
    terminal.wait_for("a new file of", "Save")
    terminal.press("enter")


def delivers(program: str, environment: dict[str, str], home: Path) -> bool:
    command = [program, "exec", "--", "sh", "-c", f'test "$LLM_API_KEY" = {KEY}']
    return subprocess.run(command, env=environment, cwd=home, check=False, timeout=LIMIT).returncode == 0


def test_the_bus_is_gone(wizard, program: str, environment: dict[str, str], keyring, home: Path) -> None:
    service = keyring("unlocked")
    terminal = wizard()
    to_review(terminal)
    service.revoke()
    terminal.press("enter")
    terminal.wait_for("No keyring answers here: no D-Bus session", "Choose a place for the key")
    assert not (home / ".openhands").exists()
    to_another_place(terminal, "down")
    terminal.wait_for("Prompt", "Send")
    terminal.press("ctrl+q")
    assert terminal.wait_for_end().left == []
    assert [path.name for path in leaking_files(home, KEY)] == ["anthropic.env"]
    assert delivers(program, environment, home)


@MOUNTS
def test_the_disk_of_the_private_file_is_full(unwarmed: str, environment: dict[str, str], home: Path) -> None:
    full = "mkdir .config; mount -t tmpfs -o size=16k none .config; yes | head -c 32k > .config/all 2>&- || true"
    command = [*APART, f'{full}; "$1"; exec "$1" exec -- sh -c \'test "$LLM_API_KEY" = {KEY}\'', "sh", unwarmed]
    with Terminal(command, environment, folder=home) as terminal:
        to_review(terminal, "down", "enter")
        terminal.press("enter")
        terminal.wait_for(says("No space left on device"), "Choose a place for the key")
        to_another_place(terminal, "down")  # config.toml, on another disk
        terminal.wait_for("Prompt", "Send")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end().status == 0
    holding = sorted(path.name for path in leaking_files(home, KEY))
    assert holding == ["agent_settings.json", "config.toml"]  # both are set up where nothing is found


@MOUNTS
def test_the_home_cannot_be_written(unwarmed: str, environment: dict[str, str], home: Path) -> None:
    command = [*APART, 'mount --bind . .; mount -o remount,bind,ro .; cd "$PWD"; exec "$1"', "sh", unwarmed]
    with Terminal(command, environment, folder=home) as terminal:
        to_review(terminal, "down", "enter")
        terminal.press("enter")
        terminal.wait_for(says("Read-only file system"), "Choose a place for the key")
        to_another_place(terminal, "down")
        terminal.wait_for("config.toml is on a disk that can only be read")
        terminal.press("escape")
        terminal.wait_for("Gives up after")
        terminal.press("ctrl+q")
        terminal.wait_for("A key was typed and is not stored.")
        terminal.press("ctrl+q")
        end = terminal.wait_for_end()
    assert (end.status, end.left) == (0, [])
    assert not list(home.iterdir())
