"""Words that differ by one letter from what was typed: one too many, one missing, another one, two the wrong way."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from string import ascii_lowercase
from typing import Final

SHORTEST: Final = 3
"""Letters of a word that is looked for; shorter ones are one letter away from everything."""


class Vocabulary:
    """All words of some texts, in order, so that one also finds those that only begin so."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts
        self._words: list[str] = []

    def near(self, word: str) -> list[str]:
        """What `word` may be a slip for: beginnings of words that are there. Words with digits are never slips."""
        if len(word) < SHORTEST or not word.isalpha():
            return []
        if not self._words:
            self._words = sorted({part for text in self._texts for part in text.split()})
        return list(dict.fromkeys(slip for slip in _slips(word) if len(slip) >= SHORTEST and self._begins(slip)))

    def _begins(self, start: str) -> bool:
        place = bisect_left(self._words, start)
        return place < len(self._words) and self._words[place].startswith(start)


def _slips(word: str) -> Iterator[str]:
    """`word` with two letters changed round, one missing, another one, one more; the first letter is mostly right."""
    for i in range(len(word) - 1):
        yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]
        for letter in ascii_lowercase:
            yield word[:i] + letter + word[i + 1 :]
            yield word[:i] + letter + word[i:]
