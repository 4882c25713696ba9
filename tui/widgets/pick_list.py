"""A list of thousands of rows that repaints two lines when the highlight moves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Generic, TypeVar

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

PAINTED: Final = 40
"""Lines that are kept: what a list on an usual screen shows, and what it comes from."""
_PALE: Final = {"muted": "plain", "faint": "plain"}
"""What is hard to read on the ground of the highlighted row, and what it is painted as there."""


class PickList(ScrollView, Generic[T], can_focus=False):
    """Rows of any kind, painted by a function when they come into view.

    It takes no focus: the search box above keeps it, and the screen passes the arrow keys on. The highlighted row has
    `▌` in the margin, and rows are painted beside it. `None` among them is a line that cannot be chosen: the head of a
    section, of which `divider` is the title.
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
        self._divider = divider
        self._rows: Sequence[T | None] = ()
        self._base = Style()
        self._painted: LRUCache[tuple[int, bool], Strip] = LRUCache(PAINTED)
        """Lines by row, and whether it is the highlighted one: when a list scrolls, all but two are the same."""

    def show(self, rows: Sequence[T | None], highlighted: int = 0) -> None:
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
        return self._rows[self.highlighted] if self._rows else None

    def move(self, by: int) -> None:
        """Move the highlight, past what cannot be chosen; it stops at both ends."""
        last = len(self._rows) - 1
        index = max(0, min(self.highlighted + by, last))
        step = 1 if by > 0 else -1
        while 0 < index < last and self._rows[index] is None:
            index += step
        if self._rows and self._rows[index] is not None:
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
        if index < len(self._rows) and self._rows[index] is not None:
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

    def _line(self, row: T | None, base: Style, *, chosen: bool) -> Strip:
        ground = base
        if chosen and row is not None:
            # not partial: a translucent colour must be mixed with what is behind it
            ground = base + Style(bgcolor=self.get_component_rich_style("pick--chosen").bgcolor)
        room = max(self._room - 1, 0)
        pieces = self._paint(row, room) if row is not None else rule(self._divider, room)
        if ground is not base:
            pieces = [(text, _PALE.get(tone, tone)) for text, tone in pieces]
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
        """Scroll by a row where the terminal can do that, else by half of what is seen: it is all sent again."""
        top, height = self.scroll_offset.y, max(self.size.height, 1)
        bottom = top + height - 1
        if self.highlighted in (top - 1, bottom + 1) and self._has_rows_to_itself:
            first = top + (1 if self.highlighted > bottom else -1)
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
