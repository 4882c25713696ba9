"""Putting keys where they are to be kept, in a way that can be taken back."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tui.base.errors import SetupError, Status
from tui.base.secret import Secret
from tui.base.translation import _
from tui.credentials.identity import Credential
from tui.credentials.store import GIVING, Store
from tui.settings.draft import Draft
from tui.settings.shelves import KeyStore, kept, shelf_of


@dataclass(frozen=True, slots=True)
class Put:
    """What was done to a place."""

    there: bool
    """Whether the keys can be had from it now."""
    shelf: KeyStore | None = None
    before: dict[Credential, Secret | None] = field(default_factory=dict)
    """What it held under the same names."""

    async def take_back(self) -> bool:
        """Whether the place is as it was: it may not let us."""
        old = {credential: secret for credential, secret in self.before.items() if secret}
        try:
            if self.shelf and old:
                await self.shelf.store(old)
            for credential in self.before.keys() - old.keys():
                if self.shelf:
                    await self.shelf.delete(credential)
        except SetupError:
            return False
        return True


async def put(
    draft: Draft, store: Store | None, before: Store | None, moving: Mapping[str, Secret], keyring: KeyStore
) -> Put:
    """Put what was typed and what moves from `before` into `store`: all of it or nothing. Raises SetupError."""
    if store in GIVING:
        return Put(await _gives(draft, store, before, keyring))
    keys = {draft.credential(key): secret for key, secret in moving.items()} | draft.typed_secrets()
    shelf = shelf_of(store, draft, keyring)
    if not shelf or not keys:
        return Put(there=True)
    old: dict[Credential, Secret | None] = {}
    for credential in keys:
        with contextlib.suppress(*([SetupError] if store is Store.FILE else [])):  # what it cannot read, it replaces
            old[credential] = None
            old[credential] = await shelf.fetch(credential)
    await shelf.store(keys)
    return Put(there=True, shelf=shelf, before=old)


async def _gives(draft: Draft, store: Store | None, before: Store | None, keyring: KeyStore) -> bool:
    """Whether the keys can be had from a place that only gives them: then the old ones may go, all of them or none."""
    if store is Store.COMMAND and not any(draft.command(key).strip() for key in draft.secret_keys()):
        raise SetupError(
            _("There is no command yet that gives the key."), _("Type it below its place."), status=Status.USAGE
        )
    if not (before or (store is Store.COMMAND and draft.new_commands())):
        return True
    given = {key: await kept(draft, key, store, keyring) for key in draft.secret_keys()}
    return any(given.values()) and not [
        key for key in given if not given[key] and await _is_kept(draft, key, before, keyring)
    ]


async def _is_kept(draft: Draft, key: str, before: Store | None, keyring: KeyStore) -> bool:
    """Whether there may be a key that would be lost."""
    try:
        return await kept(draft, key, before, keyring) is not None
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
