"""Changing settings and names of tables in the text of a TOML file, and nothing else in it."""

import copy
import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.translation import _
from tui.config_file.positions import Names, seek
from tui.config_file.scanner import Entry, inline_entries, scan
from tui.config_file.splices import create, remove, set_value
from tui.config_file.toml_source import render_key

Value = str | int | float | bool | list[Any] | dict[str, Any]
Edits = Mapping[Names, Mapping[str, Value | None]]


def rewrite(text: str, edits: Edits, *, ensure: Sequence[Names] = (), together: Sequence[Sequence[str]] = ()) -> str:
    """`text` with the keys of the named tables set, or removed where the value is None.

    Missing tables are made where a key is set in them; those of `ensure` even without. A value that equals the present
    one is not touched. A dict for a table that is there changes the keys of that table that differ. A new key goes
    below the comment of its table that shows it, as templates have them, or else behind the last of its family in
    `together`, keys that a reader wants to see side by side, or else of its table.
    Raises SetupError if `text` is no TOML, or if the result would say anything else than it should.
    """
    job = _Job(text, parsed(text), together)
    for path in ensure:
        job.ensure(path)
    for path, values in edits.items():
        job.edit(path, values)
    for path in ensure:  # removing dotted keys may have removed one
        job.ensure(path)
    _verify(job.text, job.data, edits)
    return job.text


class _Job:
    """The text and what it should say, changed side by side."""

    def __init__(self, text: str, data: dict[str, Any], together: Sequence[Sequence[str]]) -> None:
        self.text = text
        self.data = data
        self._together = together

    def ensure(self, path: Names) -> None:
        if not _table(self.data, path) and not self._is_there(path):
            self.text = create(self.text, path)
            _make(self.data, path)

    def _is_there(self, path: Names) -> bool:
        """Whether the text has the table; of dotted keys that are gone the data has an empty one."""
        if any(section.path[: len(path)] == path for section in scan(self.text)):
            return True
        return _table(tomllib.loads(self.text), path) is not None

    def edit(self, path: Names, values: Mapping[str, Value | None]) -> None:
        for name, value in sorted(values.items(), key=lambda pair: pair[1] is None):
            # what goes, goes last: a table made of dotted keys would be gone with them
            table = _table(self.data, path) or {}
            if value is None:
                self._remove(path, name)
            elif name in table and isinstance(value, dict) and isinstance(table[name], dict):
                self._merge((*path, name), value, table[name])
            elif name not in table or not same(table[name], value):
                self._set(path, name, value)

    def _merge(self, path: Names, wanted: dict[str, Any], present: dict[str, Any]) -> None:
        gone = {name: None for name in present if name not in wanted}
        self.edit(path, {**wanted, **gone})
        self.ensure(path)

    def _set(self, path: Names, name: str, value: Value) -> None:
        table = _make(self.data, path)
        place = seek(self.text, path)
        if name in table and not (place and place.entry(name)):  # a table of its own: what it becomes is not
            self.text = remove(self.text, path, name)
        family = next((names for names in self._together if name in names), ())
        self.text = set_value(self.text, path, name, value, family=family)
        table[name] = copy.deepcopy(value)

    def _remove(self, path: Names, name: str) -> None:
        table = _table(self.data, path)
        if table is not None and name in table:
            self.text = remove(self.text, path, name)
            del table[name]


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same TOML: 1, 1.0 and true are not, nor are 0.0 and -0.0; nan and nan are."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return repr(one) == repr(other)
    return isinstance(one, bool) == isinstance(other, bool) and type(one) is type(other) and bool(one == other)


def _table(data: dict[str, Any], path: Names) -> dict[str, Any] | None:
    """The table at `path`, None when it is missing. Raises SetupError when something else is there."""
    found: Any = data
    for depth, name in enumerate(path):
        if name not in found:
            return None
        found = found[name]
        if not isinstance(found, dict):
            raise SetupError(
                _("“{name}” is not a table in this file.").format(name=clean(".".join(path[: depth + 1]))),
                _("Remove it in an editor, then try again."),
            )
    return found if isinstance(found, dict) else None


def _make(data: dict[str, Any], path: Names) -> dict[str, Any]:
    for name in path:
        data = data.setdefault(name, {})
    return data


def _verify(text: str, expected: dict[str, Any], edits: Edits) -> None:
    """The net below all splicing: what was written is read again, and must say exactly what it should."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise SetupError(
            _("A value has a character that cannot be written to a file."), _("Type it again instead of pasting it.")
        ) from None
    actual = parsed(text)
    for path in edits:
        _forget_if_gone(expected, actual, path)
    if not same(expected, actual):
        raise SetupError(
            _("The change would have disturbed other parts of the file, so nothing was written."),
            _("The file is laid out in a way that llm-setup cannot handle. Make this change in an editor."),
        )


def _forget_if_gone(expected: dict[str, Any], actual: dict[str, Any], path: Names) -> None:
    """A table that was only there because of its dotted keys goes with the last of them."""
    for depth in range(len(path), 0, -1):
        if _table(actual, path[:depth]) is None and _table(expected, path[:depth]) == {}:
            del _make(expected, path[: depth - 1])[path[depth - 1]]


def parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        raise SetupError(
            _("The file is not TOML, so nothing was written."), _("Fix it in an editor, then try again.")
        ) from None


_PART: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+')


def rename_table(text: str, path: Names, name: str) -> str:
    """`text` with the table at `path` called `name`, at its place.

    `text` must be valid TOML, the table must be there, and no other of that name. The result is read again: it must say
    what it said, but for the name. Raises SetupError.
    """
    expected = _with_name(tomllib.loads(text), path, name)
    new = render_key(name)
    for start, end in sorted(_spans(text, path), reverse=True):
        text = text[:start] + new + text[end:]
    try:
        actual = tomllib.loads(text)
    except ValueError:
        actual = None
    if actual is None or not same(expected, actual):
        raise SetupError(
            _("The change would have disturbed other parts of the file, so nothing was written."),
            _("The file is laid out in a way that llm-setup cannot handle. Make this change in an editor."),
        )
    return text


def _with_name(data: dict[str, Any], path: Names, name: str) -> dict[str, Any]:
    if len(path) == 1:
        return {name if key == path[0] else key: value for key, value in data.items()}
    return {key: _with_name(value, path[1:], name) if key == path[0] else value for key, value in data.items()}


def _spans(text: str, path: Names) -> list[tuple[int, int]]:
    """Where the table's own name stands."""
    spans = []
    for section in scan(text):
        depth = len(section.path)
        if section.path[: len(path)] == path:
            spans.append(_part(text, section.start, len(path) - 1))
        elif section.path == path[:depth]:
            spans += _spans_in(text, section.entries, path[depth:])
    return spans


def _spans_in(text: str, entries: list[Entry], path: Names) -> list[tuple[int, int]]:
    spans = []
    for entry in entries:
        depth = len(entry.key)
        if entry.key[: len(path)] == path:
            spans.append(_part(text, entry.start, len(path) - 1))
        elif entry.key == path[:depth] and text[entry.value] == "{":
            spans += _spans_in(text, inline_entries(text, entry), path[depth:])
    return spans


def _part(text: str, at: int, number: int) -> tuple[int, int]:
    """Where the part of that number, from 0, of the key or header at `at` begins and ends."""
    parts = _PART.finditer(text, at)
    for _before in range(number):
        next(parts)
    return next(parts).span()
