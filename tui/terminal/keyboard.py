"""Reading the terminal in a thread of its own: whatever it sends, the program goes on and can be quit.

It takes the place of Textual's reader, which gives each character of a flood a message of its own, 5 ms of work, and
ends the program at the first sequence that its parser trips over.
"""

import contextlib
import os
import select
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from textual import events
from textual._xterm_parser import XTermParser
from textual.constants import ESCAPE_DELAY
from textual.driver import Driver
from textual.message import Message

from tui.terminal.sequences import is_motion, is_quit, understood
from tui.terminal.sieve import LARGEST, Kind, Piece, Sieve

# -- ctrl+Q while the terminal takes nothing: the app waits for it to read on, perhaps for ever, and does not hear

PATIENCE: Final = 2.0
"""Seconds in which a line that has only faltered takes something again."""


class UnheardQuits:
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


BURST: Final = 32
"""Printable characters at once that nobody types: they are one edit, as a paste is."""
MOST: Final = 256
"""Keys and other events that may wait for the program; with more of them it would not know any more what it does."""
_CHUNK: Final = 4096
_LARGE: Final = 512
"""Bytes of one read behind which more is on its way."""
_SOON, _FLOODED, _LOOK = 0.02, 0.1, 0.1
"""Seconds: in which more comes, without a byte after which a flood is over, and between looks whether to stop."""


@dataclass
class InputDropped(Message):
    """So much came at once that nothing of it was taken."""

    pasted: bool


class UnmarkedPaste(events.Paste):
    """Characters that came at once, without the marks of a paste: what follows them may be more of the same."""


UnmarkedPaste.handler_name = events.Paste.handler_name  # a paste to whoever does not ask


class Keyboard:
    """Turns what comes from a terminal into Textual's events."""

    def __init__(
        self, fileno: int, stop: threading.Event, deliver: Callable[[Message], None], waiting: Callable[[], int],
        quits: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        self._fileno = fileno
        self._stop = stop
        self._deliver = deliver
        self._waiting = waiting
        """How many events the program has not come to yet."""
        self._quits = quits
        """Called when Ctrl+Q has come, for a program that may not be able to look at events."""
        self._sieve = Sieve(ESCAPE_DELAY)
        self._parser = XTermParser()

    def run(self) -> None:
        """Until `stop` is set."""
        while not self._stop.is_set():
            pieces, dropped = self._next()
            if dropped:
                self._deliver(InputDropped(pasted=False))
            for event in self._events(pieces):
                self._deliver(event)
            if any(map(_is_quit, pieces)):
                self._quits()

    def _next(self) -> tuple[list[Piece], bool]:
        """What came at once, and whether it was so much that all but Ctrl+Q was dropped."""
        wait = self._sieve.wait(time.monotonic())
        if not self._is_ready(_LOOK if wait is None else min(wait, _LOOK)):
            return self._sieve.give_up(time.monotonic()), False
        pieces: list[Piece] = []
        dropped = False
        while True:
            data = self._read()
            pieces = _joined([*pieces, *self._sieve.feed(data, time.monotonic())])
            quits = [piece for piece in pieces if _is_quit(piece)]
            dropped = dropped or self._is_flood(pieces)
            if dropped:
                pieces = quits
            more = _FLOODED if dropped else _SOON
            if quits or not (dropped or len(data) >= _LARGE) or not self._is_ready(more):
                return pieces, dropped

    def _is_ready(self, seconds: float) -> bool:
        return bool(select.select([self._fileno], [], [], seconds)[0])

    def _read(self) -> bytes:
        data = b""
        with contextlib.suppress(OSError):  # the terminal has gone: `ending` sees that, and ends
            data = os.read(self._fileno, _CHUNK)
        if not data:
            self._stop.wait(_LOOK)
        return data

    def _is_flood(self, pieces: Sequence[Piece]) -> bool:
        """Whether it is more than can be followed; a paste with an end is one thing, and has a limit of its own."""
        size = sum(len(piece.text) for piece in pieces if piece.kind is not Kind.PASTE)
        return size > LARGEST or sum(map(_events_of, pieces)) + self._waiting() > MOST

    def _events(self, pieces: Iterable[Piece]) -> Iterator[Message]:
        for kind, text in pieces:
            if kind is Kind.SEQUENCE:
                yield from self._parsed(understood(text))
            elif kind is Kind.PASTE:
                yield events.Paste(text)
            elif kind is Kind.TEXT and len(text) >= BURST:
                yield UnmarkedPaste(text)
            elif kind is Kind.TEXT:
                for character in text:
                    yield from self._parsed(character)
            elif kind is Kind.ALT:
                yield from self._alt(text)
            else:
                yield events.Key("escape", "\x1b") if kind is Kind.ESCAPE else InputDropped(pasted=True)

    def _alt(self, character: str) -> Iterator[Message]:
        """Alt and a character, which some terminals have as a key of its own."""
        if understood(f"\x1b{character}"):
            yield from self._parsed(f"\x1b{character}")
            return
        for event in self._parsed(character):
            yield events.Key(f"alt+{event.key}", event.character) if isinstance(event, events.Key) else event

    def _parsed(self, sequence: str) -> list[Message]:
        """As Textual understands it; it gets whole sequences only, and no sequence is worth the end of the program."""
        if not sequence:
            return []
        try:
            return [*self._parser.feed(sequence)]
        except Exception:  # noqa: BLE001 - its parser has raised many kinds of them
            self._parser = XTermParser()
            return []


def _is_quit(piece: Piece) -> bool:
    return piece.kind is Kind.SEQUENCE and is_quit(piece.text)


def _events_of(piece: Piece) -> int:
    return len(piece.text) if piece.kind is Kind.TEXT and len(piece.text) < BURST else 1


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Text that was cut by a read is one again, and of several moves of the mouse the last is left."""
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else Piece(Kind.ESCAPE)
        if piece.kind is before.kind is Kind.TEXT:
            joined[-1] = Piece(Kind.TEXT, before.text + piece.text)
        elif piece.kind is before.kind is Kind.SEQUENCE and is_motion(before.text) and is_motion(piece.text):
            joined[-1] = piece
        else:
            joined.append(piece)
    return joined


def attended(driver: type[Driver]) -> type[Driver]:
    """`driver` with our reader; one that is not for a Unix terminal, or reads in another way, as it is."""
    if not hasattr(driver, "run_input_thread"):
        return driver

    class AttendedDriver(driver):  # type: ignore[misc, valid-type]
        """Reads the terminal with a `Keyboard`."""

        def run_input_thread(self) -> None:
            """Wait for input and dispatch events."""
            quits = UnheardQuits(self._file.fileno(), getattr(self._app, "end_unheard", lambda _times: None)).press
            Keyboard(
                self.fileno, self.exit_event, self.process_message, lambda: self._app.message_queue_size, quits
            ).run()  # fmt: skip

    return AttendedDriver
