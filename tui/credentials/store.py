"""The places where a key may be kept."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from tui.base.translation import _


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


class StoreWords(NamedTuple):
    """How a place is spoken of."""

    name: str
    place: str
    """Where the key is, for a row."""
    sentence: str
    """The same of the key of `{name}`."""
    ending: str
    """The same behind what was saved."""


WORDS: Final[Mapping[Store, StoreWords]] = {
    Store.KEYRING: StoreWords(
        _("system keyring"),
        _("in the system keyring"),
        _("The key of {name} is in the system keyring."),
        _(", key in the system keyring"),
    ),
    Store.FILE: StoreWords(
        _("private file"),
        _("in a private file, readable text"),
        _("The key of {name} is in its private file."),
        _(", key in a private file"),
    ),
    Store.CONFIG: StoreWords(
        _("file"),
        _("in {file}, readable text"),
        _("The key of {name} is in the file itself."),
        _(", key in that file"),
    ),
    Store.ENVIRONMENT: StoreWords(
        _("environment"),
        _("in the environment, set by you"),
        _("The key of {name} is in the environment: {variables}."),
        _(", key in your environment ({name})"),
    ),
    Store.COMMAND: StoreWords(
        _("command"),
        _("from a command"),
        _("The key of {name} is given by a command."),
        _(", key from a command"),
    ),
}
