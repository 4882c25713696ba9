"""A program in a real tmux of its own: what a user sees there, keys and pastes as tmux passes them on."""

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from tools.patience import LIMIT
from tools.programs import require_program

PAUSE = 0.1
"""Seconds between two looks at the screen: each starts a process."""
KEYS = {"enter": "Enter", "escape": "Escape", "up": "Up", "down": "Down", "tab": "Tab"}


class Tmux:
    """A server of its own that reads no configuration; it is gone when the `with` is left."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], columns: int = 80, rows: int = 24
    ) -> None:
        self._tmux = require_program("tmux")
        self._command = command
        self._environment = {**environment, "LANG": "C.UTF-8"}
        self._size = ("-x", str(columns), "-y", str(rows))

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="tmux-")  # short: a socket's path has 107 bytes at most
        self._ask("new-session", "-d", *self._size, *self._command)
        return self

    def __exit__(self, *_raised: object) -> None:
        server = int(self._ask("display-message", "-p", "#{pid}"))
        self._ask("kill-server")
        while Path(f"/proc/{server}").exists():
            time.sleep(0.01)
        self._folder.cleanup()

    def press(self, *names: str) -> None:
        """Press keys, one after the other."""
        self._ask("send-keys", *(KEYS.get(name) or name.replace("ctrl+", "C-") for name in names))

    def type(self, text: str) -> None:
        """Type `text`, key by key."""
        self._ask("send-keys", "-l", text)

    def paste(self, text: str) -> None:
        """Paste `text`, bracketed if the program asked for that."""
        self._ask("load-buffer", "-", given=text)
        self._ask("paste-buffer", "-p", "-d")

    @property
    def screen(self) -> str:
        """What stands on the screen."""
        return self._ask("capture-pane", "-p")

    def wait_for(self, *wanted: str) -> str:
        """Wait until each text is on the screen; the screen."""
        deadline = time.monotonic() + LIMIT
        while not all(text in (screen := self.screen) for text in wanted):
            assert time.monotonic() < deadline, f"not seen: {wanted}; instead:\n{screen}"
            time.sleep(PAUSE)
        return screen

    def wait_for_cursor(self, beginning: str) -> None:
        """Wait until the cursor is in a line that begins so: the field there has the focus."""
        deadline = time.monotonic() + LIMIT
        while not self._cursor_line().startswith(beginning):
            assert time.monotonic() < deadline, f"the cursor is not in {beginning!r}, but in {self._cursor_line()!r}"
            time.sleep(PAUSE)

    def _cursor_line(self) -> str:
        row = int(self._ask("display-message", "-p", "#{cursor_y}"))
        return self.screen.split("\n")[row].strip(" ▌>")

    def _ask(self, *words: str, given: str = "") -> str:
        command = [self._tmux, "-f", os.devnull, "-S", f"{self._folder.name}/socket", *words]
        return subprocess.run(
            command, env=self._environment, input=given, capture_output=True, text=True, check=True, timeout=LIMIT
        ).stdout
