"""Random keys, pastes and resizes in a real terminal: no traceback, and quitting always works."""

import os
import random
from pathlib import Path

import pytest
from tools.terminal import KEYS, Terminal

CONFIG = """[core]
[llm]
model = "openai/gpt-4o"
base_url = "http://127.0.0.1:9/v1"
num_retries = 2
retry_min_wait = 0
retry_max_wait = 0
retry_multiplier = 0
"""
ODD = [  # what terminals send as well: unknown sequences, half of one, focus, mouse, a character of another encoding
    b"\x1b[200~two\rlines\x1b[201~", b"\x1b[1;5P", b"\x1b[", b"\x1b[I", b"\x1b[<0;5;5M\x1b[<0;5;5m", "ä中".encode(),
    b"\x00", b"\xe9 in another encoding",     b"\x1b[200~" + b"x" * 2000 + b"\x1b[201~", b"\x1b[<64;9;9M",
]  # fmt: skip
PLAIN = [bytes([number]) for number in range(1, 127) if number not in (0x11, 0x03, 0x1A, 0x1B)]
COUNT = int(os.environ.get("WALKS", "4"))


@pytest.mark.parametrize("number", range(COUNT))
def test_a_random_walk(unwarmed: str, environment: dict[str, str], home: Path, number: int) -> None:
    chance = random.Random(number)
    (home / ".openhands").mkdir()
    if number % 2:
        (home / ".openhands/config.toml").write_text(CONFIG)
    with Terminal([unwarmed], environment) as terminal:
        terminal.wait_for("Overview" if number % 2 else "Which provider")
        for _act in range(60):
            if chance.random() < 0.1:
                terminal.resize(*chance.choice([(80, 24), (60, 20), (30, 8), (132, 50)]))
            terminal.send(chance.choice([chance.choice(PLAIN), chance.choice([*KEYS.values()]), chance.choice(ODD)]))
        terminal.resize(80, 24)
        terminal.press("ctrl+q", "ctrl+q")
        end = terminal.wait_for_end()
        assert (end.status, end.attributes, end.left, terminal.left_on()) == (0, True, [], [])
        assert "Traceback" not in terminal.normal_text
