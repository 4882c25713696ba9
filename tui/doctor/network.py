"""The way to the endpoint, without any key, and what the endpoint itself says: its list of models costs nothing."""

import os
import ssl
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from tui.base.child import Child
from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.network import network_environment
from tui.base.secret import Secret
from tui.base.translation import _, many
from tui.catalog.live_list import ListRequest, NoList, ask, list_request
from tui.catalog.typed_models import listed_model
from tui.credentials.identity import origin_of
from tui.credentials.key_faults import require_sendable
from tui.doctor.observation import Area, Grade, Observation
from tui.drafts.draft import Draft
from tui.trial.own_origins import own_origins
from tui.trial.probe_client import proxy_before

MODULE: Final = "tui.doctor.network_child"
LIMIT: Final = 5.0
"""Seconds for the whole way: a dead network is told in less than ten."""
START_LIMIT: Final = 15.0
"""Seconds that the child may take beside that: a busy machine is no dead network."""
SKEW: Final = 300.0
"""Seconds by which clocks may differ: those who sign their requests, such as AWS, allow as much."""
_CERTIFICATES: Final = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_PROXIES: Final = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


def origin_called(draft: Draft) -> str:
    """Where the requests of a draft go, as an origin; "" where that cannot be told."""
    if draft.base_url:
        return origin_of(draft.base_url) or ""
    region = draft.effective_text("aws_region_name")
    for origin in own_origins(draft.provider.id) if draft.provider else ():
        if "*" not in origin:
            return origin
        if region and region.replace("-", "").isalnum():
            return origin.replace("*", region, 1)
    return ""


def look_at_variables(environ: Mapping[str, str]) -> Iterator[Observation]:
    """Proxies and certificates that the environment names."""
    for name in (each for upper in _PROXIES for each in (upper.lower(), upper)):
        if (value := environ.get(name, "")) and not _is_address(value):
            message = _("{name} is not the address of a proxy.").format(name=name)
            hint = _("Write it as http://HOST:PORT, or unset it.")
            yield Observation(Area.NETWORK, Grade.ERROR, "bad-proxy", message, hint)
    for name in _CERTIFICATES:
        if (value := environ.get(name, "")) and (said := _no_certificates(Path(value))):
            path = clean(tilde(Path(value)), limit=120)
            message = _("{name} names {path}: {said}.").format(name=name, path=path, said=said)
            yield Observation(
                Area.NETWORK, Grade.ERROR, "ca-file", message, _("Name a file of certificates, or unset it.")
            )


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value if "://" in value else f"http://{value}")
        return bool(parts.hostname) and parts.port != 0 and not any(c.isspace() for c in value)
    except ValueError:
        return False


def _no_certificates(path: Path) -> str:
    """Why there are none, "" where there are."""
    if not path.exists():
        return _("there is no such file")
    if path.is_dir():
        return ""
    if not os.access(path, os.R_OK):
        return _("it cannot be read")
    try:
        ssl.create_default_context(cafile=path)
    except (ssl.SSLError, OSError):
        return _("it holds no certificates")
    return ""


async def look_at_way(origin: str, environ: Mapping[str, str]) -> Observation:
    """Whether the server of `origin` answers at all; a HEAD of its first page is all that it is asked."""
    if name := proxy_before(origin, environ):
        message = _("{name} sends requests for this machine to a proxy, where OpenHands will not find the server.")
        hint = _("Add localhost,127.0.0.1 to NO_PROXY.")
        return Observation(Area.NETWORK, Grade.ERROR, "proxy-before-local", message.format(name=name), hint)
    child = Child(MODULE, network_environment(environ))
    begun = time.monotonic()
    try:
        told = await child.ask({"op": "reach", "url": origin, "limit": LIMIT}, limit=LIMIT + START_LIMIT)
    except SetupError as error:
        return Observation.of(Area.NETWORK, "no-connection", error)
    finally:
        await child.close()
    host = clean(urlsplit(origin).netloc, limit=80)
    if told["failure"]:
        return _failure(told, host)
    return _clock(told["clock"], host, time.monotonic() - begun)


def _clock(theirs: float | None, host: str, seconds: float) -> Observation:
    skew = 0.0 if theirs is None else time.time() - theirs
    if abs(skew) <= SKEW:
        words = _("{host} answers, {seconds:.1f} s from here.")
        return Observation.well(Area.NETWORK, words.format(host=host, seconds=seconds))
    words = (
        _("The clock of this machine is {minutes:,.0f} minutes ahead of that of {host}.")
        if skew > 0
        else _("The clock of this machine is {minutes:,.0f} minutes behind that of {host}.")
    )
    hint = _("Set the clock: certificates and signed requests fail with a wrong one.")
    message = words.format(minutes=abs(skew) / 60, host=host)
    return Observation(Area.NETWORK, Grade.WARNING, "clock", message, hint)


_CODES: Final = {
    "name": "dns", "proxy-name": "proxy", "proxy": "proxy", "proxy-kind": "proxy", "certificate": "tls", "tls": "tls",
    "timeout": "timeout", "connection": "no-connection", "answer": "no-connection",
}  # fmt: skip


def _failure(told: Mapping[str, Any], host: str) -> Observation:
    code = _CODES[told["failure"]]
    stage = told["said"] if code == "timeout" else told["failure"]
    said = told["said"] if code != "timeout" else _("no answer within {limit:g} s").format(limit=LIMIT)
    sentences = {
        "name": _("The name {host} cannot be found."),
        "proxy-name": _("The name of the proxy cannot be found."),
        "proxy-kind": _("The proxy is one of {said}, through which llm-setup cannot look."),
        "proxy": _("The proxy does not let requests for {host} through: {said}."),
        "certificate": _("The certificate of {host} is not accepted: {said}."),
        "tls": _("No secure connection to {host}: {said}."),
        "connection": _("{host} cannot be reached: {said}."),
        "answer": _("{host} takes the connection, and does not answer as a web server: {said}."),
    }
    hints = {
        "name": _("Look at the base URL and the network."),
        "certificate": _("Behind a company's proxy, name its certificates in SSL_CERT_FILE; else look at the clock."),
        "proxy": _("Look at HTTPS_PROXY and NO_PROXY."),
        "proxy-name": _("Look at HTTPS_PROXY and NO_PROXY."),
        "proxy-kind": _("llm-setup test goes through it."),
    }
    message = sentences[stage].format(host=host, said=said)
    if code == "timeout" and stage == "name":
        code, message = "dns", _("The name {host} cannot be looked up: {said}.").format(host=host, said=said)
    grade = Grade.WARNING if stage == "proxy-kind" else Grade.ERROR
    return Observation(Area.NETWORK, grade, code, message, hints.get(stage, _("Look at the base URL and the network.")))


_UNTOLD: Final = ("no-list", "taken", "too-large")
"""It answers, and that is all there is to know of it."""


def request_of(draft: Draft) -> ListRequest | None:
    """How the draft's endpoint is asked; None where it has no list."""
    try:
        return (
            list_request(draft.provider, draft.base_url, draft.effective_text("api_version"))
            if draft.provider
            else None
        )
    except SetupError:
        return None


async def look_at_endpoint(draft: Draft, request: ListRequest, secrets: Mapping[str, Secret]) -> Observation:
    """Ask it. That the key may go there the caller has made sure of."""
    try:
        require_sendable(secrets)
    except SetupError as error:
        return Observation.of(Area.ENDPOINT, "unusable-key", error)
    listed = await ask(request, secrets.get("api_key"))
    host = clean(request.host, limit=60)
    if isinstance(listed, NoList):
        if listed.code in _UNTOLD:
            return Observation.well(Area.ENDPOINT, listed.message)
        code = "bad-key" if listed.code == "refused" else listed.code
        hint = _("Make a new key with the provider, and keep it: llm-setup key set") if code == "bad-key" else ""
        return Observation(Area.ENDPOINT, Grade.ERROR, code, listed.message, hint)
    model = draft.effective_text("model")
    names = {listed_model(row.name, draft.provider) for row in listed} if draft.provider else set()
    if names and model not in names:
        words = many(
            "{{host}} lists {count} model, and {{model}} is not it.",
            "{{host}} lists {count} models, and {{model}} is none of them.",
            len(listed),
        )
        message = words.format(host=host, model=clean(model, limit=80))
        hint = _("See what it has: llm-setup models --live")
        return Observation(Area.ENDPOINT, Grade.WARNING, "unknown-model", message, hint)
    words = _("{host} accepts the key, and has {model}.") if secrets else _("{host} answers, and has {model}.")
    return Observation.well(Area.ENDPOINT, words.format(host=host, model=clean(model, limit=80)))
