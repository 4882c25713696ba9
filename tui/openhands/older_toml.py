r"""What is TOML, but not to `toml` 0.10.2, with which OpenHands reads its file.

Found are: arrays of mixed types; numbers in base 16, 8 or 2 right behind the equals sign; strings of three quotes that
begin or end with one more; strings that are one `"` or begin with `""`, which it takes for empty ones; `\\u` in a
string that has a `\u` of its own; inline tables that it cuts at the wrong commas; backslashes and empty names between
the quotes of a header. Not found are strings with commas, quotes and brackets in arrays, which it cuts now and then.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from tui.base.translation import _
from tui.config_file.scanner import Entry, Section, scan

_PLAIN: Final = re.compile(r'"[^"\\\n]+"|\'[^\'\n]+\'|[\d.+-][^\s]*|true|false')
"""Values that all readers read alike, but for numbers in another base."""
_OTHER_BASE: Final = re.compile(r"0[xob]")
_CODE_POINT: Final = re.compile(r"(?<!\\)(?:\\\\)*\\[uU]")
_ESCAPED_U: Final = re.compile(r"(?<!\\)(?:\\\\)+[uU]")
_TYPES: Final = ((bool, "bool"), (int, "int"), (float, "float"), (str, "str"), (list, "list"), (dict, "dict"))
_PAIRS: Final = ('""', "''", "[]", "{}")
_TRIPLE: Final = ('"""', "'''")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that the older reader takes for something else."""

    line: int
    refused: bool
    """Whether it refuses the whole file; otherwise it reads another value."""
    message: str
    hint: str


def differences(text: str) -> list[Difference]:
    """All places found in `text`, which must be valid TOML, in their order."""
    found = []
    for section in scan(text):
        found += [_located(text, section.start, difference) for difference in _header(text, section)]
        for entry in section.entries:
            source = text[entry.value : entry.end]
            if not _PLAIN.fullmatch(source) or _OTHER_BASE.match(source):
                found += [_located(text, entry.start, part) for part in _value(text, entry, source)]
    return found


Unlocated = tuple[bool, str, str]


def _located(text: str, at: int, difference: Unlocated) -> Difference:
    return Difference(text.count("\n", 0, at) + 1, *difference)


def _header(text: str, section: Section) -> Iterator[Unlocated]:
    source = text[section.start : section.end]
    if "\\" in source or "" in section.path:
        yield (
            True,
            _("OpenHands' reader refuses this name of a table, and with it the whole file."),
            _("Give it a name of letters, digits, dots and dashes, in quotes."),
        )


def _value(text: str, entry: Entry, source: str) -> Iterator[Unlocated]:
    if _OTHER_BASE.match(source):
        if text[entry.value - 1] == "=":
            hint = _("Put a space behind the equals sign, or write the number in decimal.")
            yield True, _("OpenHands' reader refuses such a number right behind “=”, and with it the whole file."), hint
        return
    value = tomllib.loads(f"value = {source}")["value"]
    if isinstance(value, str):
        yield from _string(value, source)
    elif isinstance(value, dict) and _is_torn(source):
        yield (
            True,
            _("OpenHands' reader cannot take this table in braces apart, and refuses the whole file."),
            _("Write it as a table of its own, with a line in brackets above it."),
        )
    elif _is_mixed(value):
        hint = _("Write all of them alike: 1.0 and 2.5, not 1 and 2.5.")
        if isinstance(value, list) and isinstance(value[0], dict):
            yield False, _("OpenHands' reader takes only the tables of an array that begins with one."), hint
        else:
            yield True, _("OpenHands' reader refuses an array of mixed types, and with it the whole file."), hint


def _string(value: str, source: str) -> Iterator[Unlocated]:
    if source.startswith(_TRIPLE):
        if _outer_quotes(source) % 2:
            hint = _("Put the string in other quotes.")
            yield True, _("OpenHands' reader refuses four quotes in a row, and with them the whole file."), hint
    elif value == '"' or value.startswith('""'):
        yield False, _("OpenHands reads an empty string here: it begins with quotes."), _("Put it in single quotes.")
    elif source[0] == '"' and _CODE_POINT.search(source) and _ESCAPED_U.search(source):
        hint = _("Put the string in single quotes, and the characters themselves in it.")
        yield True, _("OpenHands' reader trips over “\\\\u” beside a code point, and refuses the whole file."), hint


def _outer_quotes(source: str) -> int:
    """How many quotes stand at both ends; an escaped one is none."""
    inner = source.strip(source[0])
    escaped = source[0] == '"' and (len(inner) - len(inner.rstrip("\\"))) % 2
    return len(source) - len(inner) - escaped


def _is_torn(table: str) -> bool:
    """Whether the reader cuts an inline table at the wrong commas.

    It cuts at each of them, and joins the pieces again until one looks complete by its first and last character.
    """
    pair = ""
    for piece in table[1:-1].split(",") if table[1:-1].strip() else ():
        pair += ("," if pair else "") + piece
        _key, equals, value = pair.partition("=")
        value = value.strip()
        if not equals or not value:
            return True
        if value in ("true", "false") or value[0] in "-0123456789" or value[0] + value[-1] in _PAIRS:
            if not _is_whole(value) or (value[0] == "{" and _is_torn(value)):
                return True
            pair = ""
    return bool(pair)


def _is_whole(value: str) -> bool:
    try:
        tomllib.loads(f"value = {value}")
    except tomllib.TOMLDecodeError:
        return False
    return True


def _is_mixed(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_is_mixed(part) for part in value.values())
    if isinstance(value, list):
        return len({_type(part) for part in value}) > 1 or any(_is_mixed(part) for part in value)
    return False


def _type(value: Any) -> str:
    named = next((name for kind, name in _TYPES if isinstance(value, kind)), "")
    return named or ("date" if isinstance(value, date) else "time" if isinstance(value, time) else "other")
