"""The child process that asks a server for its models: `python -P -m tui.catalog.list_child`.

A process of its own, because httpx takes 0.2 s to import, and because what is asked for may never come. `guard` holds
its sockets to the servers that it is told to ask.
"""

import asyncio
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import httpx

from tui.base import guard
from tui.base.child_service import serve
from tui.base.decompression import TooLarge, Undecodable, Unpacker
from tui.base.foreign import clean
from tui.base.memory import bound_memory
from tui.base.redaction import presentable, redact
from tui.base.secret import Secret
from tui.catalog.listed_models import Listed, listed_in

_NO_SUCH_KEY: Final = b"no_db_connection"
"""What a LiteLLM proxy without a database says, with status 400, to a key that is not its own."""
_ERRNO: Final = re.compile(r"\[Errno -?\d+\] ")
MOST: Final = 8 * 1024 * 1024
"""Bytes of an answer, on the wire and unpacked."""
_LETTERS: Final = 400_000
"""Characters of names in all: what is told must fit into one line of the channel, each letter in six bytes."""


async def list_models(order: dict[str, Any]) -> dict[str, Any]:
    """Ask "urls" in turn, with "headers", for "limit" seconds in all; "hidden" is kept out of what is told.

    Answers "listed", or "failure" (a word) with "status" and "said", what the server said of it.
    """
    told: dict[str, Any] = {"failure": "no-list", "status": None, "said": ""}
    try:
        guard.allowed_hosts.set(guard.AllowedHosts(map(_origin, order["urls"])))
        async with asyncio.timeout(order["limit"]), httpx.AsyncClient(follow_redirects=False) as client:
            for url in order["urls"]:
                told = await _ask(client, url, order["headers"])
                if "listed" in told or told["failure"] != "no-list":
                    break
    except (TimeoutError, httpx.TimeoutException):
        told = {"failure": "timeout", "status": None, "said": ""}
    except (TooLarge, MemoryError):
        told = {"failure": "too-large", "status": None, "said": ""}
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        told = {"failure": "no-connection", "status": None, "said": _ERRNO.sub("", str(error))}
    hidden = [Secret(value) for value in order["hidden"]]
    if "listed" in told:
        return {"listed": _without_keys([*_fitting(told["listed"])], hidden)}
    return {**told, "said": presentable(told["said"], hidden, limit=300)}


def _origin(url: str) -> str:
    """The server of `url`, as httpx reaches for it."""
    parsed = httpx.URL(url)
    return f"{parsed.scheme}://{parsed.netloc.decode()}"


def _without_keys(rows: list[Listed], hidden: list[Secret]) -> list[Listed]:
    """The rows whose names hold nothing of a key. All are looked at together first, since one hardly ever does."""
    names = "\n".join(clean(row.name) for row in rows)
    if redact(names, hidden) == names:
        return rows
    return [row for row in rows if presentable(row.name, hidden) == clean(row.name)]


async def _ask(client: httpx.AsyncClient, url: str, headers: dict[str, str]) -> dict[str, Any]:
    async with client.stream("GET", url, headers=headers, timeout=None) as response:
        body = bytearray()
        unpacker = Unpacker(response.headers.get("content-encoding", ""), MOST)
        try:
            async for part in response.aiter_raw():
                body += unpacker.feed(part)
        except Undecodable:
            return _failed("no-list", response)
    if response.is_redirect:
        return _failed("redirected", response, response.headers.get("location", ""))
    if response.status_code in (401, 403) or _NO_SUCH_KEY in body:
        return _failed("refused", response, _said(bytes(body)))
    if response.status_code != 200:
        code = "no-list" if response.status_code in (400, 404, 405, 422, 501) else "server-error"
        return _failed(code, response, _said(bytes(body)))
    try:
        return {"listed": listed_in(json.loads(body))}
    except (ValueError, RecursionError):
        return _failed("no-list", response)


def _fitting(rows: Iterable[Listed]) -> Iterator[Listed]:
    """As many as can be told."""
    letters = 0
    for row in rows:
        letters += len(row.name)
        if letters > _LETTERS:
            return
        yield row


def _failed(code: str, response: httpx.Response, said: str = "") -> dict[str, Any]:
    return {"failure": code, "status": response.status_code, "said": said}


def _said(body: bytes) -> str:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    error = told.get("error", told) if isinstance(told, dict) else told
    message = error.get("message") or error.get("detail") if isinstance(error, dict) else error
    return message if isinstance(message, str) else ""


if __name__ == "__main__":
    bound_memory()
    guard.install()
    serve({"list": list_models})
