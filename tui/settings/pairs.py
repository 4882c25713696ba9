"""The AWS key, which is a pair: both halves, or none and the machine's own role."""

from tui.credentials.aws_keys import PAIR
from tui.credentials.store import GIVING, Store
from tui.settings.draft import Draft


def lacking_half(draft: Draft) -> str:
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
