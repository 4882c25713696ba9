"""From the bytes of a terminal to keys, pastes and sequences: told apart by what they are, not by when they come.

Textual's own parser takes an arrow key that a slow line has split for Escape and two letters, types what it does not
know, and waits for the end of a paste for ever. Here nothing that begins like a sequence is ever typed, and what is
not finished is given up after a while.
"""

import codecs
import re
from enum import Enum
from typing import Final, NamedTuple

ESCAPE_DELAY: Final = 0.1
"""Seconds of silence after which an escape character was the Escape key; Textual's own."""
PATIENCE: Final = 1.0
"""Seconds of silence after which nothing more comes of what was begun."""
LARGEST: Final = 64 * 1024
"""Bytes of one paste; no key and no address is that long."""
_EARLY: Final = 0.001
"""Seconds that a clock may be wrong."""
_LONGEST: Final = 256
"""Bytes of one sequence. Of a longer one nothing is kept but that it was begun."""

_TEXT: Final = re.compile(rb"[^\x00-\x1f\x7f]{1,1024}")
_SEQUENCE: Final = re.compile(
    rb"\x1b(?:\[(?:\[.|M[ -\xff]{3}|(?:23|24|[2378])\$|(?![\[M])[0-?]*[ -/]*[@-~])|O[0-9;]*[@-~])"
)
"""Control sequences; among them keys of the Linux console and of rxvt, and the oldest report of a mouse."""
_UNFINISHED: Final = re.compile(rb"\x1b(?:\[(?:\[|M[ -\xff]{0,2}|[0-?]*[ -/]*)?|O[0-9;]*)?")
_LATE: Final = re.compile(
    rb"\[\[[A-E]|\[(?!\[)[0-?]*[ -/]*[@-~]|O[A-HPQRSM]|[\]PX^_][^\x00-\x06\x08-\x1f]*(?:\x1b\\|\x07)"
)
"""What may follow an escape character that was taken for the Escape key."""
_LATE_UNFINISHED: Final = re.compile(rb"\[\[?|\[[0-?]*[ -/]*|O")
_STRINGS: Final = (b"]", b"P", b"X", b"^", b"_")
_CONTROL: Final = re.compile(rb"[\x00-\x1f]|\xc2\x9c|(?<![\x80-\xff])\x9c")
"""What a string ends with, or before; among them its end in eight bits."""
_C1: Final = re.compile("[\x80-\x9f\udc80-\udcff]")
"""Control characters of eight bits, and bytes that are no UTF-8."""
_C1_BEGINS: Final = re.compile("[\x8f\x90\x98\x9b\x9d-\x9f\udc8f\udc90\udc98\udc9b\udc9d-\udc9f]")
"""Those that begin a sequence as an escape character and a letter do, in UTF-8 or as the bare byte."""
_PASTE, _PASTE_END = b"\x1b[200~", b"\x1b[201~"
_ENDS: Final = (_PASTE_END, b"\xc2\x9b201~", b"\x9b201~")
_PASTE_ENDS: Final = re.compile(b"|".join(map(re.escape, _ENDS)))
_QUIT: Final = re.compile(rb"(?:\x11|\x03|\x1b\[(?:113|99);[0-9]+u)\Z")
"""Ctrl+Q and Ctrl+C at the end of what has come: looked for even in a paste, which may have no end."""


class Kind(Enum):
    """What a piece is."""

    TEXT = "printable characters"
    SEQUENCE = "a control character or a whole sequence, whoever knows it"
    ALT = "a character right behind an escape character"
    ESCAPE = "the Escape key"
    PASTE = "a bracketed paste"
    TOO_LONG = "a paste of which nothing was kept"


class Piece(NamedTuple):
    """One thing that the terminal said."""

    kind: Kind
    text: str = ""


class Sieve:
    """Takes bytes as they come. Time is that of any clock, in seconds; there is none in here."""

    def __init__(self, escape_delay: float = ESCAPE_DELAY) -> None:
        self._escape_delay = escape_delay
        self._rest = b""
        """Not decided yet: it begins with an escape character."""
        self._tail = b""
        """Not decided yet: it may be what belongs behind an Escape that came just before."""
        self._string = False
        """Within an answer that is a string, which nobody has asked for."""
        self._paste: list[bytes] | None = None
        self._paste_size = 0
        self._last = self._escaped = float("-inf")
        """When the last byte came, and when an escape character was taken for the Escape key."""
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")

    def feed(self, data: bytes, now: float) -> list[Piece]:
        """What has come with `data`, in order."""
        pieces: list[Piece] = []
        data = self._put_together(data, now)
        self._last = now
        while data:
            if self._paste is not None:
                data = self._take_paste(data, pieces)
            elif self._string:
                data = self._take_string(data)
            elif text := _TEXT.match(data):
                data = self._take_text(text.group(), pieces) + data[text.end() :]
            else:
                self._decoder.reset()
                data = self._take_escape(data, pieces) if data[0] == 0x1B else _take_control(data, pieces)
        return pieces

    def wait(self, now: float) -> float | None:
        """Seconds after which `give_up` decides if nothing comes; None while nothing waits for that."""
        if self._tail or _QUIT.match(self._rest) or (self._rest == b"\x1b" and not self._string):
            return max(self._last + self._escape_delay - now, 0)
        waits = self._rest or self._string or self._paste is not None
        return max(self._last + PATIENCE - now, 0) if waits else None

    def give_up(self, now: float) -> list[Piece]:
        """What it was, if nothing has followed for long enough."""
        wait = self.wait(now)
        if wait is None or wait > _EARLY:
            return []
        rest, tail, self._rest, self._tail = b"" if self._string else self._rest, self._tail, b"", b""
        self._string = False
        if tail:
            return [Piece(Kind.TEXT, tail.decode())]
        pieces = self._end_paste() if self._paste is not None else []
        if _QUIT.match(rest):
            return [*pieces, *self.feed(rest, now)]
        if rest == b"\x1b":
            self._escaped = now
            pieces.append(Piece(Kind.ESCAPE))
        return pieces

    def _put_together(self, data: bytes, now: float) -> bytes:
        """`data` behind what was not decided; nothing as long as it cannot be."""
        rest, self._rest = self._rest, b""
        if rest or self._string or self._paste is not None or now - self._escaped > PATIENCE:
            return rest + data
        data, self._tail = self._tail + data, b""
        if _LATE_UNFINISHED.fullmatch(data):
            self._tail = data
            return b""
        self._escaped = float("-inf")
        return b"\x1b" + data if _LATE.match(data) else data

    def _take_text(self, data: bytes, pieces: list[Piece]) -> bytes:
        """Printable characters, up to a sequence that begins with eight bits. What is left, in seven."""
        decoded, left = self._decoder.decode(data), b""
        if begun := _C1_BEGINS.search(decoded):
            unfinished, _flag = self._decoder.getstate()
            self._decoder.reset()
            left = decoded[begun.end() :].encode("utf-8", "surrogateescape") + unfinished
            left = b"\x1b" + bytes([ord(begun.group()) & 0x1F | 0x40]) + left
            decoded = decoded[: begun.start()]
        text = _C1.sub("", decoded)
        if text and pieces and pieces[-1].kind is Kind.TEXT:
            text = pieces.pop().text + text
        if text:
            pieces.append(Piece(Kind.TEXT, text))
        return left

    def _take_escape(self, data: bytes, pieces: list[Piece]) -> bytes:
        """What begins with an escape character. The bytes behind it."""
        if known := _SEQUENCE.match(data):
            if known.group() == _PASTE:
                self._paste, self._paste_size = [], 0
            elif known.group() != _PASTE_END:
                pieces.append(Piece(Kind.SEQUENCE, known.group().decode("latin-1")))
            return data[known.end() :]
        begun = _UNFINISHED.match(data)
        if begun and begun.end() == len(data):
            self._rest = data if len(data) <= _LONGEST else data[:2]
            return b""
        if begun and begun.end() > 1:  # what cannot be in a sequence ends it
            return data[begun.end() :]
        return self._take_second(data, pieces)

    def _take_second(self, data: bytes, pieces: list[Piece]) -> bytes:
        """An escape character and one that begins no control sequence."""
        second = data[1:2]
        if second in _STRINGS:
            self._string = True
        elif second < b" ":
            pieces.append(Piece(Kind.ESCAPE))
            return data[1:]
        elif second > b"\x7f":
            return data[1:]
        elif second != b"\\":  # that is the end of a string
            pieces.append(Piece(Kind.ALT, second.decode()))
        return data[2:]

    def _take_string(self, data: bytes) -> bytes:
        """Up to its end, or to a key."""
        found = _CONTROL.search(data)
        if not found:
            return b""
        data = data[found.start() :]
        if data == b"\x1b":
            self._rest = data
            return b""
        self._string = False
        if data[0] in (0x07, 0x9C):
            return data[1:]
        if data.startswith(b"\xc2"):
            return data[2:]
        return data[2:] if data.startswith(b"\x1b\\") else data

    def _take_paste(self, data: bytes, pieces: list[Piece]) -> bytes:
        """Up to its end, if that has come."""
        end = _PASTE_ENDS.search(data)
        pasted, after = (data[: end.start()], data[end.end() :]) if end else (data, b"")
        if not end:
            quits = _QUIT.search(pasted)
            kept = quits.start() if quits else len(pasted) - _begun(pasted)
            pasted, self._rest = pasted[:kept], pasted[kept:]
        self._paste_size += len(pasted)
        if self._paste is not None and self._paste_size <= LARGEST:
            self._paste.append(pasted)
        if end:
            pieces += self._end_paste()
        return after

    def _end_paste(self) -> list[Piece]:
        pasted, self._paste = b"".join(self._paste or ()), None
        if self._paste_size > LARGEST:
            return [Piece(Kind.TOO_LONG)]
        text = pasted.decode(errors="ignore").replace("\x00", "")
        return [Piece(Kind.PASTE, text)] if text else []


def _take_control(data: bytes, pieces: list[Piece]) -> bytes:
    """One key that is a control character. A line feed is Enter, as it was typed before we were there."""
    character = "\r" if data[:1] == b"\n" else chr(data[0])
    pieces.append(Piece(Kind.SEQUENCE, character))
    return data[2 if data.startswith(b"\r\n") else 1 :]


def _begun(pasted: bytes) -> int:
    """Bytes at the end that may be the beginning of the end marker."""
    return max(size for end in _ENDS for size in range(len(end)) if pasted.endswith(end[:size]))
