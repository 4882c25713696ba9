"""What a child may reach at all, enforced at the socket: below litellm and below every HTTP library that it uses.

An order's `AllowedHosts` names the hosts. Python's own audit events tell of each address that is looked up or connected
to, whoever does it (httpx, aiohttp, botocore, requests, or a bare socket), and cannot be taken off again. Where no
order accounts for it, nothing is reached. Sockets of the file system are left alone.

A library that opens sockets in native code would not be seen: litellm's own is switched off in
`trial.probe_client`.
"""

import asyncio.base_events
import contextvars
import http.client
import ipaddress
import re
import socket
import ssl
import sys
import urllib.request
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

_PORTS: Final = {"http": 80, "https": 443}
_NAMES: Final = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_ADDRESSES: Final = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


class ForeignHost(OSError):
    """A connection would have been made to a host that no order names."""


class AllowedHosts:
    """The hosts that one order may reach: those of `origins` (`*` is a label or a part of one), and the user's proxy.

    `origins` are `scheme://host[:port]` in the form of `origin_of`, the host in ASCII.
    """

    def __init__(self, origins: Iterable[str]) -> None:
        self._doors = [_door(origin) for origin in origins]
        self.refused = ""
        """The host or address that was refused last; empty for none."""

    def require(self, host: str, port: int | None = None) -> None:
        """Raise ForeignHost where `host` may not be reached; a port of None is any."""
        if not self.admits(host, port):
            self.refused = host
            raise ForeignHost(f"{host} is not what was ordered")

    def admits(self, host: str, port: int | None = None) -> bool:
        """Whether `host`, a name or an address, may be reached at `port`."""
        names = {_plain(host), *_names.get(_plain(host), ())}
        doors = [*self._doors, *_proxies()]
        return any(ours in (None, port) or port is None for name in names for door, ours in doors if door(name))


allowed_hosts: ContextVar[AllowedHosts | None] = ContextVar("allowed_hosts", default=None)
"""Whose order the running code serves; None lets nothing through."""
_names: dict[str, set[str]] = {}
"""Addresses, and the names that were resolved to them: what is connected to is an address."""


def install() -> None:
    """Watch every socket of this process, for good. Once is enough, forks inherit it."""
    sys.addaudithook(_watch)
    _note_what_is_resolved()
    _take_the_order_along()
    _check_certificates_name()
    _check_requests_to_proxies()


def _watch(event: str, details: tuple[Any, ...]) -> None:
    if event in _NAMES:
        require(details[0])
    elif event in _ADDRESSES:
        _sock, address = details
        if isinstance(address, tuple):  # else of the file system, or connected already
            require(address[0], address[1])


def require(host: object, port: int | None = None) -> None:
    """Raise ForeignHost where the running order may not reach `host`: for what a library asks a proxy for."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    current = allowed_hosts.get()
    if current is None:
        raise ForeignHost("no order accounts for this connection")
    current.require(str(host or ""), port)


def _note_what_is_resolved() -> None:
    resolve = socket.getaddrinfo

    def noting(host: Any, port: Any, *rest: Any, **options: Any) -> Any:
        require(host)
        found = resolve(host, port, *rest, **options)
        for *_kind, address in found:
            _names.setdefault(_plain(str(address[0])), set()).add(_plain(_text(host)))
        return found

    socket.getaddrinfo = noting


def _take_the_order_along() -> None:
    """Into the threads of asyncio, where names are resolved and blocking libraries are called."""
    run = asyncio.base_events.BaseEventLoop.run_in_executor

    def in_context(loop: Any, executor: Any, call: Callable[..., Any], *values: Any) -> Any:
        return run(loop, executor, partial(contextvars.copy_context().run, call), *values)

    asyncio.base_events.BaseEventLoop.run_in_executor = in_context  # type: ignore[method-assign,assignment]


def _check_certificates_name() -> None:
    """Through a proxy's tunnel the other end is known by the name that its certificate has to bear."""
    wrap_socket, wrap_bio = ssl.SSLContext.wrap_socket, ssl.SSLContext.wrap_bio

    def check(server_side: object, name: str | bytes | None) -> None:
        if not server_side and (name or _proxies()):
            require(name)

    def guarded_socket(context: Any, sock: Any, server_side: Any = False, *rest: Any, **options: Any) -> Any:  # noqa: FBT002 - as ssl has it
        check(server_side, rest[2] if len(rest) > 2 else options.get("server_hostname"))
        return wrap_socket(context, sock, server_side, *rest, **options)

    def guarded_bio(context: Any, inward: Any, outward: Any, server_side: Any = False, *rest: Any, **more: Any) -> Any:  # noqa: FBT002 - as ssl has it
        check(server_side, rest[0] if rest else more.get("server_hostname"))
        return wrap_bio(context, inward, outward, server_side, *rest, **more)

    ssl.SSLContext.wrap_socket = guarded_socket  # type: ignore[method-assign,assignment]
    ssl.SSLContext.wrap_bio = guarded_bio  # type: ignore[method-assign,assignment]


def _check_requests_to_proxies() -> None:
    """An unencrypted request names the other end in its first line; requests and botocore send theirs through here."""
    put, tunnel = http.client.HTTPConnection.putrequest, http.client.HTTPConnection.set_tunnel

    def guarded_put(connection: Any, method: str, url: str, *rest: Any, **options: Any) -> None:
        if "://" in url.partition("?")[0]:
            require(urlsplit(url).hostname)
        put(connection, method, url, *rest, **options)

    def guarded_tunnel(connection: Any, host: str, *rest: Any, **options: Any) -> None:
        require(urlsplit(f"//{host}").hostname)
        tunnel(connection, host, *rest, **options)

    http.client.HTTPConnection.putrequest = guarded_put  # type: ignore[method-assign,assignment]
    http.client.HTTPConnection.set_tunnel = guarded_tunnel  # type: ignore[method-assign,assignment]


def _proxies() -> list[tuple[Callable[[str], bool], int | None]]:
    """Those of the environment, which is the user's own; the port counts where one is named."""
    proxies = {kind: url for kind, url in urllib.request.getproxies().items() if kind in ("http", "https", "all")}
    parts = [urlsplit(url if "://" in url else f"http://{url}") for url in proxies.values()]
    return [(_plain(part.hostname or "").__eq__, part.port) for part in parts if part.hostname]


def _door(origin: str) -> tuple[Callable[[str], bool], int | None]:
    parts = urlsplit(origin)
    host = _plain(parts.hostname or "")
    pattern = re.compile(re.escape(host).replace(r"\*", "[a-z0-9-]+"))
    return (lambda name: pattern.fullmatch(name) is not None), parts.port or _PORTS.get(parts.scheme)


def _plain(host: str) -> str:
    """One form for each name and address."""
    host = host.partition("%")[0].strip("[]").lower()
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return host


def _text(host: object) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
