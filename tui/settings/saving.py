"""Saving a draft: the key to its store, then config.toml, then our own settings."""

from dataclasses import dataclass
from typing import Protocol

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _
from tui.config_file.reading import parse_config, read_config
from tui.config_file.saving import Conflict
from tui.config_file.saving import save as save_file
from tui.credentials.identity import Credential
from tui.credentials.store import Store
from tui.settings.draft import Draft
from tui.settings.own import beside_table
from tui.settings.updating import holds_key


class KeyStore(Protocol):
    """What saving needs of the keyring."""

    async def store(self, keys: dict[Credential, Secret]) -> None:
        """Keep all of the keys or none."""

    async def fetch(self, credential: Credential) -> Secret | None:
        """The key, or None where there is none."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did."""

    changed: int
    """Settings written to config.toml."""
    store: Store | None
    """Where the key is now."""


async def save(draft: Draft, keyring: KeyStore, *, in_place: bool = False) -> Saved:
    """Save everything that the draft holds.

    The key goes first: if its store refuses, nothing else is touched. A key that moves from the file to the keyring
    leaves the backups as well. Raises SetupError (Conflict, NeedsInPlace), and what was typed stays in the draft.
    """
    text, edits = draft.preview(), draft.edits()
    _insist_unchanged(draft)  # now, and not when the key is stored already
    typed = draft.typed_secrets()
    store = draft.store or draft.remembered_store
    if typed and store is Store.KEYRING:
        await keyring.store(typed)
    moved = _in_file(draft) if store is Store.KEYRING and any(value is None for value in edits.values()) else {}
    if moved and not typed:
        await keyring.store(moved)
    private = holds_key(parse_config(draft.config.path, text))
    config = save_file(draft.config, text, private=private, forget=[*moved.values()], in_place=in_place)
    own = _own_edits(draft, store)
    if own:
        draft.own.save(own)
    changed = len(edits)
    draft.saved(config)
    draft.store = store
    if store is Store.KEYRING:
        draft.forget_secrets()
    return Saved(changed, store)


def _insist_unchanged(draft: Draft) -> None:
    """Raise Conflict when somebody else saved the file since it was read."""
    if read_config(draft.config.path).text != draft.config.text:
        message = _("{path} was changed since it was read.").format(path=clean(tilde(draft.config.path)))
        raise Conflict(message, _("Nothing was written. Read it again, then repeat your change."))


def _in_file(draft: Draft) -> dict[Credential, Secret]:
    """The keys of config.toml that move to a better place."""
    found = {draft.credential(key): draft.secret_in_file(key) for key in draft.secret_keys()}
    return {credential: secret for credential, secret in found.items() if secret}


def _own_edits(draft: Draft, store: Store | None) -> dict[tuple[str, ...], dict[str, str | None]]:
    edits: dict[tuple[str, ...], dict[str, str | None]] = {}
    beside: dict[str, str | None] = {c.field.key: c.after or None for c in draft.changes() if c.field.ours}
    if beside:
        edits[beside_table(draft.config.path)] = beside
    service = draft.credential().service
    if store and draft.secret_keys() and draft.own.store_of(service) is not store:
        edits[("stores",)] = {service: store.value}
    if store is Store.ENVIRONMENT and draft.variable != draft.own.variable_of(service):
        edits[("variables",)] = {service: draft.variable or None}
    return edits


async def secrets_for(draft: Draft, keyring: KeyStore) -> dict[str, Secret]:
    """The keys for a test of the draft, by field.

    Those typed; else `LLM_API_KEY` and the like, which OpenHands takes before any other; else those in the chosen store
    and in no other. Raises SetupError when the store cannot be asked; a key that is nowhere is simply missing.
    """
    at_hand = {key: draft.typed_secret(key) or draft.secret_in_environment(key) for key in draft.secret_keys()}
    found = {key: secret or await _kept(draft, key, keyring) for key, secret in at_hand.items()}
    return {key: secret for key, secret in found.items() if secret}


async def _kept(draft: Draft, key: str, keyring: KeyStore) -> Secret | None:
    match draft.store or draft.remembered_store:
        case Store.KEYRING:
            return await keyring.fetch(draft.credential(key))
        case Store.CONFIG:
            return draft.secret_in_file(key)
        case Store.ENVIRONMENT:
            return _from_environment(draft, key)
    return None


def _from_environment(draft: Draft, key: str) -> Secret | None:
    names = [draft.variable] if key == "api_key" and draft.variable else [f"LLM_{key.upper()}", key.upper()]
    value = next((draft.environ[name] for name in names if draft.environ.get(name)), "")
    return Secret(value) if value else None


def require_store(draft: Draft) -> None:
    """Raise SetupError when a key was typed and no place to keep it was chosen."""
    if draft.typed_secrets() and (draft.store or draft.remembered_store) is None:
        raise SetupError(_("Choose where to keep the key."), _("Go back to Key and pick a place."), field="api_key")
