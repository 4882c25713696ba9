"""One thing in a file that OpenHands does not take, and what it does then."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What OpenHands does."""

    ENDS = "ends"
    """It does not start."""
    DROPS = "drops"
    """It goes on without the table, all of it."""
    IGNORES = "ignores"
    """It passes over this one thing."""
    KEEPS = "keeps"
    """It takes it, and something else than what was meant comes of it."""


class Trouble(StrEnum):
    """What is wrong."""

    UNKNOWN = "unknown"
    """A setting that the table does not have."""
    UNKNOWN_TABLE = "unknown-table"
    TYPE = "type"
    """A value of another type than `wanted`, or below its limit."""
    VALUE = "value"
    """A value of the right type with which it cannot go on."""
    CHOICE = "choice"
    """None of `known`."""
    NO_TABLE = "no-table"
    """A value in the place of a table."""
    NO_GROUP = "no-group"
    """The name of a group of `[llm]` that is not there, or that OpenHands drops."""
    LACKS = "lacks"
    """The table lacks the setting `wanted`."""
    MOUNT = "mount"
    """It is not of the form FROM:TO."""
    ADDRESS = "address"
    """It is no address of a server, or stands there twice."""
    NAME = "name"
    """A name or a command with characters that it must not have."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One trouble of one place."""

    path: tuple[str, ...]
    """The names of the table, and of the setting."""
    trouble: Trouble
    outcome: Outcome
    lost: tuple[str, ...] = ()
    """The table that is dropped."""
    wanted: str = ""
    """The type that is wanted, or the setting that is missing."""
    known: tuple[str, ...] = ()
    """What there is instead."""
