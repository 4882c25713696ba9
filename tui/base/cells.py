"""How many cells of a terminal a text takes, and text wrapped at words by them: without a terminal library."""

import re
from collections.abc import Iterator
from typing import Final

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


def _broken(text: str, width: int, indent: str) -> Iterator[str]:
    """The same at words alone."""
    line = ""
    for piece in _pieces(text):
        if line.strip() and cells(line + piece.rstrip()) > width:
            yield line.rstrip()
            line = indent + piece.lstrip()
        else:
            line += piece
    yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """What cannot be broken: words with the spaces after them, and wide characters one by one."""
    piece = ""
    for number, character in enumerate(text):
        piece += character
        following = text[number + 1 : number + 2]
        ends_word = character == " " and following != " "
        between_wide = not following.isascii() and cells(following) > 1 and not _holds_on(following)
        if (ends_word and piece.strip()) or (between_wide and character != " "):
            yield piece
            piece = ""
    if piece:
        yield piece


def _holds_on(character: str) -> bool:
    """Whether it must not begin a line: a full stop, a comma, the end of a bracket."""
    return character in "，。、；：！？）】》」』”’…"
