"""How many cells of a terminal a text takes, and text wrapped at words by them: without a terminal library."""

from collections.abc import Iterator


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
    """`text` in lines of at most `width` cells, broken at spaces; those after the first begin with `indent`.

    A word that is longer than a line stays whole, so that it can be copied: an address, a path. Chinese has no spaces,
    and is broken between any two of its characters.
    """
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
