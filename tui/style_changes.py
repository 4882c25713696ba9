"""Sending a style only where it changes: Textual names every colour again for each piece of text, and resets it behind.

That is half of what a move in a list sends. What the terminal shows is the same, to the cell.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from textual.driver import Driver

_STYLE: Final = re.compile(r"\x1b\[([\d;]*)m")
_STYLELESS: Final = re.compile(r"(?:\x1b\[\d+;\d+H|[\r\n])*")
"""What looks the same in any style: moves of the cursor."""
_CODES: Final = re.compile(r"[34]8;2;\d+;\d+;\d+|[34]8;5;\d+|\d+")
_FOREGROUND: Final = re.compile(r"38;.*|3\d|9[0-7]")
_BACKGROUND: Final = re.compile(r"48;.*|4\d|10[0-7]")
_RESETS: Final = ("", "0")
_BOLD, _DIM, _NOT_BOLD = "1", "2", "22"
_UNSEEN_ON_BLANKS: Final = {"1", "2", "3"}
_NO_COLOUR: Final = ("39", "49")


class _Style(NamedTuple):
    attributes: frozenset[str]
    foreground: str
    background: str


_PLAIN: Final = _Style(frozenset(), "", "")


def lean(driver: type[Driver]) -> type[Driver]:
    """`driver`, sending less."""

    class LeanDriver(driver):  # type: ignore[misc, valid-type]
        """Writes the same pictures in fewer bytes."""

        def write(self, data: str) -> None:
            """One picture, or part of one; it begins and ends in the terminal's own style."""
            super().write(shortened(data))

    return LeanDriver


def shortened(data: str) -> str:
    """`data` with the changes of style only. What is not written as Textual writes it stays as it is."""
    parts = _STYLE.split(data)
    out: list[str] = []
    now = wanted = _PLAIN
    for number, part in enumerate(parts):
        if number % 2:
            if part not in _RESETS and wanted is not _PLAIN:  # on top of another style
                return data
            wanted = _PLAIN if part in _RESETS else _style(part)
        elif _STYLELESS.fullmatch(part):
            out.append(part)
        else:
            style = _for_blanks(now, wanted) if part.isspace() else wanted
            out += _change(now, style), part
            now = style
    return "".join(out) + _change(now, _PLAIN)


@lru_cache(maxsize=512)
def _style(codes: str) -> _Style:
    found = _CODES.findall(codes)
    foreground = [code for code in found if _FOREGROUND.fullmatch(code)]
    background = [code for code in found if _BACKGROUND.fullmatch(code)]
    return _Style(frozenset(found) - {*foreground, *background}, _colour(foreground), _colour(background))


def _colour(codes: list[str]) -> str:
    """The one that counts; "" for the terminal's own."""
    return "" if not codes or codes[-1] in _NO_COLOUR else codes[-1]


def _for_blanks(now: _Style, wanted: _Style) -> _Style:
    """Blanks show their background, and nothing of what else a letter would have."""
    seen = (now.attributes | wanted.attributes) - _UNSEEN_ON_BLANKS
    return wanted if seen else now._replace(background=wanted.background)


@lru_cache(maxsize=4096)
def _change(now: _Style, wanted: _Style) -> str:
    """What turns one style into another."""
    if now == wanted:
        return ""
    if wanted == _PLAIN:
        return "\x1b[0m"
    codes = _difference(now, wanted)
    return f"\x1b[{';'.join(codes)}m"


def _difference(now: _Style, wanted: _Style) -> list[str]:
    gone = now.attributes - wanted.attributes
    if gone - {_BOLD} or (gone and _DIM in wanted.attributes):
        return ["0", *sorted(wanted.attributes), *filter(None, wanted[1:])]
    codes = [_NOT_BOLD] if gone else []
    codes += sorted(wanted.attributes - now.attributes)
    for before, after, none in zip(now[1:], wanted[1:], _NO_COLOUR, strict=True):
        codes += [after or none] if before != after else []
    return codes
