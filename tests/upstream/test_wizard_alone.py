"""Set up by the wizard alone, in tmux: the real CLI and the real agent server do what its schedule showed.

Run with --with-openhands.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from tools.agent_server import running_server, server_folder
from tools.llm_server import LlmServer
from tools.openhands_cli import RELEASES, cli_folder, run_headless
from tools.openhands_setups import KEY
from tools.tmux import Tmux


def begun(home: Path, url: str) -> None:
    """The file of somebody who never saw us, as the CLI's own set-up leaves it."""
    llm = {"model": "openai/gpt-test", "base_url": url, "api_key": KEY, "num_retries": 5}
    condenser = {"kind": "LLMSummarizingCondenser", "llm": {**llm, "usage_id": "condenser"}}
    whole = {"kind": "Agent", "llm": {**llm, "usage_id": "agent"}, "system_prompt_kwargs": {"cli_mode": True}}
    (home / ".openhands").mkdir()
    (home / ".openhands/agent_settings.json").write_text(json.dumps({**whole, "condenser": condenser}, indent=2))


def set_up(home: Path) -> None:
    """Canvas is chosen along, three attempts with a second between are typed, and all of it saved."""
    environ = {"HOME": str(home), "PATH": "/usr/bin:/bin", "TERM": "tmux-256color"}
    words = [f"{name}={value}" for name, value in environ.items()]
    with Tmux(["env", "-i", *words, "LANG=C.UTF-8", sys.executable, "-m", "tui"], environ) as tmux:
        tmux.wait_for("Overview", "✓ OpenHands CLI")
        tmux.press("ctrl+o")
        tmux.wait_for("For which OpenHands?")
        tmux.press("down", "enter")
        tmux.wait_for("✓ Agent Canvas")
        tmux.press("escape")
        tmux.wait_for("✓ OpenHands CLI  ✓ Agent Canvas")
        tmux.press("down", "down", "down", "down", "enter")
        tmux.wait_for("How long should OpenHands keep trying?")
        for text in ("3", "1", "1", "1"):
            tmux.press("BSpace", "BSpace", "BSpace")
            tmux.type(text)
            tmux.press("down")
        tmux.wait_for("Gives up after 2 s of waiting")
        tmux.press("ctrl+s")
        tmux.wait_for("Save these 4 changes?")
        tmux.press("enter")
        tmux.wait_for("Saved [llm] in")
        tmux.press("ctrl+q")


def waits(requests: list[dict[str, Any]], each: int) -> list[float]:
    """The seconds between attempts, of `each` requests."""
    at = [request["at"] for request in requests if request["path"].endswith("/completions")]
    return [round(at[number] - at[number - 1], 2) for number in range(each, len(at), each)]


def test_three_attempts_of_the_wizard_are_three_in_the_cli_and_in_the_agent_server(
    request: pytest.FixtureRequest, home: Path
) -> None:
    if not request.config.getoption("--with-openhands"):
        pytest.skip("the real programs are run with --with-openhands")
    cli, server = cli_folder(RELEASES[0]), server_folder()
    if cli is None or server is None:
        pytest.skip("uv is not installed")
    with LlmServer("429") as provider:
        begun(home, provider.base_url)
        set_up(home)
        run_headless(cli, home, {})
        by_cli = provider.requests()
        with running_server(server, home, {}) as running:
            running.converse(home)
        by_server = provider.requests()[len(by_cli) :]
    print("CLI:", len(by_cli), waits(by_cli, 3), "agent server:", len(by_server), waits(by_server, 1))
    assert (len(by_cli), len(by_server)) == (9, 3)
    assert all(wait >= 1 for wait in [*waits(by_cli, 3), *waits(by_server, 1)])
    keys = {each["headers"]["Authorization"] for each in (*by_cli, *by_server)}
    assert keys == {f"Bearer {KEY}"}
