"""A sentence with a mark before it: a remark in its place, or a band across the page that says how something ended."""

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widget import Widget
from textual.widgets import Static

from tui.widgets.tone import Piece, fitting, left, line, lines

_MARKS: Final = {"good": "✓"}


class Hanging(Visual):
    """Text with a mark before its first line; its other lines begin below the text, and not below the mark."""

    def __init__(self, mark: Content, text: Visual) -> None:
        self._mark = mark
        self._text = text
        self._width = mark.cell_length

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Cells that it needs to be one line."""
        return self._text.get_optimal_width(rules, container_width - self._width) + self._width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Lines in `width` cells."""
        return self._text.get_height(rules, max(width - self._width, 1))

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Its lines."""
        strips = self._text.render_strips(max(width - self._width, 1), height, style, options)
        cells, ground = self._width, style.rich_style
        mark = self._mark.render_strips(cells, 1, style, options)[0].adjust_cell_length(cells, ground)
        gap = Strip([Segment(" " * cells, ground)], cells)
        return [Strip.join([gap if number else mark, strip]) for number, strip in enumerate(strips)]


class Brief(Static):
    """Words of a fixed height: where they have no room, the last line ends in an ellipsis."""

    def render(self) -> Visual:
        """As many lines as there are rows."""
        return _Beginning(self.visual)


class _Beginning(Visual):
    """The first lines of a text."""

    def __init__(self, text: Visual) -> None:
        self._text = text

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As the text."""
        return self._text.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """As the text."""
        return self._text.get_height(rules, width)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Its lines, and the sign that there are more."""
        strips = self._text.render_strips(width, None, style, options)
        if height is None or len(strips) <= height or not height:
            return strips
        *whole, last = strips[:height]
        cells = min(cell_len(last.text.rstrip()), width - 1)
        return [*whole, Strip.join([last.crop(0, cells), Strip([Segment("…", style.rich_style)], 1)])]


class Remark(Static):
    """A sentence to look at: mark and colour say of what kind, the words say what. Empty, it takes no row."""

    def __init__(self, text: str = "", tone: str = "look-out", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._said: tuple[str, str] | None = None
        self.say(text, tone)

    def say(self, text: str, tone: str = "look-out") -> None:
        """Say something else."""
        if (text, tone) != self._said:
            self._said = (text, tone)
            self.display = bool(text)
            self.set_classes(f"-{tone}")
            self.update(line((text, tone)))

    def render(self) -> Visual:
        """The mark and the sentence."""
        tone = self._said[1] if self._said else "look-out"
        return Hanging(line(_mark(tone)), self.visual)


def remark_line(text: str, tone: str = "look-out") -> Content:
    """The mark and the sentence, as a line."""
    return line(_mark(tone), (text, tone))


def _mark(tone: str) -> Piece:
    return f"{_MARKS.get(tone, '!')} ", f"{tone}-strong" if tone in {"good", "look-out", "wrong"} else tone


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
        if isinstance(text, Content) and self._note and text.cell_length + 2 + cell_len(self._note) <= room:
            gap = " " * (room - text.cell_length - cell_len(self._note))
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
