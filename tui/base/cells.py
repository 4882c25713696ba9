"""How many cells of a terminal a text takes, and text wrapped at words by them: without a terminal library."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

_NEVER_FIRST: Final = "，。、；：！？）】》〉」』〕〗”’…—·～％℃" + ",.;:!?)]}%"
"""No line begins with these, unless a space is before them."""
_NEVER_LAST: Final = "（【《〈「『〔〖“‘￥" + "([{$"
"""No line ends with these."""
_SENTENCES: Final = re.compile(r"(?<=^llm-setup:) |(?<=[.?!]) ")


def cells(text: str) -> int:
    """The cells of a line: two for each wide character, none for what is put on the one before."""
    if text.isascii():
        return len(text)
    import unicodedata  # 1 MB of tables, for those who write other letters

    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def wrapped(text: str, width: int, indent: str = "") -> Iterator[str]:
    """`text` in lines of at most `width` cells; those after the first begin with `indent`.

    They are broken at spaces, before a sentence that fits on a line of its own rather than within it. A word that is
    longer than a line stays whole, so that it can be copied: an address, a path. Chinese has no spaces, and is broken
    between any two of its characters.
    """
    line = ""
    for sentence in _SENTENCES.split(text):
        whole = f"{line} {sentence}" if line else sentence
        if cells(whole) <= width:
            line = whole
        elif line and cells(indent + sentence) <= width:
            yield line
            line = indent + sentence
        else:
            *full, line = _broken(whole, width, indent)
            yield from full
    yield line.rstrip()


def filled(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, each as full as can be; a word that is longer is broken."""
    if cells(text) == len(text):
        import textwrap  # by cells it would be the same

        return textwrap.wrap(text, width, break_on_hyphens=False)
    rows = [""]
    for piece in pieces(" ".join(text.split())):
        if rows[-1] and cells(rows[-1] + piece.rstrip()) > width:
            rows.append("")
        for character in piece:
            if cells(rows[-1] + character) > width and character != " ":
                rows.append("")
            rows[-1] += character
    return [row.rstrip() for row in rows if row.strip()]


def _broken(text: str, width: int, indent: str) -> Iterator[str]:
    """The same at words alone."""
    line = ""
    for piece in pieces(text):
        if line.strip() and cells(line + piece.rstrip()) > width:
            yield line.rstrip()
            line = indent + piece.lstrip()
        else:
            line += piece
    yield line.rstrip()


def pieces(text: str) -> Iterator[str]:
    """What cannot be broken: words with the spaces after them, and wide characters one by one."""
    piece = ""
    for character, following in zip_longest(text, text[1:], fillvalue=""):
        piece += character
        if (character == " " and following != " " and piece.strip()) or _may_part(character, following):
            yield piece
            piece = ""
    if piece:
        yield piece


def _may_part(character: str, following: str) -> bool:
    """Whether a line may end between two characters that no space parts, one of which is wide."""
    if character.isascii() and following.isascii():
        return False
    narrow = cells(character) < 2 and cells(following) < 2
    return not (narrow or " " in (character, following) or character in _NEVER_LAST or following in _NEVER_FIRST)
