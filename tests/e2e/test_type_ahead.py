"""Over a slow line several keys arrive at once; each goes where it would have gone had it come alone."""

import tomllib
from pathlib import Path

from tools.leaks import leaks
from tools.terminal import KEYS

KEY = "sk-typed-ahead-0123456789abcdef"
DOWN, ENTER = KEYS["down"], KEYS["enter"]


def test_a_key_pasted_right_behind_the_enter_is_not_seen(wizard, keyring) -> None:
    keyring("unlocked")
    terminal = wizard()
    terminal.wait_for("123 of 123")
    terminal.type("compat")
    terminal.wait_for("1 of 123")
    terminal.send(ENTER + b"http://127.0.0.1:9/v1" + ENTER + b"\x1b[200~" + KEY.encode() + b"\x1b[201~")
    screen = terminal.wait_for("•••cdef", "● System keyring")
    assert "Base URL           http://127.0.0.1:9/v1\n" in screen
    assert not leaks(terminal.raw, KEY)


def test_numbers_go_into_their_own_fields(wizard, home: Path) -> None:
    config = home / ".openhands/config.toml"
    config.parent.mkdir()
    config.write_text('[core]\n[llm]\nmodel = "ollama/llama3"\nbase_url = "http://127.0.0.1:9"\n')
    terminal = wizard()
    terminal.wait_for("Next:")
    terminal.send(DOWN * 4 + ENTER + b"5" + DOWN + b"21" + DOWN + b"210" + DOWN + b"3" + b"\x13")
    terminal.wait_for("+ num_retries = 5")
    terminal.press("enter")
    terminal.wait_for("Prompt", "Send")
    saved = tomllib.loads(config.read_text())["llm"]
    wanted = {"num_retries": 5, "retry_min_wait": 21, "retry_max_wait": 210, "retry_multiplier": 3}
    assert {name: saved[name] for name in wanted} == wanted
