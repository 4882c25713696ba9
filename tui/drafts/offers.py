"""What can be done about a key with one press: change the provider, take a key that is there, move it."""

import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.key_shapes import provider_by_key
from tui.base.secret import Secret
from tui.base.translation import _
from tui.catalog.provider import Provider
from tui.catalog.providers import with_id
from tui.credentials.environment_keys import found_in
from tui.credentials.identity import Credential, origin_of
from tui.credentials.pasted_key import clean_key
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.openhands.routes import provider_in

# -- keys that OpenHands keeps in files of its own: those of its web page and of its command line

_LARGEST: Final = 1024 * 1024
_ENCRYPTED: Final = "gAAAAA"
"""How what `cryptography` has encrypted begins: of no use to us."""


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A key and the file it stands in."""

    path: Path
    secret: Secret


def kept_by_openhands(draft: Draft) -> KeptKey | None:
    """The key that OpenHands keeps for the draft's provider and address, and for no other."""
    for path in _files():
        for said in _llm_tables(_read(path)):
            key = _key_in(said)
            if key and _is_for(said, draft):
                return KeptKey(path, key)
    return None


def _files() -> list[Path]:
    """Where the variables that move them say: the web page's, flat up to 1.6 and later with an `agent_settings`, and
    the command line's."""
    from tui.openhands.targets.target import CLI, GUI, targets  # few come to be asked for a key

    return [targets()[name].locate() for name in (GUI, CLI)]


def _read(path: Path) -> Any:
    """What the file says; nothing where it cannot be read, is no JSON, or belongs to somebody else."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid() or status.st_size > _LARGEST:
                return None
            return json.load(file)
    except (OSError, ValueError, RecursionError):
        return None


def _llm_tables(said: Any) -> Iterator[Mapping[str, Any]]:
    """The settings of an LLM, under the names of `[llm]`, wherever they stand in such a file."""
    if not isinstance(said, dict):
        return
    yield {key.removeprefix("llm_"): value for key, value in said.items() if key.startswith("llm_")}
    for table in (said, said.get("agent_settings")):
        inner = table.get("llm") if isinstance(table, dict) else None
        if isinstance(inner, dict):
            yield inner


def _key_in(said: Mapping[str, Any]) -> Secret | None:
    text = said.get("api_key")
    if not isinstance(text, str) or not text.strip() or text.startswith(_ENCRYPTED):
        return None
    try:
        return Secret(clean_key(text)[0])
    except SetupError:  # such as `**********`
        return None


def _is_for(said: Mapping[str, Any], draft: Draft) -> bool:
    values = {name: str(said.get(name) or "") for name in ("model", "base_url", "custom_llm_provider")}
    provider = provider_in(dict(values)) if values["model"] else None
    if provider is None or draft.provider is None or provider.id != draft.provider.id:
        return False
    own = draft.provider.default_base_url
    return _origin(values["base_url"], own) == _origin_of(draft.credential(), own)


def _origin(url: str, own: str) -> str | None:
    """None for a URL that leads nowhere: it is no address's equal."""
    return origin_of(url or own) or (None if url else own)


def _origin_of(credential: Credential, own: str) -> str | None:
    return credential.origin or origin_of(own) or own


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
    other = other_owner(draft, typed)
    if other is None:
        return None
    sentence = _("This looks like a key of {name}.").format(name=other.name)
    return Offer(sentence, _("switch to {name}").format(name=other.name), provider=other)


def other_owner(draft: Draft, key: Secret) -> Provider | None:
    """Whose key it seems to be, if not that of the draft's provider."""
    return owner_beside(draft.provider, draft.base_url, key.reveal())


def owner_beside(present: Provider | None, base_url: str, key: str) -> Provider | None:
    """Whose key it seems to be, if not that of the provider `present`, called at its own address.

    Not for an endpoint of one's own, which may take anybody's key.
    """
    other = with_id(provider_by_key(key))
    if other is None or present is None or other.id == present.id or base_url:
        return None
    return None if any(need.key == "base_url" and need.required for need in present.needs) else other


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
