"""Giving a table of a TOML text another name: its headers, dotted keys and inline tables, and no byte beside them."""

import re
import tomllib
from typing import Any, Final

from tui.base.errors import SetupError
from tui.base.translation import _
from tui.config_file.positions import Names
from tui.config_file.rewrite import same
from tui.config_file.scanner import Entry, inline_entries, scan
from tui.config_file.toml_source import render_key

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
