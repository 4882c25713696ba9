"""The types of OpenHands' settings, and what it makes of a value: of TOML as pydantic does, of a variable by itself."""

import re
from ast import literal_eval
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any, Final

from tui.base.translation import _
from tui.openhands.field import Field, Kind, Value

_WHOLE: Final = re.compile(r"[+-]?\d+(?:_\d+)*(?:\.0+)?", re.ASCII)
_DECIMAL: Final = re.compile(r"[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)", re.IGNORECASE | re.ASCII)
_STRAY: Final = re.compile(r"^_|__|_$")
_YES: Final = frozenset({"1", "on", "t", "true", "y", "yes"})
_NO: Final = frozenset({"0", "off", "f", "false", "n", "no"})
_LONGEST: Final = 4300
"""Digits; pydantic reads no longer number out of a text."""
_LARGEST: Final = 2.0**63


class WrongType(ValueError):
    """OpenHands refuses the value, and with it at least the table in which it stands."""


def require_type(kind: str, value: Any) -> None:
    """Raise WrongType for a value that a setting of that type refuses.

    Types are written as in loader.json: `int`, `int >=1`, `str?`, `list[str]`, `dict[str,str]`, or the name of a model,
    of which any table is taken here.
    """
    name, least = _parts(kind)
    taken = _TAKERS[name](value) if name in _TAKERS else _table(value)
    if least is not None and isinstance(taken, int) and taken < least:
        raise WrongType


def bare_type(kind: str) -> str:
    """The type without its limits and releases: `int`."""
    return _parts(kind)[0]


def _parts(kind: str) -> tuple[str, int | None]:
    name, *limits = kind.split()
    least = next((int(limit[2:]) for limit in limits if limit.startswith(">=")), None)
    return name.removesuffix("?"), least


def whole_number(value: Any) -> int:
    """What a value is where a whole number is wanted: 8.0 and "8" are 8, and true is 1. Raises WrongType."""
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST:
        return int(value)
    if isinstance(value, str):
        text = value.strip()
        if len(text) <= _LONGEST and _WHOLE.fullmatch(text):
            return int(text.partition(".")[0])
    raise WrongType


def number(value: Any) -> float:
    """What a value is where a number is wanted. Raises WrongType."""
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


def switch(value: Any) -> bool:
    """What a value is where true or false is wanted: 1 and "yes" are true. Raises WrongType."""
    if isinstance(value, bool) or (isinstance(value, int | float) and value in (0, 1)):
        return bool(value)
    if isinstance(value, str) and value.lower() in _YES | _NO:
        return value.lower() in _YES
    raise WrongType


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise WrongType
    return value


def _table(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise WrongType
    return value


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list):
        raise WrongType
    return [_text(item) for item in value]


def _table_of_texts(value: Any) -> dict[str, str]:
    return {key: _text(item) for key, item in _table(value).items()}


def _table_of_tables(value: Any) -> dict[str, Any]:
    return {key: _table(item) for key, item in _table(value).items()}


_TAKERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "int": whole_number, "float": number, "bool": switch, "str": _text, "secret": _text, "list[str]": _texts,
    "dict[str,str]": _table_of_texts, "dict[str,LLMConfig]": _table_of_tables,
}  # fmt: skip


# -- words for values and types, as they stand in sentences


def found_words(value: Any) -> str:
    """What a value of the file is, such as "a number"."""
    names = (
        (bool, _("true or false")), (int, _("a number")), (float, _("a number with a fraction")), (str, _("a string")),
        (list, _("a list")), (dict, _("a table")), (date, _("a date")), (time, _("a time")),
    )  # fmt: skip
    return next((name for kind, name in names if isinstance(value, kind)), _("something else"))


def wanted_words(kind: str) -> str:
    """What a type of OpenHands wants, such as "a whole number"."""
    name, *limits = kind.split()
    least = next((limit.removeprefix(">=") for limit in limits if limit.startswith(">=")), "")
    if least:
        return _("a whole number of {least} or more").format(least=least)
    words = {
        "int": _("a whole number"), "float": _("a number"), "bool": _("true or false"), "str": _("a string"),
        "secret": _("a string"), "list[str]": _("a list of strings"), "dict[str,str]": _("a table of strings"),
    }  # fmt: skip
    return words.get(bare_type(name), _("a list of tables") if name.startswith("list") else _("a table"))


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
