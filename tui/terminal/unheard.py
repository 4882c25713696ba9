"""Ctrl+Q while the terminal takes nothing: the app waits for it to read on, perhaps for ever, and does not hear."""

import contextlib
import select
import threading
from collections.abc import Callable
from typing import Final

PATIENCE: Final = 2.0
"""Seconds in which a line that has only faltered takes something again."""


class Unheard:
    """Calls `end`, in a thread of its own, with how often Ctrl+Q was pressed since `fileno` took anything."""

    def __init__(self, fileno: int, end: Callable[[int], object]) -> None:
        self._fileno = fileno
        self._end = end
        self._times = 0
        self._watching = threading.Lock()

    def press(self) -> None:
        """Ctrl+Q was pressed. From the thread that reads keys."""
        self._times += 1
        if self._watching.acquire(blocking=False):
            threading.Thread(target=self._watch, name="unheard", daemon=True).start()

    def _watch(self) -> None:
        with contextlib.suppress(OSError, ValueError):  # the terminal has gone
            if select.select([], [self._fileno], [], PATIENCE)[1]:
                self._times = 0
            else:
                self._end(self._times)
        self._watching.release()
