"""Which of keyring's backends is used, one of a few that are known to be safe, and whether it can be used just now.

keyring itself takes the best backend that any installed package registers. With `keyrings.alt` and no D-Bus that is
a plaintext file, without a word; others ask on the terminal, or keep nothing. So its own search is not used.
"""

import configparser
import os
import sys
from pathlib import Path
from typing import Final

from tui.credentials.keyring_state import MACOS as NAME_ON_MACOS
from tui.credentials.keyring_state import KeyringState, KeyringStatus

if sys.platform != "darwin":
    from tui.credentials.keyring_child import session_bus

SECRET_SERVICE: Final = "keyring.backends.SecretService.Keyring"  # noqa: S105 - a class
LIBSECRET: Final = "keyring.backends.libsecret.Keyring"
KWALLET: Final = "keyring.backends.kwallet.DBusKeyring"
MACOS: Final = "keyring.backends.macOS.Keyring"

ALLOWED: Final = {"linux": (SECRET_SERVICE, LIBSECRET, KWALLET), "darwin": (MACOS,)}
"""By platform; the first is taken where the user set nothing."""


class RefusedBackend(Exception):
    """The user set keyring to a backend that is not allowed; the text is its name."""


def chosen_backend() -> str:
    """The class to load, by its full name, without importing it. Raises RefusedBackend."""
    allowed = ALLOWED.get(sys.platform, ALLOWED["linux"])
    name = os.environ.get("PYTHON_KEYRING_BACKEND", "").strip() or _in_configuration()
    if name and name not in allowed:
        raise RefusedBackend(name)
    return name or allowed[0]


def configuration_path() -> Path:
    """Where keyring looks for its configuration."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config", "python_keyring", "keyringrc.cfg")


def _in_configuration() -> str:
    """The backend named there; its `keyring-path`, from which keyring would run code, is not followed."""
    parser = configparser.RawConfigParser()
    try:
        parser.read(configuration_path(), encoding="utf-8")
    except (configparser.Error, OSError, UnicodeError, RuntimeError):  # RuntimeError: no home folder
        return ""
    return parser.get("backend", "default-keyring", fallback="").strip()


_met_locked: Final[set[str]] = set()


def note_locked(name: str) -> None:
    """A keyring turned out to be locked that cannot be asked whether it is: it counts as locked in this process."""
    _met_locked.add(name)


def look() -> tuple[KeyringStatus, str]:
    """The state, and the class of the backend that it is about. Never prompts; waits for as long as D-Bus does."""
    try:
        name = chosen_backend()
    except RefusedBackend as refused:
        return KeyringStatus(KeyringState.REFUSED, str(refused)), ""
    if name == MACOS:  # no way to ask without touching: a locked one says so when it is used
        return KeyringStatus(KeyringState.LOCKED if name in _met_locked else KeyringState.OPEN, NAME_ON_MACOS), name
    return session_bus.look(session_bus.kwallet if name == KWALLET else session_bus.secret_service), name
