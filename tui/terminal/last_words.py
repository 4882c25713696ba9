"""What a terminal is told at the end, though it may take nothing any more: a write that cannot block."""

import contextlib
import os
import termios
import time
from typing import Any, Final

LAST_WORDS: Final = (
    b"\x18\x1b\\\x1b[?2026l\x1b[r\x1b[m\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"
    b"\x1b[?2004l\x1b[?2048l\x1b[?1004l\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h"
)
"""An end of what was half sent, no margins and no style; no mouse, no bracketed paste, no reports of focus or size,
lines that wrap, usual keys, the normal screen, a cursor."""
_LIMIT: Final = 0.2
"""Seconds for the terminal to take them."""
_TURN: Final = 0.005


def restore(fileno: int, attributes: list[Any] | None) -> bool:
    """Leave the terminal as it was: its attributes, then the modes; whether it has taken all of that.

    What was written before and not read is thrown away, so that there is room. Threads that write from now on wait for
    ever: one that went on might end the program before this is said. If the other end reads again after we are gone,
    it reads this.
    """
    terminal = _opened(fileno)
    if terminal is None:
        return False
    nowhere = _full_pipe()
    for ours in (1, 2):
        if os.isatty(ours):
            os.dup2(nowhere, ours)
    if attributes is not None:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(terminal, termios.TCSANOW, attributes)
    return _written(terminal)


def _opened(fileno: int) -> int | None:
    """The same terminal once more: a mode of ours must not become one of the shell's."""
    with contextlib.suppress(OSError):
        return os.open(os.ttyname(fileno), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
    return None


def _full_pipe() -> int:
    """What takes not a byte."""
    _reader, full = os.pipe()
    os.set_blocking(full, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(full, bytes(4096))
    os.set_blocking(full, True)
    return full


def _written(terminal: int) -> bool:
    left, until = LAST_WORDS, time.monotonic() + _LIMIT
    _make_room(terminal)
    while left:
        with contextlib.suppress(BlockingIOError):
            left = left[os.write(terminal, left) :]
            continue
        if time.monotonic() > until:
            return False
        _make_room(terminal)
        time.sleep(_TURN)
    return True


def _make_room(terminal: int) -> None:
    """Drop what was not read. To stop and go on wakes who waits for room: flushing alone does not."""
    with contextlib.suppress(termios.error):
        termios.tcflush(terminal, termios.TCOFLUSH)
        termios.tcflow(terminal, termios.TCOOFF)
        termios.tcflow(terminal, termios.TCOON)
