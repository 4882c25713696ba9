"""A key that is easy to recognise, and all the places where it must not be found."""

import base64
import os
import re
import threading
import time
from collections.abc import Callable
from typing import Final, Self

from tools.leaks import leaks
from tools.patience import LIMIT

KEY: Final = "sk-canary/T9+kQ2vX7mZ4pL8wR5tY1uB3nD6fG0hJ"
"""With characters that URLs and base64 write otherwise."""
EVERY: Final = 0.05
"""Seconds between two looks at all processes."""
_CLIPBOARD: Final = re.compile(rb"\x1b\]52;[^;]*;([A-Za-z0-9+/=]*)")


def copied(raw: bytes) -> list[bytes]:
    """What a program sent to the terminal's clipboard."""
    return [base64.b64decode(payload) for payload in _CLIPBOARD.findall(raw)]


class EveryCommandLine:
    """Looks at the arguments of every process of this machine for as long as a `with` lasts."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_again, daemon=True)
        self.seen: set[bytes] = set()
        self.unreadable: set[str] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._over.set()
        self._thread.join()

    @property
    def leaking(self) -> list[bytes]:
        """Those that give the key away."""
        return [words for words in self.seen if leaks(words, self._key)]

    def _look_again(self) -> None:
        while not self._over.wait(EVERY):
            for number in filter(str.isdigit, os.listdir("/proc")):
                try:
                    with open(f"/proc/{number}/cmdline", "rb", buffering=0) as words:
                        self.seen.add(words.read())
                except (FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
                    pass
                except OSError:
                    self.unreadable.add(number)


def until(condition: Callable[[], object], limit: float = LIMIT) -> None:
    """Wait until `condition` holds, in what no terminal shows."""
    deadline = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < deadline, f"not so after {limit} s"
        time.sleep(0.01)
