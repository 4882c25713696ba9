"""One change of a TOML text at a time, as a splice: all bytes around it stay."""

import re
from collections.abc import Sequence
from typing import Any

from tui.config_file.layout import (
    add_above,
    add_line,
    add_section_after,
    add_section_at_end,
    comment_end,
    top,
    without_lines,
)
from tui.config_file.positions import Names, Place, seek
from tui.config_file.scanner import Entry, inline_entries, line_end, line_start, scan
from tui.config_file.toml_source import render_key, render_value


def set_value(text: str, path: Names, name: str, value: Any, *, family: Sequence[str] = ()) -> str:
    """`text` with `name` of the table at `path` set to `value`; the table is made where it is missing.

    A new key goes below the comment that shows it, or else behind the last of its `family`, or else of the table.
    """
    place = seek(text, path)
    if place is None:
        text = create(text, path)
        place = _found(text, path)
    entry = place.entry(name)
    if entry is not None:
        source = render_value(value, like=text[entry.value : entry.end], depth=place.depth)
        return text[: entry.value] + source + text[entry.end :]
    siblings = [entry for member in family if member != name for entry in place.own(member)]
    anchor = max(siblings or place.own(), key=lambda entry: entry.start, default=None)
    if place.inline is not None:
        return _add_pair(text, place.inline, anchor, _pair(place, name, value))
    return _add_entry(text, place, anchor, _pair(place, name, value), name)


def create(text: str, path: Names) -> str:
    """`text` with an empty table at `path`, which must be missing or only be there because of its sub-tables."""
    sections = scan(text)
    header = f"[{render_key(*path)}]"
    below = [number for number, section in enumerate(sections) if section.path[: len(path)] == path]
    if below:
        return add_above(text, sections, below[0], header)
    for depth in range(len(path) - 1, 0, -1):
        place = seek(text, path[:depth])
        if place and (place.inline or place.prefix):  # a header would be illegal or far from its like
            return set_value(text, path[:depth], path[depth], _nested(path[depth + 1 :]))
        near = [number for number, section in enumerate(sections) if section.path[:depth] == path[:depth]]
        if near:
            return add_section_after(text, sections, near[-1], header)
    return add_section_at_end(text, header)


def remove(text: str, path: Names, name: str) -> str:
    """`text` without `name` of the table at `path`, be it a line, part of an inline table or a table of its own."""
    while True:
        shorter = _without_entry(text, path, name)
        if shorter is None:
            shorter = _without_section(text, (*path, name))
        if shorter is None:
            return text
        text = shorter


def _without_entry(text: str, path: Names, name: str) -> str | None:
    place = seek(text, path)
    entries = place.own(name) if place else []
    if place is None or not entries:
        return None
    entry = entries[0]
    if place.inline is None:
        return without_lines(text, entry.start, entry.end)
    pairs = inline_entries(text, place.inline)
    number = pairs.index(entry)
    if len(pairs) == 1:
        return text[: place.inline.value] + "{}" + text[place.inline.end :]
    if number == 0:
        return text[: entry.start] + text[pairs[1].start :]
    return text[: pairs[number - 1].end] + text[entry.end :]


def _without_section(text: str, path: Names) -> str | None:
    for section in scan(text):
        if section.path[: len(path)] == path:
            return without_lines(text, section.start, section.last, section=True)
    return None


def _add_entry(text: str, place: Place, anchor: Entry | None, pair: str, name: str) -> str:
    example = _commented_out(text, place, name)
    if example is not None:
        return add_line(text, comment_end(text, example), _indentation(text, example) + pair)
    if anchor is not None:
        return add_line(text, anchor.end, _indentation(text, anchor.start) + pair)
    if place.section.path:
        return add_line(text, place.section.end, _indentation(text, place.section.start) + pair)
    sections = scan(text)
    if len(sections) > 1:
        return add_above(text, sections, 1, pair)
    if not text:
        return f"{pair}\n"
    return add_line(text, len(text) - 1, pair)


def _commented_out(text: str, place: Place, name: str) -> int | None:
    """Where the last comment below the table's header begins that shows how to set `name`, as templates have them."""
    if place.prefix or not place.section.path:
        return None
    sections = scan(text)
    number = sections.index(place.section)
    end = top(text, sections, number + 1, blank=True) if number + 1 < len(sections) else len(text)
    shown = re.compile(rf"^[ \t]*+(#)[ \t]*{re.escape(name)}[ \t]*=", re.MULTILINE)
    found = [match.start(1) for match in shown.finditer(text, line_end(text, place.section.end), end)]
    return next((at for at in reversed(found) if not any(e.start < at < e.end for e in place.entries)), None)


def _add_pair(text: str, table: Entry, anchor: Entry | None, pair: str) -> str:
    if anchor is None:
        return f"{text[: table.value]}{{ {pair} }}{text[table.end :]}"
    return f"{text[: anchor.end]}, {pair}{text[anchor.end :]}"


def _pair(place: Place, name: str, value: Any) -> str:
    return f"{render_key(*place.prefix, name)} = {render_value(value, depth=place.depth)}"


def _indentation(text: str, at: int) -> str:
    return text[line_start(text, at) : at]


def _nested(path: Names) -> dict[str, Any]:
    return {path[0]: _nested(path[1:])} if path else {}


def _found(text: str, path: Names) -> Place:
    place = seek(text, path)
    if place is None:
        raise LookupError(f"no table was made for {len(path)} names")
    return place
