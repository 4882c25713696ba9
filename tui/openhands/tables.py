"""The settings that OpenHands knows in each table of its config.toml beside `[llm]`, as recorded from its releases."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
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
def recorded() -> Recorded:
    """The record, read once."""
    said = json.loads(Path(__file__).with_name("loader.json").read_text("utf-8"))
    return Recorded(versions=tuple(said.pop("versions")), **said)
