"""The same text read in other ways: without escapes, as hex, as base64; each letter knows where it came from."""

import binascii
import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

_Spans = list[tuple[int, int]]

DEPTH: Final = 3
"""Encodings in each other that are undone: base64 twice, and escaped once more."""
LONG: Final = 50_000
"""Characters; of a longer text one encoding is undone."""
_SHORTEST: Final = 8
"""A text with fewer characters holds no piece of a key that counts."""
_ESCAPE: Final = re.compile(
    r"%(?P<percent>[0-9A-Fa-f]{2})"
    r"|\\+(?:u(?P<unicode>[0-9A-Fa-f]{4})|[uU]\{?(?P<long>[0-9A-Fa-f]{1,8})\}?|(?P<octal>[0-7]{3}))"
    r"|\\+[xX](?P<hex>[0-9A-Fa-f]{2})|0[xX](?P<number>[0-9A-Fa-f]{1,2})\b|0[oO](?P<o>[0-7]{1,3})\b"
    r"|&#(?:[xX](?P<x>[0-9A-Fa-f]{1,6})|(?P<decimal>[0-9]{1,7}));?"
    r"|&(?P<name>[A-Za-z]{2,12});"
    r"|\\+[abfnrtv]?|<[^<>]*>"
)
"""Of URLs, JSON, Python and HTML; tags and the escapes of spaces stand for nothing."""
_BASES: Final = {
    "percent": 16, "unicode": 16, "long": 16, "number": 16, "hex": 16, "octal": 8, "o": 8, "x": 16, "decimal": 10,
}  # fmt: skip
_HEX: Final = re.compile(r"0[xX]|([0-9A-Fa-f]+)")
_NUMBER: Final = re.compile(r"(?<![\w.])(?:3[2-9]|[4-9][0-9]|1[01][0-9]|12[0-6])(?![\w.])")
"""A character in a list of bytes."""
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]+")
_CLOSED_UP: Final = re.compile(r"[^\s.]+")
"""What is left where the escapes themselves are spaced."""
_LETTERS: Final = re.compile(r"[a-z0-9]+")
_URL_SAFE: Final = str.maketrans("-_", "+/")


class View:
    """A text made from another one. What is made of it only where something is found: the places of its letters."""

    def __init__(self, text: str, parent: "View | None" = None, places: Callable[[], _Spans] = list) -> None:
        self.text = text
        self._parent = parent
        self._places = places

    @cached_property
    def _spans(self) -> _Spans:
        return self._places()

    def at_root(self, start: int, end: int) -> tuple[int, int]:
        """Where in the text that all began with the letters from `start` to `end` came from."""
        if self._parent is None:
            return start, end
        return self._parent.at_root(self._spans[start][0], self._spans[end - 1][1])


def readings(text: str) -> Iterator[View]:
    """`text` in ASCII, and all that can be read out of it by undoing up to `DEPTH` encodings."""
    plain = _in_ascii(View(text))
    is_long = len(text) > LONG
    layer = [plain] if is_long else [plain, _kept(plain, _CLOSED_UP)]
    for _depth in range(1 if is_long else DEPTH):
        yield from layer
        layer = [child for view in layer for child in _children(view) if len(child.text) >= _SHORTEST]
    yield from layer


def letters(view: View) -> View:
    """Its letters and digits alone, in lower case: whatever stood between them is left out."""
    return _kept(View(view.text.lower(), view, lambda: [(at, at + 1) for at in range(len(view.text))]), _LETTERS)


def _children(view: View) -> Iterator[View]:
    if _ESCAPE.search(view.text):
        yield _unescaped(view)
    digits = _kept(view, _HEX, group=1)
    if len(digits.text) >= 2 * _SHORTEST:
        for offset in (0, 1):
            even = digits.text[offset : len(digits.text) - (len(digits.text) - offset) % 2]
            yield _bytes(digits, bytes.fromhex(even), _Groups(offset, 2, 1))
    if len(numbers := [*_NUMBER.finditer(view.text)]) >= _SHORTEST:
        spans = [found.span() for found in numbers]
        yield View("".join(chr(int(found[0])) for found in numbers), view, lambda: spans)
    signs = _kept(view, _BASE64)
    for offset in range(4 if len(signs.text) > _SHORTEST else 0):
        whole = signs.text[offset:].translate(_URL_SAFE)
        data = binascii.a2b_base64(whole + "A" * (-len(whole) % 4))
        yield _bytes(signs, data, _Groups(offset, 4, 3))


def _in_ascii(view: View) -> View:
    """Letters of other forms, such as full-width ones, in their plain one; what has none is left out."""
    if view.text.isascii():
        return view
    forms = [c if c.isascii() else _plain(c) for c in view.text]
    return View("".join(forms), view, lambda: [(at, at + 1) for at, form in enumerate(forms) for _c in form])


def _plain(character: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", character) if c.isascii())


def _kept(view: View, pattern: re.Pattern[str], group: int = 0) -> View:
    """What `pattern` finds, and nothing between it."""

    def places() -> _Spans:
        found = (match.span(group) for match in pattern.finditer(view.text))
        return [(at, at + 1) for start, end in found for at in range(start, end)]

    return View("".join(pattern.findall(view.text)), view, places)


def _unescaped(view: View) -> View:
    def places() -> _Spans:
        spans, done = [], 0
        for found in _ESCAPE.finditer(view.text):
            spans += [(at, at + 1) for at in range(done, found.start())]
            spans += [found.span()] * len(_meant(found))
            done = found.end()
        return spans + [(at, at + 1) for at in range(done, len(view.text))]

    return View(_ESCAPE.sub(_meant, view.text), view, places)


def _meant(found: re.Match[str]) -> str:
    return _meaning(found[0])


@lru_cache(maxsize=4096)
def _meaning(escape: str) -> str:
    """What an escape stands for, in plain letters; "" for a tag, a space, or what cannot be seen."""
    found = _ESCAPE.fullmatch(escape)
    if found is None or found["name"]:
        return _plain(html.unescape(escape))
    digits = next(((digits, _BASES[name]) for name, digits in found.groupdict().items() if digits), None)
    number = int(*digits) if digits else 0
    return _plain(chr(number)) if 31 < number < 0x110000 else ""


class _Groups(NamedTuple):
    """So many signs stand for so many bytes, from an offset on."""

    offset: int
    signs: int
    bytes: int

    def span(self, number: int, end: int) -> tuple[int, int]:
        """The signs of one byte; the last group may have been filled up."""
        start = self.offset + self.signs * (number // self.bytes)
        return min(start, end - 1), min(start + self.signs, end)


def _bytes(view: View, data: bytes, groups: _Groups) -> View:
    """The printable characters of `data`; what is none may be a separator."""

    def places() -> _Spans:
        return [groups.span(number, len(view.text)) for number, byte in enumerate(data) if 32 <= byte < 127]

    return View(data.translate(None, _UNPRINTABLE).decode("ascii"), view, places)


_UNPRINTABLE: Final = bytes(byte for byte in range(256) if not 32 <= byte < 127)
