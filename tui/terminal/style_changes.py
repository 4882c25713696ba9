"""Sending a style only where it changes: Textual names every colour again for each piece of text, and resets it behind.

That is half of what a move in a list sends. What the terminal shows is the same, to the cell.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

_CODES: Final = re.compile(r"[34]8;2;\d+;\d+;\d+|[34]8;5;\d+|\d+")
_FOREGROUND: Final = re.compile(r"38;.*|3\d|9[0-7]")
_BACKGROUND: Final = re.compile(r"48;.*|4\d|10[0-7]")
_BOLD, _DIM, _NOT_BOLD = "1", "2", "22"
_UNSEEN_ON_BLANKS: Final = {"1", "2", "3"}
_REVERSE: Final = frozenset({"7"})
_NO_COLOUR: Final = ("39", "49")


class Style(NamedTuple):
    """Attributes and colours, as the codes that set them; "" for the terminal's own colour."""

    attributes: frozenset[str]
    foreground: str
    background: str


PLAIN: Final = Style(frozenset(), "", "")


@lru_cache(maxsize=512)
def style_of(codes: str) -> Style:
    """What `codes`, between `\\x1b[` and `m`, set."""
    found = _CODES.findall(codes)
    foreground = [code for code in found if _FOREGROUND.fullmatch(code)]
    background = [code for code in found if _BACKGROUND.fullmatch(code)]
    return Style(frozenset(found) - {*foreground, *background}, _colour(foreground), _colour(background))


def _colour(codes: list[str]) -> str:
    """The one that counts; "" for the terminal's own."""
    return "" if not codes or codes[-1] in _NO_COLOUR else codes[-1]


@lru_cache(maxsize=512)
def as_blank(style: Style) -> Style:
    """The style of a blank: its background, and nothing of what else a letter would have."""
    if style.attributes == _REVERSE and style.foreground:
        return PLAIN._replace(background=_as_background(style.foreground))
    return style if style.attributes - _UNSEEN_ON_BLANKS else PLAIN._replace(background=style.background)


def _as_background(foreground: str) -> str:
    """38;… is 48;…, 3x is 4x, 9x is 10x."""
    return f"10{foreground[1:]}" if foreground.startswith("9") else f"4{foreground[1:]}"


def for_blanks(now: Style, wanted: Style) -> Style:
    """A style that takes less to change to from `now`, and in which blanks look as in `wanted`."""
    seen = (now.attributes | wanted.attributes) - _UNSEEN_ON_BLANKS
    return wanted if seen else now._replace(background=wanted.background)


@lru_cache(maxsize=4096)
def change(now: Style, wanted: Style) -> str:
    """The code that turns one style into another."""
    if now == wanted:
        return ""
    if wanted == PLAIN:
        return "\x1b[0m"
    codes = _difference(now, wanted)
    return f"\x1b[{';'.join(codes)}m"


def _difference(now: Style, wanted: Style) -> list[str]:
    gone = now.attributes - wanted.attributes
    if gone - {_BOLD} or (gone and _DIM in wanted.attributes):
        return ["0", *sorted(wanted.attributes), *filter(None, wanted[1:])]
    codes = [_NOT_BOLD] if gone else []
    codes += sorted(wanted.attributes - now.attributes)
    for before, after, none in zip(now[1:], wanted[1:], _NO_COLOUR, strict=True):
        codes += [after or none] if before != after else []
    return codes
