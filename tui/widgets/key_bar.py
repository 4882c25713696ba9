"""The row of keys below every page: those of the page at the left edge, those of the whole program at the right one."""

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widget import Widget

from tui.widgets.tone import Piece, line

Hint = tuple[str, str, str]
"""The key as shown (`enter`, `esc`, `^s`, `f1`, `↑ ↓`), what it does, and the action that a click runs."""

GAP: Final = 2
GLOBAL: Final = "f1", "^p", "^q"
"""Keys that do the same everywhere, in the order in which they stand at the right edge."""
ARROWS: Final = "↑ ↓", "← →"
_FEWEST: Final = 5
"""Keys of its own that a page keeps beside F1."""


class KeyBar(Widget):
    """What can be pressed here, in one order on all pages and dialogs.

    One widget, where a Footer would be one for each key: it is repainted often.
    """

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
        pieces: list[Piece] = []
        at = 0
        for start, (key, label, _action) in self._placed():
            pieces += [(" " * (start - at), "plain"), (key, "press"), (f" {label}", "muted")]
            at = start + _cells((key, label, ""))
        return line(*pieces)

    async def on_click(self, event: events.Click) -> None:
        """A click does what the key does."""
        at = event.x - self.gutter.left
        for start, hint in self._placed():
            if start <= at < start + _cells(hint) and hint[2]:
                await self.run_action(hint[2])

    def _placed(self) -> list[tuple[int, Hint]]:
        """The column of each hint that fits."""
        own, shared = self._fitting()
        placed, at = [], 0
        for hint in own:
            placed.append((at, hint))
            at += _cells(hint) + GAP
        at = self.size.width - _width(shared)
        for hint in shared:
            placed.append((at, hint))
            at += _cells(hint) + GAP
        return placed

    def _fitting(self) -> tuple[list[Hint], list[Hint]]:
        """The page's own keys, then those of the program. Where room is short, what is tried anyway goes first, and
        leaving it is what stays.
        """
        own = sorted((hint for hint in self._hints if hint[0] not in GLOBAL), key=_rank)
        shared = sorted((hint for hint in self._hints if hint[0] in GLOBAL), key=lambda hint: GLOBAL.index(hint[0]))
        for less in (
            "↑ ↓",
            "^p",
            *(hint[0] for hint in own[: _FEWEST - 1 : -1]),
            "f1",
            *(hint[0] for hint in own[:0:-1]),
        ):
            if _width([*own, *shared]) <= self.size.width:
                break
            own, shared = ([hint for hint in some if hint[0] != less] for some in (own, shared))
        return own, shared


def _rank(hint: Hint) -> int:
    """Leaving, going on, moving; then letters, then what is pressed with Ctrl."""
    key = hint[0]
    first = "esc", "enter", *ARROWS
    return first.index(key) if key in first else len(first) + key.startswith("^")


def _cells(hint: Hint) -> int:
    return cell_len(hint[0]) + 1 + cell_len(hint[1])


def _width(hints: Sequence[Hint]) -> int:
    """Cells of all of them, with the gaps between them."""
    return sum(_cells(hint) + GAP for hint in hints) - GAP if hints else 0
