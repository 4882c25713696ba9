"""A choice whose values all stand there side by side."""

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size

from tui.widgets.choice import Choice
from tui.widgets.tone import Piece, line


class Segments(Choice):
    """`Docker   Command line   From source`, the chosen one on a ground of its own. Left, right and space change it.

    Where they have no room side by side it looks like any other choice. It has the width that it is given.
    """

    DEFAULT_CLASSES = "segments"

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """What all of them need."""
        return self._needed

    @property
    def _needed(self) -> int:
        return sum(cell_len(name) + 2 for name in self._shown) + max(len(self._shown) - 1, 0)

    @property
    def _shown(self) -> list[str]:
        return [self.name_of(value) for value in self._values]

    def render(self) -> Content:
        """All of them, or the chosen one."""
        if self._needed > self.size.width:
            return super().render()
        pieces: list[Piece] = []
        for value in self._values:
            tone = "muted" if value != self.value else "badge-here" if self.has_focus else "badge"
            pieces += [(f" {self.name_of(value)} ", tone), (" ", "plain")]
        shown = line(*pieces[:-1])
        if not self.app.no_color or self.has_focus:
            return shown
        start = sum(cell_len(name) + 3 for name in self._shown[: self._values.index(self.value)])
        return shown.stylize("underline", start, start + cell_len(self.name_of(self.value)) + 2)

    def on_click(self, event: events.Click) -> None:
        """The one that is clicked."""
        if self._needed > self.size.width:
            super().on_click(event)
            return
        event.stop()
        event.prevent_default()
        start = 0
        for value, name in zip(self._values, self._shown, strict=True):
            if start <= event.x < start + cell_len(name) + 2:
                self.choose(value)
            start += cell_len(name) + 3
