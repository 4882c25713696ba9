"""Which failures OpenHands retries: one table, by release.

Read in OpenHands' `LLM_RETRY_EXCEPTIONS` from release 0.9.8 on.
"""

from typing import Final

NO_CHOICES: Final = "LLMNoResponseError"
"""OpenHands' name for an answer without choices: the one failure that is not an exception of litellm."""

RELEASES: Final = ("0.9.8–0.24", "0.25–0.31", "0.32–0.47", "0.48–0.51", "0.52–1.6")
LATEST: Final = RELEASES[-1]

_RETRIED: Final = {
    "RateLimitError": frozenset(RELEASES),
    "InternalServerError": frozenset(RELEASES) - {"0.25–0.31"},
    "APIConnectionError": frozenset({"0.9.8–0.24", "0.52–1.6"}),
    "ServiceUnavailableError": frozenset({"0.9.8–0.24", "0.48–0.51", "0.52–1.6"}),
    "Timeout": frozenset(RELEASES[2:]),
    NO_CHOICES: frozenset(RELEASES[2:]),
    "APIError": frozenset({"0.9.8–0.24"}),
}
"""litellm's exception class → the releases that try again after it; those that are not named are never retried."""


def is_transient(error_name: str, release: str = LATEST) -> bool:
    """Whether OpenHands tries again after this error, given by the name of litellm's exception class."""
    return release in _RETRIED.get(error_name, frozenset())
