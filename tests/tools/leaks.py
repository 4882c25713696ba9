"""Looking for a key where it must not be."""

import base64
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Self
from urllib.parse import quote

import psutil

EVERY = 0.01
"""Seconds between two looks at the processes."""


def forms(key: str) -> set[bytes]:
    """The key as it is, URL-encoded, and the part of it that every base64 text holding it has."""
    texts = {key, quote(key, safe="")}
    for shift in range(3):
        whole = base64.b64encode(b"-" * shift + key.encode()).decode()
        texts.add(whole[4 if shift else 0 : -4])
    return {text.encode() for text in texts} | {base64.urlsafe_b64encode(key.encode())[:-4]}


def leaks(data: bytes, key: str) -> bool:
    """Whether `data` gives the key away."""
    return any(form in data for form in forms(key))


def leaking_files(folder: Path, key: str) -> list[Path]:
    """The files below `folder` that give the key away by their content or name."""
    files = [Path(top, name) for top, _folders, names in os.walk(folder) for name in names]
    regular = [path for path in files if path.is_file()]
    return [path for path in regular if leaks(path.read_bytes() + bytes(path), key)]


class Watch:
    """Looks at arguments and environment of processes for as long as a `with` lasts.

    `leaking` are those that held the key, `unreadable` those that could not be looked at, `seen` all of them.
    """

    def __init__(self, key: str, processes: Callable[[], Iterable[psutil.Process]]) -> None:
        self._key = key
        self._processes = processes
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_again, daemon=True)
        self.seen: set[str] = set()
        self.leaking: set[str] = set()
        self.unreadable: set[str] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._over.set()
        self._thread.join()

    def _look_again(self) -> None:
        while not self._over.wait(EVERY):
            for process in self._processes():
                self._look(process.pid)

    def _look(self, pid: int) -> None:
        words = ""
        try:
            arguments = Path(f"/proc/{pid}/cmdline").read_bytes()
            words = arguments.replace(b"\0", b" ").decode(errors="replace").strip()
            environment = Path(f"/proc/{pid}/environ").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            return  # it has ended meanwhile
        except PermissionError:
            self.unreadable.add(words)
            return
        self.seen.add(words)
        if leaks(arguments + environment, self._key):
            self.leaking.add(words)
