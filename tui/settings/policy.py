"""The retry policy that a draft amounts to."""

from tui.base.errors import SetupError
from tui.retry.policy import RetryPolicy
from tui.settings.draft import Draft
from tui.settings.fields import BY_KEY, RETRY_KEYS


def policy_of(draft: Draft, *, as_is: bool = False) -> RetryPolicy:
    """The four settings as typed; an emptied one counts as the documented default. Raises SetupError.

    With `as_is`, what the file leaves out is what OpenHands 0.51 to 1.6 takes for it, and not what we would write.
    """
    values = {}
    for key in RETRY_KEYS:
        value = BY_KEY[key].default if as_is and key in draft.absent else draft.effective_value(key)
        values[key] = BY_KEY[key].documented if value is None else value
    return RetryPolicy(**values)  # type: ignore[arg-type]


def policy_in_file(draft: Draft) -> RetryPolicy | None:
    """The four settings as the file has them; None where it has none of them, or what means nothing."""
    if not set(RETRY_KEYS) & draft.table().keys():
        return None
    try:
        values = {key: BY_KEY[key].parse(draft.loaded[key]) for key in RETRY_KEYS}
    except SetupError:
        return None
    return RetryPolicy(**{key: BY_KEY[key].documented if value is None else value for key, value in values.items()})  # type: ignore[arg-type]
