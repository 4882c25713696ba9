"""The retry policy that a draft amounts to."""

from tui.base.errors import SetupError
from tui.retry.policy import RetryPolicy
from tui.settings.draft import Draft
from tui.settings.fields import BY_KEY, RETRY_KEYS


def policy_of(draft: Draft) -> RetryPolicy:
    """The four settings as typed; an emptied one counts as the documented default. Raises SetupError."""
    values = {}
    for key in RETRY_KEYS:
        value = draft.effective_value(key)
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
