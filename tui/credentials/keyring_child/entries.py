"""Writing, reading and removing entries of an open keyring, so that what is said to be kept is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol, cast

_MOST_DUPLICATES: Final = 20
_MACOS_NO_INTERACTION: Final = "-25308"
"""errSecInteractionNotAllowed: over SSH the only sign of a locked keychain."""


class Backend(Protocol):
    """What is used of keyring's backends. Any method may raise any error."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


class Failure(StrEnum):
    """How a keyring can fail; the client has a sentence for each."""

    FAILED = "failed"
    NOT_KEPT = "not-kept"
    """It took the key and gave something else back."""
    HALF = "half"
    """It failed, and what had been written could not be put back as it was."""
    WRONG_PASSWORD = "wrong-password"  # noqa: S105 - a code
    DISMISSED = "dismissed"
    """The user closed the keyring's own window."""
    NOT_FROM_HERE = "not-from-here"
    """It can be unlocked, but only in its own dialog."""


class Failed(Exception):
    """A keyring could not do it. `reason` is a type of error, safe to show."""

    def __init__(self, code: Failure, reason: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Entry:
    """One secret, as it is filed."""

    service: str
    name: str
    value: str = field(default="", repr=False)


def load(backend: str) -> Backend:
    """The backend of this class, and no other: neither plugins nor keyring's configuration are looked at."""
    from keyring.core import load_keyring  # 0.15 s that a look does not need

    return cast("Backend", load_keyring(backend))


def store(backend: Backend, wanted: Sequence[Entry]) -> None:
    """Write all, reading each back; when one fails, put all back as they were and raise."""
    before: list[tuple[Entry, str | None]] = []
    try:
        for entry in wanted:
            before.append((entry, read(backend, entry)))
            _write(backend, entry, entry.value)
    except Exception:
        _put_back(backend, before)
        raise


def read(backend: Backend, entry: Entry) -> str | None:
    """The value kept for `entry`; its own `value` does not matter."""
    return backend.get_password(entry.service, entry.name)


def remove(backend: Backend, entry: Entry) -> None:
    """Remove `entry`, and its duplicates: other programs may have filed under the same names."""
    for _ in range(_MOST_DUPLICATES):
        if read(backend, entry) is None:
            return
        backend.delete_password(entry.service, entry.name)
    raise Failed(Failure.FAILED)


def locked_meanwhile(error: Exception) -> bool:
    """Whether `error` says that the keyring is locked after all."""
    return type(error).__name__ == "KeyringLocked" or _MACOS_NO_INTERACTION in str(error)


def reason(error: Exception) -> str:
    """What `error` is: D-Bus's name for it or its type. Its own text may hold the key."""
    name = getattr(error, "name", None)
    return name if isinstance(name, str) and "." in name else type(error).__name__


def _write(backend: Backend, entry: Entry, value: str) -> None:
    backend.set_password(entry.service, entry.name, value)
    if read(backend, entry) == value:
        return
    remove(backend, entry)  # a duplicate of another program is found first
    backend.set_password(entry.service, entry.name, value)
    if read(backend, entry) != value:
        raise Failed(Failure.NOT_KEPT)


def _put_back(backend: Backend, before: Sequence[tuple[Entry, str | None]]) -> None:
    try:
        for entry, value in reversed(before):
            if value is None:
                remove(backend, entry)
            elif read(backend, entry) != value:
                _write(backend, entry, value)
    except Exception as error:  # noqa: BLE001 - whatever it is, the half-done work is what has to be told
        raise Failed(Failure.HALF, reason(error)) from None
