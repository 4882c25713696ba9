"""A program in a real terminal of its own, with an environment of its own: keys go in, a screen comes out.

with Terminal(["llm-setup"], environment) as terminal:
    terminal.wait_for("Which provider")
    terminal.type("anthropic")
    terminal.press("enter")
    assert terminal.wait_for_end().status == 0
"""

import contextlib
import fcntl
import json
import os
import re
import select
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psutil
import pyte
from tools import warm_wizard
from tools.patience import LIMIT

KEYS = {
    "enter": b"\r", "tab": b"\t", "shift+tab": b"\x1b[Z", "escape": b"\x1b", "space": b" ", "backspace": b"\x7f",
    "up": b"\x1b[A", "down": b"\x1b[B", "right": b"\x1b[C", "left": b"\x1b[D", "f1": b"\x1bOP",
    "home": b"\x1b[H", "end": b"\x1b[F",
}  # fmt: skip
UNREAD = re.compile(rb"\x1b\[[<=>][0-9;]*[a-zA-Z]|\x1b\[\??[0-9;]*\$p|\x1b[P_^].*?\x1b\\|\x1b\[[0-9;]* q", re.DOTALL)
"""What pyte does not know, and would print: keyboard protocols, questions about modes, strings, cursor shapes."""
UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;:<=>?$! ]*|[P_^\]][^\x07\x1b]*)?$")
MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
SCREEN, CURSOR, PASTE, FOCUS, MICE = 1049, 25, 2004, 1004, (1000, 1002, 1003, 1005, 1006, 1015)
SESSION = Path(__file__).with_name("terminal_session.py")


@dataclass(frozen=True)
class End:
    """How a program ended."""

    status: int
    attributes: bool
    """Whether the terminal's attributes (echo, line mode …) are those of before."""
    left: list[str]
    """The command lines of processes that outlived it."""


class Terminal:
    """Reads all the time, so that the program never waits for us."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], *, folder: Path | None = None,
        columns: int = 80, rows: int = 24,
    ) -> None:  # fmt: skip
        self._command = [str(word) for word in command]
        self._environment = {"TERM": "xterm-256color", "LANG": "C.UTF-8", **environment}
        self._folder = folder
        self._size = (columns, rows)
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._rows: list[str] = []
        self._unfinished = b""
        self._raw = bytearray()
        self._seen = threading.Condition()
        self._end: End | None = None
        self._session: subprocess.Popen[bytes] | None = None
        """None for one that was forked elsewhere."""
        self._reading = threading.Event()
        self._reading.set()

    def __enter__(self) -> Self:
        self._fd, tty = os.openpty()
        columns, rows = self._size
        fcntl.ioctl(tty, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        report, report_to = os.pipe()
        control, self._control = os.pipe()
        folder = self._folder or self._environment.get("HOME")
        if nursery := warm_wizard.serving(self._command, self._environment):
            warm_wizard.start(nursery, self._command, self._environment, folder, tty, report_to, control)
        else:
            self._session = subprocess.Popen(
                [sys.executable, "-I", "-S", SESSION, str(report_to), str(control), *self._command],
                stdin=tty, stdout=tty, stderr=tty, start_new_session=True, pass_fds=(report_to, control),
                env=self._environment, cwd=folder,
            )  # fmt: skip
        for descriptor in (tty, report_to, control):
            os.close(descriptor)
        self._report = os.fdopen(report, "rb", buffering=0)  # select() must see every line that is left
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.pid = json.loads(self._report.readline())["pid"]
        return self

    def __exit__(self, *_raised: object) -> None:
        self._reading.set()
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(self.pid).kill()
        os.close(self._control)
        if self._session:
            self._session.wait()
        self._report.readall()  # until it has ended
        self._reader.join()
        self._report.close()
        os.close(self._fd)

    # -- keys

    def press(self, *names: str) -> None:
        """Press keys, one after the other: "enter", "ctrl+q", "x"."""
        for name in names:
            self.send(KEYS.get(name) or (bytes([ord(name[5:]) & 31]) if name.startswith("ctrl+") else name.encode()))

    def type(self, text: str) -> None:
        """Type `text`, key by key."""
        for character in text:
            self.send(character.encode())

    def paste(self, text: str) -> None:
        """Paste `text` as terminals do it that were asked for bracketed paste; they send line breaks as Enter."""
        assert self.modes().get(PASTE), "the program did not ask for bracketed paste"
        self.send(b"\x1b[200~" + text.replace("\n", "\r").encode() + b"\x1b[201~")

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        os.write(self._fd, data)

    def pause(self) -> None:
        """Read nothing any more, as a connection that hangs."""
        self._reading.clear()

    def resume(self) -> None:
        """Read again, all that is there."""
        self._reading.set()
        while select.select([self._fd], [], [], 0)[0]:
            threading.Event().wait(0.01)
        self._drain()

    def resize(self, columns: int, rows: int) -> None:
        """Make the terminal larger or smaller."""
        with self._seen:
            self._screen.resize(rows, columns)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # -- the screen

    @property
    def screen(self) -> str:
        """What stands on the screen, blanks at the ends of lines left out."""
        with self._seen:
            return self._text()

    @property
    def raw(self) -> bytes:
        """All bytes that the terminal received."""
        with self._seen:
            return bytes(self._raw)

    @property
    def normal_text(self) -> str:
        """What was written after the program had left the alternate screen, without control sequences."""
        after = self.raw.rpartition(b"\x1b[?1049l")[2]
        return re.sub(r"\x1b\[[<>=?]?[0-9;]*[a-zA-Z]|\x1b[()][A-Z0-9]|\r", "", after.decode(errors="replace"))

    def wait_for(self, *wanted: str | Callable[[str], object], limit: float = LIMIT) -> str:
        """Wait until each text is on the screen and each condition holds for it; the screen."""
        with self._seen:
            if not self._seen.wait_for(lambda: self._shows(wanted) or self._is_over(), limit) or not self._shows(
                wanted
            ):
                raise AssertionError(f"not seen: {wanted}; instead:\n{self._text()}")
            return self._text()

    def wait_for_cursor(self, beginning: str) -> None:
        """Wait until the cursor is in a line that begins so: the field there has the focus."""
        self.wait_for(lambda text: self._cursor_line().startswith(beginning))

    def modes(self) -> dict[int, bool]:
        """The private modes that the program has set or reset, as they are now."""
        return {
            int(number): switch == b"h"
            for numbers, switch in MODE.findall(self.raw)
            for number in numbers.split(b";")
        }  # fmt: skip

    def left_on(self) -> list[int]:
        """Modes in which a program must not leave a terminal; the hidden cursor counts as well."""
        modes = self.modes()
        left = [mode for mode in (SCREEN, PASTE, FOCUS, *MICE) if modes.get(mode)]
        keyboards = self.raw.count(b"\x1b[>1u") - self.raw.count(b"\x1b[<u")
        return left + ([CURSOR] if not modes.get(CURSOR, True) else []) + [0] * keyboards

    # -- the process

    def processes(self) -> list[psutil.Process]:
        """The program and its descendants."""
        with contextlib.suppress(psutil.NoSuchProcess):
            program = psutil.Process(self.pid)
            return [program, *program.children(recursive=True)]
        return []

    def wait_for_end(self, limit: float = LIMIT) -> End:
        """Wait until the program has ended by itself."""
        if self._end is None:
            if not select.select([self._report], [], [], limit)[0]:
                raise AssertionError(f"still running after {limit} s:\n{self.screen}")
            told = json.loads(self._report.readline())
            self._end = End(**told)
            self._drain()
        return self._end

    # -- reading

    def _read(self) -> None:
        with contextlib.suppress(OSError):  # EIO: the other end is closed
            while self._reading.wait() and (data := os.read(self._fd, 65536)):
                with self._seen:
                    self._raw += data
                    self._paint(data)
                    self._seen.notify_all()
        with self._seen:
            self._seen.notify_all()

    def _drain(self) -> None:
        """What the program wrote before it ended is here when nothing more can be read at once."""
        with self._seen:
            before = -1
            while before != len(self._raw):
                before = len(self._raw)
                self._seen.wait(0.05)

    def _paint(self, data: bytes) -> None:
        data = UNREAD.sub(b"", self._unfinished + data)
        cut = UNFINISHED.search(data)
        whole = cut.start() if cut else len(data)
        self._unfinished = data[whole:]
        self._stream.feed(data[:whole])

    def _text(self) -> str:
        """Of the rows that did not change since the last time, what was read then: pyte's `display` reads each cell."""
        rows, dirty = self._screen.lines, self._screen.dirty
        if len(self._rows) != rows:
            self._rows = [""] * rows
            dirty.update(range(rows))
        for y in sorted(dirty):
            if y < rows:
                self._rows[y] = self._row(y).rstrip()
        dirty.clear()
        return "\n".join(self._rows).rstrip()

    def _row(self, y: int) -> str:
        """The cell behind a wide letter has none of its own."""
        row = self._screen.buffer[y]
        return "".join(row[x].data for x in range(self._screen.columns))

    def _cursor_line(self) -> str:
        return self._screen.display[self._screen.cursor.y].strip(" ▌>")

    def _shows(self, wanted: Sequence[str | Callable[[str], object]]) -> bool:
        text = self._text()
        return all(one in text if isinstance(one, str) else one(text) for one in wanted)

    def _is_over(self) -> bool:
        return not self._reader.is_alive()
