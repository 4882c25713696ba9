"""Ready-made retry policies."""

from dataclasses import dataclass
from typing import Final

from tui.base.translation import _
from tui.retry.policy import RetryPolicy


@dataclass(frozen=True, slots=True)
class Preset:
    """A policy with a name; `key` never changes and is never translated."""

    key: str
    name: str
    policy: RetryPolicy


PRESETS: Final = (
    Preset("documented", _("As documented"), RetryPolicy(8, 15, 120, 2)),
    Preset("openhands-0.51", _("OpenHands 0.51+"), RetryPolicy(5, 8, 64, 8)),
    Preset("openhands-0.25", _("OpenHands 0.25–0.50"), RetryPolicy(4, 5, 30, 2)),
    # Sees the window of a per-minute limit end three times: 20, 40, 60, 60, 60 s.
    Preset("per-minute", _("Per-minute quota"), RetryPolicy(6, 20, 60, 20)),
    # What passes by itself there is a model being loaded, within a minute: 2, 4, 8, 16, 30 s.
    Preset("local", _("Local model"), RetryPolicy(6, 2, 30, 2)),
)


def preset_of(policy: RetryPolicy) -> Preset | None:
    """The preset that has exactly these values; None when they are the user's own."""
    return next((preset for preset in PRESETS if preset.policy == policy), None)
