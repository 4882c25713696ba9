"""One sentence with a coloured mark in the margin."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from tui.widgets.tone import Piece, line, lines


class Remark(Static):
    """A sentence to look at: the mark's colour says of what kind, the words say what. Empty, it takes no row."""

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


def remark(text: str, tone: str = "look-out") -> Content:
    """The mark and the sentence, as a line."""
    pieces: list[Piece] = [("▌ ", tone), (text, tone)]
    return line(*pieces)


# -- the pane at the right of a wide screen that explains what is highlighted


class Explanation(Static):
    """Shown from 120 columns on; below that its screen says the most important of it in one line."""

    def explain(self, title: str, rows: Sequence[Sequence[Piece]]) -> None:
        """A title and some paragraphs."""
        self.update(lines([[(title, "strong")], [("", "plain")], *rows]), layout=False)
