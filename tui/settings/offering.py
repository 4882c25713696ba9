"""What can be done about a key with one press: change the provider, take a key that is there, move it."""

from dataclasses import dataclass

from tui.base.folders import tilde
from tui.base.key_shapes import provider_by_key
from tui.base.secret import Secret
from tui.base.translation import _
from tui.catalog.provider import Provider
from tui.catalog.providers import first_class
from tui.credentials.environment import found_in
from tui.credentials.store import Store
from tui.settings.draft import Draft
from tui.settings.openhands_keys import kept_by_openhands


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to accept or not: a sentence, and what accepting it would do. Exactly one of the rest is given."""

    sentence: str
    does: str
    plain: bool = False
    """The list of places says the sentence as well."""
    provider: Provider | None = None
    """Whose key the typed one seems to be."""
    secret: Secret | None = None
    """A key that is somewhere already, to be taken into the field."""
    store: Store | None = None
    """A better place for the key that is kept."""


def offer(draft: Draft, *, keyring_open: bool) -> Offer | None:
    """What there is to offer for the draft's `api_key`."""
    if "api_key" not in draft.secret_keys():
        return None
    if typed := draft.typed_secret():
        return _switch(draft, typed)
    if draft.secret_in_file() and draft.remembered_store is Store.CONFIG:
        return _move() if keyring_open and draft.store is not Store.KEYRING else None
    return _take(draft) if draft.remembered_store in (None, Store.ENVIRONMENT) else None


def take(draft: Draft, offer: Offer) -> None:
    """Accept it. A typed key goes along to the provider whose it seems to be: that is what was accepted."""
    typed = draft.typed_secret()
    if offer.provider:
        draft.edit_secret("api_key", None)
        draft.choose_provider(offer.provider)
        draft.edit_secret("api_key", typed)
    if offer.secret:
        draft.store = None if draft.store is Store.ENVIRONMENT else draft.store
        draft.edit_secret("api_key", offer.secret)
    if offer.store:
        draft.store = offer.store


def _switch(draft: Draft, typed: Secret) -> Offer | None:
    """Not for an endpoint of one's own, which may take anybody's key."""
    present = draft.provider
    id_ = provider_by_key(typed.reveal())
    other = next((provider for provider in first_class() if provider.id == id_), None)
    if other is None or present is None or other.id == present.id or draft.base_url:
        return None
    if any(need.key == "base_url" and need.required for need in present.needs):
        return None
    sentence = _("This looks like a key of {name}.").format(name=other.name)
    return Offer(sentence, _("switch to {name}").format(name=other.name), provider=other)


def _move() -> Offer:
    return Offer(_("It stands in config.toml as readable text."), _("move it to the keyring"), store=Store.KEYRING)


def _take(draft: Draft) -> Offer | None:
    found = found_in(draft.environ, draft.provider.key_variable if draft.provider else "")
    if found:
        name, secret = found[0].name, found[0].secret
        words, does = _("{where} is set, {masked}."), _("take it from {name}, to keep it elsewhere").format(name=name)
    elif kept := kept_by_openhands(draft):
        name, secret = tilde(kept.path), kept.secret
        words, does = _("OpenHands has one in {where}, {masked}."), _("use it")
    else:
        return None
    return Offer(words.format(where=name, masked=secret.masked()), does, plain=bool(found), secret=secret)
