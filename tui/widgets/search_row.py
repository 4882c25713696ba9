"""A search box with a count beside it, above a list."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from tui.base.translation import _
from tui.widgets.field_row import LABEL
from tui.widgets.text_input import TextInput
from tui.widgets.tone import left, line, right


class SearchRow(Widget):
    """The label and the count are painted by the row itself."""

    CELLS = 34

    def __init__(self) -> None:
        super().__init__()
        self._count = ""

    def compose(self) -> ComposeResult:
        """The box."""
        box = TextInput(id="search")
        box.styles.width = self.CELLS
        yield box

    def count(self, words: str) -> None:
        """Say how many were found."""
        if words != self._count:
            self._count = words
            self.refresh()

    def render(self) -> Content:
        """The label on the left, the count on the right."""
        gap = " " * self.CELLS
        room = max(self.size.width - LABEL - self.CELLS, len(self._count) + 1)
        return line((left(_("Search"), LABEL), "strong"), (gap, "plain"), (right(self._count, room), "muted"))
