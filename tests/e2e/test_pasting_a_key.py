"""A key comes into its field whole and clean, from whichever place it was copied and through whichever terminal."""

import json
from pathlib import Path

import pytest
from tools.leaks import leaks
from tools.terminal import Terminal

KEY = "sk-ant-api03-Zm9vYmFyYmF6-XyZ4"
OPENROUTER = "sk-or-v1-0123456789abcdef0123456789abcd9f2Q"
SEEN = "begins like a key of Anthropic", f"•••XyZ4  {len(KEY)} characters"
TYPED = {
    "alone": KEY, "blanks before and behind": f"  {KEY} ", "double quotes": f'"{KEY}"', "single quotes": f"'{KEY}'",
    "a line of a script": f"export ANTHROPIC_API_KEY={KEY}", "an assignment": f'ANTHROPIC_API_KEY = "{KEY}"',
    "a header's value": f"Bearer {KEY}", "a header": f"Authorization: Bearer {KEY}",
    "a zero-width space inside": f"{KEY[:9]}\u200b{KEY[9:]}", "a byte order mark": f"\ufeff{KEY}",
}  # fmt: skip
PASTED = {
    **TYPED, "lines around it": f"\n{KEY}\n", "Windows lines around it": f"\r\n{KEY}\r\n",
    "on two lines": f"{KEY[:20]}\n{KEY[20:]}", "on two Windows lines": f"{KEY[:20]}\r\n{KEY[20:]}\r\n",
    "NUL behind it": f"{KEY}\0", "tabs": f"\t{KEY}\t",
}  # fmt: skip
REFUSED = {
    "two words": "There is a space inside", "https://console.anthropic.com/settings/keys": "That is a web address.",
    "sk-ant-...XyZ4": "That is the shortened form of a key", f"{KEY}\n{KEY}": "There is more than one key in it.",
    "$ANTHROPIC_API_KEY": "That is the name of a variable.", "\n": "There is no key in it.",
}  # fmt: skip


@pytest.fixture
def terminal(wizard) -> Terminal:
    terminal = wizard()
    terminal.wait_for("Which provider", "Anthropic")
    terminal.press("enter")
    terminal.wait_for("Keep it in", "none answers here")
    return terminal


def emptied(terminal: Terminal) -> None:
    terminal.press("ctrl+u")
    terminal.wait_for("Paste it; only its last four")


def test_pasted(terminal: Terminal) -> None:
    for what, text in PASTED.items():
        terminal.paste(text)
        whole = what in ("alone", "NUL behind it")
        screen = terminal.wait_for(*SEEN, *([] if whole else ["Left out: "]))
        assert not (whole and "Left out: " in screen), what
        emptied(terminal)
    for text, said in REFUSED.items():
        terminal.paste(text)
        terminal.wait_for(said)
    terminal.paste(KEY)
    terminal.wait_for(*SEEN)
    terminal.paste("two words")
    terminal.wait_for("There is a space inside", "•" * len(KEY))  # the one before is still there
    assert not leaks(terminal.raw, KEY)


def test_typed_as_terminals_without_bracketed_paste_pass_it_on(terminal: Terminal) -> None:
    for text in TYPED.values():
        terminal.send(text.encode())
        terminal.wait_for(*SEEN)
        emptied(terminal)
    terminal.send(f"\r\n{KEY}".encode())  # the line break is Enter, and leads to the places
    terminal.wait_for(*SEEN)
    emptied(terminal)
    terminal.send(b"two words\r")
    terminal.wait_for("There is a space inside")
    terminal.wait_for_cursor("API key")
    emptied(terminal)
    terminal.send(f'export A="{KEY}"\r'.encode())
    terminal.wait_for(*SEEN, "choose with ↑ ↓")
    assert not leaks(terminal.raw, KEY)


def test_a_key_pasted_elsewhere_is_not_shown(wizard) -> None:
    terminal = wizard()
    terminal.wait_for("Which provider", "Anthropic")
    terminal.paste(KEY)
    terminal.wait_for("That looks like an API key")
    terminal.type("compat")
    terminal.wait_for("1 of")
    terminal.press("enter")
    terminal.wait_for("https://HOST/v1", "Keep it in")
    terminal.paste(KEY)
    terminal.wait_for(f"•••XyZ4  {len(KEY)} characters")
    terminal.wait_for_cursor("API key")
    terminal.press("shift+tab")
    terminal.wait_for_cursor("Base URL")
    terminal.paste("https://llm.example.com/v1\n")
    terminal.wait_for("https://llm.example.com/v1")
    assert not leaks(terminal.raw, KEY)


def test_another_providers_key_offers_the_switch(terminal: Terminal) -> None:
    terminal.paste(OPENROUTER)
    terminal.wait_for("This looks like a key of OpenRouter.", "^o switch to OpenRouter")
    terminal.press("ctrl+o")
    terminal.wait_for(
        "Paste the key for OpenRouter", f"•••9f2Q  {len(OPENROUTER)} characters", "begins like a key of OpenRouter"
    )
    terminal.press("escape")
    terminal.wait_for("▌OpenRouter")
    assert not leaks(terminal.raw, OPENROUTER)


@pytest.mark.parametrize("where", ["ANTHROPIC_API_KEY", "~/.openhands/agent_settings.json"])
def test_a_key_that_is_there_is_taken_into_the_keyring(wizard, keyring, environment, home: Path, where: str) -> None:
    keyring("unlocked")
    if where.startswith("~"):
        path = Path(where.replace("~", str(home)))
        path.parent.mkdir()
        path.write_text(json.dumps({"llm": {"model": "anthropic/claude-sonnet-4-5", "api_key": KEY}}))
    else:
        environment[where] = KEY
    environment["LLM_SETUP_FOR"] = "toml"  # else that of the command line is what is set up
    terminal = wizard()
    terminal.wait_for("Which provider", "Anthropic")
    terminal.press("enter")
    terminal.wait_for(where, "•••XyZ4", "^o ", "GNOME Keyring, open")
    terminal.press("ctrl+o")
    terminal.wait_for(*SEEN, "● System keyring")
    assert not leaks(terminal.raw, KEY)


def test_a_key_in_the_file_is_moved_to_the_keyring(wizard, keyring, home: Path) -> None:
    keyring("unlocked")
    config = home / ".openhands/config.toml"
    config.parent.mkdir()
    config.write_text(f'[core]\n[llm]\nmodel = "anthropic/claude-sonnet-4-5"\napi_key = "{KEY}"\n')
    terminal = wizard()
    terminal.wait_for("Next:")
    terminal.press("home", "down", "enter")
    terminal.wait_for("in config.toml, •••XyZ4", "^o move it to the keyring")
    terminal.press("ctrl+o")
    terminal.wait_for("● System keyring")
    terminal.press("ctrl+s")
    terminal.wait_for("- api_key", "system keyring")
    terminal.press("enter")
    terminal.wait_for("Prompt", "Send")
    assert KEY not in config.read_text()
    assert not leaks(terminal.raw, KEY)
