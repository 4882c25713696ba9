"""Removing a key from where it is kept."""

from tui.config_file.saving import save as save_file
from tui.credentials.store import Store
from tui.settings.cutting import leaving, still_there
from tui.settings.draft import Draft
from tui.settings.own import Edits
from tui.settings.shelves import KeyStore, shelf_of
from tui.settings.updating import holds_key


async def delete_key(draft: Draft, store: Store, keyring: KeyStore, *, in_place: bool = False) -> str:
    """Remove the keys of the draft's provider and origin from `store`: from config.toml with groups and backups.

    Of a variable and a command only the choice is forgotten. The draft holds no edits. Returns what is left to do,
    "" for nothing. Raises SetupError.
    """
    shelf = shelf_of(store, draft, keyring)
    for key in draft.secret_keys() if shelf else ():
        await shelf.delete(draft.credential(key))  # type: ignore[union-attr] # mypy forgets it in the loop's head
    left = _cut(draft, in_place=in_place) if store is Store.CONFIG else ""
    service = draft.credential().service
    if draft.own.store_of(service) is store:
        draft.own.save(_forgotten(draft, service))
    return left


def _cut(draft: Draft, *, in_place: bool) -> str:
    draft.store = Store.ENVIRONMENT  # as if it went there
    gone, text = [*leaving(draft).values()], draft.preview()
    draft.saved(save_file(draft.config, text, private=holds_key(draft.config), forget=gone, in_place=in_place))
    draft.store = None
    return still_there(draft.config, gone)


def _forgotten(draft: Draft, service: str) -> Edits:
    tables: dict[tuple[str, ...], dict[str, str | None]] = {("stores",): {service: None}}
    if draft.own.variable_of(service):
        tables["variables",] = {service: None}
    if commands := draft.own.commands_of(service):
        tables["commands", service] = dict.fromkeys(commands)
    return tables
