"""How a provider is asked which models it has: where, and in which header the key goes."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from tui.base.errors import SetupError
from tui.base.translation import _
from tui.catalog.provider import Provider

BEARER: Final = "Authorization"
_HEADERS: Final = {"anthropic": "x-api-key", "gemini": "x-goog-api-key", "azure": "api-key"}
_PATHS: Final = {
    "anthropic": ("/v1/models?limit=1000",),
    "gemini": ("/v1beta/models?pageSize=1000",),
    "ollama": ("/api/tags",),
    "litellm_proxy": ("/model/info", "/v1/models"),
    "openhands": ("/v1/models",),
}
_OWN_PATH: Final = ("/models",)
_ENDS: Final = {"anthropic": "/v1", "litellm_proxy": "/v1", "ollama": "/v1", "gemini": "/v1beta", "deepseek": "/beta"}
"""What a base URL may end with that the paths above do not come after."""


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Where to ask; of several addresses the first that has a list counts."""

    urls: tuple[str, ...]
    header: str
    """The name of the header for the key; `BEARER` has its word before it."""

    @property
    def host(self) -> str:
        """Who is asked, as it is shown."""
        return urlsplit(self.urls[0]).netloc.rpartition("@")[2]


def list_request(provider: Provider, base_url: str) -> ListRequest:
    """How `provider` is asked at `base_url`, "" for its own address. Raises SetupError where there is no list."""
    base = base_url.strip() or provider.default_base_url
    if provider.id == "azure":
        raise SetupError(_("Azure does not tell which deployments there are: type the name of yours."))
    if not base:
        raise SetupError(_("{name} has no list of models that could be asked for.").format(name=provider.name))
    try:
        parts = urlsplit(base)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise SetupError(_("The base URL is no address that could be asked."))
    root = base.partition("?")[0].rstrip("/").removesuffix(_ENDS.get(provider.id, "/ "))
    paths = _PATHS.get(provider.id, _OWN_PATH)
    return ListRequest(tuple(root + path for path in paths), _HEADERS.get(provider.id, BEARER))
