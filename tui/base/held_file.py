"""A small file of one process, by which others see whether that process is still there."""

import contextlib
import fcntl
import os
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
