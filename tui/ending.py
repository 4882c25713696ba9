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

from tui.terminal.last_words import restore

SIGNALS: Final = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)
GRACE: Final = 0.3
"""Seconds to end in order. The app cannot while it waits for a terminal that takes no bytes."""


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
        """End at once with status `code`, from any thread; the terminal is told how to be left, if it will take it."""
        for last in (self._keep, self._discard):
            with contextlib.suppress(Exception):
                last()
        if not is_gone():
            with contextlib.suppress(OSError):
                restore(0, self._attributes)
        os._exit(code)


def status(number: int) -> int:
    """The exit status of a program that a signal ended, as shells have it."""
    return 128 + number


def is_gone() -> bool:
    """Whether there is no terminal any more."""
    poll = select.poll()
    poll.register(0, 0)
    return any(happened & (select.POLLHUP | select.POLLNVAL) for _fd, happened in poll.poll(0))
