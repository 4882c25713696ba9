"""The Key step in a real terminal with the keyring in every state: soon passed, and soon left."""

from pathlib import Path

import pytest
from tools.leaving import forget_drafts, gone

KEY = "sk-ant-api03-of-a-test-0123456789"
NONE, SILENT = "none answers here, as usual over SSH", "does not answer"
STATES = {
    "unlocked": "GNOME Keyring, open", "locked": "GNOME Keyring, locked", "nodefault": "not made yet",
    "noservice": "none answers here", "nobus": NONE, "stale": NONE, "wedged": SILENT, "activatable": SILENT,
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_the_key_step_is_soon_passed_and_soon_left(wizard, keyring, home: Path, state: str) -> None:
    forget_drafts(home)
    keyring(state)
    terminal = wizard()
    terminal.wait_for("Which provider", "Anthropic")
    terminal.press("enter")
    terminal.wait_for("Keep it in")
    terminal.paste(KEY)
    terminal.wait_for(f"•••{KEY[-4:]}", STATES[state])
    terminal.press("enter")
    if state != "unlocked":  # the file is always possible, and never taken by itself
        terminal.wait_for("● System keyring" if state in ("locked", "nodefault") else "choose with")
        terminal.press("down")
        terminal.wait_for("● Private file")
        terminal.press("enter")
    terminal.wait_for("context", "claude-")
    terminal.press("escape")
    terminal.wait_for("Keep it in", f"•••{KEY[-4:]}")  # where the keyring is looked at once more
    terminal.press("ctrl+q")
    terminal.wait_for("A key was typed and is not stored.")
    terminal.press("ctrl+q")
    gone(terminal)
