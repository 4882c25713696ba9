"""A keyring that asks in a window of its own: waited for on its desktop, and named where it is far away."""

from pathlib import Path

from tools.leaving import forget_drafts, gone
from tools.wallet import Wallet

KEY = "sk-ant-api03-of-a-test-0123456789"


def test_it_is_waited_for_on_the_desktop(wizard, environment: dict[str, str], keyring) -> None:
    with Wallet(keyring("noservice")) as wallet:
        environment["DISPLAY"] = ":0"
        terminal = wizard()
        to_the_places(terminal)
        terminal.wait_for("● System keyring   KWallet, locked", "Enter asks it to open its window")
        terminal.press("enter")
        terminal.wait_for("KWallet asks for its password", "esc Stop waiting")
        assert wallet.asked.wait(10)
        terminal.press("escape")
        terminal.wait_for("Keep it in", lambda screen: "Stop waiting" not in screen)
        wallet.close_window(typed=False)
        terminal.press("enter")
        terminal.wait_for("KWallet asks for its password")
        wallet.close_window(typed=True)
        terminal.wait_for("context", "claude-")


def test_while_it_is_waited_for_one_can_leave(wizard, environment: dict[str, str], keyring, home: Path) -> None:
    forget_drafts(home)
    with Wallet(keyring("noservice")) as wallet:
        environment["WAYLAND_DISPLAY"] = "wayland-0"
        terminal = wizard()
        to_the_places(terminal)
        terminal.wait_for("● System keyring")
        terminal.press("enter")
        terminal.wait_for("esc Stop waiting")
        assert wallet.asked.wait(10)
        terminal.press("ctrl+q")
        terminal.wait_for("A key was typed and is not stored.")
        terminal.press("ctrl+q")
        gone(terminal)


def test_far_away_another_place_is_chosen(wizard, environment: dict[str, str], keyring) -> None:
    with Wallet(keyring("noservice")) as wallet:
        environment |= {"DISPLAY": "localhost:10.0", "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}
        terminal = wizard()
        to_the_places(terminal)
        terminal.wait_for("○ System keyring   KWallet, locked: opens on its own desktop only", "choose with")
        terminal.press("down", "enter")
        terminal.wait_for("context", "claude-")
        assert not wallet.asked.is_set()


def to_the_places(terminal) -> None:
    terminal.wait_for("Which provider", "Anthropic")
    terminal.press("enter")
    terminal.wait_for("Keep it in", "KWallet")
    terminal.paste(KEY)
    terminal.wait_for(f"•••{KEY[-4:]}")
    terminal.press("enter")
