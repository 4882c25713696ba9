"""The way from an empty home to an answered prompt, in whichever terminal."""

from dataclasses import dataclass

from tools.terminal import Terminal
from tools.tmux import Tmux


@dataclass(frozen=True)
class Seen:
    """Screens along the way."""

    countdown: str
    outcome: str
    finish: str


def walk(terminal: Terminal | Tmux, base_url: str, key: str) -> Seen:
    """Set up an endpoint of one's own, its key in the keyring, with waits of a second; test it; leave."""
    terminal.wait_for("Which provider", "Anthropic")
    terminal.type("compat")
    terminal.wait_for("1 of")
    terminal.press("enter")
    terminal.wait_for("Base URL", "GNOME Keyring, open")
    terminal.type(base_url)
    terminal.press("enter")
    terminal.wait_for_cursor("API key")
    terminal.paste(f"\n{key}\n")
    terminal.wait_for(f"•••{key[-4:]}", "● System keyring")
    terminal.press("enter")
    terminal.wait_for("context", "$/1M in")
    terminal.type("gpt-test")
    terminal.wait_for("use “openai/gpt-test” as typed")
    terminal.press("enter")
    terminal.wait_for("drop_params")
    terminal.press("enter")
    terminal.wait_for("Gives up after")
    for field in ("Shortest wait", "Longest wait"):
        terminal.press("down")
        terminal.wait_for_cursor(field)
        terminal.type("1")
    terminal.wait_for("Gives up after 7 s")
    terminal.press("enter")
    terminal.wait_for("+ model = ", "system keyring")
    terminal.press("enter")
    terminal.wait_for("Prompt", "Send", "openai/gpt-test")
    terminal.press("enter")
    countdown = terminal.wait_for("429", "waiting", "s more")
    outcome = terminal.wait_for("It works.")
    terminal.press("enter")
    finish = terminal.wait_for("How do you start OpenHands?")
    terminal.press("enter")
    return Seen(countdown, outcome, finish)
