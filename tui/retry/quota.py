"""Whether a policy outlasts a provider's limit of requests a minute."""

from typing import Final

from tui.base.translation import _
from tui.retry.policy import RetryPolicy
from tui.retry.presets import PRESETS
from tui.retry.schedule import MINUTE, ScheduleRow, in_words, rows

HELPFUL: Final = next(preset for preset in PRESETS if preset.key == "per-minute")


def passing(policy: RetryPolicy, per_minute: int) -> ScheduleRow | None:
    """The first attempt that gets through a limit of `per_minute` requests in any minute; None when none does.

    The worst case: all of the limit was used up in the moment of the first attempt, nobody else asks afterwards, and
    attempts that are refused count, too.
    """
    asked = [0.0]
    for row in rows(policy):
        if row.at >= MINUTE and sum(row.at - at < MINUTE for at in asked) < per_minute:
            return row
        asked.append(row.at)
    return None


def in_a_sentence(policy: RetryPolicy, per_minute: int) -> tuple[str, bool]:
    """What comes of a limit, and whether the policy survives it."""
    through = passing(policy, per_minute)
    if through:
        words = _("attempt {number} passes after {at}")
        return words.format(number=through.attempt, at=in_words(through.at)), True
    if passing(HELPFUL.policy, per_minute):
        return _("fails; “{name}” passes").format(name=HELPFUL.name), False
    return _("no attempt passes"), False
