"""Asking a provider itself which models it has."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlsplit

from tui.base.child import Child
from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.network import network_environment
from tui.base.secret import Secret
from tui.base.translation import _, together
from tui.catalog.listed_models import Listed
from tui.catalog.provider import Provider

# -- how a provider is asked which models it has: where, and in which header the key goes

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


MODULE: Final = "tui.catalog.list_child"
LIMIT: Final = 5.0
"""Seconds that the server is given."""
START_LIMIT: Final = 15.0
"""Seconds that the child may take beside that: a busy machine is no slow server."""
_ANTHROPIC: Final = {"anthropic-version": "2023-06-01"}


@dataclass(frozen=True, slots=True)
class NoList:
    """Why there is no list."""

    code: str
    """taken (the key is, and there is no list), refused, redirected, server-error, timeout, no-connection, too-large,
    no-list, or no-key when the key could not be had."""
    message: str


async def ask(request: ListRequest, key: Secret | None, *, limit: float = LIMIT) -> list[Listed] | NoList:
    """The models that the server lists. The key goes to its origin only, never on to where a redirect points.

    Whether it may go there is for the caller to know. Never raises but when it is cancelled.
    """
    child = Child(MODULE, network_environment(os.environ))
    try:
        answer = await child.ask(_order(request, key, limit), limit=START_LIMIT + limit)
    except SetupError as error:
        return NoList("no-connection", str(error))
    finally:
        await child.close()
    if "listed" in answer and request.names_models:
        return _listed(answer["listed"])
    if "listed" in answer:
        answer = {"failure": "taken" if key else "no-list", "status": 200, "said": ""}
    return _no_list(answer, request, asked_with_key=key is not None)


def _order(request: ListRequest, key: Secret | None, limit: float) -> dict[str, Any]:
    headers = {"Accept": "application/json", "User-Agent": "llm-setup"}
    headers |= _ANTHROPIC if request.header == "x-api-key" else {}
    if key:
        headers[request.header] = f"Bearer {key.reveal()}" if request.header == BEARER else key.reveal()
    hidden = [key.reveal()] if key else []
    return {"op": "list", "urls": request.urls, "headers": headers, "hidden": hidden, "limit": limit}


def _listed(rows: Iterable[Any]) -> list[Listed]:
    return [Listed(*row) for row in rows]


def _no_list(answer: dict[str, Any], request: ListRequest, *, asked_with_key: bool) -> NoList:
    code, status = str(answer["failure"]), answer["status"]
    sentences = {
        "taken": _("The key is accepted. Deployments are not listed: type the name of yours."),
        "refused": _("{host} refuses this key ({status}).") if asked_with_key else _("{host} wants a key ({status})."),
        "redirected": _("{host} points to another address ({status}); the key does not follow."),
        "server-error": _("{host} answers with an error ({status})."),
        "timeout": _("{host} did not answer in time."),
        "no-connection": _("{host} cannot be reached."),
        "too-large": _("{host} sends more than 8 MB, which is no list of models."),
        "no-list": _("{host} answers, but has no list of models there."),
    }
    if code == "no-list" and not request.names_models:  # a version that it does not know is a path that it does not
        sentences[code] = _("{host} answers, but knows nothing there: look at base URL and API version.")
    sentence = sentences.get(code, sentences["no-list"]).format(host=clean(request.host, limit=60), status=status)
    said = clean(answer["said"], limit=160)
    return NoList(code, together(sentence, said))
