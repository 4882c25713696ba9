"""Ctrl+Q leaves at once, from everywhere and whatever is going on, and leaves nothing behind."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tools.leaving import forget_drafts, gone
from tools.llm_server import LlmServer
from tools.terminal import Terminal

CONFIG = """[core]

[llm]
model = "openai/gpt-test"
api_key = "sk-of-the-file-0123456789"
base_url = "{base_url}"
num_retries = 8
retry_min_wait = 15
retry_max_wait = 120
retry_multiplier = 2
"""
STEPS = {
    "Provider": "of 123", "Key": "Keep it in", "Model": "verified with OpenHands", "Options": "drop_params",
    "Retries": "Gives up after", "Review": "nothing to save", "Test": "Prompt",
}  # fmt: skip


@pytest.fixture
def configured(wizard, home: Path) -> Callable[..., Terminal]:
    """Opens the wizard where everything is set up; it shows the overview."""

    def start(base_url: str = "http://127.0.0.1:9/v1", **other: str) -> Terminal:
        path = home / ".openhands/config.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(CONFIG.format(base_url=base_url))
        forget_drafts(home)
        terminal = wizard(**other)
        terminal.wait_for("Next:")
        return terminal

    return start


def open_step(terminal: Terminal, step: str) -> None:
    """From the overview."""
    terminal.press("home", *["down"] * [*STEPS].index(step), "enter")
    terminal.wait_for(STEPS[step], "esc Back")


def test_from_the_overview(configured) -> None:
    terminal = configured()
    terminal.press("ctrl+q")
    gone(terminal)


@pytest.mark.parametrize("step", STEPS)
def test_from_a_step(configured, step: str) -> None:
    terminal = configured()
    open_step(terminal, step)
    terminal.press("ctrl+q")
    gone(terminal)


def test_from_each_step_with_something_unsaved_the_second_time(configured) -> None:
    terminal = configured()
    open_step(terminal, "Retries")
    terminal.type("9")
    terminal.wait_for("1 change")
    for step in (step for step in STEPS if step != "Review"):
        terminal.press("escape")
        terminal.wait_for("Next:")
        open_step(terminal, step)
        terminal.press("ctrl+q")
        terminal.wait_for("Leave without saving?", "1 change is not saved: [llm].")
        terminal.press("escape")
        terminal.wait_for(STEPS[step], lambda screen: "Leave without saving?" not in screen)
    terminal.press("ctrl+s")
    terminal.wait_for("- num_retries = 8")
    terminal.press("ctrl+q")
    terminal.wait_for("Leave without saving?")
    terminal.press("ctrl+q")
    gone(terminal)


def test_as_soon_as_the_first_page_is_there(wizard) -> None:
    terminal = wizard()
    terminal.wait_for("Which provider")
    terminal.press("ctrl+q")
    gone(terminal)


def test_from_help_and_commands(configured) -> None:
    terminal = configured()
    terminal.press("f1")
    terminal.wait_for("esc Close")
    terminal.press("ctrl+q")
    gone(terminal)


def test_while_the_keyring_does_not_answer(wizard, keyring, home: Path) -> None:
    forget_drafts(home)
    keyring("wedged")
    terminal = wizard()
    terminal.wait_for("Which provider")
    terminal.press("enter")
    terminal.wait_for("checking …")
    terminal.press("ctrl+q")
    gone(terminal)


def test_while_the_key_is_being_stored(wizard, keyring, home: Path) -> None:
    service = keyring("unlocked")
    forget_drafts(home)
    terminal = wizard()
    terminal.wait_for("Which provider")
    terminal.press("enter")
    terminal.wait_for("GNOME Keyring, open")
    terminal.type("sk-ant-0123456789abcdef")
    terminal.wait_for("•••cdef")
    for there in ("claude-", "drop_params", "Gives up after", "a new file of"):
        terminal.press("enter")
        terminal.wait_for(there)
    service.wedge()
    terminal.press("enter")
    terminal.press("ctrl+q")
    terminal.wait_for("Leave without saving?", "A key was typed and is not stored.")
    terminal.press("ctrl+q")
    gone(terminal)
    assert not (home / ".openhands/config.toml").exists()


def test_while_the_test_waits_for_its_next_attempt(configured) -> None:
    with LlmServer("429") as server:
        terminal = configured(server.base_url)
        open_step(terminal, "Test")
        terminal.press("enter")
        terminal.wait_for("429", "waiting")
        terminal.press("ctrl+q")
        gone(terminal)
        assert len(server.requests()) == 1


def test_while_the_provider_does_not_answer(configured) -> None:
    with LlmServer("hang") as server:
        terminal = configured(server.base_url)
        open_step(terminal, "Test")
        terminal.press("enter")
        terminal.wait_for("asking", lambda _screen: server.requests())
        terminal.press("ctrl+q")
        gone(terminal)
        assert len(server.requests()) == 1


def test_while_litellm_is_being_imported(configured, program: str) -> None:
    """By the program as it was installed; the others find it imported."""
    terminal = configured(program=program)
    open_step(terminal, "Test")
    terminal.press("enter")
    terminal.wait_for("asking")
    terminal.press("ctrl+q")
    gone(terminal)


def test_from_a_rehearsal(configured) -> None:
    terminal = configured()
    open_step(terminal, "Test")
    terminal.press("ctrl+r")
    terminal.wait_for("429", "waiting")
    terminal.press("ctrl+q")
    gone(terminal)
