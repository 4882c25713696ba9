"""Files and folders that one process holds, so that others see whether that process is still there."""

import contextlib
import fcntl
import math
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Final, Self

from tui.base.files import beside, write_all

_FLAGS: Final = os.O_CLOEXEC | os.O_NOFOLLOW


class HeldFile:
    """Replaced whole at each write, readable by nobody else, and locked until its process ends, however that ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held = -1

    def write(self, data: bytes) -> None:
        """Put `data` there. What a power cut leaves may be empty: waiting for the disk would be felt at every key.

        Raises OSError; the file is what it was then.
        """
        temporary = beside(self.path)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, 0o600)
        try:
            with contextlib.suppress(OSError):  # a file system without locks
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            write_all(descriptor, data)
            temporary.replace(self.path)
        except BaseException:
            os.close(descriptor)
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        self.close()  # the one before: its name is that of the new one by now, which is locked already
        self._held = descriptor

    def remove(self) -> None:
        """Take it away, if it is there."""
        if self._held >= 0:
            with contextlib.suppress(OSError):
                self.path.unlink()
        self.close()

    def close(self) -> None:
        """Let go of it; it stays."""
        if self._held >= 0:
            os.close(self._held)
            self._held = -1


class LeftFile:
    """The held file of a process that is no more. It is ours until it is closed, and nobody else finds it."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor
        self.data = b"".join(iter(lambda: os.read(descriptor, 65536), b""))

    @classmethod
    def take(cls, path: Path) -> Self | None:
        """The file at `path`; None while its process lives. Raises OSError: it is gone, or not to be read."""
        descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | _FLAGS)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.stat().st_ino == os.fstat(descriptor).st_ino:  # else it was replaced at this moment
                return cls(path, descriptor)
        except BlockingIOError:
            pass
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        return None

    def remove(self) -> None:
        """Take it away."""
        with contextlib.suppress(OSError):
            self.path.unlink()
        self.close()

    def close(self) -> None:
        """Leave it to others."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


_PREFIX: Final = "llm-setup-"
"""So begins the name of one that its process has locked: without a lock it was left."""
_NEW: Final = f".{_PREFIX}"
"""So begins that of one that may not be locked yet."""
_FRESH: Final = 60.0
"""Seconds for which it may not be."""


_held: set["HeldFolder"] = set()
"""Those that are in use."""


def remove_all() -> None:
    """Take away all that are in use: at the end of the program, from any thread."""
    for folder in list(_held):
        folder.remove()


class HeldFolder:
    """A folder among the system's temporary ones, which nobody else may enter, locked while its process lives."""

    def __init__(self) -> None:
        """Make it. Raises OSError."""
        _sweep(Path(tempfile.gettempdir()))
        new = Path(tempfile.mkdtemp(prefix=_NEW))
        try:
            self._lock = os.open(new, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            with contextlib.suppress(OSError):  # a file system without locks
                fcntl.flock(self._lock, fcntl.LOCK_EX)
            self.path = new.rename(new.with_name(new.name.removeprefix(".")))
        except OSError:
            new.rmdir()
            raise
        _held.add(self)

    def remove(self) -> None:
        """Take it away, with all that the other process left in it; once is enough."""
        if self not in _held:
            return
        _held.discard(self)
        shutil.rmtree(self.path, ignore_errors=True)
        with contextlib.suppress(OSError):
            os.close(self._lock)


def _sweep(place: Path) -> None:
    with contextlib.suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            if entry.name.startswith((_PREFIX, _NEW)) and entry.is_dir(follow_symlinks=False):
                _remove_if_left(Path(entry.path), _FRESH if entry.name.startswith(_NEW) else -math.inf)


def _remove_if_left(path: Path, fresh: float) -> None:
    with contextlib.suppress(OSError):  # another user's, or locked by its process
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            status = os.fstat(descriptor)
            if status.st_uid == os.geteuid() and time.time() - status.st_mtime > fresh:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path, ignore_errors=True)
        finally:
            os.close(descriptor)
