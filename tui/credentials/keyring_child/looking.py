"""Whether the chosen keyring can be used just now, told without touching it."""

import sys

from tui.credentials.keyring_child.choice import KWALLET, MACOS, WINDOWS, RefusedBackend, chosen_backend
from tui.credentials.keyring_state import KeyringLook, KeyringState

if sys.platform not in ("darwin", "win32"):
    from tui.credentials.keyring_child import session_bus


def look() -> tuple[KeyringLook, str]:
    """The state, and the class of the backend that it is about. Never prompts; waits for as long as D-Bus does."""
    try:
        name = chosen_backend()
    except RefusedBackend as refused:
        return KeyringLook(KeyringState.REFUSED, str(refused)), ""
    if name == MACOS:  # no way to ask without touching: a locked one says so when it is used
        return KeyringLook(KeyringState.OPEN, "macOS Keychain"), name
    if name == WINDOWS:
        return KeyringLook(KeyringState.OPEN, "Windows Credential Manager"), name
    return session_bus.look(session_bus.kwallet if name == KWALLET else session_bus.secret_service), name
