"""Being ended from outside: by a signal, or because the terminal has gone."""

import asyncio
import contextlib
import os
import select
import signal
import termios
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, Final, NoReturn

from tui.base.uninterrupted import SIGNALS, wait_until_done

# -- what a terminal is told at the end, though it may take nothing any more: a write that cannot block

LAST_WORDS: Final = (
    b"\x18\x1b\\\x1b[?2026l\x1b[r\x1b[m\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"
    b"\x1b[?2004l\x1b[?2048l\x1b[?1004l\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h"
)
"""An end of what was half sent, no margins and no style; no mouse, no bracketed paste, no reports of focus or size,
lines that wrap, usual keys, the normal screen, a cursor."""
_LIMIT: Final = 0.2
"""Seconds for the terminal to take them."""
_TURN: Final = 0.005


def restore_terminal(fileno: int, attributes: list[Any] | None) -> bool:
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


GRACE: Final = 0.3
"""Seconds to end in order. The app cannot while it waits for a terminal that takes no bytes."""
PATIENCE: Final = 20.0
"""Seconds for a save to end: a keyring that does not answer is given up before."""


class Ending:
    """Calls `end` in the loop with the number of the signal, SIGHUP for a terminal that has gone.

    Python's own way of a signal into the loop would not do: the loop may be the one that is stuck. Where SIGHUP was
    ignored by who started us nobody would tell, so a thread waits for the terminal to go; that costs nothing. If the
    process has not ended after `GRACE`, `keep` and `discard` are called, the latter to end our children and remove what
    is theirs, and it ends at once. That holds to the last: once the app has given the terminal back, a key may be a
    signal again while children are being closed.
    """

    def __init__(self, end: Callable[[int], object], keep: Callable[[], object], discard: Callable[[], object]) -> None:
        self._end = end
        self._keep = keep
        self._discard = discard
        self._loop: asyncio.AbstractEventLoop | None = None
        self._begun = threading.Event()
        self._attributes: list[Any] | None = None
        with contextlib.suppress(termios.error):
            self._attributes = termios.tcgetattr(0)  # now: when the app runs it has changed them

    def watch(self) -> None:
        """From now on. To be called in the loop."""
        self._loop = asyncio.get_running_loop()
        for number in SIGNALS:
            signal.signal(number, self._take)
        threading.Thread(target=self._wait_for_hangup, name="hangup", daemon=True).start()

    def over(self) -> None:
        """The app is over: it needs no call any more, and has `GRACE` to close what it opened."""
        self._loop = None

    def _take(self, number: int, _frame: FrameType | None) -> None:
        self.begin(number)

    def _wait_for_hangup(self) -> None:
        poll = select.poll()
        poll.register(0, 0)  # nothing but the hang-up wakes it
        while self._loop is not None:
            if any(happened & select.POLLHUP for _fd, happened in poll.poll()):
                self.begin(signal.SIGHUP)
                return

    def begin(self, number: int) -> None:
        """End; only the first call counts."""
        if self._begun.is_set():
            return
        self._begun.set()
        threading.Thread(target=self._end_at_last, args=(number,), name="end", daemon=True).start()
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._end, number)

    def _end_at_last(self, number: int) -> None:
        time.sleep(GRACE)
        self.end_now(status(number))

    def end_now(self, code: int) -> NoReturn:
        """End with status `code`, from any thread: at once, or when a save is done that has begun.

        The terminal is told how to be left, if it will take it.
        """
        self._wait_for_save()
        for last in (self._keep, self._discard):
            with contextlib.suppress(Exception):
                last()
        if not is_gone():
            with contextlib.suppress(OSError):
                restore_terminal(0, self._attributes)
        os._exit(code)

    def _wait_for_save(self) -> None:
        """A terminal that takes nothing must not keep it waiting."""
        until = time.monotonic() + PATIENCE
        terminal = None
        while not wait_until_done(_TURN * 10) and time.monotonic() < until:
            terminal = terminal or (None if is_gone() else _opened(0))
            if terminal is not None:
                _make_room(terminal)


def status(number: int) -> int:
    """The exit status of a program that a signal ended, as shells have it."""
    return 128 + number


def is_gone() -> bool:
    """Whether there is no terminal any more."""
    poll = select.poll()
    poll.register(0, 0)
    return any(happened & (select.POLLHUP | select.POLLNVAL) for _fd, happened in poll.poll(0))
