"""What OpenHands makes of a value: of a TOML one as pydantic does, of a variable as its own loader does."""

from ast import literal_eval
from typing import Any

from tui.openhands.field import Field, Kind, Value
from tui.openhands.types import WrongType, number, switch, whole_number

__all__ = ["WrongType", "coerced", "from_variable", "text_as_taken"]


def coerced(field: Field, value: Any) -> Value:
    """What a value of the file is to OpenHands. Raises WrongType."""
    match field.kind:
        case Kind.INTEGER:
            return whole_number(value)
        case Kind.NUMBER:
            return number(value)
        case Kind.SWITCH:
            return switch(value)
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


def _tables(field: Field, value: Any) -> Value:
    if field.key == "completion_kwargs":
        if isinstance(value, dict):
            return value
    elif isinstance(value, list) and all(_is_plain(item) for item in value):
        return value
    raise WrongType


def _is_plain(item: Any) -> bool:
    return isinstance(item, dict) and all(isinstance(value, str) for value in item.values())
