"""The places where a key may be kept."""

from enum import StrEnum


class Store(StrEnum):
    """Where a key is kept. One place a key, chosen by the user, and read from there only."""

    KEYRING = "keyring"
    ENVIRONMENT = "environment"
    """In a variable that the user sets; we keep nothing."""
    CONFIG = "config"
    """In config.toml itself: readable text."""
