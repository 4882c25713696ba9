"""Where the members of a JSON text stand, and changing some of them without disturbing a byte of the others.

The indentation, the order and the numbers of a file are its owner's: values are replaced where they stand, and new
members are laid out like those beside them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.translation import _

Names = tuple[str, ...]
Edits = Mapping[Names, Mapping[str, Any]]
"""Values to set by the path of their object, `REMOVED` for a member that goes; JSON's null is a value like others."""
REMOVED: Final = object()

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_DECODER: Final = json.JSONDecoder()
_INDENT: Final = 2
"""Spaces a level in what is written anew."""


class Member(NamedTuple):
    """One member of an object: where its name begins, and where its value begins and ends."""

    name: str
    start: int
    value: int
    end: int


def members(text: str, at: int) -> list[Member]:
    """The members of the object at `at`. `text` must be valid JSON."""
    found = []
    at = _skip(text, at + 1)
    while text[at] != "}":
        name, after = _DECODER.raw_decode(text, at)
        value = _skip(text, _skip(text, after) + 1)
        end = _DECODER.raw_decode(text, value)[1]
        found.append(Member(name, at, value, end))
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return found


def line_numbers(text: str) -> dict[Names, int]:
    """The line, from 1, of each member of the objects in a JSON text, by its path; arrays are not entered."""
    return {path: text.count("\n", 0, member.start) + 1 for path, member in _walk(text, _skip(text, 0), ())}


def _walk(text: str, at: int, path: Names) -> Iterator[tuple[Names, Member]]:
    for member in members(text, at):
        yield (*path, member.name), member
        if text[member.value] == "{":
            yield from _walk(text, member.value, (*path, member.name))


def rewrite_json(text: str, edits: Edits) -> str:
    """`text`, whose top is an object, with `edits` in it; objects on their way that are missing are made.

    The result is read again: it must say what it said, in the same order, but for the edits. Raises SetupError, also
    where something else stands in the place of such an object.
    """
    expected = json.loads(text)
    for path, changes in edits.items():
        for name, value in changes.items():
            text = _removed(text, path, name) if value is REMOVED else _set(text, path, name, value)
            _edit(expected, path, name, value)
    try:
        actual: Any = json.loads(text)
    except ValueError:
        actual = None
    if json.dumps(actual) != json.dumps(expected):
        raise SetupError(
            _("The change would have disturbed other parts of the file, so nothing was written."),
            _("The file is laid out in a way that llm-setup cannot handle. Make this change in an editor."),
        )
    return text


def rename_member(text: str, path: Names, name: str, new: str) -> str:
    """`text` with another name for a member of the object at `path`, which stays where it is."""
    at, missing = _object_at(text, path)
    found = [] if missing else [member for member in members(text, at) if member.name == name]
    for member in reversed(found):
        end = _DECODER.raw_decode(text, member.start)[1]
        text = text[: member.start] + json.dumps(new, ensure_ascii=False) + text[end:]
    return text


def _edit(data: dict[str, Any], path: Names, name: str, value: Any) -> None:
    for step in path:
        if value is REMOVED and step not in data:
            return
        data = data.setdefault(step, {})
    if value is REMOVED:
        data.pop(name, None)
    else:
        data[name] = value


def _set(text: str, path: Names, name: str, value: Any) -> str:
    at, missing = _object_at(text, path)
    if missing:
        name, *below = [*missing, name]
        for step in reversed(below):
            value = {step: value}
    found = [member for member in members(text, at) if member.name == name]
    if not found:
        return _added(text, at, name, value)
    last = found[-1]  # of several it is the one that counts, for Python and for pydantic
    return text[: last.value] + _source(text, last.start, value) + text[last.end :]


def _object_at(text: str, path: Names) -> tuple[int, Names]:
    """Where the innermost object on the way of `path` begins, and the rest of the way."""
    at = _skip(text, 0)
    for depth, name in enumerate(path):
        found = [member for member in members(text, at) if member.name == name]
        if not found:
            return at, path[depth:]
        if text[found[-1].value] != "{":
            raise SetupError(
                _("“{name}” is not an object, so nothing can be set in it.").format(name=clean(name, limit=60)),
                _("Nothing was written. Remove it, or fix it in an editor."),
            )
        at = found[-1].value
    return at, ()


def _added(text: str, at: int, name: str, value: Any) -> str:
    """`text` with a member more at the end of the object at `at`."""
    there = members(text, at)
    if not there:
        end = _skip(text, at + 1)
        below = _line_indent(text, at) + " " * _INDENT
        if "\n" not in text:
            return f"{text[: at + 1]}{_pair(name, value, ': ', None)}{text[end:]}"
        inner, outer = f"\n{below}", f"\n{_line_indent(text, at)}"
        return f"{text[: at + 1]}{inner}{_pair(name, value, ': ', below)}{outer}{text[end:]}"
    last = there[-1]
    before = there[-2].end if len(there) > 1 else at
    lead = text[text.index("," if len(there) > 1 else "{", before) + 1 : last.start]
    if len(there) == 1 and not lead and text[last.start :].find(", ") != -1:
        lead = " "
    colon = text[_DECODER.raw_decode(text, last.start)[1] : last.value]
    indent = _line_indent(text, last.start) if "\n" in lead else None
    return f"{text[: last.end]},{lead}{_pair(name, value, colon, indent)}{text[last.end :]}"


def _removed(text: str, path: Names, name: str) -> str:
    at, missing = _object_at(text, path)
    while not missing:
        there = members(text, at)
        numbers = [number for number, member in enumerate(there) if member.name == name]
        if not numbers:
            break
        number = numbers[-1]
        if number:
            start, end = there[number - 1].end, there[number].end
        elif len(there) > 1:
            start, end = there[0].start, there[1].start
        else:
            start, end = at + 1, _skip(text, there[0].end)
        text = text[:start] + text[end:]
    return text


def _pair(name: str, value: Any, colon: str, indent: str | None) -> str:
    return json.dumps(name, ensure_ascii=False) + colon + _dumped(value, indent)


def _source(text: str, at: int, value: Any) -> str:
    """The source of a value whose member begins at `at`."""
    own_line = not text[text.rfind("\n", 0, at) + 1 : at].strip() and "\n" in text
    return _dumped(value, _line_indent(text, at) if own_line else None)


def _dumped(value: Any, indent: str | None) -> str:
    if indent is None or not isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False, indent=_INDENT).replace("\n", f"\n{indent}")


def _line_indent(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    found = _SPACE.match(text, start)
    return text[start : min(found.end(), at)] if found else ""


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
