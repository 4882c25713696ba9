"""One file from an https address, for whoever asked for it: bounded in size and in silence, and from that host only."""

import http.client
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPMessage
from typing import IO, Final, NamedTuple
from urllib.parse import urlsplit

from tui import __version__
from tui.base.errors import SetupError, Status
from tui.base.foreign import clean
from tui.base.translation import _

SILENCE: Final = 5.0
"""Seconds without a byte after which it is given up."""
LONGEST: Final = 120.0
"""Seconds for the whole."""
_CHUNK: Final = 64 * 1024


class Download(NamedTuple):
    """What came; `data` is None where the server says that nothing changed since `etag`."""

    data: bytes | None
    etag: str


class _Elsewhere(urllib.request.HTTPRedirectHandler):
    """Follows a redirect to another path of the same origin only."""

    def redirect_request(  # noqa: PLR0917 - urllib's own signature
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        here, there = urlsplit(req.full_url), urlsplit(newurl)
        if (there.scheme, there.netloc) != (here.scheme, here.netloc):
            fp.close()
            raise _failure(
                _("{host} redirects to {there}, which was not followed.").format(
                    host=_host(req.full_url), there=clean(f"{there.scheme}://{there.hostname or ''}", limit=60)
                ),
                _("Name that address itself if you trust it."),
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def download(address: str, *, etag: str = "", most: int, clock: Callable[[], float] = time.monotonic) -> Download:
    """At most `most` bytes from `address`, only if they are others than those of `etag`.

    Proxy and CA file are those of the environment. Raises SetupError with what is wrong and what to do.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.username is not None:
        raise SetupError(
            _("{address} is not an https address.").format(address=clean(_plain(address), limit=80)),
            _("Give an address that begins with https:// and has no user name in it, or a file."),
            status=Status.USAGE,
        )
    headers = {"User-Agent": f"llm-setup/{__version__}", "Accept": "application/json", "Accept-Encoding": "identity"}
    if etag:
        headers["If-None-Match"] = etag
    opener = urllib.request.build_opener(_Elsewhere())
    end = clock() + LONGEST
    try:
        with opener.open(urllib.request.Request(address, headers=headers), timeout=SILENCE) as answer:  # noqa: S310
            data = _whole(answer, most, lambda: clock() > end, address)
            return Download(data, answer.headers.get("ETag", ""))
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 304 and etag:
            return Download(None, etag)
        raise _failure(_("{host} answers {status}.").format(host=_host(address), status=error.code)) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _failure(_why(error, address)) from None


def _whole(answer: http.client.HTTPResponse, most: int, is_late: Callable[[], bool], address: str) -> bytes:
    pieces, size = [], 0
    while piece := answer.read1(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            raise _failure(_("{host} sends more than {most} MB.").format(host=_host(address), most=most // 2**20))
        if is_late():
            raise _failure(_("{host} takes too long.").format(host=_host(address)))
    if answer.length:  # what Content-Length still promises
        raise _failure(_("{host} closed the connection before the end.").format(host=_host(address)))
    return b"".join(pieces)


def _why(error: Exception, address: str) -> str:
    reason = getattr(error, "reason", error)
    host = _host(address)
    if isinstance(reason, TimeoutError):
        return _("{host} does not answer.").format(host=host)
    if isinstance(reason, ssl.SSLError):
        return _("No secure connection to {host}: {reason}.").format(host=host, reason=clean(reason.reason or "TLS"))
    if isinstance(reason, http.client.HTTPException):
        return _("{host} closed the connection before the end.").format(host=host)
    said = getattr(reason, "strerror", None) or type(reason).__name__
    return _("{host} cannot be reached: {reason}.").format(host=host, reason=clean(str(said), limit=80))


def _failure(message: str, hint: str = "") -> SetupError:
    return SetupError(message, hint or _("Nothing was changed. Try again later, or name another source."))


def _host(address: str) -> str:
    return clean(urlsplit(address).hostname or "", limit=60)


def _plain(address: str) -> str:
    """Without what stands before an @ or behind a question mark."""
    return address.partition("?")[0].rpartition("@")[2]
