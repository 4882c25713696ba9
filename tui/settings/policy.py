"""The retry policy that a draft amounts to."""

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
