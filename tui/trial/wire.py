"""What the probe lets pass on the wire: requests that an order accounts for, to the order's own origin, no redirect.

Only the probe loads this file: it imports httpx.
"""

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpx


class ForeignOrigin(httpx.RequestError):
    """A request would have gone to a host that the key does not belong to; nothing was sent."""


class Watch:
    """What one order sent and received. `allowed`: the only origin; None allows all, "" none."""

    def __init__(self, allowed: str | None) -> None:
        self.allowed = None if allowed is None else _origin(httpx.URL(allowed))
        self.requests = 0
        self.response: httpx.Response | None = None
        self.failure: httpx.TransportError | None = None
        self.foreign = ""
        self.proxied = False

    def leaving(self, request: httpx.Request) -> None:
        """Count `request`, or raise ForeignOrigin.

        After a connection failure nothing more is sent, and the same failure raised again: on most routes litellm
        repeats a request whose connection was closed, and one order is one request.
        """
        if self.failure is not None:
            raise self.failure
        if self.allowed is not None and _origin(request.url) != self.allowed:
            self.foreign = _shown(request.url)
            raise ForeignOrigin("foreign origin", request=request)
        self.requests += 1
        self.proxied = _goes_through_proxy(request.url)

    @property
    def redirected_to(self) -> str:
        """The address that the server pointed to; empty when it did not."""
        following = self.response.next_request if self.response is not None else None
        return _shown(following.url) if following else ""


watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


def install() -> None:
    """Make every httpx client of this process obey, whoever creates it and whatever it is told about redirects."""
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


@contextmanager
def _watched(request: httpx.Request) -> Iterator[Watch]:
    current = watch.get()
    if current is None:
        raise ForeignOrigin("no order accounts for this request", request=request)
    current.leaving(request)
    try:
        yield current
    except httpx.TransportError as failure:
        current.failure = failure
        current.requests -= isinstance(failure, httpx.ConnectError)  # nothing was sent
        raise


def _shown(url: httpx.URL) -> str:
    """Without what may be secret: user, password and query."""
    return str(url.copy_with(username=None, password=None, query=None, fragment=None))


def _origin(url: httpx.URL) -> tuple[str, bytes, int | None]:
    return url.scheme, url.raw_host, url.port or {"http": 80, "https": 443}.get(url.scheme)


def _goes_through_proxy(url: httpx.URL) -> bool:
    proxies = urllib.request.getproxies()
    return bool(proxies.get(url.scheme) or proxies.get("all")) and not urllib.request.proxy_bypass(url.host)
