"""A retry policy as a person sees it: rows, durations in words, and what is worth a remark."""

import math
from dataclasses import dataclass
from typing import Any, Final, Literal

from tui.base.translation import _
from tui.retry.policy import PRESETS, RetryPolicy

Kind = Literal["floor", "grows", "ceiling"]
"""Why a wait is as long as it is: lifted to the shortest, as the multiplier gives it, or cut at the longest."""
MINUTE: Final = 60
MANY_ATTEMPTS: Final = 20
LONG: Final = 10 * MINUTE
_COUNTLESS: Final = 1e6
"""Seconds from which on their power of ten says enough."""


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One wait: `attempt` is the one made after it (2, 3, …), `at` the seconds waited in all by then."""

    attempt: int
    wait: float
    at: float
    kind: Kind
    minutes_passed: int
    """Whole minutes by then, on the first row with so many: each time a per-minute limit has passed. Else 0."""


def rows(policy: RetryPolicy) -> list[ScheduleRow]:
    """A row for every wait of `policy`; none when there is one attempt only."""
    table: list[ScheduleRow] = []
    at = 0.0
    for number, wait in enumerate(policy.waits(), start=1):
        before, at = at, at + wait
        passed = int(at // MINUTE) if math.isfinite(at) and at // MINUTE > before // MINUTE else 0
        table.append(ScheduleRow(number + 1, wait, at, _kind(policy, number), passed))
    return table


def _unbounded(policy: RetryPolicy, number: int) -> float:
    """The wait after failed attempt `number` if there were neither a shortest nor a longest."""
    try:
        return math.ldexp(policy.retry_multiplier, number - 1)
    except OverflowError:
        return math.inf


def _kind(policy: RetryPolicy, number: int) -> Kind:
    unbounded = _unbounded(policy, number)
    if unbounded < policy.retry_min_wait or policy.retry_min_wait > policy.retry_max_wait or unbounded <= 0:
        return "floor"
    return "ceiling" if unbounded >= policy.retry_max_wait else "grows"


def in_words(seconds: float) -> str:
    """A duration such as `0.5 s`, `15 s`, `4 min 37 s`, `1 h 5 min`."""
    if math.isinf(seconds):
        return _("for ever")
    if round(seconds, 1) < MINUTE:
        return _("{number:g} s").format(number=round(seconds, 1))
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [
        _("{number} h").format(number=hours) if hours else "",
        _("{number} min").format(number=minutes) if minutes else "",
        _("{number} s").format(number=rest) if rest and not hours else "",
    ]
    return " ".join(part for part in parts if part)


def share(wait: float, longest: float) -> float:
    """How much of the longest wait, from 0 to 1; of one without end, all or nothing."""
    if math.isinf(longest):
        return 1.0 if math.isinf(wait) else 0.0
    return min(max(wait / longest, 0.0), 1.0) if longest else 0.0


def in_seconds(seconds: float) -> str:
    """`15 s`, `0.5 s`, `1,200 s`: in few cells, for a column."""
    if math.isinf(seconds):
        return "∞"
    if seconds >= _COUNTLESS:
        return _("{number} s").format(number=f"{seconds:.1e}")
    return _("{number} s").format(number=f"{round(seconds, 1 if seconds < 100 else 0):,g}")


def clock(seconds: float) -> str:
    """`4:37`, or `1:02:05`."""
    if math.isinf(seconds):
        return "∞"
    if seconds >= 1000 * _COUNTLESS:
        return in_seconds(seconds)
    minutes, rest = divmod(round(seconds), MINUTE)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def as_numbers(policy: RetryPolicy) -> dict[str, Any]:
    """As other programs are told: attempts, and the waits and their sum in seconds, whole ones without `.0`."""
    return {
        "attempts": policy.attempts, "waits": [*map(_whole, policy.waits())], "total": _whole(policy.total()),
    }  # fmt: skip


def _whole(seconds: float) -> float:
    return int(seconds) if float(seconds).is_integer() else seconds


def remarks(policy: RetryPolicy) -> list[str]:
    """Sentences, the most important first; empty when there is nothing to say."""
    if policy.attempts == 1:
        return [_("One attempt and no retry: the first failure is final.")]
    said = [_on_limits(policy), _on_total(policy.total()), _on_attempts(policy.attempts)]
    return [sentence for sentence in said if sentence]


def _on_limits(policy: RetryPolicy) -> str:
    if policy.retry_min_wait > policy.retry_max_wait:
        sentence = _("The shortest wait is above the longest, and wins: every wait is {wait}.")
        return sentence.format(wait=in_words(policy.retry_min_wait))
    table = rows(policy)
    floor = sum(row.kind == "floor" for row in table)
    if not floor or policy.retry_min_wait <= 0:
        return ""
    if floor == len(table):
        return _("Every wait is the shortest wait: the multiplier has no effect.")
    shortest = in_words(policy.retry_min_wait)
    if floor == 1:
        return _("The wait for attempt 2 is raised to the shortest, {wait}.").format(wait=shortest)
    words = _("The waits for attempts 2 to {last} are raised to the shortest, {wait}.")
    return words.format(last=floor + 1, wait=shortest)


def _on_total(total: float) -> str:
    if total < MINUTE:
        sentence = _("The waits are {total} in all: a limit per minute will not have reset by then.")
    elif total > LONG:
        sentence = _("A failure that does not pass is reported only after {total} of waiting.")
    else:
        return ""
    return sentence.format(total=in_words(total))


def _on_attempts(attempts: int) -> str:
    if attempts <= MANY_ATTEMPTS:
        return ""
    return _("{count} attempts are many: providers may count each of them against your limit.").format(count=attempts)


# -- whether a policy outlasts a provider's limit of requests a minute

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
