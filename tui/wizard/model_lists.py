"""Lists of models, in the background: the catalogue, the provider's own, and those of servers on this machine."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from tui.base.errors import SetupError
from tui.base.key_shapes import provider_by_key
from tui.screens.desk import ListInquiry
from tui.widgets.steps import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.base.secret import Secret
    from tui.catalog.listed_models import Listed
    from tui.catalog.live_list import ListRequest
    from tui.catalog.local_servers import LocalServer
    from tui.catalog.models import Catalogue
    from tui.drafts.draft import Draft
    from tui.screens.desk import Desk
    from tui.wizard.host import Host


class ModelLists:
    """The key goes to the provider's own address when it was just typed for it, and to any other when one asks.

    Who needs none is asked without.
    """

    def __init__(self, desk: "Desk", host: "Host") -> None:
        self._desk = desk
        self._host = host
        desk.step_shown.subscribe(self._ask_at_once)

    # -- when to ask

    def _ask_at_once(self, step: Step) -> None:
        """A step is on its way to the screen: on Model ask at once, where a typed key goes anyway or none is needed."""
        if step is Step.MODEL and (self._is_own_address() or self._needs_no_key()):
            self.ask()

    def ask_with_typed_key(self) -> None:
        """On Key: whether the provider takes the key is said beside it, while the place for it is chosen."""
        if self._is_own_address():
            self.ask()

    def _is_own_address(self) -> bool:
        """Whether a key was typed that goes where the provider's keys always go, and was not tried yet."""
        draft = self._desk.draft
        provider, typed = draft.provider, draft.typed_secret()
        if provider is None or draft.base_url or typed is None:
            return False
        if provider_by_key(typed.reveal()) not in (None, provider.id):  # the Key step offers to switch
            return False
        return provider.default_base_url.startswith("https://") and self._is_unasked()

    def _needs_no_key(self) -> bool:
        """Whether there is an address that takes no key, and there is none for it."""
        from tui.drafts.key_place import is_provided  # the first page has no use for it

        draft = self._desk.draft
        provider = draft.provider
        if provider is None or not (draft.base_url or provider.default_base_url):
            return False
        needed = {need.key for need in provider.needs if need.required}
        keys = draft.secret_keys()
        has_key = any(key in needed or is_provided(draft, key) or draft.secret_in_environment(key) for key in keys)
        return not has_key and self._is_unasked()

    def _is_unasked(self) -> bool:
        return self._desk.catalogue is not None and self._desk.live is None

    # -- asking

    def ask(self) -> None:
        """Ask the draft's provider, whoever it is, unless there is nothing to ask; the screen says so."""
        from tui.catalog.live_list import NoList, list_request

        draft = self._desk.draft
        if draft.provider is None or self._desk.catalogue is None:
            return
        try:
            request = list_request(draft.provider, draft.base_url, draft.effective_text("api_version"))
        except SetupError as error:
            self._desk.put_answer(draft.credential(), NoList("no-list", str(error)), None)
            return
        if not self._desk.asked_host:  # from the step before: that answer will do
            asking = ListInquiry(draft.credential(), draft.typed_secret(), request.host)
            self._desk.put_asking(asking)
            self._host.begin(partial(self._ask, draft, request, asking), "list", exclusive=True)

    async def _ask(self, draft: "Draft", request: "ListRequest", asking: ListInquiry) -> None:
        from tui.catalog.live_list import NoList, ask
        from tui.credentials.key_faults import require_sendable
        from tui.saving.transaction import secrets_for

        try:
            secrets = await secrets_for(draft, self._desk.keyring)
            require_sendable(secrets)
            if await self._may_send(draft, secrets, asking):
                key = secrets.get("api_key")
                self._desk.put_answer(asking.whose, await ask(request, key), key)
        except SetupError as error:
            self._desk.put_answer(asking.whose, NoList("no-key", str(error)), None)
        finally:
            if self._desk.asking is asking:
                self._desk.put_asking(None)

    async def _may_send(self, draft: "Draft", secrets: "Mapping[str, Secret]", asking: ListInquiry) -> bool:
        """The key goes only where the user lets it."""
        from tui.saving.consent import Unconfirmed, require_yes
        from tui.screens.consent import SendKeyDialog, keep_yes

        try:
            require_yes(draft, secrets)
        except Unconfirmed as problem:
            self._desk.put_asking(None)
            if not await self._host.ask(SendKeyDialog(problem)):
                return False
            self._desk.put_asking(asking)
            keep_yes(draft, problem, lambda words: self._host.notify(words, severity="warning"))
        return True

    # -- servers on this machine

    async def find_servers(self) -> None:
        """Those that answer are offered first on the Provider step."""
        from tui.catalog.local_servers import answering

        self.take_servers(await answering())

    def take_servers(self, found: "Mapping[LocalServer, list[Listed]]") -> None:
        """They said at once what models they have."""
        from tui.credentials.identity import Credential, origin_of

        for server, listed in found.items():
            self._desk.lists.put(Credential(server.provider, origin_of(server.base_url), "LLM_API_KEY"), listed, None)
        self._desk.put_servers({server.provider: server for server in found})


class CatalogueRefresh:
    """It is read from the disk by itself; its source is asked only when the user asks."""

    def __init__(self, desk: "Desk", host: "Host") -> None:
        self._desk = desk
        self._host = host

    async def read(self) -> None:
        """Read what is there."""
        self._desk.put_catalogue(await asyncio.to_thread(_load))

    async def refresh(self) -> None:
        """Fetch a newer one, and say what came."""
        try:
            said = await asyncio.to_thread(self._fetch)
        except SetupError as error:
            self._host.notify(str(error), severity="warning")
            return
        self._host.notify("\n".join(said))
        await self.read()

    def _fetch(self) -> list[str]:
        from tui.catalog.refresh import refresh, source_of, told

        draft = self._desk.draft
        return told(refresh(source_of(draft.environ, draft.own.preference("catalogue"))))


def _load() -> "Catalogue":
    """In a thread, the import as well: it takes longer than a page may wait."""
    from tui.catalog.models import load_catalogue

    return load_catalogue()
