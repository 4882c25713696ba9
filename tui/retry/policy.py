"""The four retry settings, and the tenacity objects that they stand for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tui.base.translation import _

if TYPE_CHECKING:
    from tenacity import stop_after_attempt, wait_exponential

LISTED: Final = 1000
"""Waits that are listed at most: nobody reads more, and from there on each is as long as the last one listed."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and how patiently a failed call is repeated; fields are named like their TOML keys, waits in seconds.

    No value is refused: what OpenHands accepts (0 attempts, a minimum above the maximum) gives what OpenHands does.
    """

    num_retries: int = 8
    retry_min_wait: float = 15
    retry_max_wait: float = 120
    retry_multiplier: float = 2

    def __post_init__(self) -> None:
        """What no float holds is waited for without end: tenacity counts in floats."""
        for name in ("retry_min_wait", "retry_max_wait", "retry_multiplier"):
            value = getattr(self, name)
            if math.isinf(_as_float(value)):
                object.__setattr__(self, name, _as_float(value))

    @property
    def attempts(self) -> int:
        """Calls in all, the first one included: that is what `num_retries` counts."""
        return max(1, self.num_retries)

    def wait(self) -> wait_exponential:
        """How long to wait after a failed attempt: the object that a test runs with and every preview asks."""
        import tenacity  # 37 ms that the first screen need not wait for

        return tenacity.wait_exponential(
            multiplier=self.retry_multiplier, min=self.retry_min_wait, max=self.retry_max_wait
        )

    def stop(self) -> stop_after_attempt:
        """When to give up."""
        import tenacity  # see wait()

        return tenacity.stop_after_attempt(self.attempts)

    def waits(self) -> list[float]:
        """Seconds after the failed attempts 1, 2, …, as tenacity gives them; the first 1000 of an absurd policy."""
        import tenacity  # see wait()

        wait = self.wait()
        state = tenacity.RetryCallState(tenacity.Retrying(), None, (), {})
        waits = []
        for state.attempt_number in range(1, min(self.attempts, LISTED + 1)):
            waits.append(_as_float(wait(state)))
        return waits

    def total(self) -> float:
        """Seconds of waiting until the last attempt begins; the time of the requests not counted."""
        waits = self.waits()
        more = self.attempts - 1 - len(waits)
        try:
            return sum(waits) + (more * waits[-1] if more else 0.0) if waits else 0.0
        except OverflowError:  # more attempts than a float can count
            return math.inf if waits[-1] else sum(waits)


def _as_float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


# -- ready-made retry policies


@dataclass(frozen=True, slots=True)
class Preset:
    """A policy with a name; `key` never changes and is never translated."""

    key: str
    name: str
    policy: RetryPolicy
    short: str
    """The name where all stand side by side."""
    about: str
    """Why one would have it, in a few words."""


PRESETS: Final = (
    Preset(
        "documented", _("As documented"), RetryPolicy(8, 15, 120, 2), _("Documented"),
        _("as OpenHands' documentation says"),
    ),
    Preset(
        "openhands-0.51", _("OpenHands 0.51+"), RetryPolicy(5, 8, 64, 8), _("v0.51+"),
        _("as OpenHands does since 0.51"),
    ),
    Preset(
        "openhands-0.25", _("OpenHands 0.25–0.50"), RetryPolicy(4, 5, 30, 2), _("v0.50"),
        _("as OpenHands did up to 0.50"),
    ),
    # Sees the window of a per-minute limit end three times: 20, 40, 60, 60, 60 s.
    Preset(
        "per-minute", _("Per-minute quota"), RetryPolicy(6, 20, 60, 20), _("Quota"),
        _("outlasts a limit per minute"),
    ),
    # What passes by itself there is a model being loaded, within a minute: 2, 4, 8, 16, 30 s.
    Preset(
        "local", _("Local model"), RetryPolicy(6, 2, 30, 2), _("Local"),
        _("gives a local model time to load"),
    ),
)  # fmt: skip


def preset_of(policy: RetryPolicy) -> Preset | None:
    """The preset that has exactly these values; None when they are the user's own."""
    return next((preset for preset in PRESETS if preset.policy == policy), None)
