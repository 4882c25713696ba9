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
from tui.settings.shelves import KeyStore, from_environment, kept, shelf_of


@dataclass(frozen=True, slots=True)
class Put:
    """What was done to a place."""

    there: bool
    """Whether the keys can be had from it now."""
    shelf: KeyStore | None = None
    before: dict[Credential, Secret | None] = field(default_factory=dict)
    """What it held under the same names."""

    async def take_back(self) -> None:
        """The place as it was, as far as it still lets us; what could not be saved is what has to be told."""
        with contextlib.suppress(SetupError):
            old = {credential: secret for credential, secret in self.before.items() if secret}
            if self.shelf and old:
                await self.shelf.store(old)
            for credential in self.before.keys() - old.keys():
                if self.shelf:
                    await self.shelf.delete(credential)


async def put(draft: Draft, store: Store | None, moving: Mapping[str, Secret], keyring: KeyStore) -> Put:
    """Put what was typed and what moves into `store`: all of it or nothing. Raises SetupError."""
    if store in GIVING:
        return Put(await _gives(draft, store, keyring))
    keys = {draft.credential(key): secret for key, secret in moving.items()} | draft.typed_secrets()
    shelf = shelf_of(store, draft, keyring)
    if not shelf or not keys:
        return Put(there=True)
    before: dict[Credential, Secret | None] = {}
    for credential in keys:
        with contextlib.suppress(*([SetupError] if store is Store.FILE else [])):  # what it cannot read, it replaces
            before[credential] = None
            before[credential] = await shelf.fetch(credential)
    await shelf.store(keys)
    return Put(there=True, shelf=shelf, before=before)


async def _gives(draft: Draft, store: Store | None, keyring: KeyStore) -> bool:
    """Whether the keys can be had from a place that only gives them; asked when it was chosen anew."""
    if store is Store.ENVIRONMENT:
        return not draft.moves or any(from_environment(draft, key) for key in draft.secret_keys())
    if not any(draft.command(key).strip() for key in draft.secret_keys()):
        raise SetupError(_("There is no command yet that gives the key."), _("Type it below its place."),
                         status=Status.USAGE)  # fmt: skip
    if not (draft.moves or draft.new_commands()):
        return True
    return any([await kept(draft, key, store, keyring) is not None for key in draft.secret_keys()])


@contextlib.contextmanager
def about_the_key() -> Iterator[None]:
    """Errors here are mended where the place of the key is chosen."""
    try:
        yield
    except SetupError as error:
        error.field = error.field or "api_key"
        raise
