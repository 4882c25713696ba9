"""Long names of models in few cells, so that one still sees which is which."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from rich.cells import cell_len

from tui.widgets.tone import cut_middle

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
