"""Leaving the program at once."""

import functools
import shutil
from collections.abc import Callable
from pathlib import Path

from tools.terminal import Terminal

AT_ONCE = 0.5
"""Seconds from the key to the end of the program."""
TRIES = 3
"""A machine that is busy with something else may take longer; it will not every time."""


def at_once(leave: Callable[..., float]) -> Callable[..., None]:
    """A test that leaves the program, and gives the seconds that this took."""

    @functools.wraps(leave)
    def repeated(**fixtures: object) -> None:
        taken: list[float] = []
        while not taken or taken[-1] >= AT_ONCE:
            assert len(taken) < TRIES, taken
            taken.append(leave(**fixtures))

    return repeated


def forget_drafts(home: Path) -> None:
    """What an earlier try left would be offered by the next."""
    shutil.rmtree(home / ".local/state", ignore_errors=True)


def gone(terminal: Terminal) -> float:
    """The last key ended the program, and nothing tells that it was there; the seconds that it took."""
    end = terminal.wait_for_end()
    assert (end.status, end.attributes, end.left) == (0, True, [])
    assert terminal.left_on() == []
    assert terminal.normal_text == ""
    return end.seconds
