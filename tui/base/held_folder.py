"""An empty folder of one process for another that it starts; what a killed one left goes with the next."""

import contextlib
import fcntl
import math
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Final

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
