"""What is shown where a terminal is too small for a page."""

from typing import Final

from textual.geometry import Size
from textual.widgets import Static

from tui.base.translation import _

LEAST: Final = Size(60, 20)


class TooSmall(Static):
    """Covers the page, which keeps its focus and its text below it."""

    def __init__(self, size: Size) -> None:
        super().__init__(markup=False)
        self.say(size)

    def say(self, size: Size) -> None:
        """How large the terminal is, and would have to be."""
        words = _("This needs {width} x {height} characters, and there are {columns} x {rows}. Ctrl+Q twice leaves.")
        self.update(words.format(width=LEAST.width, height=LEAST.height, columns=size.width, rows=size.height))


def is_too_small(size: Size) -> bool:
    """Whether no page of ours is of use in a terminal of this size."""
    return size.width < LEAST.width or size.height < LEAST.height
