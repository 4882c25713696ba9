"""Which failures OpenHands retries."""

from typing import Final

NO_CHOICES: Final = "LLMNoResponseError"
"""OpenHands' name for an answer without choices: the one failure that is not an exception of litellm."""

# The LLM_RETRY_EXCEPTIONS of OpenHands 0.62. Releases before 0.32 retried fewer, those before 0.25 also APIError.
_RETRIED: Final = frozenset(
    {"APIConnectionError", "RateLimitError", "ServiceUnavailableError", "Timeout", "InternalServerError", NO_CHOICES}
)


def is_transient(error_name: str) -> bool:
    """Whether OpenHands tries again after this error, given by the name of litellm's exception class."""
    return error_name in _RETRIED
