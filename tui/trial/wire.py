"""What the probe lets pass on the wire: requests that an order accounts for, to the order's own origin, no redirect.

Only the probe loads this file: it imports httpx. What does not go by httpx is stopped at the socket, by `guard`.
"""

import re
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import aiohttp
import httpx

from tui.base import guard

_Origin = tuple[str, bytes, int | None]


class ForeignOrigin(httpx.RequestError):
    """A request would have gone to a host that the key does not belong to, or would have been a second one."""


class Watch:
    """What one order sent and received.

    `allowed`: the origins that it may ask; `*` in a host stands for a region. `logins`: those that a cloud's own
    library asks who is calling, beside them and not by httpx.
    """

    def __init__(self, allowed: Iterable[str], logins: Iterable[str] = ()) -> None:
        origins = [origin for origin in map(_in_ascii, allowed) if origin]
        self._allowed = [_matching(origin) for origin in origins]
        self.allowed_hosts = guard.AllowedHosts([*origins, *logins])
        self.requests = 0
        self._asked: set[_Origin] = set()
        self.response: httpx.Response | None = None
        self.failure: httpx.TransportError | None = None
        self._refused = ""
        self.proxied = False

    def leaving(self, request: httpx.Request) -> None:
        """Count `request`, or raise ForeignOrigin.

        One order is one request. After a connection failure the same failure is raised again: on most routes litellm
        repeats a request whose connection was closed. And no origin is asked twice: on the ollama route litellm asks
        for the model's properties before and afterwards, on this machine and at the same server.
        """
        if self.failure is not None:
            raise self.failure
        origin = _origin(request.url)
        if origin in self._asked or not any(same.fullmatch(_written(origin)) for same in self._allowed):
            self._refused = _shown(request.url)
            raise ForeignOrigin("not what was ordered", request=request)
        self._asked.add(origin)
        self.requests += 1
        self.proxied = _goes_through_proxy(request.url)

    @property
    def foreign(self) -> str:
        """Where the order's own request would have gone, had it not been refused; empty when it was sent."""
        return "" if self._asked else self._refused or self.allowed_hosts.refused

    @property
    def redirected_to(self) -> str:
        """The address that the server pointed to; empty when it did not."""
        following = self.response.next_request if self.response is not None else None
        return _shown(following.url) if following else ""


_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


def begin(allowed: Iterable[str], logins: Iterable[str] = ()) -> Watch:
    """Let the running task reach these origins, and nothing else."""
    current = Watch(allowed, logins)
    _watch.set(current)
    guard.allowed_hosts.set(current.allowed_hosts)
    return current


def install() -> None:
    """Make every socket of this process obey, and every httpx client, whatever it is told about redirects."""
    guard.install()
    send, async_send = httpx.Client.send, httpx.AsyncClient.send

    def guarded(client: httpx.Client, request: httpx.Request, **options: Any) -> httpx.Response:
        with _watched(request) as current:
            current.response = send(client, request, **{**options, "follow_redirects": False})
        return current.response

    async def async_guarded(client: httpx.AsyncClient, request: httpx.Request, **options: Any) -> httpx.Response:
        with _watched(request) as current:
            current.response = await async_send(client, request, **{**options, "follow_redirects": False})
        return current.response

    httpx.Client.send = guarded  # type: ignore[method-assign,assignment]
    httpx.AsyncClient.send = async_guarded  # type: ignore[method-assign,assignment]
    _check_aiohttp()


def _check_aiohttp() -> None:
    """An unencrypted request to a proxy names the other end in its first line, which no socket tells."""
    begin_request = aiohttp.ClientRequest.__init__

    def guarded(request: aiohttp.ClientRequest, method: str, url: Any, *rest: Any, **options: Any) -> None:
        guard.require(url.host)
        begin_request(request, method, url, *rest, **options)

    aiohttp.ClientRequest.__init__ = guarded  # type: ignore[method-assign,assignment]


@contextmanager
def _watched(request: httpx.Request) -> Iterator[Watch]:
    current = _watch.get()
    if current is None:
        raise ForeignOrigin("no order accounts for this request", request=request)
    current.leaving(request)
    try:
        yield current
    except httpx.TransportError as failure:
        current.failure = failure
        current.requests -= isinstance(failure, httpx.ConnectError | httpx.LocalProtocolError)  # nothing was sent
        raise


def _shown(url: httpx.URL) -> str:
    """Without what may be secret: user, password and query."""
    return str(url.copy_with(username=None, password=None, query=None, fragment=None))


def _origin(url: httpx.URL) -> _Origin:
    return url.scheme, url.raw_host, url.port or {"http": 80, "https": 443}.get(url.scheme)


def _written(origin: _Origin) -> str:
    scheme, host, port = origin
    return f"{scheme}://{host.decode('ascii')}:{port}"


def _in_ascii(origin: str) -> str:
    """The origin as it is on the wire, "" for none. A region is no letter of a name."""
    return origin if "*" in origin or not origin else str(httpx.URL(origin))


def _matching(origin: str) -> re.Pattern[str]:
    written = origin if "*" in origin else _written(_origin(httpx.URL(origin)))
    written = written if re.search(r":\d+$", written) else f"{written}:{443 if written.startswith('https:') else 80}"
    return re.compile(re.escape(written).replace(r"\*", "[a-z0-9-]+"))


def _goes_through_proxy(url: httpx.URL) -> bool:
    proxies = urllib.request.getproxies()
    return bool(proxies.get(url.scheme) or proxies.get("all")) and not urllib.request.proxy_bypass(url.host)
