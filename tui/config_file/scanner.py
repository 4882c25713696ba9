"""Where the keys and values of a TOML text stand.

Parsers tell what a text says, not where it says it, and writers lay it out their own way. This one only finds spans,
so that a value can be replaced and all else stays as it is, byte for byte. The text must be valid TOML: let `tomllib`
read it first.
"""

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

_BASIC: Final = r'"(?:[^"\\\n]|\\.)*"'
_LITERAL: Final = r"'[^'\n]*'"
# up to two quotes may stand before the three that close
_STRING: Final = rf'"""(?:[^\\]|\\.)*?"""(?:"{{0,2}})|\'\'\'.*?\'\'\'\'{{0,2}}|{_BASIC}|{_LITERAL}'
_PART: Final = rf"{_BASIC}|{_LITERAL}|[A-Za-z0-9_-]+"

_BETWEEN: Final = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_BETWEEN_PAIRS: Final = re.compile(r"(?:[ \t\r\n,]++|#[^\n]*+)*+")
_NAME: Final = re.compile(_PART)
_KEY: Final = re.compile(rf"[ \t]*((?:{_PART})(?:[ \t]*\.[ \t]*(?:{_PART}))*)[ \t]*")
_EQUALS: Final = re.compile(r"=[ \t]*")
_HEADER: Final = re.compile(r"\[\[?")
_HEADER_END: Final = re.compile(r"\]\]?")
# a date and a time may have a space between them
_SCALAR: Final = re.compile(rf"{_STRING}|\d{{4}}-\d\d-\d\d[ Tt]\d\d:[^\s,\]}}#]*|[^\s,\]}}#]+", re.DOTALL)
_TOKEN: Final = re.compile(rf"{_STRING}|#[^\n]*|[\[{{]|[\]}}]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """A `key = value`; the key is relative to the section or inline table in which it stands."""

    key: tuple[str, ...]
    start: int
    """Of the key."""
    value: int
    """Where the value begins."""
    end: int
    """Behind the value."""


@dataclass(frozen=True, slots=True)
class Section:
    """A `[header]` and the entries below it; the first one has no header and an empty path."""

    path: tuple[str, ...]
    start: int
    end: int
    """Behind the closing bracket."""
    array: bool = False
    """Whether it is one more element of an array of tables."""
    entries: list[Entry] = field(default_factory=list)

    @property
    def last(self) -> int:
        """Behind the last value, or behind the header when there is none."""
        return self.entries[-1].end if self.entries else self.end


@lru_cache(maxsize=2)  # one change asks again and again about the same text
def scan(text: str) -> list[Section]:
    """The sections of `text` in their order, at least the one without a header; not to be changed.

    Raises ValueError if it is no TOML.
    """
    sections = [Section((), 0, 0)]
    at = _skip(_BETWEEN, text, 0)
    while at < len(text):
        if text[at] == "[":
            section = _header(text, at)
            sections.append(section)
            at = section.end
        else:
            entry = _entry(text, at)
            sections[-1].entries.append(entry)
            at = entry.end
        at = _skip(_BETWEEN, text, at)
    return sections


def inline_entries(text: str, table: Entry) -> list[Entry]:
    """The entries of the inline table that is the value of `table`."""
    entries: list[Entry] = []
    at = _skip(_BETWEEN_PAIRS, text, table.value + 1)
    while text[at] != "}":
        entries.append(_entry(text, at))
        at = _skip(_BETWEEN_PAIRS, text, entries[-1].end)
    return entries


def value_end(text: str, at: int) -> int:
    """Where the value that begins at `at` ends. Raises ValueError when it does not."""
    if text[at : at + 1] not in ("[", "{"):
        return _skip(_SCALAR, text, at)
    depth = 0
    for token in _TOKEN.finditer(text, at):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth == 0:
            return token.end()
    raise ValueError(f"no end of the value at {at}")


def line_start(text: str, at: int) -> int:
    """Where the line of `at` begins."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Where the line after that of `at` begins, or the end of the text."""
    return text.find("\n", at) + 1 or len(text)


def _header(text: str, at: int) -> Section:
    key = _match(_KEY, text, _skip(_HEADER, text, at))
    end = _skip(_HEADER_END, text, key.end())
    return Section(_names(key[1]), at, end, array=text.startswith("[[", at))


def _entry(text: str, at: int) -> Entry:
    key = _match(_KEY, text, at)
    value = _skip(_EQUALS, text, key.end())
    return Entry(_names(key[1]), at, value, value_end(text, value))


@lru_cache(maxsize=1000)
def _names(key: str) -> tuple[str, ...]:
    return tuple(_bare(part) for part in _NAME.findall(key))


def _bare(part: str) -> str:
    if part[0] not in "\"'":
        return part
    if part[0] == '"' and "\\" in part:
        return str(tomllib.loads(f"name={part}")["name"])
    return part[1:-1]


def _match(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str]:
    match = pattern.match(text, at)
    if match is None:
        raise ValueError(f"no TOML at {at}")
    return match


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    return _match(pattern, text, at).end()
