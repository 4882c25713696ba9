"""`models`: the catalogue, best match first."""

import argparse
import asyncio
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from tui.base.errors import SetupError, Status
from tui.base.foreign import clean
from tui.base.translation import _
from tui.catalog.listed_models import Listed, with_list
from tui.catalog.live_list import ListRequest, NoList, ask, list_request
from tui.catalog.models import Catalogue, Model, load_catalogue
from tui.catalog.provider import Provider
from tui.commands.gate import hide
from tui.commands.inputs import load
from tui.commands.output import aligned, note, write, write_json
from tui.commands.questions import accepted, sending_offered, unlocking_offered
from tui.credentials.key_faults import require_sendable
from tui.credentials.keyring_client import Keyring
from tui.drafts.draft import Draft
from tui.saving.consent import Risk, require_yes
from tui.saving.transaction import secrets_for

_UNKNOWN = "–"


def run(options: argparse.Namespace) -> int:
    """Needs no network and no config, but for --live and --refresh."""
    if options.refresh or options.forget or options.source or options.sha256:
        from tui.commands.refresh import run as refresh  # brings TLS along

        return refresh(options)
    catalogue = load_catalogue()
    provider = _provider(catalogue, options.provider) if options.provider is not None else None
    if options.live:
        catalogue, provider = live_models(catalogue, provider, options.config, unencrypted=options.unencrypted)
    found = _found(catalogue, options.search, provider)
    if options.json:
        write_json([_told(catalogue, model) for model in found])
    else:
        write(_table(found))
    _remark(catalogue, provider, found)
    return Status.DONE


def _provider(catalogue: Catalogue, id_: str) -> Provider:
    for provider in catalogue.providers:
        if id_ == provider.id or id_.casefold() == provider.name.casefold():
            return provider
    close = get_close_matches(id_, [provider.id for provider in catalogue.providers], n=1)
    raise SetupError(
        _("There is no provider “{id}”.").format(id=clean(id_, limit=60)),
        _("Did you mean {name}?").format(name=close[0]) if close else _("llm-setup providers lists them."),
        status=Status.USAGE,
    )


def _found(catalogue: Catalogue, query: str, provider: Provider | None) -> list[Model]:
    return catalogue.search(query, provider.listed_as if provider else "")


def _told(catalogue: Catalogue, model: Model) -> dict[str, Any]:
    providers = {provider.listed_as: provider.id for provider in reversed(catalogue.providers)}
    return {
        "id": model.id,
        "provider": providers.get(model.family, model.family),
        "context": model.context,
        "max_output": model.max_output,
        "input_per_million": model.input_per_million,
        "output_per_million": model.output_per_million,
        "vision": model.vision,
        "tools": model.tools,
        "caching": model.caching,
        "reasoning": model.reasoning,
        "verified": model.verified,
        "retired_on": model.retired_on.isoformat() if model.retired_on else None,
        "source": "live" if model.live else "catalogue",
    }


def _table(found: Sequence[Model]) -> list[str]:
    heading = (_("model"), _("context"), _("in $/M"), _("out $/M"), _("can"), _("verified"), _("retired on"), _("from"))
    rows = [
        (
            clean(model.id, limit=200),
            _UNKNOWN if model.context is None else f"{model.context:,}",
            _price(model.input_per_million),
            _price(model.output_per_million),
            _abilities(model),
            _("yes") if model.verified else "",
            model.retired_on.isoformat() if model.retired_on else "",
            _("live") if model.live else "",
        )
        for model in found
    ]
    return aligned([heading, *rows], right=(1, 2, 3)) if rows else []


def _price(dollars: float | None) -> str:
    return _UNKNOWN if dollars is None else f"{dollars:,.2f}"


def _abilities(model: Model) -> str:
    able = (
        (model.vision, _("vision")), (model.tools, _("tools")), (model.caching, _("caching")),
        (model.reasoning, _("reasoning")),
    )  # fmt: skip
    return " ".join(word for is_able, word in able if is_able) or _UNKNOWN


def _remark(catalogue: Catalogue, provider: Provider | None, found: Sequence[Model]) -> None:
    if catalogue.problem:
        note(catalogue.problem)
    elif provider and not provider.family and not found:
        sentence = _("The models of {name} are not listed: set the name that the server gives it, behind “{prefix}”.")
        note(sentence.format(name=provider.name, prefix=provider.prefix))
    elif not found:
        note(_("No model matches."))
    else:
        live = sum(model.live is True for model in catalogue.models)
        if live:
            note(_("{count} of these are listed by the provider now.").format(count=live))
        note(_("Prices: catalogue of {origin}.").format(origin=catalogue.origin))


# -- `models --live`: the models of one provider, as it lists them itself


def live_models(
    catalogue: Catalogue, provider: Provider | None, config: Path | None, *, unencrypted: bool
) -> tuple[Catalogue, Provider]:
    """The list of `provider`, else of the one in the config, merged with what the catalogue knows of it.

    The config's base URL and key are only for the config's provider; another one is asked at its own address, with the
    key that is kept for it. Raises SetupError: status 1 when the provider gives no list.
    """
    draft = load(config)
    if provider and (draft.provider is None or draft.provider.id != provider.id):
        draft = Draft(draft.config, draft.own, _without_llm(draft.environ))
        draft.choose_provider(provider)
    if draft.provider is None:
        raise SetupError(
            _("It is not clear which provider to ask: the file names no model of a provider that is known here."),
            _("Name it with --provider."),
            status=Status.USAGE,
        )
    request = list_request(draft.provider, draft.base_url, draft.effective_text("api_version"))
    listed = asyncio.run(_ask(draft, request, accepted(draft, config, unencrypted=unencrypted)))
    if isinstance(listed, NoList):
        raise SetupError(listed.message, _("Leave out --live for the catalogue."), status=Status.NO)
    return with_list(catalogue, draft.provider, listed), draft.provider


async def _ask(draft: Draft, request: ListRequest, agreed: Collection[Risk]) -> list[Listed] | NoList:
    keyring = Keyring()
    try:
        with unlocking_offered():
            secrets = await secrets_for(draft, keyring)
    finally:
        await keyring.close()
    hide(secrets.values())
    require_sendable(secrets)
    with sending_offered():
        require_yes(draft, secrets, agreed)
    return await ask(request, secrets.get("api_key"))


def _without_llm(environ: Mapping[str, str]) -> dict[str, str]:
    """LLM_API_KEY and LLM_BASE_URL belong to the model in use, and to no other provider."""
    return {name: value for name, value in environ.items() if not name.startswith("LLM_")}
