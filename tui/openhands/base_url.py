"""What is odd about a base URL, by provider."""

import re
from typing import Final
from urllib.parse import urlsplit

from tui.base.network import is_loopback
from tui.base.translation import _
from tui.catalog.providers import Provider
from tui.credentials.identity import origin_of

SCHEMES: Final = ("http://", "https://")
WITHOUT_V1: Final = frozenset({"ollama", "anthropic"})
"""litellm adds the path, version included, by itself. A LiteLLM proxy answers with and without it."""
WITH_V1: Final = frozenset({"openai", "openai_compatible", "lm_studio"})
_VERSION: Final = re.compile(r"/v\d")
_CALL: Final = re.compile(r"/((?:chat/)?completions|messages|responses|embeddings)/*$")


def no_address(url: str) -> str:
    """Why no call can be made to `url`, as a sentence that holds nothing of it; "" when one can."""
    url = url.strip()
    if any(character.isspace() for character in url):
        return _("There is a space inside the base URL.")
    if not url.lower().startswith(SCHEMES):
        return _("A base URL begins with http:// or https://.")
    if "?" in url:
        return _("A base URL has no question mark: the path of a call would be put behind it.")
    return _no_host(url)


def _no_host(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return _("The base URL has no host that could be called.")
    if host in ("http", "https"):
        return _("The base URL begins with http:// or https:// twice.")
    try:
        port = parts.port
    except ValueError:
        port = 0
    if host and port == 0:
        return _("The port of a base URL is a number from 1 to 65535.")
    return "" if origin_of(url) else _("The base URL has no host that could be called.")


def names_user(url: str) -> bool:
    """Whether there is a user name or a password in `url`."""
    return "@" in urlsplit(url.strip()).netloc


def odd_host(url: str) -> str:
    """That the host of `url`, an address, looks like another word, such as a model's name; "" for nothing."""
    parts = urlsplit(url.strip())
    host = parts.hostname or ""
    if parts.port or "." in host or ":" in host or is_loopback(host):
        return ""
    return _("The host of the base URL does not look like one: it has no dot and no port.")


def odd_ending(url: str, provider: Provider | None) -> str:
    """What is probably wrong with the end of `url`, as a sentence; "" for nothing. `url` must be an address."""
    if "#" in url:
        return _("Nothing behind the # of a base URL is sent: take it off.")
    path = urlsplit(url.strip()).path.rstrip("/")
    if call := call_at_end(path, provider):
        return _("The base URL ends before /{path}: litellm adds that itself.").format(path=call)
    return _unusual_end(path, provider) if provider else ""


def _unusual_end(path: str, provider: Provider) -> str:
    if provider.id in WITHOUT_V1 and path.endswith("/v1"):
        return _("{name}: the base URL ends without /v1, which litellm adds itself.").format(name=provider.name)
    if provider.id in WITH_V1 and not _VERSION.search(path):
        return _("{name}: the base URL usually ends with /v1.").format(name=provider.name)
    if provider.id == "azure" and path:
        return _("{name}: the base URL has no path, it ends with the host.").format(name=provider.name)
    return ""


def call_at_end(url: str, provider: Provider | None) -> str:
    """The path of a call that `url` ends with though litellm adds it, such as "chat/completions"; else ""."""
    call = _CALL.search(url)
    return call[1] if call and not (provider and provider.id == "anthropic" and call[1] == "messages") else ""
