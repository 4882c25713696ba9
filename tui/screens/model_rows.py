"""The rows of the Model step: what they are, how long names are shortened, and how a row is painted."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from tui.base.foreign import clean
from tui.base.key_shapes import is_key_name
from tui.base.secrets_in_text import without_keys_in
from tui.base.translation import _
from tui.catalog.models import Model
from tui.drafts.model_choice import Typed
from tui.widgets.tone import Piece, cut_middle, left, line, right

NARROW: Final = 66
NUMBERS: Final = 8, 8, 7
"""Cells of context and prices."""
ABILITIES: Final = 5, 5, 6, 6
"""Cells of what it can do; on a narrow screen they are left out, to tell the names apart."""
MARK: Final = 2
CAN: Final = {True: "✓", False: "·", None: " "}
_PARTS: Final = re.compile(r"[^-./:@]+[-./:@]*")
_BETWEEN: Final = "-./:@"


class ShortNames:
    """The names of one list. What is too long loses a run of its parts: the one that tells least, being in many.

    No two of them are given the same few letters. The provider before a slash stays.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._shared = Counter(part.rstrip(_BETWEEN) for name in names for part in _PARTS.findall(name))
        self._given: dict[tuple[str, int], str] = {}
        self._taken: set[tuple[str, int]] = set()

    def of(self, name: str, cells: int) -> str:
        """`name` in at most `cells` cells."""
        if cell_len(name) <= cells:
            return name
        if (name, cells) not in self._given:
            ways = (text for _lost, text in sorted(self._ways(name, cells)))
            text = next((text for text in ways if (text, cells) not in self._taken), None) or cut_middle(name, cells)
            self._given[name, cells] = text
            self._taken.add((text, cells))
        return self._given[name, cells]

    def _ways(self, name: str, cells: int) -> Iterator[tuple[float, str]]:
        """How much each way of leaving out a run loses; what stands at the end of a name tells more."""
        parts = _PARTS.findall(name) if name.isascii() else []
        weights = [(1 + number / 10) / (self._shared[part.rstrip(_BETWEEN)] or 1) for number, part in enumerate(parts)]
        for start in range(1 if parts and parts[0].endswith("/") else 0, len(parts)):
            for end in range(start + 1, len(parts)):
                text = "".join([*parts[:start], "…", *parts[end:]])
                if len(text) <= cells:
                    yield sum(weights[start:end]), text
                    break  # a longer run loses more


class Head(Widget):
    """The names of the columns, above the list; and how it is arranged."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._said = ""

    def say(self, words: str) -> None:
        """Say how the list is arranged."""
        self._said = words
        self.refresh()

    def render(self) -> Content:
        """In the columns of the rows, below the mark that stands before some."""
        width = self.size.width
        name = _("★ verified: {order}").format(order=self._said) if self._said else _("★ verified with OpenHands")
        heads = [_("context"), _("$/1M in"), _("out"), _("see"), _("tool"), _("cache"), _("think")]
        cells = _cells(width)
        numbers = "".join(right(head, count) for head, count in zip(heads, cells, strict=False))
        return line((left(name, width - sum(cells)) + numbers, "faint"))


def _cells(width: int) -> tuple[int, ...]:
    return (*NUMBERS, *ABILITIES) if width >= NARROW else NUMBERS


def typed_row(row: Typed, width: int, *, unknown: bool) -> list[Piece]:
    """The row that offers what was typed, in `width` cells."""
    words = _("  use “{id}” as typed, unknown to litellm") if unknown else _("  use “{id}” as typed")
    return [(left(words.format(id=without_keys_in(clean(row.id), is_key_name)), width), "press")]


def mark_of(model: Model, *, present: bool, used: bool, gone: bool) -> Piece:
    """Verified, unless it is gone; or chosen now, or used in another group of the file."""
    if model.verified and not gone:
        return "★ ", "good"
    return ("● ", "here") if present else ("○ " if used else "  ", "plain")


def model_row(model: Model, mark: Piece, *, width: int, whole: bool, short: ShortNames, gone: str) -> list[Piece]:
    """A model in `width` cells, by its whole id or its name. Few tones, and so few bytes for a move.

    `gone` says why it cannot be called: its columns would only lead astray. `short` are the names of the list.
    """
    name = clean(model.id if whole else model.name)
    if gone:
        room = width - MARK - cell_len(gone) - 2
        return [mark, (left(short.of(name, room), room), "faint"), (right(gone, cell_len(gone) + 2), "faint")]
    cells = _cells(width)
    room = width - MARK - sum(cells)
    columns = "".join(right(text, count) for text, count in zip(_columns(model), cells, strict=False))
    return [mark, (left(short.of(name, room), room), "plain"), (columns, "muted")]


def _columns(model: Model) -> list[str]:
    """As the heads above them; a dot stands below the middle of its word."""
    seen, called, cached, thought = (CAN[can] for can in (model.vision, model.tools, model.caching, model.reasoning))
    prices = price(model.input_per_million), price(model.output_per_million)
    return [tokens(model.context), *prices, f"{seen} ", f"{called}  ", f"{cached}  ", f"{thought}  "]


def tokens(count: int | None) -> str:
    """200 k, 1 M; "" when unknown."""
    if count is None:
        return ""
    return f"{count / 1e6:.3g} M" if count >= 1_000_000 else f"{count // 1000} k" if count >= 1000 else str(count)


def price(dollars: float | None) -> str:
    """3.00, 0.075; "" when unknown."""
    return "" if dollars is None else f"{dollars:,.2f}" if dollars >= 0.1 or dollars == 0 else f"{dollars:.3f}"
