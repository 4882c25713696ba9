"""The lines of a file, each with its number: as they are, or those that go and those that come."""

import re
from collections.abc import Sequence
from typing import Final

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tui.base.translation import many
from tui.config_file.diff import DiffLine
from tui.widgets.explanation import Heading
from tui.widgets.tone import Piece, left, lines, right, rule

_TONES: Final = {"+": "added", "-": "removed"}
_NUMBER: Final = 4


DiffRow = DiffLine | Heading | Sequence[Piece]
"""A line of the diff, the head of a further file, or a line that says something."""


class DiffView(Widget):
    """What changes, on a ground from edge to edge; as high as it has lines. A line that is too long is cut."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._shown: Sequence[DiffRow] = ()

    def show(self, shown: Sequence[DiffRow]) -> None:
        """Show other lines, which are masked."""
        if shown != self._shown:
            self._shown = shown
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """A row a line."""
        return len(self._shown)

    def render(self) -> Content:
        """All of them."""
        return lines([_row(row, self.size.width) for row in self._shown])


def _row(row: DiffRow, width: int) -> Sequence[Piece]:
    if isinstance(row, Heading):
        return rule(row.words, width, [(row.note, "faint")] if row.note else ())
    if not isinstance(row, DiffLine):
        return row
    number = right(str(row.number), _NUMBER) if row.number else " " * _NUMBER
    text = left(f"{row.sign} {row.text}", max(width - _NUMBER - 1, 1))
    return [(f"{number} ", _TONES.get(row.sign, "faint")), (text, _TONES.get(row.sign, "muted"))]


def plain_text(row: DiffRow) -> str:
    """The same without its looks."""
    if isinstance(row, Heading):
        return f"{row.words}   {row.note}".rstrip()
    return f"{row.sign} {row.text}" if isinstance(row, DiffLine) else "".join(text for text, _tone in row)


_BEFORE: Final = 2
"""Lines above the one that it is about."""
_ASSIGNED: Final = re.compile(r"""([^=#"'\[{]+)(=)((?:"[^"]*"|'[^']*'|[^#])*)(#.*|)""")
_PARTS: Final = "plain", "faint", "key", "faint"
_DIGITS: Final = 3


class FileView(Widget):
    """A file as it is, as much of it as there is room for, below its name. Whoever shows it masks the lines."""

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
        first = 0 if len(self._text) <= room else min(max(self._about - _BEFORE, 0), len(self._text) - room)
        digits = max(len(str(len(self._text))), _DIGITS - 1)
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
    return [*zip(assigned.groups(), _PARTS, strict=True)] if assigned else [(line, "muted")]
