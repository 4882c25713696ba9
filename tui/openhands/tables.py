"""The settings of each table beside `[llm]`, as recorded, and what OpenHands does with one that it does not take."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

Types = Mapping[str, str]
"""The types of a table's settings by their names, as `types` has them."""

SECTIONS: Final = (
    "core", "extended", "agent", "llm", "security", "sandbox", "condenser", "mcp", "kubernetes", "model_routing",
)  # fmt: skip
"""The tables that OpenHands reads; it passes over all others with a warning."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded from the real releases."""

    versions: tuple[str, ...]
    """Of openhands-ai."""
    tables: Mapping[str, Types]
    condensers: Mapping[str, Types]
    """The settings of `[condenser]`, by its type."""
    needed: Mapping[str, list[str]]
    """Those of them that must be there."""
    open_condensers: list[str]
    """The types of condensers that pass over settings which they do not know."""
    mcp_servers: Mapping[str, Types]
    """The settings of a server, by the list in which it stands; others are passed over."""
    core_refused: list[str]
    """Names in `[core]` that end the start: they are no settings, but OpenHands' own."""
    core_crashes: Mapping[str, list[str]]
    """Settings of `[core]` that end the start when they hold a value of one of these kinds."""


@cache
def recorded_tables() -> Recorded:
    """The record, read once."""
    said = json.loads(Path(__file__).with_name("loader.json").read_text("utf-8"))
    return Recorded(versions=tuple(said.pop("versions")), **said)


class Effect(StrEnum):
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
    outcome: Effect
    lost: tuple[str, ...] = ()
    """The table that is dropped."""
    wanted: str = ""
    """The type that is wanted, or the setting that is missing."""
    known: tuple[str, ...] = ()
    """What there is instead."""
