"""The schedule is what tenacity does, and what the published tables of OpenHands say."""

import asyncio

import pytest
import tenacity
from hypothesis import given
from hypothesis import strategies as st

from tui.retry.policy import LISTED, PRESETS, RetryPolicy, preset_of
from tui.retry.retried import NO_CHOICES, is_transient

seconds = st.floats(min_value=0, max_value=10_000, allow_nan=False)
policies = st.builds(
    RetryPolicy,
    num_retries=st.integers(-2, 40),
    retry_min_wait=seconds,
    retry_max_wait=seconds,
    retry_multiplier=st.floats(min_value=0, max_value=500, allow_nan=False),
)


@pytest.mark.parametrize(
    ("policy", "waits", "total"),
    [
        (RetryPolicy(8, 15, 120, 2), [15, 15, 15, 16, 32, 64, 120], 277),
        (RetryPolicy(4, 5, 30, 2), [5, 5, 8], 18),
        (RetryPolicy(5, 8, 64, 8), [8, 16, 32, 64], 120),
        (RetryPolicy(8, 15, 120, 1), [15, 15, 15, 15, 16, 32, 64], 172),
    ],
)
def test_known_schedules(policy, waits, total):
    assert policy.waits() == waits
    assert policy.total() == total


@pytest.mark.parametrize("number", [1, 0, -1])
def test_one_attempt_and_no_wait(number):
    policy = RetryPolicy(num_retries=number)
    assert (policy.attempts, policy.waits(), policy.total()) == (1, [], 0)


def test_minimum_wins_over_maximum():
    assert RetryPolicy(4, 50, 10, 2).waits() == [50, 50, 50]


@given(policies)
def test_formula(policy):
    low = max(0, policy.retry_min_wait)
    expected = [
        max(low, min(policy.retry_multiplier * 2 ** (k - 1), policy.retry_max_wait)) for k in range(1, policy.attempts)
    ]
    assert policy.waits() == pytest.approx(expected)


@given(policies)
def test_a_tenacity_run_waits_as_listed(policy):
    slept = []

    async def sleep(wait: float) -> None:
        slept.append(wait)

    async def run() -> None:
        async for attempt in tenacity.AsyncRetrying(
            wait=policy.wait(), stop=policy.stop(), sleep=sleep, retry=tenacity.retry_if_exception_type(), reraise=True
        ):
            with attempt:
                raise ConnectionError

    with pytest.raises(ConnectionError):
        asyncio.run(run())
    assert slept == policy.waits()


def test_an_absurd_number_is_listed_in_part_and_summed_in_full():
    policy = RetryPolicy(num_retries=1_000_001)
    assert len(policy.waits()) == LISTED
    assert policy.total() == sum(policy.waits()) + (1_000_000 - LISTED) * 120


def test_presets_are_recognised():
    assert [preset_of(preset.policy) for preset in PRESETS] == list(PRESETS)
    assert len({preset.key for preset in PRESETS}) == len({preset.policy for preset in PRESETS}) == 5
    assert preset_of(RetryPolicy()) is PRESETS[0]
    assert preset_of(RetryPolicy(9)) is None


@pytest.mark.parametrize(
    "name", ["APIConnectionError", "RateLimitError", "ServiceUnavailableError", "Timeout", "InternalServerError"]
)
def test_retried(name):
    assert is_transient(name)
    assert is_transient(NO_CHOICES)


@pytest.mark.parametrize(
    "name",
    ["AuthenticationError", "NotFoundError", "BadRequestError", "ContextWindowExceededError", "APIError",
     "BadGatewayError", "PermissionDeniedError", "UnprocessableEntityError", ""],
)  # fmt: skip
def test_not_retried(name):
    assert not is_transient(name)
