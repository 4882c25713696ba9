"""The places for keys, each asked in the same way."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _
from tui.credentials.identity import Credential
from tui.credentials.store import KEEPING, Store
from tui.drafts.draft import Draft
from tui.drafts.removals import leaving_keys


class KeyStore(Protocol):
    """What is needed of the keyring, and of what stands in for it. All raise SetupError."""

    async def store(self, keys: Mapping[Credential, Secret]) -> None:
        """Keep all of the keys or none."""

    async def fetch(self, credential: Credential) -> Secret | None:
        """The key, or None where there is none."""

    async def delete(self, credential: Credential) -> None:
        """Remove the key; one that is not there is fine."""


def key_store_of(store: Store | None, draft: Draft, keyring: KeyStore) -> KeyStore | None:
    """What keeps keys in `store`; None for config.toml and the environment, which the draft knows itself."""
    match store:
        case Store.KEYRING:
            return keyring
        case Store.FILE:
            from tui.credentials.private_file import PrivateFile  # each is loaded when it is needed

            return PrivateFile()
        case Store.COMMAND:
            from tui.credentials.key_command import KeyCommand

            _require_own_commands(draft.own.path)
            return KeyCommand({draft.credential(key): draft.command(key) for key in draft.secret_keys()})
    return None


async def fetch_secret(draft: Draft, key: str, store: Store | None, keyring: KeyStore) -> Secret | None:
    """The secret field `key` as it is kept in `store`. Raises SetupError when that place cannot be asked."""
    match store:
        case Store.CONFIG:
            return draft.secret_in_file(key)
        case Store.ENVIRONMENT:
            return key_from_environment(draft, key)
    key_store = key_store_of(store, draft, keyring)
    return await key_store.fetch(draft.credential(key)) if key_store else None


async def keys_to_move(draft: Draft, store: Store | None, before: Store | None, keyring: KeyStore) -> dict[str, Secret]:
    """The keys that go into `store` from where they are, by field; those typed anew are not among them."""
    if store not in KEEPING:
        return {}
    found = leaving_keys(draft)
    keys = [key for key in draft.secret_keys() if draft.typed_secret(key) is None]
    present = {key: found.get(key) or await fetch_secret(draft, key, before, keyring) for key in keys}
    return {key: secret for key, secret in present.items() if secret}


async def clear(draft: Draft, before: Store | None, keyring: KeyStore) -> str:
    """Remove the keys from `before`, where they were; returns what the user should know of it, "" for nothing."""
    if before is Store.ENVIRONMENT:
        names = [name for key in draft.secret_keys() for name in variables_of(draft, key) if draft.environ.get(name)]
        words = _("{names} is still set in your environment; unset it where you set it.")
        return words.format(names=", ".join(names)) if names else ""
    try:
        key_store = key_store_of(before, draft, keyring)
        for key in draft.secret_keys() if key_store else ():
            await key_store.delete(draft.credential(key))  # type: ignore[union-attr] # mypy forgets it in the loop's head
    except SetupError as error:
        return _("The old copy of the key could not be removed. {reason}").format(reason=error)
    return ""


def variables_of(draft: Draft, key: str) -> list[str]:
    """The environment variables that give the secret field `key`; the first that is set counts."""
    chosen = draft.variable if key == "api_key" else ""
    return [chosen] if chosen else [f"LLM_{key.upper()}", key.upper()]


def key_from_environment(draft: Draft, key: str) -> Secret | None:
    """The secret field `key` as the user's own variable has it."""
    value = next((draft.environ[name] for name in variables_of(draft, key) if draft.environ.get(name)), "")
    return Secret(value) if value else None


def _require_own_commands(path: Path) -> None:
    """Commands that others could have written are not run."""
    if not path.exists():
        return
    status = path.stat()
    if status.st_uid != os.geteuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise SetupError(
            _("{path} can be changed by other users, so no command that it names is run.").format(
                path=clean(tilde(path))
            ),
            _("See what it says, then close it with chmod 600."),
        )
