"""`models --live`: the models of one provider, as it lists them itself."""

import asyncio
from collections.abc import Collection, Mapping
from pathlib import Path

from tui.base.errors import SetupError, Status
from tui.base.translation import _
from tui.catalog.list_request import ListRequest, list_request
from tui.catalog.listed import Listed
from tui.catalog.live_list import NoList, ask
from tui.catalog.merging import with_list
from tui.catalog.models import Catalogue
from tui.catalog.provider import Provider
from tui.commands.agreeing import accepted, sending_offered, unlocking_offered
from tui.commands.gate import hide
from tui.commands.loading import load
from tui.credentials.key_faults import insist_on_sendable
from tui.credentials.keyring_client import Keyring
from tui.settings.confirming import Risk, insist_on_yes
from tui.settings.draft import Draft
from tui.settings.saving import secrets_for


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
            _("It cannot be told whom to ask: the file names no model of a provider that is known here."),
            _("Say it with --provider."),
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
    insist_on_sendable(secrets)
    with sending_offered():
        insist_on_yes(draft, secrets, agreed)
    return await ask(request, secrets.get("api_key"))


def _without_llm(environ: Mapping[str, str]) -> dict[str, str]:
    """LLM_API_KEY and LLM_BASE_URL belong to the model in use, and to no other provider."""
    return {name: value for name, value in environ.items() if not name.startswith("LLM_")}
