"""A Mac's locked keychain: the wizard steps aside for Apple's program, and goes on when that has opened it."""

import sys
from pathlib import Path

import pytest
import tools
from tools.terminal import Terminal

KEY = "sk-ant-api03-of-a-test-0123456789"
WIZARD = [sys.executable, "-P", str(Path(tools.__path__[0], "mac_wizard.py"))]
SECURITY = """#!/bin/sh
test "$1" = unlock-keychain || exit 2
printf '\r\npassword to unlock default: '
read -r password
env > ~/given
test "$password" = right && touch ~/unlocked
"""


@pytest.fixture
def security(environment: dict[str, str], home: Path) -> None:
    program = home / "bin" / "security"
    program.parent.mkdir()
    program.write_text(SECURITY)
    program.chmod(0o700)
    environment["PATH"] = f"{program.parent}:{environment['PATH']}"
    environment["ANTHROPIC_API_KEY"] = environment["AWS_SECRET_ACCESS_KEY"] = KEY
    environment["PYTHONPATH"] = str(Path(tools.__path__[0]).parent)


def test_in_the_wizard(environment: dict[str, str], security: None, home: Path) -> None:
    with Terminal(WIZARD, environment, folder=home) as terminal:
        terminal.wait_for("Which provider", "Anthropic")
        terminal.press("enter")
        terminal.wait_for("Keep it in", "macOS Keychain, locked   Enter unlocks it here")
        terminal.paste(KEY)
        terminal.wait_for("33 characters")
        terminal.press("enter")
        terminal.wait_for("● System keyring")
        terminal.press("enter")
        terminal.wait_for("password to unlock default:")
        terminal.type("wrong")
        terminal.press("enter")
        terminal.wait_for("The keychain is still locked.", "Keep it in")
        terminal.press("enter")
        terminal.wait_for("password to unlock default:")
        terminal.type("right")
        terminal.press("enter")
        terminal.wait_for("context", "claude-")
        assert KEY not in (home / "given").read_text()
        terminal.press("ctrl+q")
        terminal.wait_for("A key was typed and is not stored.")
        terminal.press("ctrl+q")
        end = terminal.wait_for_end()
        assert (end.status, end.attributes, end.left, terminal.left_on()) == (0, True, [], [])


def test_by_command(environment: dict[str, str], security: None, home: Path) -> None:
    (home / "config.toml").write_text('[core]\n[llm]\nmodel = "anthropic/claude-x"\n')
    with Terminal([*WIZARD, "key", "unlock"], environment, folder=home) as terminal:
        terminal.wait_for("password to unlock default:")
        terminal.type("right")
        terminal.press("enter")
        assert terminal.wait_for_end().status == 0
        assert "macOS Keychain" in terminal.screen
