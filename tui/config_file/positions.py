"""In which part of a text a table stands, and on which line a key."""

from dataclasses import dataclass, replace

from tui.config_file.scanner import Entry, Section, inline_entries, scan

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the keys of one table stand: below a header, in an inline table, or as dotted keys in one of both."""

    section: Section
    inline: Entry | None
    """The entry whose value is the inline table."""
    prefix: Names
    """What stands before the dot of dotted keys."""
    entries: list[Entry]
    """All of the section or inline table, those of other tables too."""
    depth: int = 0
    """How many inline tables are around the values."""

    def entry(self, name: str) -> Entry | None:
        """The entry that gives `name` its value as a whole."""
        return next((entry for entry in self.entries if entry.key == (*self.prefix, name)), None)

    def own(self, *names: str) -> list[Entry]:
        """The entries of the table, or those that speak of `names` in it."""
        start = self.prefix + names
        return [entry for entry in self.entries if entry.key[: len(start)] == start]


def seek(text: str, path: Names) -> Place | None:
    """Where the keys of the table at `path` stand; None when it is missing, or only there because of its sub-tables."""
    for section in scan(text):
        depth = len(section.path)
        if section.path == path[:depth] and not section.array:
            place = _within(text, Place(section, None, (), section.entries), path[depth:])
            if place is not None:
                return place
    return None


def _within(text: str, place: Place, path: Names) -> Place | None:
    if not path:
        return place
    for entry in place.entries:
        depth = len(entry.key)
        if entry.key == path[:depth] and text[entry.value] == "{":
            inner = Place(place.section, entry, (), inline_entries(text, entry), place.depth + 1)
            return _within(text, inner, path[depth:])
        if entry.key[: len(path)] == path and depth > len(path):
            return replace(place, prefix=path)
    return None


def line_of(text: str, path: Names) -> int | None:
    """The line, from 1, of the key or table at `path`; None when it is missing."""
    at = _position(text, path)
    return None if at is None else text.count("\n", 0, at) + 1


def _position(text: str, path: Names) -> int | None:
    if not path:
        return 0
    place = seek(text, path[:-1])
    entries = place.own(path[-1]) if place else []
    if entries:
        return entries[0].start
    return next((section.start for section in scan(text) if section.path[: len(path)] == path), None)


# -- on which line each key and table of a text stands, found in one pass over it


def line_numbers(text: str) -> dict[Names, int]:
    """The line, from 1, of every key and table, by its names; that of its first part for a table without a header.

    `text` must be valid TOML.
    """
    found = _Found(text)
    for section in scan(text):
        if section.path:
            found.add(section.path, section.start)
        for entry in section.entries:
            found.entry(section.path, entry)
    return {**found.mentioned, **found.lines}


class _Found:
    def __init__(self, text: str) -> None:
        self.lines: dict[Names, int] = {}
        self.mentioned: dict[Names, int] = {}
        self._text = text
        self._at = 0
        self._line = 1

    def add(self, names: Names, at: int, given: int = 0) -> None:
        """Take the line of a key or table; the first `given` of its names have theirs already."""
        self._line += self._text.count("\n", self._at, at)  # positions come in their order
        self._at = at
        self.lines.setdefault(names, self._line)
        for depth in range(given + 1, len(names)):
            self.mentioned.setdefault(names[:depth], self._line)

    def entry(self, table: Names, entry: Entry) -> None:
        """Take the lines of a key, and of those in its inline table."""
        names = table + entry.key
        self.add(names, entry.start, len(table))
        if self._text[entry.value] == "{":
            for inner in inline_entries(self._text, entry):
                self.entry(names, inner)
