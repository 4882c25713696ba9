"""Which of keyring's backends is used: one of a few that are known to be safe, or none.

keyring itself takes the best backend that any installed package registers. With `keyrings.alt` and no D-Bus that is
a plaintext file, without a word; others ask on the terminal, or keep nothing. So its own search is not used.
"""

import configparser
import os
import sys
from pathlib import Path
from typing import Final

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
