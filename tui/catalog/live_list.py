"""Asking a provider itself which models it has."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from tui.base.child import Child
from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.network import network_environment
from tui.base.secret import Secret
from tui.base.translation import _
from tui.catalog.list_request import BEARER, ListRequest
from tui.catalog.listed import Listed

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
        "taken": _("The key is taken. Deployments are not listed: type the name of yours."),
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
    return NoList(code, f"{sentence} {said}".strip())
