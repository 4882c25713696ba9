"""What OpenHands makes of a value: of a TOML one as pydantic does, of a variable as its own loader does."""

import re
from ast import literal_eval
from typing import Any, Final

from tui.settings.field import Field, Kind, Value

_WHOLE: Final = re.compile(r"[+-]?\d+(?:_\d+)*(?:\.0+)?", re.ASCII)
_DECIMAL: Final = re.compile(r"[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)", re.IGNORECASE | re.ASCII)
_STRAY: Final = re.compile(r"^_|__|_$")
_YES: Final = frozenset({"1", "on", "t", "true", "y", "yes"})
_NO: Final = frozenset({"0", "off", "f", "false", "n", "no"})
_LONGEST: Final = 4300
"""Digits; pydantic reads no longer number out of a text."""
_LARGEST: Final = 2.0**63


class WrongType(ValueError):
    """OpenHands refuses the value, and drops the section in which it stands."""


def coerced(field: Field, value: Any) -> Value:
    """What a value of the file is to OpenHands. Raises WrongType."""
    match field.kind:
        case Kind.INTEGER:
            return _integer(value)
        case Kind.NUMBER:
            return _number(value)
        case Kind.SWITCH:
            return _switch(value)
        case Kind.TABLES:
            return _tables(field, value)
        case _:
            if not isinstance(value, str):
                raise WrongType
            return value


def text_as_taken(field: Field, value: Any) -> str:
    """The text of a value of the file as OpenHands takes it, "8.0" as "8"; of one that it refuses, as it stands."""
    try:
        return field.text(None if value is None else coerced(field, value))
    except WrongType:
        return field.text(value)


def from_variable(field: Field, text: str) -> Value | None:
    """What an environment variable is to OpenHands, None for one that it passes over: empty, or of the wrong type."""
    try:
        return _read(field, text) if text else None
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        return None


def _read(field: Field, text: str) -> Value:
    match field.kind:
        case Kind.INTEGER:
            return int(text)
        case Kind.NUMBER:
            return float(text)
        case Kind.SWITCH:
            return text.lower() in ("true", "1")
        case Kind.TABLES:
            return _tables(field, literal_eval(text))
        case _:
            return text


def _integer(value: Any) -> int:
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST:
        return int(value)
    if isinstance(value, str):
        text = value.strip()
        if len(text) <= _LONGEST and _WHOLE.fullmatch(text):
            return int(text.partition(".")[0])
    raise WrongType


def _number(value: Any) -> float:
    if isinstance(value, int | float):
        try:
            return float(value) if isinstance(value, bool) else _within(value)
        except OverflowError:
            raise WrongType from None
    if isinstance(value, str) and not _STRAY.search(value.strip()):
        text = value.strip().replace("_", "")
        if _DECIMAL.fullmatch(text):
            return float(text)
    raise WrongType


def _within(value: float) -> float:
    """`value` as it is, so that 2 is shown as 2. Raises OverflowError for an integer that no float can hold."""
    float(value)
    return value


def _switch(value: Any) -> bool:
    if isinstance(value, bool) or (isinstance(value, int | float) and value in (0, 1)):
        return bool(value)
    if isinstance(value, str) and value.lower() in _YES | _NO:
        return value.lower() in _YES
    raise WrongType


def _tables(field: Field, value: Any) -> Value:
    if field.key == "completion_kwargs":
        if isinstance(value, dict):
            return value
    elif isinstance(value, list) and all(_is_plain(item) for item in value):
        return value
    raise WrongType


def _is_plain(item: Any) -> bool:
    return isinstance(item, dict) and all(isinstance(value, str) for value in item.values())
