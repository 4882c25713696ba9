"""Where the key of a draft will be kept: what is preselected, and whether that is settled."""

from tui.credentials.keyring_state import KeyringLook, KeyringState
from tui.credentials.store import Store
from tui.settings.draft import Draft


def is_open(look: KeyringLook | None) -> bool:
    """Whether the keyring was looked at and can be used."""
    return look is not None and look.state is KeyringState.OPEN


def is_locked(look: KeyringLook | None) -> bool:
    """Whether there is a keyring, and its password is wanted."""
    return look is not None and look.state is KeyringState.LOCKED


def preselected(draft: Draft, look: KeyringLook | None) -> Store | None:
    """The chosen place, else where the key is, else an open keyring; readable text is never proposed.

    `look` is None while the keyring is still being looked at.
    """
    if draft.store:
        return draft.store
    remembered = draft.remembered_store
    if remembered is not None and (remembered is not Store.KEYRING or is_open(look) or look is None):
        return remembered
    return Store.KEYRING if is_open(look) and draft.typed_secrets() else None


def is_settled(draft: Draft, look: KeyringLook | None) -> bool:
    """Whether it is clear where the key is or will be, or that there is none."""
    if draft.store is Store.KEYRING:
        there_already = not draft.typed_secrets() and draft.remembered_store is Store.KEYRING
        return is_open(look) or there_already
    return draft.store is not None or not draft.typed_secrets()


def is_provided(draft: Draft, key: str) -> bool:
    """Whether the secret field `key` was typed or is somewhere already."""
    elsewhere = draft.store is Store.ENVIRONMENT or draft.remembered_store is not None
    return elsewhere or draft.typed_secret(key) is not None
