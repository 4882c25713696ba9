"""Whether the chosen keyring can be used just now, told without touching it."""

import sys
from typing import Final

from tui.credentials.keyring_child.choice import KWALLET, RefusedBackend, chosen_backend
from tui.credentials.keyring_child.choice import MACOS as MACOS_BACKEND
from tui.credentials.keyring_state import MACOS, KeyringLook, KeyringState

if sys.platform != "darwin":
    from tui.credentials.keyring_child import session_bus


_met_locked: Final[set[str]] = set()


def note_locked(name: str) -> None:
    """A keyring turned out to be locked that cannot be asked whether it is: it counts as locked in this process."""
    _met_locked.add(name)


def look() -> tuple[KeyringLook, str]:
    """The state, and the class of the backend that it is about. Never prompts; waits for as long as D-Bus does."""
    try:
        name = chosen_backend()
    except RefusedBackend as refused:
        return KeyringLook(KeyringState.REFUSED, str(refused)), ""
    if name == MACOS_BACKEND:  # no way to ask without touching: a locked one says so when it is used
        return KeyringLook(KeyringState.LOCKED if name in _met_locked else KeyringState.OPEN, MACOS), name
    return session_bus.look(session_bus.kwallet if name == KWALLET else session_bus.secret_service), name
