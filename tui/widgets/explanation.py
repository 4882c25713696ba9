"""The pane at the right of a wide screen that explains what is highlighted."""

from collections.abc import Sequence

from textual.widgets import Static

from tui.widgets.tone import Piece, lines


class Explanation(Static):
    """Shown from 120 columns on; below that its screen says the most important of it in one line."""

    def explain(self, title: str, rows: Sequence[Sequence[Piece]]) -> None:
        """A title and some paragraphs."""
        self.update(lines([[(title, "strong")], [("", "plain")], *rows]), layout=False)
