"""The retry policy of a group: the one that OpenHands follows, and the one that stands in the fields of a draft."""

import contextlib
from collections.abc import Mapping

from tui.base.errors import SetupError
from tui.config_file.document import ConfigText
from tui.drafts.draft import Draft
from tui.openhands.effective import retries_of
from tui.openhands.fields import BY_KEY, RETRY_KEYS
from tui.retry.policy import RetryPolicy


def policy_in_effect(config: ConfigText, environ: Mapping[str, str], group: str) -> RetryPolicy:
    """What OpenHands does with a group of the file when started with `environ`: every face shows this one."""
    return RetryPolicy(**retries_of(config, group, environ))  # type: ignore[arg-type]  # all four have a default


def policy_of(draft: Draft) -> RetryPolicy:
    """What OpenHands does once the draft is saved. Raises SetupError for a text that means nothing."""
    return policy_in_effect(draft.outlook(), draft.environ, draft.group)


def policy_in_fields(draft: Draft) -> RetryPolicy:
    """What the four fields say, each as typed or else as it is shown faintly: what would stand in the file then.

    Other than `policy_of` it knows nothing of variables that win, and of keys that void the group. Raises SetupError.
    """
    values = {key: BY_KEY[key].parse(draft.shown_text(key)) for key in RETRY_KEYS}
    return RetryPolicy(**values)  # type: ignore[arg-type]  # shown_text is never empty for them


def has_all_four(draft: Draft) -> bool:
    """Whether the file's own table has all four."""
    return all(key in draft.table() for key in RETRY_KEYS)


def texts_of(draft: Draft, policy: RetryPolicy) -> dict[str, str]:
    """The four texts that mean `policy`: where the file means the same by itself, as the file has it."""
    return {key: _text_of(draft, key, getattr(policy, key)) for key in RETRY_KEYS}


def _text_of(draft: Draft, key: str, value: float) -> str:
    loaded = draft.loaded[key]
    with contextlib.suppress(SetupError):
        means = BY_KEY[key].parse(loaded or draft.inherited[key])
        if value == (BY_KEY[key].default if means is None else means):
            return loaded
    return f"{value:g}"
