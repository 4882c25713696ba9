"""Putting keys where they are to be kept, in a way that can be taken back."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tui.base.errors import SetupError, Status
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _
from tui.base.uninterrupted import uninterrupted
from tui.config_file.save import save as save_file
from tui.credentials.identity import Credential
from tui.credentials.store import GIVING, Store
from tui.drafts.draft import Draft
from tui.drafts.own_settings import Edits
from tui.drafts.removals import leaving_keys, still_there
from tui.openhands.groups import table_path
from tui.saving.file_update import holds_key
from tui.saving.key_stores import KeyStore, fetch_secret, key_store_of


@dataclass(frozen=True, slots=True)
class StoredKeys:
    """What was done to a place."""

    there: bool
    """Whether the keys can be had from it now."""
    key_store: KeyStore | None = None
    before: dict[Credential, Secret | None] = field(default_factory=dict)
    """What it held under the same names."""

    async def take_back(self) -> bool:
        """Whether the place is as it was: it may not let us."""
        old = {credential: secret for credential, secret in self.before.items() if secret}
        try:
            if self.key_store and old:
                await self.key_store.store(old)
            for credential in self.before.keys() - old.keys():
                if self.key_store:
                    await self.key_store.delete(credential)
        except SetupError:
            return False
        return True


async def store_keys(
    draft: Draft, store: Store | None, before: Store | None, moving: Mapping[str, Secret], keyring: KeyStore
) -> StoredKeys:
    """Put what was typed and what moves from `before` into `store`: all of it or nothing. Raises SetupError."""
    if store in GIVING:
        return StoredKeys(await _gives(draft, store, before, keyring))
    keys = {draft.credential(key): secret for key, secret in moving.items()} | draft.typed_secrets()
    key_store = key_store_of(store, draft, keyring)
    if not key_store or not keys:
        return StoredKeys(there=True)
    old: dict[Credential, Secret | None] = {}
    for credential in keys:
        with contextlib.suppress(*([SetupError] if store is Store.FILE else [])):  # what it cannot read, it replaces
            old[credential] = None
            old[credential] = await key_store.fetch(credential)
    await key_store.store(keys)
    return StoredKeys(there=True, key_store=key_store, before=old)


async def _gives(draft: Draft, store: Store | None, before: Store | None, keyring: KeyStore) -> bool:
    """Whether the keys can be had from a place that only gives them: then the old ones may go, all of them or none."""
    if store is Store.COMMAND and not any(draft.command(key).strip() for key in draft.secret_keys()):
        raise SetupError(
            _("There is no command yet that gives the key."), _("Type it below its place."), status=Status.USAGE
        )
    if not (before or (store is Store.COMMAND and draft.new_commands())):
        return True
    given = {key: await fetch_secret(draft, key, store, keyring) for key in draft.secret_keys()}
    return any(given.values()) and not [
        key for key in given if not given[key] and await _is_kept(draft, key, before, keyring)
    ]


async def _is_kept(draft: Draft, key: str, before: Store | None, keyring: KeyStore) -> bool:
    """Whether there may be a key that would be lost."""
    try:
        return await fetch_secret(draft, key, before, keyring) is not None
    except SetupError:
        return True


@contextlib.contextmanager
def about_the_key() -> Iterator[None]:
    """Errors here are fixed where the place of the key is chosen."""
    try:
        yield
    except SetupError as error:
        error.field = error.field or "api_key"
        raise


# -- removing a key from where it is kept


async def delete_key(draft: Draft, store: Store, keyring: KeyStore, *, in_place: bool = False) -> str:
    """Remove the keys of the draft's provider and origin from `store`: from config.toml with groups and backups.

    Of a variable and a command only the choice is forgotten. The draft holds no edits. Returns what is left to do,
    "" for nothing. Raises SetupError.
    """
    key_store = key_store_of(store, draft, keyring)
    with uninterrupted():
        for key in draft.secret_keys() if key_store else ():
            await key_store.delete(draft.credential(key))  # type: ignore[union-attr] # mypy forgets it in the loop's head
        left = _remove_from_config(draft, in_place=in_place) if store is Store.CONFIG else _in_file_too(draft)
        service = draft.credential().service
        if draft.own.store_of(service) is store:
            draft.own.save(_forgotten(draft, service))
    return left


def _remove_from_config(draft: Draft, *, in_place: bool) -> str:
    draft.store = Store.ENVIRONMENT  # as if it went there
    gone, text = [*leaving_keys(draft).values()], draft.preview()
    draft.saved(save_file(draft.config, text, private=holds_key(draft.config), forget=gone, in_place=in_place))
    draft.store = None
    return still_there(draft.config, gone)


def _in_file_too(draft: Draft) -> str:
    """What is said where a key is gone from its place, and the file has one as well, which counts now."""
    places = [
        draft.config.line(*table_path(draft.group), key) for key in draft.secret_keys() if draft.secret_in_file(key)
    ]
    if not places:
        return ""
    words = _("There is a key in {path}, line {lines}, too, which counts from now on: repeat the command to remove it.")
    lines = ", ".join(str(line) for line in places if line)
    return words.format(path=clean(tilde(draft.config.path)), lines=lines)


def _forgotten(draft: Draft, service: str) -> Edits:
    tables: dict[tuple[str, ...], dict[str, str | None]] = {("stores",): {service: None}}
    if draft.own.variable_of(service):
        tables["variables",] = {service: None}
    if commands := draft.own.commands_of(service):
        tables["commands", service] = dict.fromkeys(commands)
    return tables
