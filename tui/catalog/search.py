"""How well a model fits what was typed. All of the scoring is here."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from string import ascii_lowercase
from typing import Final

from tui.catalog.model import Model

# -- how a search compares texts: case, and what stands between the parts of a name, do not matter

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


# -- words that differ by one letter from what was typed: one too many, one missing, another one, two the wrong way

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


NOTICE: Final = timedelta(days=14)
"""What is retired within it counts as retired: who sets it up today would have to do so again."""
_END: Final = " |"
"""Between a model's name and its provider; no word contains it."""
_VERSION: Final = re.compile(r"[a-z]{0,6}(\d{1,2})o?")
"""A word that holds a version (`5`, `k2`, `4o`), and not a size (`70b`), a context (`32k`) or a month (`2507`)."""
_TWO_DIGITS: Final = re.compile(r"\d\d")
"""May be a version without its dot: `sonnet45`."""
_DATE: Final = re.compile(r"(20\d\d)-?(\d\d)-?(\d\d)")


class Haystack:
    """What is looked through, once for each model, in the order that decides between equals."""

    def __init__(self, models: Sequence[Model], provider_names: dict[str, str]) -> None:
        names = {family: f"{provider_names.get(family, '')} {family}" for family in {model.family for model in models}}
        ends = {family: _END + spaced(name) + " " for family, name in names.items()}
        self._texts = [spaced(model.name) + ends[model.family] for model in models]
        self._runs = [text.replace(" ", "") for text in self._texts]
        self._family_words = {family: frozenset(words(name)) for family, name in names.items()}
        self._tails = [_tail(model.name) for model in models]
        self._models = models
        self._vocabulary = Vocabulary(self._texts)

    def best_first(self, query: str, among: Sequence[int]) -> list[int]:
        """Those of the positions `among` in whose model every word of `query` occurs, or one that it is a slip for."""
        wanted = words(query)
        found = list(among)
        for number, word in enumerate(wanted):
            if word not in wanted[:number]:
                found, wanted[number] = self._with_or_near(word, found, among)
        if not found or not wanted:
            return found
        scores = self._scores(wanted, query.strip().lower(), found)
        best = sorted(range(len(found)), key=scores.__getitem__, reverse=True)  # equals keep their order
        return [found[i] for i in best]

    def _with_or_near(self, word: str, found: list[int], among: Sequence[int]) -> tuple[list[int], str]:
        """Those of `found` with `word`, or with what it is a slip for; a word that occurs elsewhere is none."""
        having = self._with(word, found)
        if having or not found or (len(found) < len(among) and self._with(word, among)):
            return having, word
        near = [(self._with(other, found), other) for other in self._vocabulary.near(word)]
        return max(near, key=lambda pair: len(pair[0]), default=([], word))

    def _with(self, word: str, among: Sequence[int]) -> list[int]:
        texts = self._texts
        if _TWO_DIGITS.fullmatch(word):
            apart = _apart(word)
            return [i for i in among if word in texts[i] or apart in texts[i]]
        if len(word) < JOINED_FROM:
            return [i for i in among if word in texts[i]]
        runs = self._runs
        return [i for i in among if word in texts[i] or word in runs[i]]

    def _scores(self, wanted: list[str], typed: str, found: list[int]) -> list[int]:
        """A point for each word that starts one, that is one, that follows the one before; more for a whole name."""
        texts = [self._texts[i] for i in found]
        tails, models = self._tails, self._models
        phrase = "".join(f" {word}" for word in wanted)
        whole = phrase + _END
        scores = [
            3 * (tails[i] == phrase or text.startswith(whole))
            + 3 * (models[i].id == typed)
            + 2 * (models[i].family in wanted)
            for i, text in zip(found, texts, strict=True)
        ]
        for part in _parts(wanted):
            scores = [score + (part in text) for score, text in zip(scores, texts, strict=True)]
        return self._with_their_maker(wanted, found, scores)

    def _with_their_maker(self, wanted: list[str], found: list[int], scores: list[int]) -> list[int]:
        """More for a model that is called as the words say when those that only name its provider are left out."""
        named = {family for family, theirs in self._family_words.items() if not theirs.isdisjoint(wanted)}
        for place, i in enumerate(found if named else ()):
            family = self._models[i].family
            if family in named:
                text, theirs = self._texts[i], self._family_words[family]
                name = text[: text.index(_END)] + " "
                rest = "".join([f" {word}" for word in wanted if word not in theirs or f" {word} " in name])
                if rest:
                    whole = self._tails[i] == rest or text.startswith(rest + _END)
                    scores[place] += 3 if whole else 2 * text.startswith(rest)
        return scores


def _apart(version: str) -> str:
    """`45` as it stands in a text that says 4.5."""
    return f" {version[0]} {version[1]}"


def _tail(name: str) -> str:
    """What else a model is called for short: without the makers before it, and without `-latest`; "" for nothing."""
    short = name.rpartition("/")[2].removesuffix("-latest")
    return spaced(short) if short != name else ""


def _parts(wanted: list[str]) -> list[str]:
    """What scores where it occurs."""
    starts = [f" {word}" for word in wanted]
    starts += [_apart(word) for word in wanted if _TWO_DIGITS.fullmatch(word)]
    wholes = [f" {word} " for word in wanted]
    pairs = [f" {one} {two}" for one, two in pairwise(wanted)]
    return [*starts, *wholes, *pairs]


def standing(model: Model, today: date) -> int:
    """0 verified today, 1 current, 2 verified and retired, 3 retired.

    Nobody is offered first what soon answers no longer, nor what was verified once and is superseded.
    """
    if model.retired(today + NOTICE):
        return 2 + (not model.verified)
    return int(model.place is None)


def newest_first(models: Iterable[Model]) -> list[Model]:
    """By version and date, as far as the names tell, then by name."""
    return sorted(sorted(models, key=lambda model: model.name), key=lambda model: newness(model.name), reverse=True)


def newness(name: str) -> tuple[tuple[int, ...], str]:
    """Sorts newer models last: by version, then by date. A guess from the name, for want of release dates."""
    dated = _DATE.search(name)
    parts = map(_VERSION.fullmatch, words(name[: dated.start()] if dated else name))
    versions = tuple(int(part.group(1)) for part in parts if part)
    return versions[:2], "".join(dated.groups()) if dated else ""
