"""A list of thousands of rows that repaints two lines when the highlight moves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Generic, TypeVar, cast

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.tone import MARGIN, Piece, rule

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Divider:
    """A line among the rows that cannot be chosen: the head of a section, or an empty line."""

    words: str = ""
    note: str = ""
    tone: str = "strong"

    def pieces(self, width: int) -> Sequence[Piece]:
        """In `width` cells."""
        note: Sequence[Piece] = [(self.note, "faint")] if self.note else ()
        return rule(self.words, width, note, tone=self.tone) if self.words else ()


PAINTED: Final = 40
"""Lines that are kept: what a list on an usual screen shows, and what it comes from."""
STEPS: Final = 2
"""Rows by which a list scrolls at most; two of them where the highlight goes past a divider."""
_PALE: Final = {"plain": "strong", "muted": "plain", "faint": "plain"}
"""One tone stronger on the ground of the highlighted row: what is pale is hard to read there."""


class PickList(ScrollView, Generic[T], can_focus=False):
    """Rows of any kind, painted by a function when they come into view.

    It takes no focus: the search box above keeps it, and the screen passes the arrow keys on. The highlighted row has
    `▌` in the margin, and rows are painted beside it. A `Divider` among them cannot be chosen; `None` stands for the
    one that is called `divider`.
    """

    DEFAULT_CLASSES = "row"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "pick--strong", "pick--plain", "pick--muted", "pick--faint", "pick--here", "pick--key", "pick--press",
        "pick--good", "pick--look-out", "pick--wrong", "pick--rule", "pick--bar", "pick--look-out-strong",
        "pick--chosen",
    }  # fmt: skip

    highlighted: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Highlighted(Message):
        """Another row is highlighted."""

        index: int

    @dataclass
    class Picked(Message):
        """A row was clicked."""

        index: int

    def __init__(self, paint: Callable[[T, int], Sequence[Piece]], *, divider: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._paint = paint
        self._divider = Divider(divider)
        self._rows: Sequence[T | Divider | None] = ()
        self._base = Style()
        self._painted: LRUCache[tuple[int, bool], Strip] = LRUCache(PAINTED)
        """Lines by row, and whether it is the highlighted one: when a list scrolls, all but two are the same."""

    def show(self, rows: Sequence[T | Divider | None], highlighted: int = 0) -> None:
        """Show other rows from the top, with one of them highlighted."""
        self._rows = rows
        self._painted.clear()
        self.virtual_size = Size(self.size.width, len(rows))
        self.set_reactive(PickList.highlighted, min(highlighted, max(len(rows) - 1, 0)))
        self.scroll_to(y=0, animate=False, force=True)
        self._bring_into_view()
        self.refresh()
        self.post_message(self.Highlighted(self.highlighted))

    @property
    def chosen(self) -> T | None:
        """The highlighted row."""
        return self._row_at(self.highlighted)

    def _row_at(self, index: int) -> T | None:
        """What can be chosen there."""
        row = self._rows[index] if 0 <= index < len(self._rows) else None
        return None if isinstance(row, Divider) else row

    def move(self, by: int) -> None:
        """Move the highlight, past what cannot be chosen; it stops at both ends."""
        last = len(self._rows) - 1
        index = max(0, min(self.highlighted + by, last))
        step = 1 if by > 0 else -1
        while 0 < index < last and self._row_at(index) is None:
            index += step
        if self._row_at(index) is not None:
            self.highlighted = index

    def page(self, direction: int) -> None:
        """Move by what is seen at once."""
        self.move(direction * max(self.size.height - 1, 1))

    def watch_highlighted(self, old: int, new: int) -> None:
        """Repaint the two lines that differ."""
        for index in (old, new):
            self.refresh(Region(0, index - self.scroll_offset.y, self._room, 1))
        self._bring_into_view()
        self.post_message(self.Highlighted(new))

    def repaint(self) -> None:
        """More is known of the same rows."""
        self._painted.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """Other colours."""
        super().notify_style_update()
        self._painted.clear()

    def on_resize(self) -> None:
        """Keep the highlight in sight."""
        self._painted.clear()
        self.virtual_size = Size(self.size.width, len(self._rows))
        self._bring_into_view()

    def on_click(self, event: events.Click) -> None:
        """A click chooses."""
        index = event.y + self.scroll_offset.y
        if self._row_at(index) is not None:
            self.highlighted = index
            self.post_message(self.Picked(index))

    def render_lines(self, crop: Region) -> list[Strip]:
        """What is seen, with what all lines have in common made out once."""
        self._base = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of what is seen."""
        index, base = y + self.scroll_offset.y, self._base
        if index >= len(self._rows):
            return Strip.blank(self.size.width, base)
        row, chosen = self._rows[index], index == self.highlighted
        if (strip := self._painted.get((index, chosen))) is None:
            strip = self._painted[index, chosen] = self._line(row, base, chosen=chosen)
        return strip

    def _line(self, row: T | Divider | None, base: Style, *, chosen: bool) -> Strip:
        ground = base
        divider = self._divider if row is None else row if isinstance(row, Divider) else None
        if chosen and divider is None:
            # not partial: a translucent colour must be mixed with what is behind it
            ground = base + Style(bgcolor=self.get_component_rich_style("pick--chosen").bgcolor)
        room = max(self._room - 1, 0)
        pieces = divider.pieces(room) if divider else self._paint(cast("T", row), room)
        if ground is not base:
            pieces = [(text, _PALE.get(tone, tone)) for text, tone in pieces]
            pieces[:1] = [(text, "strong" if tone == "plain" else tone) for text, tone in pieces[:1]]
        pieces = [(MARGIN if ground is not base else " ", "here"), *pieces]
        return self._strip(pieces, ground).adjust_cell_length(self.size.width, base)

    @property
    def _room(self) -> int:
        """Cells of a row. The last one of the list stays free: with it Textual would send the scroll bar's as well.

        And so a row ends at the right edge of the grid.
        """
        return max(self.scrollable_size.width - 1, 0)

    def _strip(self, pieces: Sequence[Piece], ground: Style) -> Strip:
        """The pieces, the last one filled up: blanks in a tone of their own would be one more change to send."""
        pieces = [piece for piece in pieces if piece[0]] or [("", "plain")]
        missing = self._room - sum(cell_len(text) for text, _tone in pieces)
        styles = {tone: ground + self.get_component_rich_style(f"pick--{tone}", partial=True) for _text, tone in pieces}
        segments = [Segment(text, styles[tone]) for text, tone in pieces]
        segments.append(Segment(" " * max(missing, 0), segments[-1].style))
        return Strip(segments).adjust_cell_length(self._room, ground)

    def _bring_into_view(self) -> None:
        """Scroll by a row or two where the terminal can do that, else by half of what is seen: it is all sent again."""
        top, height = self.scroll_offset.y, max(self.size.height, 1)
        bottom = top + height - 1
        by = max(self.highlighted - bottom, 0) or min(self.highlighted - top, 0)
        if 0 < abs(by) <= STEPS and self._has_rows_to_itself:
            first = top + by
        elif not top <= self.highlighted <= bottom:
            half = height // 2 if abs(self.highlighted - top) <= 2 * height else 0
            first = self.highlighted - (half if self.highlighted < top else height - 1 - half)
        else:
            return
        self.scroll_to(y=max(first, 0), animate=False, force=True)

    @property
    def _has_rows_to_itself(self) -> bool:
        """Whether nothing else stands in the terminal's rows: they can be scrolled, and columns cannot."""
        return self.outer_size.width > self.app.size.width * 3 // 4
