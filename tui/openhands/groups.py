"""The groups of settings, `llm` and `llm.NAME`, and which of them OpenHands drops.

OpenHands takes the keys of `[llm]` that are no tables for the default group, and each sub-table for a group of its own,
laid over the default one. One key that it does not know, or one value of the wrong type, makes it drop the whole group:
of `[llm]` all values are defaults then, in place of another group it takes the default one.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from tui.base.foreign import clean
from tui.config_file.document import ConfigText
from tui.openhands.field import Field, Value
from tui.openhands.fields import FIELDS
from tui.openhands.types import WrongType, coerced

DEFAULT: Final = "llm"
KNOWN: Final[Mapping[str, Field]] = {field.key: field for field in FIELDS if not field.ours}
"""The fields that may stand in a group."""
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def group_ids(config: ConfigText) -> tuple[str, ...]:
    """`llm`, and `llm.NAME` for each group of the file, in its order."""
    return (DEFAULT, *(f"{DEFAULT}.{name}" for name in config.groups()))


def table_path(group: str) -> tuple[str, ...]:
    """The names of the group's table. A group's own name may have dots."""
    return (DEFAULT,) if group == DEFAULT else (DEFAULT, group.removeprefix(f"{DEFAULT}."))


def own_keys(config: ConfigText, group: str) -> dict[str, Any]:
    """What stands in the group itself; the sub-tables of `[llm]` are groups and do not count."""
    return dict(config.without_groups) if group == DEFAULT else config.table(*table_path(group))


def own_values(config: ConfigText, group: str) -> dict[str, Value]:
    """The values of the group itself as OpenHands would take them, without those that it refuses."""
    values = {}
    for key, value in own_keys(config, group).items():
        if key in KNOWN and key not in config.refused:
            try:
                values[key] = coerced(KNOWN[key], value)
            except WrongType:
                continue
    return values


def offending_keys(config: ConfigText, group: str) -> list[str]:
    """The keys for which OpenHands drops the group."""
    taken = own_values(config, group)
    return [key for key in own_keys(config, group) if key not in taken]


def has_groups_only(config: ConfigText) -> bool:
    """Whether nothing stands in `[llm]` itself: the file is meant for `openhands -l NAME`, or for an agent that names
    its group."""
    return 0 < len(config.groups()) == len(config.table(DEFAULT))


def voided(config: ConfigText) -> dict[str, list[str]]:
    """The groups that OpenHands drops, each with the keys that make it do so."""
    found = {group: offending_keys(config, group) for group in group_ids(config)}
    return {group: keys for group, keys in found.items() if keys}


def header(group: str) -> str:
    """The group as it stands in the file: `[llm."gpt-4.1"]`."""
    shown = (name if _BARE.fullmatch(name) else f'"{clean(name, limit=60)}"' for name in table_path(group))
    return f"[{'.'.join(shown)}]"


def used_elsewhere(config: ConfigText, group: str) -> dict[str, str]:
    """The models that other groups of the file name, each with the first of them as it stands there."""
    found: dict[str, str] = {}
    for other in group_ids(config):
        model = own_keys(config, other).get("model")
        if other != group and isinstance(model, str) and model:
            found.setdefault(model, header(other))
    return found
