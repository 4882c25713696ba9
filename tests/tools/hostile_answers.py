"""Answers of a hostile server, each a stream of bytes that is made while it is sent: a gigabyte takes no memory here.

`HUGE` are those that a bound on what is read must stop, `ODD` those that break the rules of HTTP or of JSON, `ENDLESS`
those that only a limit of time ends.
"""

import gzip
import importlib
import itertools
import json
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress

from tools.raw_server import Answer

GB = 1024**3
PART = b"a" * 65536
Parts = Iterator[bytes]


def head(status: int = 200, kind: str = "application/json", **more: str) -> bytes:
    headers = {"Content-Type": kind, **{name.replace("_", "-"): value for name, value in more.items()}}
    lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def big(size: int = GB, start: bytes = b'{"choices": "') -> Parts:
    """A string of JSON that goes on and on."""
    yield start
    yield from itertools.repeat(PART, size // len(PART))


def chunked(parts: Parts) -> Parts:
    yield from (b"%x\r\n%s\r\n" % (len(part), part) for part in parts if part)


def zipped(parts: Parts, bits: int = 31) -> Parts:
    packer = zlib.compressobj(9, zlib.DEFLATED, bits)
    for part in parts:
        yield packer.compress(part)
    yield packer.flush()


def bomb(bits: int = 31) -> Parts:
    """`big()`, packed: a MB is packed once, and given a thousand times."""
    first = zlib.compressobj(9, zlib.DEFLATED, bits)
    yield first.compress(b'{"choices": "') + first.flush(zlib.Z_FULL_FLUSH)
    megabyte = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = megabyte.compress(PART * 16) + megabyte.flush(zlib.Z_FULL_FLUSH)
    yield from itertools.repeat(packed, 1024)


def brotli(parts: Parts) -> Parts:
    packer = importlib.import_module("brotli").Compressor(quality=3)
    for part in parts:
        yield packer.process(part)
    yield packer.finish()


def zstd(parts: Parts) -> Parts:
    packer = importlib.import_module("zstandard").ZstdCompressor().compressobj()
    for part in parts:
        yield packer.compress(part)
    yield packer.flush()


def sending(make: Callable[[], Parts], pause: float = 0.0) -> Answer:
    """An answer of these parts, until the other end has enough."""

    def answer(connection) -> None:
        with suppress(OSError):
            for part in make():
                connection.sendall(part)
                time.sleep(pause)

    return answer


def body(text: str | bytes, status: int = 200, kind: str = "application/json", **more: str) -> Answer:
    plain = text.encode() if isinstance(text, str) else text
    return sending(lambda: iter([head(status, kind, Content_Length=str(len(plain)), **more), plain]))


def after(first: bytes, parts: Callable[[], Parts]) -> Answer:
    return sending(lambda: itertools.chain([first], parts()))


HUGE: dict[str, Answer] = {
    "1 GB": after(head(Content_Length=str(GB)), big),
    "1 GB without a length": after(head(), big),
    "1 GB in chunks": after(head(Transfer_Encoding="chunked"), lambda: chunked(big())),
    "1 GB of spaces": after(head(), lambda: itertools.repeat(b" " * 65536, GB // 65536)),
    "1 GB web page": after(head(kind="text/html"), lambda: big(start=b"<html><h1>")),
    "1 GB of an error 400": after(head(400), lambda: big(start=b'{"error": {"message": "')),
    "1 GB of an error 401": after(head(401), lambda: big(start=b'{"error": {"message": "')),
    "1 GB of an error 429": after(head(429), lambda: big(start=b'{"error": {"message": "')),
    "1 GB of an error 500": after(head(500), lambda: big(start=b'{"error": {"message": "')),
    "1 GB in gzip": after(head(Content_Encoding="gzip"), bomb),
    "1 GB of an error in gzip": after(head(500, Content_Encoding="gzip"), bomb),
    "1 GB in deflate": after(head(Content_Encoding="deflate"), lambda: bomb(15)),
    "1 GB in raw deflate": after(head(Content_Encoding="deflate"), lambda: bomb(-15)),
    "1 GB in gzip in gzip": after(head(Content_Encoding="gzip, gzip"), lambda: zipped(bomb())),
    "1 GB of an error in gzip in gzip": after(head(400, Content_Encoding="gzip, gzip"), lambda: zipped(bomb())),
    "1 GB in gzip thrice": after(head(Content_Encoding="gzip, gzip, gzip"), lambda: zipped(zipped(bomb()))),
    "1 GB in gzip, in chunks": after(
        head(Content_Encoding="gzip", Transfer_Encoding="chunked"), lambda: chunked(bomb())
    ),
    "60 MB in chunks of one byte": after(
        head(Transfer_Encoding="chunked"), lambda: itertools.repeat(b"1\r\na\r\n" * 8192, 1250)
    ),
    "a thousand layers": body(gzip.compress(b"{}"), Content_Encoding=", ".join(["gzip"] * 1000)),
    "a text of 3 MB": body(json.dumps({"choices": [{"message": {"role": "assistant", "content": "x" * 3_000_000}}]})),
}
PACKED = {"br": brotli, "zstd": zstd}
"""Encodings that httpx knows where their library is installed."""

_OBJECTS = '{"choices": [' + '{"": 0},' * 240_000 + "{}]}"
_ANSWERS = '{"choices": [' + '{"message":{"content":"a"}},' * 60_000 + '{"message":{"content":"a"}}]}'
ODD: dict[str, Answer] = {
    "2 MB of small objects": body(_OBJECTS),
    "60,000 choices": body(_ANSWERS),
    "2 MB of brackets": body("[" * 2_000_000),
    "2 MB of nested objects": body('{"error":' * 220_000),
    "deep, and whole": body('{"error":' * 900 + "1" + "}" * 900, 400),
    "deep details": body('{"detail":' * 900 + '"x"' + "}" * 900, 422),
    "deep lists of details": body('{"detail": ' + "[" * 900 + "]" * 900 + "}", 422),
    "a number of 1,000,000 digits": body('{"error": {"code": ' + "9" * 1_000_000 + "}}"),
    "a code of 4,000 digits": body('{"error": {"code": ' + "9" * 4_000 + "}}"),
    "2 MB of tags": body("<script " * 250_000, 403, "text/html"),
    "2 MB of angles": body("<" * 2_000_000, 500, "text/html"),
    "2 MB of NUL": body(b"\0" * 2_000_000, 500),
    "2 MB of surrogates": body('{"error": "' + "\\ud800" * 330_000 + '"}', 400),
    "2 MB of escapes": body(b"\x1b]52;c;" * 250_000, 400, "text/plain"),
    "no UTF-8": body(b"\xff\xfe" * 900_000, 400, "text/plain; charset=utf-16-nonsense"),
    "a charset that is a codec": body(b"a" * 10_000, 400, "text/plain; charset=zlib_codec"),
    "a length too long": body("{}", Content_Encoding="identity", X="1"),
    "a length that lies": after(head(Content_Length="999999999999"), lambda: iter([b"{}"])),
    "a negative length": after(head(Content_Length="-1"), lambda: iter([b"{}"])),
    "no number as length": after(head(Content_Length="many"), lambda: iter([b"{}"])),
    "two lengths": after(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n", lambda: iter([b"{}"])),
    "length and chunks": after(head(Content_Length="2", Transfer_Encoding="chunked"), lambda: iter([b"0\r\n\r\n"])),
    "chunks of nonsense": after(head(Transfer_Encoding="chunked"), lambda: iter([b"zz\r\nhello\r\n"])),
    "a chunk of 2^64": after(head(Transfer_Encoding="chunked"), lambda: iter([b"ffffffffffffffffff\r\n{}"])),
    "an endless chunk extension": after(head(Transfer_Encoding="chunked"), lambda: big(start=b"1;x=")),
    "endless trailers": after(head(Transfer_Encoding="chunked"), lambda: big(start=b"0\r\nX: ")),
    "endless headers": after(b"HTTP/1.1 200 OK\r\n", lambda: (b"X-%d: y\r\n" % n * 99 for n in itertools.count())),
    "an endless header": after(b"HTTP/1.1 200 OK\r\nX: ", big),
    "an endless status line": after(b"HTTP/1.1 200 ", big),
    "no gzip": body(b"not gzip at all", Content_Encoding="gzip"),
    "half a gzip": body(gzip.compress(b"{}" * 900)[:20], Content_Encoding="gzip"),
    "gzip and then noise": body(gzip.compress(b"{}") + b"noise" * 99, Content_Encoding="gzip"),
    "no HTTP": sending(lambda: iter([b"220 mail.example ESMTP\r\n\r\n"])),
    "a megabyte of no HTTP": sending(lambda: big(1024**2, b"\0\1\2")),
    "nothing": sending(lambda: iter([])),
    "a status of 999": body("{}", 999),
    "a status of 204": body("", 204),
}  # fmt: skip
ENDLESS: dict[str, Answer] = {
    "nothing, and open": sending(lambda: iter([b""]), pause=30),
    "a drip of headers": sending(lambda: itertools.chain([b"HTTP/1.1 200 OK\r\nX: "], itertools.repeat(b"a")), 0.05),
    "a drip of a body": sending(lambda: itertools.chain([head()], itertools.repeat(b" ")), 0.05),
    "a drip of chunks": sending(
        lambda: itertools.chain([head(Transfer_Encoding="chunked")], itertools.repeat(b"1\r\n \r\n")), 0.05
    ),
    "100 Continue for ever": sending(lambda: itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n" * 100), 0.01),
}
