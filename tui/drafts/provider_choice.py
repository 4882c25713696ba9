"""Choosing a provider for a draft: what is offered for a text, and what comes with it."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from tui.base.foreign import clean
from tui.base.translation import _, listed
from tui.catalog.providers import Provider, search_providers
from tui.drafts.draft import Draft
from tui.drafts.group_keys import UNKNOWN
from tui.openhands.fields import BY_KEY

if TYPE_CHECKING:
    from tui.catalog.local_servers import LocalServer

Servers = Mapping[str, "LocalServer"]
"""Those of this machine that answered, by provider."""


def offered(draft: Draft, query: str, providers: Sequence[Provider], servers: Collection[str]) -> list[Provider]:
    """What fits a text; without one all, what answers on this machine first.

    Before it the way back to a provider that nobody knows.
    """
    if query:
        return search_providers(query, providers)
    back = [_as_it_was()] if UNKNOWN in draft.left else []
    return back + sorted(providers, key=lambda provider: provider.id not in servers)


def _as_it_was() -> Provider:
    note = _("What the file had, model and base URL: no provider that litellm knows. Enter goes back to it.")
    return Provider(id=UNKNOWN, name=_("As it was"), prefix="", note=note)


def take_provider(draft: Draft, provider: Provider, servers: Servers) -> bool:
    """Choose it; another provider's endpoint and model leave the draft. A server here brings its address.

    False for the way back to the provider that nobody knows: there is nothing more to choose.
    """
    if provider.id == UNKNOWN:
        draft.return_to_unknown()
        return False
    draft.choose_provider(provider)
    server = servers.get(provider.id)
    if server and not draft.effective_text("base_url"):
        draft.edit("base_url", server.base_url)
    return True


def found_here(draft: Draft, provider: Provider, servers: Servers) -> str:
    """What of it is on this machine already, in a few words; "" for nothing."""
    server = servers.get(provider.id)
    if server:
        return _("runs on :{port}").format(port=server.port)
    is_set = provider.key_variable and draft.environ.get(provider.key_variable)
    return provider.key_variable if is_set else ""


def needs_in_short(draft: Draft, provider: Provider) -> str:
    """The same as `needs` for a narrow column; of what nobody knows, its model."""
    if provider.id == UNKNOWN:
        return clean(draft.left[UNKNOWN]["model"], limit=60)
    keys = [need.key for need in provider.needs if need.required]
    if len(keys) < 2:
        return needs(provider)
    short = {"api_key": _("key"), "api_version": _("version"), "base_url": _("base URL")}
    return listed(short.get(key, BY_KEY[key].label) for key in keys)


_NEEDED: Final = {"base_url": _("base URL")}
"""As it is called in a sentence; the others are called there as their fields are."""


def needs(provider: Provider) -> str:
    """The settings that it cannot do without."""
    labels = [_NEEDED.get(need.key) or BY_KEY[need.key].label for need in provider.needs if need.required]
    return listed(labels) if labels else _("no key needed")
