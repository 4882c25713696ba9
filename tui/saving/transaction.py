"""Saving a draft: the key to its store, our own settings, config.toml; what was done is taken back if one fails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _, together
from tui.base.uninterrupted import uninterrupted
from tui.config_file.document import ConfigText
from tui.config_file.locks import Conflict
from tui.config_file.save import save as save_file
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.drafts.own_settings import Edits, beside_table
from tui.drafts.removals import leaving_keys, still_there
from tui.openhands.targets.target import CLI, SERVER
from tui.saving.file_update import holds_key, raise_if_cancelled, to_the_end
from tui.saving.key_stores import KeyStore, clear, fetch_secret, keys_to_move
from tui.saving.stored_keys import StoredKeys, about_the_key, store_keys

__all__ = ["KeyStore", "Saved", "save", "secrets_for"]


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did."""

    changed: int
    """Settings written to config.toml."""
    store: Store | None
    """Where the key is now."""
    remark: str = ""
    """What is left to do, such as an old copy of the key that could not be removed; "" for nothing."""


async def save(draft: Draft, keyring: KeyStore, *, in_place: bool = False) -> Saved:
    """Save everything that the draft holds.

    The key goes first: if its store refuses, nothing else is touched; if something else fails, it is taken back. A key
    that moves to another place leaves the old one, be that the keyring, a file, or config.toml with its groups and
    backups. Cancelled, it is undone, or done to the end; a signal waits for that. Raises SetupError (Conflict,
    NeedsInPlace; its `field` is "api_key" where the key's place is to blame), and what was typed stays in the draft.
    """
    _require_store(draft)
    draft.preview()  # what cannot be written is said before anything is
    _require_unchanged(draft)  # now, and not when the key is stored already
    with uninterrupted():
        return await _save(draft, keyring, in_place=in_place)


async def _save(draft: Draft, keyring: KeyStore, *, in_place: bool) -> Saved:
    store = draft.store or draft.remembered_store
    before = draft.remembered_store if draft.moves else None
    with about_the_key():
        moving = await keys_to_move(draft, store, before, keyring)
        done, cancelled = await to_the_end(store_keys(draft, store, before, moving, keyring))
    try:
        raise_if_cancelled(cancelled)
        changed = len(draft.edits())
        gone = [*leaving_keys(draft).values()] if done.there else []
        config = _write(draft, store, before, moving, gone, in_place=in_place)
    except BaseException as error:
        taken_back, _cancelled = await to_the_end(done.take_back())
        if not taken_back:
            raise _stays(error) from error
        raise
    remark, _cancelled = await to_the_end(_clear(draft, done, before, keyring))  # too late: it is written
    config, encrypted = _encrypted(config) if store is Store.CONFIG else (config, "")
    if config.kind == CLI:
        from tui.saving.target_update import remember  # most save a config.toml

        remember(config)
    draft.saved(config)
    draft.store = store
    if store not in (None, Store.ENVIRONMENT):
        draft.forget_secrets()
    return Saved(changed, store, together(remark, encrypted, still_there(config, gone)))


def _write(
    draft: Draft, store: Store | None, before: Store | None, moving: Mapping[str, Secret],
    gone: Sequence[Secret], *, in_place: bool,
) -> ConfigText:  # fmt: skip
    """Write our own settings and config.toml, or neither."""
    text = draft.preview(moving if store is Store.CONFIG else None)
    private = holds_key(draft.config.revised(text))
    own = _own_edits(draft, store, before)
    old = draft.own.present(own)
    if own:
        draft.own.save(own)
    try:
        return save_file(draft.config, text, private=private, forget=gone, in_place=in_place)
    except Exception:
        if own:
            draft.own.save(old)
        raise


def _encrypted(config: ConfigText) -> tuple[ConfigText, str]:
    if config.kind != SERVER:
        return config, ""
    from tui.saving.encryption import encrypt  # brings OpenSSL and HTTP with it

    return encrypt(config)


def _stays(error: BaseException) -> SetupError:
    """What failed, and that the key is in the new place all the same."""
    stays = _("The key is in its new place as well, and could not be taken back from there.")
    if isinstance(error, SetupError):
        error.hint = together(error.hint, stays)
        return error
    return SetupError(_("The save was cut short."), stays)


async def _clear(draft: Draft, done: StoredKeys, before: Store | None, keyring: KeyStore) -> str:
    return await clear(draft, before, keyring) if done.there else _left_behind(before)


def _left_behind(before: Store | None) -> str:
    """What is said when the new place has no key yet: the old copy may be the only one."""
    if before is Store.CONFIG:
        return _("No key is found in the new place yet. The old one is in the backup of config.toml.")
    return _("No key is found in the new place yet, so the old copy stays where it was.") if before else ""


def _require_unchanged(draft: Draft) -> None:
    """Raise Conflict when somebody else saved the file since it was read."""
    if draft.config.reread().text != draft.config.text:
        message = _("{path} was changed since it was read.").format(path=clean(tilde(draft.config.path)))
        raise Conflict(message, _("Nothing was written. Read it again, then repeat your change."))


def _own_edits(draft: Draft, store: Store | None, before: Store | None) -> Edits:
    edits: dict[tuple[str, ...], dict[str, str | None]] = {}
    beside: dict[str, str | None] = {c.field.key: c.after or None for c in draft.changes() if c.field.ours}
    if beside:
        edits[beside_table(draft.config.path)] = beside
    service = draft.credential().service
    told = draft.own.store_of(service)
    tells_itself = store is Store.CONFIG and (told is None or draft.config.private)  # of a file its own key tells
    if store and draft.secret_keys() and not tells_itself and told is not store:
        edits[("stores",)] = {service: store.value}
    if store is Store.ENVIRONMENT and draft.variable != draft.own.variable_of(service):
        edits[("variables",)] = {service: draft.variable or None}
    if store is Store.COMMAND and (new := draft.new_commands()):
        edits["commands", service] = {credential.name: text or None for credential, text in new.items()}
    if before is Store.COMMAND:
        edits["commands", service] = dict.fromkeys(draft.own.commands_of(service))
    return edits


async def secrets_for(draft: Draft, keyring: KeyStore) -> dict[str, Secret]:
    """The keys for a test of the draft, by field.

    Those typed; else `LLM_API_KEY` and the like, which OpenHands takes before any other; else those in the store where
    they are and in no other, which until a move is saved is the one before. Raises SetupError when the store cannot be
    asked; a key that is nowhere is simply missing.
    """
    chosen = draft.store in (Store.ENVIRONMENT, Store.COMMAND)
    store = draft.store if chosen else draft.remembered_store or draft.store
    at_hand = {key: draft.typed_secret(key) or draft.secret_in_environment(key) for key in draft.secret_keys()}
    found = {key: secret or await fetch_secret(draft, key, store, keyring) for key, secret in at_hand.items()}
    return {key: secret for key, secret in found.items() if secret}


def _require_store(draft: Draft) -> None:
    """Raise SetupError when a key was typed and no place to keep it was chosen."""
    if draft.typed_secrets() and (draft.store or draft.remembered_store) is None:
        raise SetupError(_("No place is chosen for the key yet."), _("Choose one on the Key step."), field="api_key")
