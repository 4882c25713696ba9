"""The shortest way to a saved file, key by key; and the whole way in tmux, as most will see it."""

import re
import tomllib
from pathlib import Path

from tools.happy_path import walk
from tools.llm_server import LlmServer
from tools.tmux import Tmux

KEY = "sk-ant-api03-" + "e2eK9xR4tY7u" * 8
LEAVE = """"$0"; echo "status $?"; exec cat"""
"""A shell that stays when the program has gone, so that the normal screen can be seen."""


def test_anthropic_needs_a_provider_a_key_a_model_and_enter(wizard, keyring, home: Path) -> None:
    keyring("unlocked")
    terminal = wizard()
    terminal.wait_for("Which provider", "Anthropic")
    terminal.type("anthr")
    terminal.wait_for("1 of")
    terminal.press("enter")
    terminal.wait_for("GNOME Keyring, open")
    terminal.paste(KEY)
    terminal.wait_for("begins like a key of Anthropic")
    terminal.press("enter")
    terminal.wait_for("context", "Set a spending limit")
    terminal.type("sonnet")
    terminal.wait_for("claude-sonnet", lambda screen: "claude-opus" not in screen)
    terminal.press("enter")
    terminal.wait_for("drop_params")
    terminal.press("enter")
    terminal.wait_for("Gives up after 4 min 37 s")
    terminal.press("enter")
    terminal.wait_for("a new file of", "system keyring")
    assert not (home / ".openhands").exists()
    terminal.press("enter")
    terminal.wait_for("Prompt", "Send", "api.anthropic.com")
    saved = tomllib.loads((home / ".openhands/config.toml").read_text())
    assert re.match(r"anthropic/claude-sonnet-", saved["llm"].pop("model"))
    retries = {"num_retries": 8, "retry_min_wait": 15, "retry_max_wait": 120, "retry_multiplier": 2}
    assert saved == {"core": {}, "llm": retries}
    terminal.press("ctrl+q")
    assert terminal.wait_for_end().status == 0


def test_the_whole_way_in_tmux(unwarmed: str, environment: dict[str, str], keyring, home: Path) -> None:
    keyring("unlocked")
    with LlmServer("429,429,200") as server, Tmux(["sh", "-c", LEAVE, unwarmed], environment) as terminal:
        seen = walk(terminal, server.base_url, KEY)
        left = terminal.wait_for("status 0")
        assert len(server.requests()) == 3
    assert "3 of 8" in seen.outcome
    # a server of this machine: Docker is told its other name as well
    assert re.fullmatch(r"Saved \[llm\] in [^\n]*\n([^\n]+\n){,5}status 0\n+", left)
    assert tomllib.loads((home / ".openhands/config.toml").read_text())["llm"]["model"] == "openai/gpt-test"
