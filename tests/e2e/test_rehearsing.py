"""Rehearse works where there is no key, no network and no keyring."""

from pathlib import Path

import pytest

DEAD = "http://127.0.0.1:9"
"""An address at which nobody listens, in the place of the network."""
PROXIES = [f"{scheme}_proxy" for scheme in ("http", "https", "all")]


@pytest.fixture(autouse=True)
def no_network(environment: dict[str, str]) -> None:
    environment.update({form: DEAD for name in PROXIES for form in (name, name.upper())})


def test_in_a_first_run_without_a_key(wizard, home: Path) -> None:
    terminal = wizard()
    terminal.wait_for("Which provider", "Anthropic")
    terminal.press("enter")
    terminal.wait_for("none answers here")
    terminal.press("enter")
    terminal.wait_for("● Environment")
    terminal.press("enter")
    terminal.wait_for("context", "claude-")
    terminal.press("enter")
    terminal.wait_for("drop_params")
    terminal.press("enter")
    terminal.wait_for("Gives up after")
    terminal.press("enter")
    terminal.wait_for("a new file of")
    terminal.press("enter")
    _rehearse(terminal)


def test_with_a_provider_that_takes_no_key(wizard, home: Path) -> None:
    config = home / ".openhands/config.toml"
    config.parent.mkdir()
    config.write_text(f'[core]\n[llm]\nmodel = "ollama/llama3"\nbase_url = "{DEAD}"\n')
    terminal = wizard()
    terminal.wait_for("Next:")
    terminal.press("ctrl+t")
    _rehearse(terminal)


def _rehearse(terminal) -> None:
    terminal.wait_for("Prompt", "Send")
    terminal.press("ctrl+r")
    terminal.wait_for("429", "waiting")
    terminal.wait_for("“ready”", "3 of ")
