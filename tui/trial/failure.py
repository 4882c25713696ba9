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
from tui.trial.body import message_in, parsed, status_in, wait_in, words_in
from tui.trial.bounds import AnswerTooLarge
from tui.trial.wire import Watch

_CAUSES: Final[tuple[tuple[type[BaseException], str], ...]] = (
    (AnswerTooLarge, "too-large"),
    (MemoryError, "too-large"),
    (socket.gaierror, "dns"),
    (ssl.SSLError, "tls"),
    (httpx.TimeoutException, "timeout"),
    (TimeoutError, "timeout"),
    (ConnectionRefusedError, "refused"),
    (ConnectionError, "reset"),
    (UnicodeEncodeError, "unsendable-key"),
    (httpx.LocalProtocolError, "unsendable-key"),
    (httpx.ConnectError, "unreachable"),
    (httpx.ReadError, "reset"),
    (httpx.WriteError, "reset"),
    (httpx.RemoteProtocolError, "reset"),
    (httpx.DecodingError, "not-an-llm"),
    (httpx.TransportError, "unreachable"),
)
"""The most telling first: a refused connection is a ConnectError too."""
_OF_PROXIES: Final = frozenset({403, 502, 503, 504})
"""Statuses with which a proxy says in a page of its own that it does not reach, or not allow, a host."""
_CHOICES: Final = {"choices", "candidates", "content", "response"}
"""Where OpenAI's, Google's, Anthropic's and Ollama's answers hold their texts."""
_OWN_WORDS: Final = {
    "unsendable-key": _("It has a line break, or a letter that no header can carry."),  # a library's words hold the key
    "too-large": _("More came than is read, which is 2 MB, or 10,000 objects and lists."),
}
_AWS_FINDS_NONE: Final = frozenset({"NoCredentialsError", "PartialCredentialsError", "ProxyConnectionError"})
"""botocore's errors without credentials; the last where it asks a proxy for the role of this machine."""
_NOT_HTTP: Final = re.compile("illegal|malformed|conflicting|too long|bad |unsupported", re.IGNORECASE)
"""h11's words for what is no HTTP; its other complaints are about a connection that ended too early."""
_ADDED: Final = re.compile(r"\s*(Traceback \(most recent|Handle with `litellm).*", re.DOTALL)
"""What litellm puts behind the message of others."""
_PREFIXES: Final = re.compile(r"^(litellm\.)?\w+(Error|Exceeded|Timeout)?: (\w+: )?(\w+Exception ?-? )?")


def cause_of(error: BaseException, seen: Watch) -> str | None:
    """One of the causes of `Reply`, or None when status and class say it all."""
    if isinstance(error, TimeoutError):  # also where a question of litellm's own was refused meanwhile
        return "timeout"
    if seen.foreign:
        return "foreign-origin"
    if seen.redirected_to:
        return "redirected"
    transport = _transport_cause(error, seen)
    if transport:
        return "proxy" if seen.proxied and transport not in ("timeout", "tls", "reset") else transport
    return _cause_in_answer(seen.response, seen) if seen.response is not None else _cause_before_sending(str(error))


def _cause_in_answer(response: httpx.Response, seen: Watch) -> str | None:
    is_page = "html" in response.headers.get("content-type", "")
    if inner_status(response):
        return None
    if response.status_code < 400:
        return "web-page" if is_page else "empty-answer" if lacking(response) else "not-an-llm"
    if seen.proxied and response.status_code in _OF_PROXIES and not _is_json(response):
        return "proxy"
    return "page-of-refusal" if is_page and response.status_code == 403 else None


def status_of(error: Exception, seen: Watch) -> int | None:
    """The status of the answer, also of one that was not read; None where none came."""
    unread = next((link.status for link in _chain(error) if isinstance(link, AnswerTooLarge)), None)
    return seen.response.status_code if seen.response is not None else unread


def inner_status(response: httpx.Response | None) -> int | None:
    """The status of the error that an answer with a good status holds; None for none."""
    if response is None or response.status_code >= 400:
        return None
    return status_in(text_in(response) or "")


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
    return parsed(text_in(response) or "")


def _is_json(response: httpx.Response) -> bool:
    return "json" in response.headers.get("content-type", "")


def _transport_cause(error: BaseException, seen: Watch) -> str | None:
    chain = [*_chain(error), *(_chain(seen.failure) if seen.failure else ())]
    if any(type(link).__name__ in _AWS_FINDS_NONE for link in chain):
        return "no-key"
    if any(isinstance(link, httpx.ProxyError) for link in chain):
        return "proxy"
    if any(isinstance(link, httpx.RemoteProtocolError) and _NOT_HTTP.search(str(link)) for link in chain):
        return "not-http"
    return next((cause for kind, cause in _CAUSES if any(isinstance(link, kind) for link in chain)), None)


def _cause_before_sending(text: str) -> str | None:
    if "LLM Provider NOT provided" in text:
        return "no-provider"
    if "Could not resolve project_id" in text:
        return "no-project"
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
    if sentence := _OWN_WORDS.get(_transport_cause(error, seen) or ""):
        return sentence
    network = [link for link in _chain(error) if isinstance(link, OSError | httpx.TransportError) and str(link)]
    return _said_by_network(network[-1]) if network else _ADDED.sub("", _PREFIXES.sub("", str(error)))


def _said_by_network(error: BaseException) -> str:
    """The system's words where it has some: asyncio's own are `Connect call failed ('::1', 80, 0, 0)`."""
    number = (
        error.errno if isinstance(error, OSError) and not isinstance(error, socket.gaierror | ssl.SSLError) else None
    )
    return os.strerror(number) if number else str(error)


def _said_by_server(response: httpx.Response) -> str:
    text = text_in(response)
    if text is None:
        return ""
    return message_in(text) or (response.reason_phrase if response.status_code >= 400 else _("an empty body"))


def words_of(response: httpx.Response | None) -> str:
    """All that an answer says of an error, Amazon's name for it included, which stands in a header."""
    text = text_in(response) if response is not None else None
    if response is None or text is None:
        return ""
    kind = response.headers.get("x-amzn-errortype", "").partition(":")[0]
    return f"{kind}\n{words_in(text)}"


def text_in(response: httpx.Response) -> str | None:
    """The body; None where it did not come whole."""
    try:
        return response.text
    except httpx.StreamError:
        return None


def retry_after(response: httpx.Response | None) -> float | None:
    """Seconds that the server asks to wait, in a header or in the body of a failure; None when it does not ask."""
    if response is None:
        return None
    exact = _seconds(response.headers.get("retry-after-ms", ""))  # OpenAI's and Azure's
    asked = exact / 1000 if exact is not None else _seconds(response.headers.get("retry-after", ""))
    if asked is None and response.status_code in (429, 503, 529):
        asked = wait_in(text_in(response) or "")
    return asked


def _seconds(header: str) -> float | None:
    """A number or a date as seconds from now, not below 0."""
    try:
        seconds = float(header)
    except ValueError:
        seconds = _seconds_until(header)
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
