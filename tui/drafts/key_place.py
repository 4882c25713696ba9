"""Where the key of a draft will be kept: what is preselected, and whether that is settled."""

from tui.credentials.keyring_client import has_display
from tui.credentials.keyring_state import KeyringState, KeyringStatus
from tui.credentials.pasted_key import PAIR
from tui.credentials.store import GIVING, Store
from tui.drafts.draft import Draft


def is_open(look: KeyringStatus | None) -> bool:
    """Whether the keyring was looked at and can be used."""
    return look is not None and look.state is KeyringState.OPEN


def is_openable(draft: Draft, look: KeyringStatus | None) -> bool:
    """Whether a password opens the keyring, typed here or in its own window before us, or makes the first one."""
    if look is None or look.asks_itself:
        return look is not None and has_display(draft.environ)
    return look.state is KeyringState.LOCKED or look.creatable


def preselected(draft: Draft, look: KeyringStatus | None) -> Store | None:
    """The chosen place, else where the key is, else an open keyring; readable text is never proposed.

    `look` is None while the keyring is still being looked at. A keyring that cannot be used any more is not chosen.
    """
    lost = not (look is None or is_open(look) or is_openable(draft, look))
    if draft.store and not (draft.store is Store.KEYRING and lost):
        return draft.store
    remembered = draft.remembered_store
    if remembered is not None and (remembered is not Store.KEYRING or is_open(look) or look is None):
        return remembered
    if draft.wanted_store and draft.typed_secrets() and (draft.wanted_store is not Store.KEYRING or is_open(look)):
        return draft.wanted_store
    return Store.KEYRING if is_open(look) and draft.typed_secrets() else None


def is_settled(draft: Draft, look: KeyringStatus | None) -> bool:
    """Whether it is clear where the key is or will be, or that there is none."""
    if draft.store is Store.KEYRING:
        there_already = not draft.typed_secrets() and draft.remembered_store is Store.KEYRING
        return is_open(look) or there_already
    if draft.store is Store.COMMAND:
        return all(draft.command(key).strip() for key in draft.secret_keys())
    return draft.store is not None or not draft.typed_secrets()


def is_provided(draft: Draft, key: str) -> bool:
    """Whether the secret field `key` was typed or is somewhere already."""
    elsewhere = draft.store in GIVING or draft.remembered_store is not None
    return elsewhere or draft.typed_secret(key) is not None


# -- the AWS key, which is a pair: both halves, or none and the machine's own role


def missing_half(draft: Draft) -> str:
    """The half that is missing beside the other one; "" where both are there, or none, or none is asked for."""
    if not is_pair(draft):
        return ""
    lacking = [key for key in PAIR if not _is_there(draft, key)]
    return lacking[0] if len(lacking) == 1 else ""


def relies_on_role(draft: Draft) -> bool:
    """Whether there is no key at all, so that the machine's role or AWS' own environment has to have one."""
    return is_pair(draft) and not any(_is_there(draft, key) for key in PAIR)


def is_pair(draft: Draft) -> bool:
    """Whether the provider's key is one."""
    return set(PAIR) <= set(draft.secret_keys())


def _is_there(draft: Draft, key: str) -> bool:
    """Typed, or in the environment, or kept; of a place that was not asked, both halves are believed to be there."""
    if draft.typed_secret(key) or draft.secret_in_environment(key) or draft.secret_in_file(key):
        return True
    return draft.store in GIVING or draft.remembered_store not in (None, Store.CONFIG)
