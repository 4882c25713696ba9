"""Bodies of HTTP, unpacked within a bound: what a stranger's server sends may be a thousand times what is on the wire.

A library's own decoder unpacks each part as a whole: 64 KB of zeros packed twice with gzip are 60 GB. Here each layer
gives small pieces, and each layer's output is counted.
"""

import zlib
from collections.abc import Callable, Iterator
from typing import Any, Final, Protocol

PIECE: Final = 64 * 1024
"""Bytes that a layer gives at once."""
MOST_LAYERS: Final = 4
"""Nobody packs twice; a header could name thousands, each with a window of its own."""
_EACH_PART: Final = 16
"""Bytes that a part counts beside its own: a million chunks of one byte each take a minute to be read."""
_ZSTD_WINDOW: Final = 8 * 1024 * 1024
"""Bytes that RFC 9659 allows a server."""
_ZSTD_STEP: Final = 64
"""Bytes of input at a time: a block of 128 KB may be packed in four."""


class TooLarge(Exception):
    """More came than was asked for; `limit` in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} bytes")
        self.limit = limit


class Undecodable(Exception):
    """It is not packed as its header says."""


class _Layer(Protocol):
    def unpack(self, data: bytes) -> Iterator[bytes]:
        """What `data` adds, in pieces; raises whatever its library raises."""


class Unpacker:
    """Takes a body in parts, packed as `encodings` says (the Content-Encoding header), and gives it plain.

    Encodings that are not known, or whose library is not installed, count as none, as they do for httpx. Raises
    TooLarge as soon as more than `most` bytes came on the wire or out of any layer, Undecodable for what is broken.
    """

    def __init__(self, encodings: str, most: int) -> None:
        names = [name.strip().lower() for name in encodings.split(",")]
        layers = [layer for name in reversed(names) if (layer := _layer(name))]
        if len(layers) > MOST_LAYERS:
            raise TooLarge(most)
        self._layers = layers
        self._counts = [0] * (len(layers) + 1)
        self._most = most

    def feed(self, part: bytes) -> bytes:
        """What `part` adds to the plain body."""
        self._counts[0] += _EACH_PART
        try:
            return self._through(0, part)
        except TooLarge:
            raise
        except Exception as error:  # each library has an error of its own
            raise Undecodable(str(error)) from error

    def _through(self, number: int, part: bytes) -> bytes:
        self._counts[number] += len(part)
        if self._counts[number] > self._most:
            raise TooLarge(self._most)
        if number == len(self._layers):
            return part
        return b"".join(self._through(number + 1, piece) for piece in self._layers[number].unpack(part))


class _Zlib:
    """Gzip; or deflate, which some servers send without its header."""

    def __init__(self, bits: int, other_bits: int | None = None) -> None:
        self._unpacker = zlib.decompressobj(bits)
        self._other_bits = other_bits
        self._start = b""

    def unpack(self, data: bytes) -> Iterator[bytes]:
        if self._other_bits is not None:
            self._start += data
            if len(self._start) < 2:
                return
            data = self._start
            if not _has_header(data):
                self._unpacker = zlib.decompressobj(self._other_bits)
            self._other_bits = None
        while True:
            piece = self._unpacker.decompress(data, PIECE)
            if piece:
                yield piece
            data = self._unpacker.unconsumed_tail
            if not data and len(piece) < PIECE:
                return


def _has_header(data: bytes) -> bool:
    """Whether it begins as RFC 1950 says."""
    return data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0


class _Brotli:
    def __init__(self, library: Any) -> None:
        self._unpacker = library.Decompressor()

    def unpack(self, data: bytes) -> Iterator[bytes]:
        while True:  # with more to give it may already accept more
            piece = self._unpacker.process(data, output_buffer_limit=PIECE)
            yield piece
            data = b""
            if not piece and self._unpacker.can_accept_more_data():
                return


class _Zstd:
    def __init__(self, library: Any) -> None:
        self._unpacker = library.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()

    def unpack(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _ZSTD_STEP):
            if self._unpacker.eof:
                return
            yield self._unpacker.decompress(data[start : start + _ZSTD_STEP])


def _layer(name: str) -> _Layer | None:
    known: dict[str, Callable[[], _Layer | None]] = {
        "gzip": lambda: _Zlib(zlib.MAX_WBITS | 16),
        "deflate": lambda: _Zlib(zlib.MAX_WBITS, -zlib.MAX_WBITS),
        "br": _brotli,
        "zstd": _zstd,
    }
    return known[name]() if name in known else None


def _brotli() -> _Layer | None:
    """Where httpx finds it. Releases before 1.2 know no bound, and raise TypeError when asked for one."""
    try:
        import brotli as library  # type: ignore[import-not-found]  # only where a server answers so
    except ImportError:
        return None
    return _Brotli(library)


def _zstd() -> _Layer | None:
    try:
        import zstandard as library  # type: ignore[import-not-found]  # only where a server answers so
    except ImportError:
        return None
    return _Zstd(library)
