"""Only cells that change are sent: at each stop of a walk the screen is what a whole painting makes of it."""

import contextlib
import random
from pathlib import Path

import psutil
import pytest
from tools.terminal import SCREEN, Terminal

CONFIG = """[core]
[llm]
model = "anthropic/claude-sonnet-4-5-20250929"
num_retries = 8
[llm.cheap]
model = "openai/gpt-4o"
"""
KEYS = [
    *["down"] * 4, *["up"] * 2, "tab", "shift+tab", "enter", "enter", "escape", "f1", "left", "right", "home",
    "end", "backspace", "s", "o", "5", "x", "g", "ctrl+o", "\x1b[6~", "\x1b[5~",
]  # fmt: skip


def cells(terminal: Terminal) -> list[tuple[int, str]]:
    """The rows at rest, each cell with its style; a blank with its background."""
    before = None
    with terminal._seen, contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(terminal.pid)
        while before != (now := (len(terminal._raw), process.cpu_times()[:2], psutil.STATUS_SLEEPING)) or _waits(
            terminal
        ):
            before = (*now[:2], process.status())  # on a busy machine it may be about to run
            terminal._seen.wait(0.3)  # a pressed button looks so for 0.2 s
    with terminal._seen:
        rows = [[terminal._screen.buffer[y][x] for x in range(80)] for y in range(24)]
        return [(y, "".join(_as_seen(cell) for cell in row)) for y, row in enumerate(rows)]


def _waits(terminal: Terminal) -> bool:
    """For an answer, which comes when it comes."""
    return any(words in terminal._text() for words in ("Asking ", "checking …"))


def _as_seen(cell) -> str:
    letter = "" if cell.data == " " and not cell.reverse and not cell.underscore else f"{cell.fg}{cell.bold}"
    return f"{cell.data}{letter}{cell.bg}{cell.reverse}{cell.underscore} "


@pytest.mark.parametrize("number", range(2))
def test_a_walk_leaves_nothing_stale(unwarmed: str, environment: dict[str, str], home: Path, number: int) -> None:
    chance = random.Random(number)
    (home / ".openhands").mkdir()
    if number % 2:
        (home / ".openhands/config.toml").write_text(CONFIG)
    with Terminal([unwarmed], {**environment, "COLORTERM": "truecolor"}) as terminal:
        terminal.wait_for("Overview" if number % 2 else "123 of 123")
        for stop in range(12):
            keys = [chance.choice(KEYS) for _key in range(3)]
            terminal.press(*keys)
            shown = cells(terminal)
            if not terminal.modes()[SCREEN]:
                return  # Escape on the first page leads out
            terminal.press("ctrl+l")
            whole = cells(terminal)
            assert [row for row, other in zip(whole, shown, strict=True) if row != other] == [], (stop, keys)
        terminal.press("ctrl+q", "ctrl+q")
        assert terminal.wait_for_end().status == 0
