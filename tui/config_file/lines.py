"""On which line each key and table of a text stands, found in one pass over it."""

from tui.config_file.scanning import Entry, inline_entries, scan

Names = tuple[str, ...]


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
