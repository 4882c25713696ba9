"""The row of keys below every step."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from textual import events
from textual.content import Content
from textual.widget import Widget

from tui.widgets.tone import Piece, line

Hint = tuple[str, str, str]
"""The key as shown, what it does, and the action that a click runs."""


GAP: Final = 3


class KeyBar(Widget):
    """What can be pressed here. One widget, where a Footer would be one for each key: it is repainted often."""

    def __init__(self, hints: Sequence[Hint]) -> None:
        super().__init__()
        self._hints = hints

    def show(self, hints: Sequence[Hint]) -> None:
        """Other keys from now on."""
        if tuple(hints) != tuple(self._hints):
            self._hints = hints
            self.refresh()

    def render(self) -> Content:
        """One line of what fits."""
        return line(*(piece for key, label, _action in self._fitting() for piece in _pieces(key, label)))

    async def on_click(self, event: events.Click) -> None:
        """A click does what the key does."""
        hints = self._fitting()
        index = bisect_right(_ends(hints), event.x - self.gutter.left)
        if index < len(hints) and hints[index][2]:
            await self.run_action(hints[index][2])

    def _fitting(self) -> Sequence[Hint]:
        """All hints, or as many as fit: the last one, which leaves the program, and those before it from the left."""
        hints = list(self._hints)
        while len(hints) > 1 and _ends(hints)[-1] - GAP > self.size.width:
            del hints[-2]
        return hints


def _ends(hints: Sequence[Hint]) -> list[int]:
    """The column at which each hint, and the gap after it, ends."""
    return list(accumulate(len(key) + len(label) + 1 + GAP for key, label, _action in hints))


def _pieces(key: str, label: str) -> tuple[Piece, Piece]:
    return (key, "press"), (f" {label}{' ' * GAP}", "muted")
