"""The places where a key may be kept."""

from enum import StrEnum
from typing import Final


class Store(StrEnum):
    """Where a key is kept. One place a key, chosen by the user, and read from there only."""

    KEYRING = "keyring"
    FILE = "file"
    """In a private file of its own: readable text."""
    CONFIG = "config"
    """In config.toml itself: readable text."""
    ENVIRONMENT = "environment"
    """In a variable that the user sets; we keep nothing."""
    COMMAND = "command"
    """In the output of a command; we keep the command."""


KEEPING: Final = (Store.KEYRING, Store.FILE, Store.CONFIG)
"""The places that take a key."""
GIVING: Final = (Store.ENVIRONMENT, Store.COMMAND)
"""Those that only give one."""
