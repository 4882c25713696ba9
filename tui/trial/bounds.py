"""How much of an answer the probe reads: 2 MB, whichever library asks, counted after each layer of unpacking.

An answer is a few KB; a hostile or broken server sends GB, or 1 MB that unpacks to them. Only the probe loads this
file: it imports httpx.
"""

import io
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any, Final

import aiohttp
import httpx
import urllib3

from tui.base.decompression import TooLarge, Undecodable, Unpacker

MOST: Final = 2 * 1024 * 1024
"""Bytes of an answer, or of the description of an error."""
MOST_OF_ERROR: Final = 64 * 1024
"""Bytes of an error that litellm gets to see: it looks for keys in it, at 2 MB for a minute."""
MOST_VALUES: Final = 10_000
"""Objects and lists in an answer, which litellm makes models of; as many brackets may stand in its text."""
_REPLACED: Final = ("content-encoding", "content-length", "transfer-encoding")
"""Headers that are not true of an unpacked body."""

_OF_TEXT: Final = re.compile(r"(utf|iso|us-ascii|ascii|latin|windows|cp|gb|big5|shift|euc|koi8)[\w-]*", re.IGNORECASE)
"""Charsets that a text may have. Python knows others, `zlib_codec` among them, and httpx would unpack with it."""


class AnswerTooLarge(httpx.TransportError):
    """More than MOST bytes came, or MOST_VALUES values; `status` is that of the answer."""

    def __init__(self, status: int | None = None) -> None:
        super().__init__("more than is read")
        self.status = status


def install() -> None:
    """Bound what httpx, urllib3 (for botocore and requests) and aiohttp read in this process, for good."""
    _bound_httpx()
    _bound_urllib3()
    _bound_aiohttp()


@contextmanager
def _told_as_httpx_does(status: int) -> Iterator[None]:
    try:
        yield
    except TooLarge as error:
        raise AnswerTooLarge(status) from error
    except Undecodable as error:
        raise httpx.DecodingError(str(error)) from error


class _Bounded(httpx.SyncByteStream):
    """The plain body in one piece: of a million chunks of a byte each, a list would take 70 MB."""

    def __init__(self, stream: Any, status: int, encodings: str) -> None:
        self._stream, self._status, self._encodings = stream, status, encodings

    def __iter__(self) -> Iterator[bytes]:
        body = bytearray()
        with _told_as_httpx_does(self._status):
            unpacker = Unpacker(self._encodings, MOST)
            for part in self._stream:
                body += unpacker.feed(part)
        yield _digestible(body, self._status)

    def close(self) -> None:
        self._stream.close()


class _AsyncBounded(httpx.AsyncByteStream):
    """The same for an asynchronous client."""

    def __init__(self, stream: Any, status: int, encodings: str) -> None:
        self._stream, self._status, self._encodings = stream, status, encodings

    async def __aiter__(self) -> AsyncIterator[bytes]:
        body = bytearray()
        with _told_as_httpx_does(self._status):
            unpacker = Unpacker(self._encodings, MOST)
            async for part in self._stream:
                body += unpacker.feed(part)
        yield _digestible(body, self._status)

    async def aclose(self) -> None:
        await self._stream.aclose()


def _digestible(body: bytearray, status: int) -> bytes:
    """`body`, of an error its beginning; raises AnswerTooLarge where litellm would be at it for minutes."""
    if status >= 400:
        del body[MOST_OF_ERROR:]
    if body.count(b"{") + body.count(b"[") > MOST_VALUES:
        raise AnswerTooLarge(status)
    return bytes(body)


def _bounded(response: httpx.Response, kind: type[_Bounded | _AsyncBounded]) -> httpx.Response:
    headers = response.headers
    stream = kind(response.stream, response.status_code, headers.get("content-encoding", ""))
    for name in _REPLACED:
        headers.pop(name, None)
    if not _OF_TEXT.fullmatch(response.charset_encoding or "utf-8"):
        headers["content-type"] = headers["content-type"].partition(";")[0]
    return httpx.Response(response.status_code, headers=headers, stream=stream, extensions=response.extensions)


def _bound_httpx() -> None:
    handle, async_handle = httpx.HTTPTransport.handle_request, httpx.AsyncHTTPTransport.handle_async_request

    def bounded(transport: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        return _bounded(handle(transport, request), _Bounded)

    async def async_bounded(transport: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        return _bounded(await async_handle(transport, request), _AsyncBounded)

    httpx.HTTPTransport.handle_request = bounded  # type: ignore[method-assign,assignment]
    httpx.AsyncHTTPTransport.handle_async_request = async_bounded  # type: ignore[method-assign,assignment]


def _bound_urllib3() -> None:
    send: Any = urllib3.HTTPConnectionPool.urlopen

    def bounded(pool: Any, method: str, url: str, *rest: Any, **options: Any) -> Any:
        preload = options.pop("preload_content", True)
        plain = {"preload_content": False, "decode_content": False}
        options.pop("decode_content", None)
        response = send(pool, method, url, *rest, **options, **plain)
        body = io.BytesIO(_read(response))
        headers = {name: value for name, value in response.headers.items() if name.lower() not in _REPLACED}
        return urllib3.HTTPResponse(
            body, headers, response.status, response.version, reason=response.reason, preload_content=preload,
            original_response=getattr(response, "_original_response", None), request_method=method, request_url=url,
        )  # fmt: skip

    urllib3.HTTPConnectionPool.urlopen = bounded  # type: ignore[assignment]


def _read(response: Any) -> bytes:
    body = bytearray()
    try:
        with _told_as_httpx_does(response.status):
            unpacker = Unpacker(response.headers.get("content-encoding", ""), MOST)
            while part := response.read(16 * 1024):
                body += unpacker.feed(part)
    except httpx.HTTPError:
        response.close()
        raise
    response.release_conn()
    return bytes(body)


def _bound_aiohttp() -> None:
    """It unpacks by itself, one layer and a bounded piece at a time, before it feeds."""
    feed = aiohttp.StreamReader.feed_data

    def bounded(reader: aiohttp.StreamReader, data: bytes, *rest: Any) -> Any:
        if reader.total_bytes + len(data) > MOST:
            raise AnswerTooLarge
        return feed(reader, data, *rest)

    aiohttp.StreamReader.feed_data = bounded  # type: ignore[method-assign,assignment]
