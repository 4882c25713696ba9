"""What lies behind an exception of litellm: the class alone does not tell a dead host from a server's own error.

Only the probe loads this file: it imports httpx.
"""

import json
import math
import os
import re
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import httpx

from tui.base.translation import _
from tui.trial.wire import Watch

_CAUSES: Final[tuple[tuple[type[BaseException], str], ...]] = (
    (socket.gaierror, "dns"),
    (ssl.SSLError, "tls"),
    (httpx.TimeoutException, "timeout"),
    (TimeoutError, "timeout"),
    (ConnectionRefusedError, "refused"),
    (httpx.ConnectError, "unreachable"),
    (httpx.ReadError, "reset"),
    (httpx.RemoteProtocolError, "reset"),
    (httpx.TransportError, "unreachable"),
)
"""The most telling first: a refused connection is a ConnectError too."""
_OF_PROXIES: Final = frozenset({403, 502, 503, 504})
"""Statuses with which a proxy says in a page of its own that it does not reach, or not allow, a host."""
_CHOICES: Final = {"choices", "candidates", "content", "response"}
"""Where OpenAI's, Google's, Anthropic's and Ollama's answers hold their texts."""
_PREFIXES: Final = re.compile(r"^(litellm\.)?\w+(Error|Exceeded|Timeout)?: (\w+: )?(\w+Exception ?-? )?")

_TAGS: Final = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def cause_of(error: BaseException, seen: Watch) -> str | None:
    """One of the causes of `Reply`, or None when status and class say it all."""
    if seen.foreign:
        return "foreign-origin"
    if seen.redirected_to:
        return "redirected"
    transport = _transport_cause(error)
    if transport:
        return "proxy" if seen.proxied and transport not in ("timeout", "tls", "reset") else transport
    return _cause_in_answer(seen.response, seen) if seen.response is not None else _cause_before_sending(str(error))


def _cause_in_answer(response: httpx.Response, seen: Watch) -> str | None:
    is_page = "html" in response.headers.get("content-type", "")
    if response.status_code < 400:
        return "web-page" if is_page else "empty-answer" if lacking(response) else "not-an-llm"
    from_proxy = seen.proxied and response.status_code in _OF_PROXIES and not _is_json(response)
    return "proxy" if from_proxy else None


def lacking(response: httpx.Response | None) -> str:
    """What an answer of an LLM lacks, as a sentence; "" for nothing, or where it is no answer of an LLM.

    Judged by the body: some routes raise an error for such an answer, and others do not.
    """
    body = _json(response) if response is not None and response.status_code < 400 else None
    if not isinstance(body, dict) or not _CHOICES & body.keys():
        return ""
    choices = next(body[name] for name in _CHOICES if name in body)
    if choices == []:
        return _("The answer has no choices.")
    if not isinstance(choices, str) and not re.search(r'"(content|text)": *"[^"]', json.dumps(choices)):
        return _("The answer has no text.")
    return ""


def _json(response: httpx.Response) -> Any:
    try:
        return json.loads(response.content)
    except (ValueError, httpx.StreamError):
        return None


def _is_json(response: httpx.Response) -> bool:
    return "json" in response.headers.get("content-type", "")


def _transport_cause(error: BaseException) -> str | None:
    chain = list(_chain(error))
    if any(isinstance(link, httpx.ProxyError) for link in chain):
        return "proxy"
    return next((cause for kind, cause in _CAUSES if any(isinstance(link, kind) for link in chain)), None)


def _cause_before_sending(text: str) -> str | None:
    if "LLM Provider NOT provided" in text:
        return "no-provider"
    return "no-key" if re.search(r"credential|api.?key", text, re.IGNORECASE) else None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """`error` and all that led to it, groups opened."""
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        link = todo.pop()
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        todo += [link.__cause__, link.__context__, *getattr(link, "exceptions", ())]


def said(error: BaseException, seen: Watch) -> str:
    """What the server said, else what the network said, else what litellm said. May hold a key: redact it."""
    if seen.foreign:
        return _("The call would have gone to {address}.").format(address=seen.foreign)
    if seen.redirected_to:
        return _("The server points to {address}.").format(address=seen.redirected_to)
    if seen.response is not None and seen.failure is None:
        return lacking(seen.response) or _said_by_server(seen.response)
    network = [link for link in _chain(error) if isinstance(link, OSError | httpx.TransportError) and str(link)]
    return _said_by_network(network[-1]) if network else _PREFIXES.sub("", str(error))


def _said_by_network(error: BaseException) -> str:
    """The system's words where it has some: asyncio's own are `Connect call failed ('::1', 80, 0, 0)`."""
    number = (
        error.errno if isinstance(error, OSError) and not isinstance(error, socket.gaierror | ssl.SSLError) else None
    )
    return os.strerror(number) if number else str(error)


def _said_by_server(response: httpx.Response) -> str:
    try:
        body = json.loads(response.content)
    except httpx.StreamError:
        return ""
    except ValueError:
        return _TAGS.sub(" ", response.text).strip() or _without_body(response)
    body = body[0] if isinstance(body, list) and body else body
    error = body.get("error", body) if isinstance(body, dict) else body
    if not isinstance(error, dict):
        return str(error)
    message = str(error.get("message") or error.get("detail") or "")
    code = error.get("code") or error.get("type") or ""
    if not message:
        return response.text or response.reason_phrase
    return f"{message} ({code})" if isinstance(code, str) and code and code not in message else message


def _without_body(response: httpx.Response) -> str:
    return response.reason_phrase if response.status_code >= 400 else _("an empty body")


def retry_after(response: httpx.Response | None) -> float | None:
    """Seconds that the server asks to wait: given as a number or as a date; None when it does not ask."""
    text = response.headers.get("retry-after", "").strip() if response is not None else ""
    try:
        seconds = float(text)
    except ValueError:
        seconds = _seconds_until(text)
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _seconds_until(date: str) -> float:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return math.nan
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()


def text_of(answer: Any) -> str:
    """The text of litellm's answer; empty when there is none."""
    return str(answer.choices[0].message.content or "")
