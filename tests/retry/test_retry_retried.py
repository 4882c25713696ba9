"""What OpenHands retries, by release, as a table."""

import pytest

from tui.retry.retried import FAILURES, HEADINGS, LATEST, RELEASES, answer, is_transient, table

# LLM_RETRY_EXCEPTIONS of OpenHands' releases, as read in its code
READ = {
    "0.9.8–0.24": "APIConnectionError APIError InternalServerError RateLimitError ServiceUnavailableError",
    "0.25–0.31": "RateLimitError",
    "0.32–0.47": "RateLimitError Timeout InternalServerError LLMNoResponseError",
    "0.48–0.51": "RateLimitError ServiceUnavailableError Timeout InternalServerError LLMNoResponseError",
    "0.52–1.6": "APIConnectionError RateLimitError ServiceUnavailableError Timeout InternalServerError"
    " LLMNoResponseError",
}
CLASSES = {name for names in READ.values() for name in names.split()} | {"AuthenticationError", "BadGatewayError", ""}


@pytest.mark.parametrize("release", RELEASES)
def test_each_release_retries_what_its_code_says(release):
    assert {name for name in CLASSES if is_transient(name, release)} == set(READ[release].split())


def test_the_releases_are_those_that_were_read():
    assert tuple(READ) == RELEASES
    assert RELEASES[-1] == LATEST
    assert len(HEADINGS) == len(RELEASES)


def test_the_table_is_whole_and_narrow_enough_for_a_dialog_at_60_columns():
    lines = table()
    assert {len(line) for line in lines} == {52}
    assert len(lines) == len(FAILURES) + 1
    answers = {failure.short: [answer(failure, release) for release in RELEASES] for failure in FAILURES}
    assert answers["429"] == ["yes"] * 5
    assert answers["400 401 404 422"] == ["no"] * 5
    assert answers["503"] == ["yes", "no", "no", "yes", "yes"]
    assert answers["500"][-1] == "some"
