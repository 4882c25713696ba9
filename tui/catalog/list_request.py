"""How a provider is asked which models it has: where, and in which header the key goes."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

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
    "azure": ("/openai/models?api-version={api_version}",),
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
    names_models: bool = True
    """Whether the names that are listed may be called. Azure lists base models, and a deployment has another name."""

    @property
    def host(self) -> str:
        """Who is asked, as it is shown."""
        return urlsplit(self.urls[0]).netloc.rpartition("@")[2]


def list_request(provider: Provider, base_url: str, api_version: str) -> ListRequest:
    """How `provider` is asked at `base_url`, "" for its own address. Raises SetupError where there is no list."""
    base = base_url.strip() or provider.default_base_url
    if provider.id == "azure" and not (base and api_version.strip()):
        raise SetupError(_("Azure is asked when base URL and API version are there."))
    if not base:
        raise SetupError(_("{name} has no list of models that could be asked for.").format(name=provider.name))
    try:
        parts = urlsplit(base)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise SetupError(_("The base URL is not a valid URL."))
    root = base.partition("?")[0].rstrip("/").removesuffix(_ENDS.get(provider.id, "/ "))
    version = quote(api_version.strip(), safe="")
    urls = tuple(root + path.format(api_version=version) for path in _PATHS.get(provider.id, _OWN_PATH))
    return ListRequest(urls, _HEADERS.get(provider.id, BEARER), names_models=provider.id != "azure")
