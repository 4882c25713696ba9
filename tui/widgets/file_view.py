"""A file as it is, with the numbers of its lines: as much of it as there is room for."""

import re
from collections.abc import Sequence
from typing import Final

from textual.content import Content
from textual.widget import Widget

from tui.base.translation import many
from tui.widgets.tone import Piece, lines, right, rule

_LEAD: Final = 2
"""Lines before the one that it is about."""
_ASSIGNED: Final = re.compile(r"""([^=#"'\[{]+)(=)((?:"[^"]*"|'[^']*'|[^#])*)(#.*|)""")
_TONES: Final = "plain", "faint", "key", "faint"
_NUMBER: Final = 3


class FileView(Widget):
    """The name of the file as a section's head, and its lines; whoever makes it masks them."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._words = ""
        self._text: Sequence[str] = ()
        self._about = 0

    def show(self, name: str, text: Sequence[str], about: int = 0) -> None:
        """Show a file; `about` is the index of the line that is seen whatever the room."""
        if (name, text, about) != (self._words, self._text, self._about):
            self._words, self._text, self._about = name, text, about
            self.refresh()

    def render(self) -> Content:
        """Head and lines."""
        width, room = self.size.width, self.size.height - 1
        count = many("{count} line", "{count} lines", len(self._text))
        head = rule(self._words, width, [(count, "faint")])
        return lines([head, *self._numbered(room)])

    def _numbered(self, room: int) -> list[list[Piece]]:
        first = 0 if len(self._text) <= room else min(max(self._about - _LEAD, 0), len(self._text) - room)
        digits = max(len(str(len(self._text))), _NUMBER - 1)
        shown = self._text[first : first + max(room, 0)]
        return [
            [(right(str(number), digits), "faint"), ("  ", "plain"), *toml_pieces(line)]
            for number, line in enumerate(shown, start=first + 1)
        ]


def toml_pieces(line: str) -> list[Piece]:
    """A line of TOML: tables bold, values like names, comments faint. It is for the eye only, and takes any text."""
    if line.lstrip().startswith("#"):
        return [(line, "faint")]
    if line.lstrip().startswith("["):
        name, mark, comment = line.partition("#")
        return [(name, "strong"), (mark + comment, "faint")]
    assigned = _ASSIGNED.fullmatch(line)
    return [*zip(assigned.groups(), _TONES, strict=True)] if assigned else [(line, "muted")]
