"""What the endpoint itself says: whether it takes the key and has the model. Its list of models costs nothing."""

from collections.abc import Mapping
from typing import Final

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _, many
from tui.catalog.live_list import ListRequest, NoList, ask, list_request
from tui.catalog.typed_models import listed_model
from tui.credentials.key_faults import require_sendable
from tui.doctor.observation import Area, Grade, Observation
from tui.drafts.draft import Draft

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
