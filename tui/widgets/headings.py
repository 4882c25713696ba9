"""What a page asks, and what its parts are called."""

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from tui.widgets.tone import Piece, apart, line, rule


class Question(Widget):
    """The one question of a page, bold; at the right edge what there is to note: a count, an address, a price."""

    def __init__(self, words: str, *note: Piece, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._words = words
        self._note = note

    def ask(self, words: str) -> None:
        """Ask something else."""
        if words != self._words:
            self._words = words
            self.refresh()

    def note(self, *note: Piece) -> None:
        """Note something else."""
        if note != self._note:
            self._note = note
            self.refresh()

    def render(self) -> Content:
        """One line; a note that has no room beside the question is left out."""
        needed = sum(cell_len(text) for text, _tone in self._note)
        fits = cell_len(self._words) + 2 + needed <= self.size.width
        return line(*apart([(self._words, "strong")], self._note if fits else (), self.size.width))


class Section(Widget):
    """`Title ───── note`: the head of a part of a page."""

    def __init__(self, words: str, *note: Piece, tone: str = "strong", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._words = words
        self._note = note
        self._tone = tone

    def say(self, words: str, *note: Piece) -> None:
        """Another title and note."""
        if (words, note) != (self._words, self._note):
            self._words, self._note = words, note
            self.refresh()

    def render(self) -> Content:
        """One line."""
        return line(*rule(self._words, self.size.width, self._note, tone=self._tone))
