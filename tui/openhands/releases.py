"""Which litellm OpenHands' releases carry, and so which providers they can call."""

from typing import Final

from tui.catalog.snapshot import current

CARRIED: Final = (("1.11", "1.84.1"), ("1.6", "1.80.10"), ("0.62", "1.77.7"))
"""Releases of the distribution openhands-ai, newest first, with the litellm that each installs with. The command line
(distribution openhands) takes the newest litellm."""
_OF_OPENHANDS: Final = "openhands"
"""OpenHands itself turns this one into litellm_proxy."""

_LATER: Final = "1.7"
"""What the preference `release` is where OpenHands 1.7 or later was chosen; it takes its settings from elsewhere."""


def is_past(until: str, chosen: str) -> bool:
    """Whether what concerns the releases up to `until` is no matter of whom uses `chosen`, "" for nobody knows."""
    return bool(until) and chosen == _LATER and _number(until) < _number(_LATER)


def _number(release: str) -> tuple[int, ...]:
    return tuple(map(int, release.split(".")))


def unknown_up_to(provider: str) -> str:
    """The newest release of openhands-ai whose litellm does not route by the id `provider`; "" when all of them do.

    "" as well when the catalogue cannot be read.
    """
    if not provider or provider == _OF_OPENHANDS:
        return ""
    try:
        releases = current().releases
    except (OSError, ValueError):
        return ""
    return next((ours for ours, litellm in CARRIED if provider not in releases.get(litellm, {provider})), "")
