r"""What is TOML, but not to `toml` 0.10.2, with which OpenHands reads its file: that parser itself is asked.

It differs for, among others: arrays of mixed types; numbers in base 16, 8 or 2 right behind the equals sign; strings of
three quotes that begin or end with one more; strings that are one `"` or begin with `""`, which it takes for empty
ones; `\\u` in a string that has a `\u` of its own; inline tables and arrays that it cuts at the wrong commas;
backslashes and empty names between the quotes of a header. These have sentences of their own, others a general one.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from math import isnan
from typing import Any, Final

from tui.base.translation import _
from tui.config_file.scanner import scan

_PLAIN: Final = re.compile(r'"[^"\\\n]+"|\'[^\'\n]+\'|[\d.+-][^\s]*|true|false')
"""Values that all readers read alike, but for numbers in another base."""
_OTHER_BASE: Final = re.compile(r"0[xob]")
_TRIPLE: Final = ('"""', "'''")
_WHOLE: Final = 64 * 1024
"""Characters. A larger text is judged by its parts alone: the older reader takes its time."""


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
    judged_whole = len(text) <= _WHOLE
    verdict = _verdict(text) if judged_whole else ""
    if judged_whole and not verdict:
        return []
    found: list[Difference] = []
    for section in scan(text):
        header = text[section.start : section.end]
        refused = _verdict(header)
        if refused:
            message, hint = (
                _("OpenHands' reader refuses this name of a table, and with it the whole file."),
                _("Give it a name of letters, digits, dots and dashes, in quotes."),
            )
            found.append(Difference(_line(text, section.start), refused == _REFUSED, message, hint))
        for entry in section.entries:
            source = text[entry.value : entry.end]
            if _PLAIN.fullmatch(source) and not _OTHER_BASE.match(source):
                continue
            refused = _verdict(text[entry.start : entry.end])
            if refused:
                message, hint = _words(source, refused=refused == _REFUSED)
                found.append(Difference(_line(text, entry.start), refused == _REFUSED, message, hint))
    if verdict and not found:
        found = [Difference(1, verdict == _REFUSED, *_in_general(refused=verdict == _REFUSED))]
    return found


_REFUSED, _MISREAD = "refused", "misread"


def _verdict(text: str) -> str:
    """What the older reader does with it: refused, misread, or "" where it reads what TOML says."""
    import toml  # type: ignore[import-untyped]  # only where a file is checked

    meant = tomllib.loads(text)
    try:
        read = toml.loads(text)
    except Exception:  # noqa: BLE001 - it raises whatever comes, and OpenHands ends with it
        return _REFUSED
    return "" if _same(read, meant) else _MISREAD


def _same(read: Any, meant: Any) -> bool:
    if isinstance(read, dict) and isinstance(meant, dict):
        return read.keys() == meant.keys() and all(_same(read[key], meant[key]) for key in meant)
    if isinstance(read, list) and isinstance(meant, list):
        return len(read) == len(meant) and all(map(_same, read, meant))
    if isinstance(read, float) and isinstance(meant, float) and isnan(meant):
        return isnan(read)
    if isinstance(read, datetime) and isinstance(meant, datetime) and (read.tzinfo is None) != (meant.tzinfo is None):
        return False
    return type(read) is type(meant) and bool(read == meant)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _words(source: str, *, refused: bool) -> tuple[str, str]:
    """What is said of a value and what helps, where the cause is one of the known ones."""
    value = tomllib.loads(f"value = {source}")["value"]
    if isinstance(value, str):
        return _words_of_string(source, refused=refused)
    if isinstance(value, dict):
        return (
            _("OpenHands' reader cannot take this table in braces apart, and refuses the whole file."),
            _("Write it as a table of its own, with a line in brackets above it."),
        )
    if isinstance(value, list) and refused:
        return (
            _("OpenHands' reader refuses an array of mixed types, and with it the whole file."),
            _("Write all of them alike: 1.0 and 2.5, not 1 and 2.5."),
        )
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return (
            _("OpenHands' reader takes only the tables of an array that begins with one."),
            _("Write all of them alike: 1.0 and 2.5, not 1 and 2.5."),
        )
    if isinstance(value, int) and refused:
        return (
            _("OpenHands' reader refuses such a number right behind “=”, and with it the whole file."),
            _("Put a space behind the equals sign, or write the number in decimal."),
        )
    return _in_general(refused=refused)


def _words_of_string(source: str, *, refused: bool) -> tuple[str, str]:
    if not refused:
        return _("OpenHands reads an empty string here: it begins with quotes."), _("Put it in single quotes.")
    if source.startswith(_TRIPLE):
        return (
            _("OpenHands' reader refuses four quotes in a row, and with them the whole file."),
            _("Put the string in other quotes."),
        )
    return (
        _("OpenHands' reader trips over “\\\\u” beside a code point, and refuses the whole file."),
        _("Put the string in single quotes, and the characters themselves in it."),
    )


def _in_general(*, refused: bool) -> tuple[str, str]:
    if refused:
        message = _("OpenHands' reader (toml 0.10.2) cannot read this, and refuses the whole file.")
    else:
        message = _("OpenHands' reader (toml 0.10.2) reads another value here than TOML says.")
    return message, _("Write it in a simpler way, such as one value a line, in plain quotes.")
