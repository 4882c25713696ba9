"""The child process that tries the way to a server, without any key: `python -P -m tui.doctor.network_child`.

A process of its own, because looking up a name cannot be broken off: on a dead network it blocks for half a minute.
"""

import asyncio
import email.utils
import os
import socket
import ssl
import urllib.request
from base64 import b64encode
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, unquote, urlsplit

from tui.base.child_service import serve
from tui.base.foreign import clean, why

_PORTS: Final = {"http": 80, "https": 443}
_OF_PROXY: Final = ("407", "502", "503", "504")
"""What a proxy answers itself where it lets nothing through."""
_MOST: Final = 64 * 1024
"""Bytes of the head of an answer."""


class Stopped(Exception):
    """The way ends here; `failure` is a word, `said` what the system or the server says."""

    def __init__(self, failure: str, said: str = "") -> None:
        super().__init__(failure)
        self.failure = failure
        self.said = said


class Way:
    """The way to the server of `url`, one stretch after the other."""

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)
        self._host = self._parts.hostname or ""
        self._port = self._parts.port or _PORTS[self._parts.scheme]
        self._proxy = _proxy_of(self._parts)
        self.stage = "name"

    async def go(self) -> dict[str, Any]:
        """What the server's clock says, in seconds since 1970, None where it does not say. Raises Stopped."""
        first, port = self._first()
        self.stage = "name"
        try:
            await asyncio.get_running_loop().getaddrinfo(first, port, type=socket.SOCK_STREAM)
            self.stage = "connection"
            reader, writer = await asyncio.open_connection(first, port, limit=_MOST)
            if self._parts.scheme == "https":
                await self._encrypt(reader, writer)
            self.stage = "answer"
            return {"clock": await self._clock(reader, writer)}
        except ssl.SSLCertVerificationError as error:
            raise Stopped("certificate", error.verify_message) from None
        except ssl.SSLError as error:
            raise Stopped("tls", error.reason or "") from None
        except (socket.gaierror, UnicodeError):  # a name that no name can be, too
            raise Stopped("proxy-name" if self._proxy else "name") from None
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            raise Stopped(self.stage, why(error)) from None

    def _first(self) -> tuple[str, int]:
        """Whom to connect to: the proxy, where there is one."""
        if not self._proxy:
            return self._host, self._port
        if self._proxy.scheme != "http":
            raise Stopped("proxy-kind", self._proxy.scheme)
        return self._proxy.hostname or "", self._proxy.port or 80

    async def _encrypt(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._proxy:
            self.stage = "proxy"
            name = f"[{self._host}]" if ":" in self._host else self._host
            writer.write(f"CONNECT {name}:{self._port} HTTP/1.1\r\nHost: {name}:{self._port}\r\n".encode())
            writer.write(_authorization(self._proxy) + b"\r\n")
            line = (await reader.readuntil(b"\r\n\r\n")).partition(b"\r\n")[0].decode("ascii", "replace")
            if line.split(" ")[1:2] != ["200"]:
                raise Stopped("proxy", clean(line, limit=80))
        self.stage = "tls"
        await writer.start_tls(_context(), server_hostname=self._host)

    async def _clock(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> float | None:
        plain = self._proxy and self._parts.scheme == "http"
        path = f"http://{self._parts.netloc}/" if plain else "/"
        extra = _authorization(self._proxy) if self._proxy and plain else b""
        request = f"HEAD {path} HTTP/1.1\r\nHost: {self._parts.netloc}\r\nUser-Agent: llm-setup\r\n"
        writer.write(request.encode() + extra + b"Connection: close\r\n\r\n")
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        writer.close()
        first = head.partition("\r\n")[0]
        if plain and first.split(" ")[1:2] and first.split(" ")[1] in _OF_PROXY:
            raise Stopped("proxy", clean(first, limit=80))
        for line in head.split("\r\n"):
            name, _colon, value = line.partition(":")
            if name.lower() == "date":
                try:
                    return email.utils.parsedate_to_datetime(value.strip()).timestamp()
                except ValueError:
                    return None
        return None


def _proxy_of(parts: SplitResult) -> SplitResult | None:
    """The proxy of the environment for that server."""
    proxies = urllib.request.getproxies()
    if urllib.request.proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None
    named = proxies.get(parts.scheme) or proxies.get("all") or ""
    return urlsplit(named if "://" in named else f"http://{named}") if named else None


def _authorization(proxy: SplitResult) -> bytes:
    """The header by which a proxy knows its user, who stands in its address."""
    if not proxy.username:
        return b""
    pair = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}".encode()
    return b"Proxy-Authorization: Basic " + b64encode(pair) + b"\r\n"


def _context() -> ssl.SSLContext:
    """Trusts whom litellm's own client trusts."""
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if not (file or folder):
        import certifi

        file = certifi.where()
    there = file if file and Path(file).is_file() else None
    return ssl.create_default_context(cafile=there, capath=None if there else folder)


async def reach(order: dict[str, Any]) -> dict[str, Any]:
    """Go the way to "url" within "limit" seconds; "failure" is "" where a server answers."""
    try:
        way = Way(order["url"])
        async with asyncio.timeout(order["limit"]):
            return {"failure": "", "said": "", **await way.go()}
    except TimeoutError:
        return {"failure": "timeout", "said": way.stage, "clock": None}
    except Stopped as stopped:
        return {"failure": stopped.failure, "said": clean(stopped.said, limit=120), "clock": None}


if __name__ == "__main__":
    serve({"reach": reach})
