"""Asking the provider for its own models, in the background, and looking for servers on this machine."""

from typing import TYPE_CHECKING, Any

from textual import work
from textual.worker import Worker

from tui.base.errors import SetupError
from tui.base.key_shapes import provider_by_key
from tui.base.translation import _
from tui.drafts.draft import Draft
from tui.screens.desk import Asking
from tui.widgets.steps import Step
from tui.wizard.key_command import CommandingApp

if TYPE_CHECKING:
    from collections.abc import Collection

    from tui.base.secret import Secret
    from tui.catalog.listed_models import Listed
    from tui.catalog.live_list import ListRequest
    from tui.catalog.local_servers import LocalServer
    from tui.credentials.identity import Credential
    from tui.drafts.live_lists import Answer
    from tui.saving.consent import Risk


class ListingApp(CommandingApp):
    """The key goes to the provider's own address when it was just typed for it, and to any other when one asks.

    Who needs none is asked without.
    """

    def show(self, step: Step, aim: str = "") -> None:
        """The Model step asks at once, if that needs no asking."""
        super().show(step, aim)
        if step is Step.MODEL and (self._is_own_address(self.draft) or self._needs_no_key(self.draft)):
            self.ask_for_list()

    def _is_own_address(self, draft: Draft) -> bool:
        """Whether a key was typed that goes where the provider's keys always go, and was not tried yet."""
        provider, typed = draft.provider, draft.typed_secret()
        if provider is None or draft.base_url or typed is None:
            return False
        if provider_by_key(typed.reveal()) not in (None, provider.id):  # the Key step offers to switch
            return False
        return provider.default_base_url.startswith("https://") and self._is_unasked(draft)

    def _needs_no_key(self, draft: Draft) -> bool:
        """Whether there is an address that takes no key, and there is none for it."""
        from tui.drafts.key_place import is_provided  # the first page has no use for it

        provider = draft.provider
        if provider is None or not (draft.base_url or provider.default_base_url):
            return False
        needed = {need.key for need in provider.needs if need.required}
        keys = draft.secret_keys()
        has_key = any(key in needed or is_provided(draft, key) or draft.secret_in_environment(key) for key in keys)
        return not has_key and self._is_unasked(draft)

    def _is_unasked(self, draft: Draft) -> bool:
        return self.desk.catalogue is not None and self.desk.lists.of(draft, self.desk.catalogue) is None

    def on_key_entered(self) -> None:
        """Whether the provider takes the key is said beside it, while the place for it is chosen."""
        if self._is_own_address(self.draft):
            self.ask_for_list()

    def on_list_requested(self) -> None:
        """Ctrl+R: whoever it is."""
        self.ask_for_list()

    def ask_for_list(self) -> None:
        """Ask the draft's provider, unless there is nothing to ask; the screen says so."""
        from tui.catalog.live_list import NoList, list_request

        draft, catalogue = self.draft, self.desk.catalogue
        if draft.provider is None or catalogue is None:
            return
        try:
            request = list_request(draft.provider, draft.base_url, draft.effective_text("api_version"))
        except SetupError as error:
            self.desk.put_answer(draft.credential(), NoList("no-list", str(error)), None)
            return
        if not self.desk.asked_host:  # from the step before: that answer will do
            self.desk.put_asking(Asking(draft.credential(), draft.typed_secret(), request.host))
            self._ask(draft, request, draft.credential())

    @work(group="list", exclusive=True, exit_on_error=False, description="ask the provider for its models")
    async def _ask(
        self, draft: Draft, request: "ListRequest", whose: "Credential"
    ) -> "tuple[Credential, Answer, Secret | None]":
        """Raises Unconfirmed when the key needs a yes to go there."""
        from tui.catalog.live_list import NoList, ask
        from tui.credentials.key_faults import require_sendable
        from tui.saving.consent import require_yes
        from tui.saving.transaction import secrets_for

        try:
            secrets = await secrets_for(draft, self.desk.keyring)
            require_sendable(secrets)
        except SetupError as error:
            return whose, NoList("no-key", str(error)), None
        require_yes(draft, secrets)
        key = secrets.get("api_key")
        return whose, await ask(request, key), key

    def report(self, error: BaseException | None) -> None:
        """The key goes only where the user lets it."""
        from tui.saving.consent import Unconfirmed

        self.desk.put_asking(None)
        if not isinstance(error, Unconfirmed):
            super().report(error)
            return
        from tui.screens.dialogs import ChoiceDialog

        dialog = ChoiceDialog(_("Send the key?"), [[(error.message, "plain")]], no=_("Do not send"), yes=_("Send it"))
        self.push_screen(dialog, lambda yes: self._confirm(error.risks) if yes else None)

    def _confirm(self, risks: "Collection[Risk]") -> None:
        from tui.saving.consent import confirm

        confirm(self.draft, risks)
        self.ask_for_list()

    @work(group="servers", exit_on_error=False, description="look for servers on this machine")
    async def look_for_servers(self) -> "dict[LocalServer, list[Listed]]":
        """Those that answer are offered first on the Provider step."""
        from tui.catalog.local_servers import answering

        return await answering()

    def take_result(self, worker: Worker[Any]) -> None:
        """A list came, or servers were found."""
        result: Any = worker.result
        match worker.group:
            case "list":
                self.desk.put_answer(*result)
            case "servers":
                self._take_servers(result)
            case _:
                super().take_result(worker)

    def _take_servers(self, found: "dict[LocalServer, list[Listed]]") -> None:
        from tui.credentials.identity import Credential, origin_of

        for server, listed in found.items():
            self.desk.lists.put(Credential(server.provider, origin_of(server.base_url), "LLM_API_KEY"), listed, None)
        self.desk.put_servers({server.provider: server for server in found})
