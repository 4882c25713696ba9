"""Which environment variables the probe gets: its own settings, the way to the network, and nothing else."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from tui.base.network import is_loopback, network_environment

_LITELLM: Final = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",  # else it fetches its price list at import
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",  # the same for another list
    "LITELLM_MODE": "PRODUCTION",  # else it loads a stray .env file
    "LITELLM_LOG": "CRITICAL",
    "DISABLE_AIOHTTP_TRANSPORT": "True",  # that transport sends a request again after a connection reset
    "LITELLM_RUST": "False",  # its native code opens sockets that `guard` does not see
    "HF_HUB_OFFLINE": "1",  # else counting the tokens of some models fetches a tokenizer
}
_OF_PROVIDER: Final = {
    "vertex_ai": ("GOOGLE_APPLICATION_CREDENTIALS", "VERTEXAI_PROJECT", "VERTEXAI_LOCATION"),
    "bedrock": ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_REGION_NAME"),
}


def probe_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """What the child process needs from `environ`, beside what every child gets; no key is ever among it."""
    return {**network_environment(environ), **_LITELLM}


def provider_environment(model: str, environ: Mapping[str, str]) -> dict[str, str]:
    """The variables of `environ` that litellm reads for the provider of `model` and that hold no secret."""
    names = _OF_PROVIDER.get(model.partition("/")[0], ())
    return {name: environ[name] for name in names if environ.get(name)}


def proxy_before(url: str, environ: Mapping[str, str]) -> str:
    """The variable of `environ` that sends requests for `url`, a server of this machine, to a proxy; "" for none.

    Our own probe goes past it; OpenHands does not.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if not is_loopback(host):
        return ""
    excluded = (environ.get("no_proxy") or environ.get("NO_PROXY") or "").lower().split(",")
    if {"*", host, f".{host}", f"{host}:{port}"} & {name.strip() for name in excluded}:
        return ""
    names = (form for name in (f"{parts.scheme}_proxy", "all_proxy") for form in (name, name.upper()))
    return next((name for name in names if environ.get(name)), "")
