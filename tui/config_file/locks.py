"""One save at a time, whoever saves: our lock, those of other programs, and what is said where one came between."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from tui.base.errors import SetupError, Status
from tui.base.folders import private_folder, state_folder, tilde
from tui.base.foreign import clean, why
from tui.base.translation import _

LONGEST_WAIT: Final = 5.0
"""Seconds. The lock is held for milliseconds: whoever holds it longer is stuck."""
LONGEST_QUEUE: Final = 30.0
"""Seconds for which it is waited while others take turns."""
_PAUSE: Final = 0.01


_held: Final = ContextVar("held", default=-1)
"""The descriptor of the lock while we hold it."""


@contextlib.contextmanager
def save_lock() -> Iterator[None]:
    """Holds the lock; it goes with the process, however that ends. Whoever has it may take it again.

    Raises SetupError.
    """
    if _held.get() >= 0:
        yield
        return
    descriptor = _open()
    try:
        _wait_for(descriptor)
        token = _held.set(descriptor)
        try:
            yield
        finally:
            _held.reset(token)
    finally:
        with contextlib.suppress(OSError):  # what was done under the lock is done, whatever letting go of it says
            os.close(descriptor)


@contextlib.contextmanager
def save_lock_if_free() -> Iterator[bool]:
    """Holds the lock, and gives True, if nobody else does. Raises SetupError."""
    descriptor = _open()
    try:
        yield _free(descriptor)
    finally:
        with contextlib.suppress(OSError):  # what was done under the lock is done, whatever letting go of it says
            os.close(descriptor)


@contextlib.contextmanager
def locks_of_others(paths: Sequence[Path]) -> Iterator[None]:
    """Holds the lock files that other programs take while they change a file; missing ones are made.

    Raises SetupError where one is held for too long, and OSError.
    """
    with contextlib.ExitStack() as held:
        for path in paths:
            private_folder(path.parent)
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
            descriptor = os.open(path, flags, 0o600)
            held.callback(os.close, descriptor)
            _wait_for_others(descriptor, path)
        yield


def _wait_for_others(descriptor: int, path: Path) -> None:
    end = time.monotonic() + LONGEST_QUEUE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                message = _("Another program has held {path} for {seconds:g} seconds.")
                raise SetupError(
                    message.format(path=clean(tilde(path)), seconds=LONGEST_QUEUE),
                    _("Nothing was written. See what OpenHands is doing, or end it; then try again."),
                ) from None
            if _held.get() >= 0:
                os.utime(_held.get())  # whoever waits for us sees that nobody is stuck
            time.sleep(_PAUSE)
        else:
            return


def _open() -> int:
    folder = state_folder()
    try:
        path = private_folder(folder) / "save.lock"
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise SetupError(
            _("The folder {path} cannot be used: {reason}.").format(path=clean(tilde(folder)), reason=why(error)),
            _("llm-setup keeps its locks there. Set XDG_STATE_HOME to a folder that you can write to."),
        ) from None


def _wait_for(descriptor: int) -> None:
    last = time.monotonic() + LONGEST_QUEUE
    end, taken = time.monotonic() + LONGEST_WAIT, os.fstat(descriptor).st_mtime_ns
    while not _free(descriptor):
        if os.fstat(descriptor).st_mtime_ns != taken:  # somebody else has it now, so nobody is stuck
            end, taken = time.monotonic() + LONGEST_WAIT, os.fstat(descriptor).st_mtime_ns
        if time.monotonic() > min(end, last):
            raise SetupError(
                _("Another llm-setup has been saving for {seconds:g} seconds.").format(seconds=LONGEST_WAIT),
                _("See what it is waiting for, or end it; then save again."),
            )
        time.sleep(_PAUSE)


def _free(descriptor: int) -> bool:
    """Whether the lock was free; it is ours now, and those who wait see since when."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    os.utime(descriptor)
    return True


class Conflict(SetupError):
    """The file is not the one that was read: somebody else changed, made or removed it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint, status=Status.CONFLICT)


def conflict(path: Path, old: bytes | None, present: bytes | None) -> Conflict:
    """What there is to say of the file at `path` that was read as `old` and is `present` now; None for no file."""
    if present is None:
        message = _("{path} was removed since it was read.")
    elif old is None:
        message = _("{path} was created meanwhile.")
    else:
        message = _("{path} was changed since it was read.")
    hint = _("Nothing was written. Read it again, then repeat your change.")
    return Conflict(message.format(path=clean(tilde(path))), hint)
