"""Leaving the program, so that nothing tells that it was there. How long it takes is the benchmark's matter."""

import shutil
from pathlib import Path

from tools.terminal import Terminal


def forget_drafts(home: Path) -> None:
    """What an earlier walk left would be offered by the next."""
    shutil.rmtree(home / ".local/state", ignore_errors=True)


def gone(terminal: Terminal) -> None:
    """The last key ended the program, and nothing tells that it was there."""
    end = terminal.wait_for_end()
    assert (end.status, end.attributes, end.left) == (0, True, [])
    assert terminal.left_on() == []
    assert terminal.normal_text == ""
