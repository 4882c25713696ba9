"""A shell line to be copied, on a ground of its own, broken where the shell lets it be."""

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tui.base.translation import _
from tui.handover.start import PLACEHOLDER, broken
from tui.widgets.tone import Piece, apart, lines


class CommandCard(Widget):
    """`$ llm-setup exec -- docker run -it \\`: what is selected with the mouse is a line that a shell takes as well."""

    DEFAULT_CLASSES = "card"

    def __init__(self, command: str = "", *, copies: bool = False, id: str | None = None) -> None:  # noqa: A002
        """`copies`: it is the one that `c` copies."""
        super().__init__(id=id)
        self._command = command
        self._copies = copies

    def show(self, command: str) -> None:
        """Another one."""
        if command != self._command:
            self._command = command
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as it is broken into."""
        return sum(-(-(len(row) + 2) // max(width, 1)) for row in broken(self._command, width - 2))

    def render(self) -> Content:
        """The prompt of a shell, and the line."""
        width = self.content_size.width
        first, *others = broken(self._command, width - 2)
        begin: list[Piece] = [("$ ", "press"), *_marked(first)]
        copies: list[Piece] = [(_("c copies"), "muted")]
        if self._copies and len(first) + 4 + cell_len(copies[0][0]) <= width:
            begin = apart(begin, copies, width)
        return lines([begin, *([("  ", "plain"), *_marked(row)] for row in others)])


def _marked(row: str) -> list[Piece]:
    """A line, of which the last word may stand for one of the user's own."""
    if not row.endswith(f" {PLACEHOLDER}"):
        return [(row, "strong")]
    return [(row.removesuffix(PLACEHOLDER), "strong"), (PLACEHOLDER, "yours")]
