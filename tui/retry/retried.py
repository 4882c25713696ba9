"""The table of what OpenHands retries, as a person reads it."""

from typing import Final

from tui.base.translation import _
from tui.retry.transient import NO_CHOICES, RELEASES, is_transient

_FAILURES: Final = (
    (_("429 rate limit, or quota used up"), ("RateLimitError",)),
    (_("500 server error"), ("InternalServerError", "APIError")),
    (_("503 overloaded"), ("ServiceUnavailableError",)),
    (_("408, 504, no answer in time"), ("Timeout",)),
    (_("no connection, no such host, cut off"), ("InternalServerError", "APIConnectionError")),
    (_("an answer without choices"), (NO_CHOICES,)),
    (_("502 bad gateway"), ("APIError", "APIConnectionError")),
    (_("529 overloaded"), ("APIError", "InternalServerError")),
    (_("402 not paid, 403 not allowed, 409"), ("APIError",)),
    (_("400, 401, 404, 422, context too long"), ("BadRequestError",)),
)
"""What happens → what litellm raises then: with two classes it is one or the other, by the provider's route."""


def retried_table() -> list[tuple[str, tuple[str, ...]]]:
    """Each failure with yes, no or "some" (it depends on the provider's route) for each of `RELEASES`."""
    return [(failure, tuple(_answer(errors, release) for release in RELEASES)) for failure, errors in _FAILURES]


def _answer(errors: tuple[str, ...], release: str) -> str:
    retried = [is_transient(error, release) for error in errors]
    if all(retried):
        return _("yes")
    return _("some") if any(retried) else _("no")
