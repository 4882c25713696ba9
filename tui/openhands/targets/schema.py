"""What a program takes for each setting of its LLM: its own classes' JSON Schema, as recorded."""

import json
import math
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from tui.base.translation import _
from tui.openhands.groups import KNOWN
from tui.openhands.targets.further import FURTHER
from tui.openhands.targets.target import CLI, GUI, SERVER
from tui.openhands.types import WrongType, number, switch, whole_number

Schema = Mapping[str, Any]
SHORTEST_CONTEXT: Final = 16_384
"""Tokens. They end with an error for less, unless ALLOW_SHORT_CONTEXT_WINDOWS is set; CLI 1.9.1 took it."""
_RECORDS: Final = {CLI: "agent_settings_schema.json", SERVER: "agent_server_schema.json", GUI: "gui_schema.json"}


@cache
def recorded_schema(program: str = CLI) -> Mapping[str, Schema]:
    """The settings of the newest release of a target's program that was recorded, by name."""
    said = json.loads(Path(__file__).with_name(_RECORDS[program]).read_text("utf-8"))
    return said["releases"][-1]["llm"]  # type: ignore[no-any-return]


@cache
def known(program: str = CLI) -> frozenset[str]:
    """The settings of the Field table that the program has, under the same names."""
    return frozenset(KNOWN) & frozenset(recorded_schema(program))


@cache
def further(program: str = CLI) -> frozenset[str]:
    """The settings that it has beside those of the Field table, and that we know how to set."""
    return frozenset(FURTHER) & frozenset(recorded_schema(program))


@cache
def settable(program: str = CLI) -> frozenset[str]:
    """All that can be set in its file."""
    return known(program) | further(program)


@cache
def default(name: str, program: str = CLI) -> Any:
    """What it takes for a setting that is missing."""
    return recorded_schema(program)[name].get("default")


def takes_null(name: str, program: str = CLI) -> bool:
    """Whether the setting may be null."""
    return any(kind.get("type") == "null" for kind in _kinds(name, program))


def fault(name: str, value: Any, program: str = CLI) -> str:
    """What a setting must be instead of `value`, in words; "" for a value that is taken."""
    kinds = _kinds(name, program)
    if value is None:
        return "" if takes_null(name, program) else _wanted(kinds[0])
    if name == "max_input_tokens" and _fits({"type": "integer", "maximum": SHORTEST_CONTEXT - 1}, value):
        return _wanted({"type": "integer", "minimum": SHORTEST_CONTEXT})
    wrong = [_wanted(kind) for kind in kinds if kind.get("type") != "null" and not _fits(kind, value)]
    return wrong[0] if len(wrong) == sum(kind.get("type") != "null" for kind in kinds) else ""


def _kinds(name: str, program: str) -> list[Schema]:
    schema = recorded_schema(program)[name]
    return list(schema.get("anyOf", [schema]))


def _fits(kind: Schema, value: Any) -> bool:
    """As pydantic takes JSON where it is not strict: "8" and 8.0 are 8, "yes" is true."""
    name = str(kind.get("type"))
    try:
        if name in _TAKERS:
            return _within(kind, _TAKERS[name](value))
    except WrongType:
        return False
    if name == "object":
        return isinstance(value, dict) and _fit_values(kind, value)
    return isinstance(value, {"string": str, "array": list}.get(name, object)) and value in kind.get("enum", [value])


_TAKERS: Final[Mapping[str, Callable[[Any], float]]] = {"integer": whole_number, "number": number, "boolean": switch}


def _within(kind: Schema, value: float) -> bool:
    if isinstance(value, float) and math.isnan(value):  # whole numbers may be larger than a float
        return "minimum" not in kind and "maximum" not in kind
    return bool(kind.get("minimum", -math.inf) <= value <= kind.get("maximum", math.inf))


def _fit_values(kind: Schema, value: Mapping[str, Any]) -> bool:
    below = kind.get("additionalProperties")
    return not isinstance(below, dict) or all(_fits(below, part) for part in value.values())


_NAMES: Final = {
    "integer": _("a whole number"), "number": _("a number"), "boolean": _("true or false"), "string": _("a string"),
    "array": _("a list"), "object": _("a table"),
}  # fmt: skip


def _wanted(kind: Schema) -> str:
    if "enum" in kind:
        return _("one of {words}").format(words=", ".join(kind["enum"]))
    if "maximum" in kind:
        return _("between {least:g} and {most:g}").format(least=kind["minimum"], most=kind["maximum"])
    if "minimum" in kind:
        name = _("a whole number of {least} or more") if kind["type"] == "integer" else _("{least:g} or more")
        return name.format(least=kind["minimum"])
    if kind.get("additionalProperties") == {"type": "string"}:
        return _("a table of strings")
    return _NAMES.get(str(kind.get("type")), "")
