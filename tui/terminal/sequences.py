"""Which sequences Textual is given: those that it understands wholly, and that no number in them can break.

Its parser types what it does not know, raises at a code point that is none, and divides by a size of zero.
"""

import re
from functools import lru_cache
from typing import Final

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

_FOCUS: Final = ("\x1b[I", "\x1b[O")
_MOUSE: Final = re.compile(r"\x1b\[<\d{1,4};-?\d{1,5};-?\d{1,5}[Mm]")
_MODE: Final = re.compile(r"\x1b\[\?\d{1,5};\d\$y")
_SIZE: Final = re.compile(r"\x1b\[48;(\d{1,5});(\d{1,5});(\d{1,6});(\d{1,6})t")
_KEY: Final = re.compile(r"\x1b\[(\d*)(?::[\d:]*)?(?:;(\d{0,3})(?::(\d))?(?:;([\d:]*))?)?([u~ABCDEFHPQS])")
"""A key of the Kitty protocol: code point; modifiers: press, repeat or release; text."""
_RELEASED: Final = "3"
_MOST_ROWS, _MOST_COLUMNS = 1_000, 2_000
_MOST_TEXT: Final = 32
"""Characters that one key can stand for."""
_PASTES: Final = ("\x1b[200~", "\x1b[201~")
_MOTION: Final = re.compile(r"\x1b\[<3[2-9];")
_QUIT: Final = re.compile(r"\x1b\[113;(\d+)u")
_CTRL, _LOCKS = 4, 64 | 128


@lru_cache(maxsize=256)
def understood(sequence: str) -> str:
    """`sequence` in the form in which Textual understands it; "" for one that nothing is to come of.

    A report of the cursor is among these: it looks like a key, and we never ask for it.
    """
    if sequence in _FOCUS or _MOUSE.fullmatch(sequence) or _MODE.fullmatch(sequence):
        return sequence
    if size := _SIZE.fullmatch(sequence):
        return _size(*map(int, size.groups()))
    if sequence in ANSI_SEQUENCES_KEYS or (len(sequence) == 1 and sequence != "\x1b"):
        return sequence
    return _key(sequence)


def is_motion(sequence: str) -> bool:
    """Whether it tells where the mouse is: of several in a row the last one counts."""
    return bool(_MOTION.match(sequence))


def is_quit(sequence: str) -> bool:
    """Whether it is Ctrl+Q."""
    if sequence == "\x11":
        return True
    key = _QUIT.fullmatch(sequence)
    return key is not None and (int(key[1]) - 1) & ~_LOCKS == _CTRL


def _size(rows: int, columns: int, height: int, width: int) -> str:
    if not (0 < rows <= _MOST_ROWS and 0 < columns <= _MOST_COLUMNS):
        return ""
    return f"\x1b[48;{rows};{columns};{height or rows};{width or columns}t"


def _key(sequence: str) -> str:
    key = _KEY.fullmatch(sequence)
    if key is None or key[3] == _RELEASED:
        return ""
    codes = key[4].split(":") if key[4] else []
    if not all(map(_is_character, [key[1] or "1", *filter(None, codes)])) or len(codes) > _MOST_TEXT:
        return ""
    text = f";{key[4]}" if codes else ""
    modifiers = f";{key[2]}" if key[2] or text else ""
    meant = f"\x1b[{key[1]}{modifiers}{text}{key[5]}"
    return "" if meant in _PASTES else meant  # the sieve has taken the true ones


def _is_character(code: str) -> bool:
    number = int(code) if len(code) < 8 else -1
    return 0 <= number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
