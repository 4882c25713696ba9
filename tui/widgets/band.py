"""How something ended, across the page: a mark, a sentence on a ground of its colour, and a few figures below."""

from collections.abc import Sequence
from typing import Final

from textual.content import Content
from textual.visual import Visual
from textual.widget import Widget
from textual.widgets import Static

from tui.widgets.remark import Hanging
from tui.widgets.tone import Piece, fitting, left, line, lines

_MARKS: Final = {"good": "✓"}
_KINDS: Final = ("good", "look-out", "wrong")


class Band(Static):
    """Green for what is well, red for what failed, amber for what was broken off. The whole sentence stands there."""

    def __init__(self, tone: str = "good", *said: Piece, note: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._tone = tone
        self._note = note
        self.say(tone, *said, note=note)

    def say(self, tone: str, *said: Piece, note: str = "") -> None:
        """Say how it ended; `note` stands at the right edge where the sentence leaves room for it."""
        self._tone, self._note = tone, note
        for kind in _KINDS:
            self.set_class(kind == tone, f"-{kind}")
        self.update(line(*said))

    def render(self) -> Visual:
        """The mark, the sentence, the note."""
        mark = line((f" {_MARKS.get(self._tone, '!')} ", f"badge-{self._tone}"), ("  ", "plain"))
        room = self.size.width - mark.cell_length - 1
        text = self.visual
        if isinstance(text, Content) and self._note and text.cell_length + 2 + len(self._note) <= room:
            gap = " " * (room - text.cell_length - len(self._note))
            text = text + line((gap + self._note, "muted"))
        return Hanging(mark, text)


class Figures(Widget):
    """A few numbers side by side, and below each what it is."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._figures: Sequence[tuple[str, str]] = ()

    def show(self, figures: Sequence[tuple[str, str]]) -> None:
        """Others: number, and what it is."""
        self._figures = figures
        self.refresh()

    def render(self) -> Content:
        """Two lines."""
        if not self._figures:
            return Content()
        cells = self.size.width // len(self._figures)
        rows: list[list[Piece]] = [[], []]
        for number, name in self._figures:
            rows[0].append((left(number, cells - 1) + " ", "strong"))
            rows[1].append((left(name, cells - 1) + " ", "muted"))
        return lines([[*fitting(row, self.size.width)] for row in rows])
