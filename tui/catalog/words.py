"""How a search compares texts: case, and what stands between the parts of a name, do not matter."""

import re
from typing import Final

_SEPARATORS: Final = re.compile(r"[^\w]|_")
_LETTERS_THEN_DIGITS: Final = re.compile(r"([a-z]{3})(?=\d)")
"""`gpt5` and `llama3` are two words, `o1`, `k2` and `4o` are one."""
JOINED_FROM: Final = 4
"""Characters that a word needs to be looked for across separators too (`gpt4o` finds `gpt-4o`); shorter ones would
be found by accident (`o1` in `turbo-16k`)."""


def words(text: str) -> list[str]:
    """The words of a name or a query, in lower case: "Claude-3.5" → ["claude", "3", "5"], "GPT5" → ["gpt", "5"]."""
    return _LETTERS_THEN_DIGITS.sub(r"\1 ", _SEPARATORS.sub(" ", text.lower())).split()


def spaced(text: str) -> str:
    """The words with a space before each, so that " son" is found only where a word starts."""
    return "".join(f" {word}" for word in words(text))


def joined(text: str) -> str:
    """The words without anything between them."""
    return "".join(words(text))


def occurs(word: str, spaced_text: str, joined_text: str) -> bool:
    """Whether `word` occurs in a text of which both forms are given."""
    return word in spaced_text or (len(word) >= JOINED_FROM and word in joined_text)
