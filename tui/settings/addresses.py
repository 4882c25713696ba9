"""What is odd about a base URL, by provider."""

import re
from typing import Final
from urllib.parse import urlsplit

from tui.base.translation import _
from tui.catalog.providers import Provider
from tui.credentials.identity import origin_of

SCHEMES: Final = ("http://", "https://")
WITHOUT_V1: Final = frozenset({"litellm_proxy", "ollama", "anthropic"})
"""litellm adds the path, version included, by itself."""
WITH_V1: Final = frozenset({"openai", "openai_compatible", "lm_studio"})
_VERSION: Final = re.compile(r"/v\d")
_CALL: Final = re.compile(r"/((?:chat/)?completions|messages|responses|embeddings)/*$")


def no_address(url: str) -> str:
    """Why no call can be made to `url`, as a sentence; "" when one can."""
    if not url.strip().lower().startswith(SCHEMES):
        return _("A base URL begins with http:// or https://.")
    return "" if origin_of(url) else _("The base URL has no host that could be called.")


def odd_ending(url: str, provider: Provider | None) -> str:
    """What is probably wrong with the end of `url`, as a sentence; "" for nothing. `url` must be an address."""
    path = urlsplit(url.strip()).path.rstrip("/")
    if call := call_at_end(path, provider):
        return _("The base URL ends before /{path}: litellm adds that itself.").format(path=call)
    if provider is None:
        return ""
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
