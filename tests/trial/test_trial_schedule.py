"""Preview, tenacity and a test agree on every wait; the test runs on a clock that jumps from one event to the next."""

import asyncio
import heapq
import os
from itertools import pairwise

import pytest
import tenacity
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.retry.policy import RetryPolicy
from tui.retry.schedule import rows
from tui.trial.events import AttemptStarted, Waiting
from tui.trial.probe_order import ProbeOrder
from tui.trial.reply import Reply
from tui.trial.runner import Trial

LIMITED = Reply(429, "RateLimitError", "Slow down.", 0.0)
seconds = st.one_of(st.integers(-5, 1_000_000), st.floats(-5, 1e6))
policies = st.builds(
    RetryPolicy,
    num_retries=st.integers(-2, 25),
    retry_min_wait=seconds,
    retry_max_wait=seconds,
    retry_multiplier=st.one_of(st.integers(-5, 500), st.floats(-5, 500), st.floats(0)),
)


class JumpingLoop(asyncio.SelectorEventLoop):
    """Its time stands still while there is something to do, and else jumps to the next timer."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0
        self._clock_resolution = 1e-6  # more than what a float of some months of seconds is exact to

    def time(self) -> float:
        return self._now

    def _run_once(self) -> None:
        while self._scheduled and self._scheduled[0]._cancelled:
            heapq.heappop(self._scheduled)._scheduled = False
        if not self._ready and self._scheduled:
            self._now = max(self._now, self._scheduled[0]._when)
        super()._run_once()


class Limited:
    """Stands for a probe before a provider that is always busy; a request takes no time."""

    async def call(self, order: ProbeOrder, limit: float) -> Reply:
        return LIMITED


@pytest.fixture(scope="module")
def loop():
    loop = JumpingLoop()
    yield loop
    loop.close()


def tenacitys_own(policy: RetryPolicy) -> list[float]:
    """The waits of a plain tenacity decorator with OpenHands' arguments."""
    slept: list[float] = []
    retrying = tenacity.Retrying(
        stop=tenacity.stop_after_attempt(policy.num_retries), sleep=slept.append, reraise=True,
        wait=tenacity.wait_exponential(
            multiplier=policy.retry_multiplier, min=policy.retry_min_wait, max=policy.retry_max_wait
        ),
    )  # fmt: skip
    with pytest.raises(ZeroDivisionError):
        retrying(lambda: 1 // 0)
    return slept


@settings(max_examples=500 if os.environ.get("CI") else 200)
@given(policies)
@example(RetryPolicy())
@example(RetryPolicy(4, 50, 10, 2))
@example(RetryPolicy(0, 0, 0, 0))
@example(RetryPolicy(9, 1, 60, float("inf")))
@example(RetryPolicy(9, 1, 60, 1e308))
def test_the_schedule_is_tenacitys_own_and_that_of_a_run(loop, policy):
    async def play():
        trial = Trial(Limited(), ProbeOrder("ollama/x", "?"), policy, clock=loop.time)
        return [event async for event in trial.run()]

    events = loop.run_until_complete(play())
    waits = policy.waits()
    assert waits == tenacitys_own(policy) == [row.wait for row in rows(policy)]
    assert [event.seconds for event in events if isinstance(event, Waiting)] == waits
    began = [event.at for event in events if isinstance(event, AttemptStarted)]
    assert [later - earlier for earlier, later in pairwise(began)] == pytest.approx(waits, abs=1e-6)
    assert began[-1] == pytest.approx(policy.total(), abs=1e-4)
    assert events[-1].attempts == policy.attempts


async def test_the_waits_of_a_real_run():
    policy = RetryPolicy(3, 1, 1.5, 1)
    events = [event async for event in Trial(Limited(), ProbeOrder("ollama/x", "?"), policy).run()]
    began = [event.at for event in events if isinstance(event, AttemptStarted)]
    assert all(later - earlier >= wait for (earlier, later), wait in zip(pairwise(began), [1, 1.5], strict=True))
