"""The table of what OpenHands retries, as a person reads it."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from tui.base.cells import cells
from tui.base.translation import _

# -- which failures OpenHands retries: one table, by release
# Read in OpenHands' `LLM_RETRY_EXCEPTIONS` from release 0.9.8 on.

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


HEADINGS: Final = ("≤ 0.24", "0.25–31", "0.32–47", "0.48–51", "0.52+")
"""`RELEASES`, shorter."""


class Failure(NamedTuple):
    """What may happen; `errors` are the classes that litellm raises then: of several it is one, by provider."""

    short: str
    words: str
    errors: tuple[str, ...]


FAILURES: Final = (
    Failure("429", _("429 rate limit, or quota used up"), ("RateLimitError",)),
    Failure("500", _("500 server error"), ("InternalServerError", "APIError")),
    Failure("503", _("503 overloaded"), ("ServiceUnavailableError",)),
    Failure("408 504", _("408, 504, no answer in time"), ("Timeout",)),
    Failure(_("no connection"), _("no connection, or cut off"), ("InternalServerError", "APIConnectionError")),
    Failure(_("no choices"), _("an answer without choices"), (NO_CHOICES,)),
    Failure("502", _("502 bad gateway"), ("APIError", "APIConnectionError")),
    Failure("529", _("529 overloaded"), ("APIError", "InternalServerError")),
    Failure("402 403 409", _("402, 403, 409"), ("APIError",)),
    Failure("400 401 404 422", _("400, 401, 404, 422, too long"), ("BadRequestError",)),
)


def answer(failure: Failure, release: str) -> str:
    """Whether OpenHands tries again: yes, no, or some, where it depends on the provider's route in litellm."""
    retried = [is_transient(error, release) for error in failure.errors]
    if all(retried):
        return _("yes")
    return _("some") if any(retried) else _("no")


def table() -> list[str]:
    """All releases in lines of plain text, 52 cells wide: as many as Help has at 60 columns."""
    rows = {failure.short: [answer(failure, release) for release in RELEASES] for failure in FAILURES}
    return [_row("", HEADINGS), *(_row(short, row) for short, row in rows.items())]


def _row(name: str, columns: Iterable[str]) -> str:
    """A column of 15 cells, and each of the others one wider than its heading."""
    pairs = zip(columns, HEADINGS, strict=True)
    padded = [" " * (cells(heading) + 1 - cells(cell)) + cell for cell, heading in pairs]
    return name + " " * (15 - cells(name)) + "".join(padded)
