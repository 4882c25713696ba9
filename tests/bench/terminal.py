"""A program in a pseudo terminal, with the time at which each of its bytes arrived.

Nothing is emulated while the program is at work: on a small machine that would slow down what is measured. The bytes
are kept, and drawn on an emulated screen when somebody asks what is on it.
"""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyte

COLUMNS, ROWS = 80, 24
LONGEST = 60.0
"""Seconds after which a wait has failed."""
FRAME = 0.12
"""Seconds without output that end an answer to a key."""

KEYS = {
    "enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f", "up": "\x1b[A", "down": "\x1b[B",
    "home": "\x1b[H", "ctrl+q": "\x11", "ctrl+s": "\x13", "ctrl+t": "\x14",
}  # fmt: skip

# pyte would print the tails of these: requests for modes, keyboard protocols and colours, and strings for the terminal
_UNKNOWN = re.compile(rb"\x1b\[[<=>][0-9;]*[a-zA-Z]|\x1b\[\??[0-9;]*\$p|\x1b[P_^].*?\x1b\\|\x1b\[[0-9;]* q", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a key brought: ms until its first and its last byte arrived, and how many."""

    first: float
    last: float
    size: int


class Missed(Exception):
    """Something did not come in time; the text is what was on the screen instead."""


class Terminal:
    """One run of one program."""

    def __init__(self, words: Sequence[str], environ: Mapping[str, str], folder: Path) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._chunks: list[tuple[float, bytes]] = []
        self._drawn = 0
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            words, stdin=theirs, stdout=theirs, stderr=theirs, env=dict(environ), cwd=folder, start_new_session=True
        )
        os.close(theirs)

    def read(self, seconds: float) -> bool:
        """Take what comes within `seconds`; whether anything came."""
        ready, _, _ = select.select([self._ours], [], [], max(seconds, 0))
        if not ready:
            return False
        try:
            data = os.read(self._ours, 65536)
        except OSError:  # the program closed its end
            return False
        self._chunks.append((time.perf_counter(), data))
        return bool(data)

    def received(self, since: int = 0) -> int:
        """Bytes that came, from chunk number `since` on."""
        return sum(len(data) for _at, data in self._chunks[since:])

    def listen(self, seconds: float) -> int:
        """Bytes that come within `seconds`."""
        mark, end = len(self._chunks), time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)
        return self.received(mark)

    def wait_quiet(self, seconds: float = FRAME) -> float:
        """Wait until nothing came for `seconds`; ms from the start to the last byte."""
        end = time.perf_counter() + LONGEST
        while self.read(seconds):
            if time.perf_counter() > end:
                raise Missed("it never became quiet")
        return self.last()

    def last(self) -> float:
        """Ms from the start to the last byte that came."""
        return self.ms(self._chunks[-1][0]) if self._chunks else 0.0

    def wait_bytes(self, text: str) -> None:
        """Wait until the program has written `text` in one piece. Cheap, for while it is being timed."""
        end, wanted = time.perf_counter() + LONGEST, text.encode()
        while wanted not in b"".join(data for _at, data in self._chunks):
            self.read(0.05)
            if time.perf_counter() > end or self.process.poll() is not None:
                raise Missed(f"no {text!r} in:\n{self.text()}")

    def ms(self, at: float) -> float:
        """A moment as ms since the program was started."""
        return (at - self.began) * 1000

    def drawn_at(self, text: str) -> float:
        """Ms from the start to the chunk with which `text` was on the screen. Asked before anything else is drawn."""
        while self._drawn < len(self._chunks):
            at = self._chunks[self._drawn][0]
            self._draw(self._drawn + 1)
            if any(text in line for line in self._screen.display):
                return self.ms(at)
        raise Missed(f"no {text!r} on the screen:\n{self.text()}")

    def _draw(self, upto: int) -> None:
        data = b"".join(data for _at, data in self._chunks[self._drawn : upto])
        self._drawn = upto
        self._stream.feed(_UNKNOWN.sub(b"", data))

    def text(self) -> str:
        """What is on the screen now."""
        self._draw(len(self._chunks))
        return "\n".join(self._screen.display)

    def wait_text(self, text: str) -> None:
        """Wait until `text` is on the screen and the frame is complete."""
        end = time.perf_counter() + LONGEST
        while text not in self.text():
            self.read(0.05)
            if time.perf_counter() > end or self.process.poll() is not None:
                raise Missed(f"no {text!r} on the screen:\n{self.text()}")
        self.wait_quiet()

    def send(self, key: str) -> None:
        """Press a key, by name or as a character."""
        os.write(self._ours, KEYS.get(key, key).encode())

    def press(self, key: str) -> Answer | None:
        """Press a key and wait until its answer is complete; None when there is none within 0.5 s."""
        mark, pressed = len(self._chunks), time.perf_counter()
        self.send(key)
        if not self.read(0.5):
            return None
        self.wait_quiet()
        first, last = self._chunks[mark][0], self._chunks[-1][0]
        return Answer((first - pressed) * 1000, (last - pressed) * 1000, self.received(mark))

    def wait_exit(self) -> float:
        """Wait until the program has ended; ms that it took from now."""
        asked = time.perf_counter()
        while self.process.poll() is None:
            self.read(0.001)
            if time.perf_counter() - asked > LONGEST:
                raise Missed("it did not end")
        return (time.perf_counter() - asked) * 1000

    def close(self) -> None:
        """Kill what is left of it."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._ours)
