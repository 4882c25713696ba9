"""What the Test step says of the time that is left is never wrong, whatever the server does."""

import asyncio
import re
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from trial.test_trial_schedule import JumpingLoop

from tui.retry.policy import RetryPolicy
from tui.trial.events import AttemptStarted, Outcome, Waiting
from tui.trial.order import Order
from tui.trial.reply import Reply
from tui.trial.runner import AS_OPENHANDS, LONGEST_CALL, Departures, Trial
from tui.widgets.attempt_list import AttemptList

SAID = re.compile(r"at most (?:(\d+):)?(\d+):(\d\d) left")
HUNG = Reply(None, "Timeout", cause="timeout")


class Slow:
    """A server that takes so long each time, the last one for ever; it is broken off at the limit."""

    def __init__(self, *seconds: float) -> None:
        self.seconds = list(seconds)

    async def ready(self) -> None:
        pass

    async def call(self, order: Order, limit: float) -> Reply:
        await asyncio.sleep(min(self.seconds.pop(0) if len(self.seconds) > 1 else self.seconds[0], limit))
        return HUNG


@pytest.fixture(scope="module")
def loop():
    loop = JumpingLoop()
    yield loop
    loop.close()


def attempt_list(now) -> AttemptList:
    attempts = AttemptList(now=now)
    attempts._clock = SimpleNamespace(reset=lambda: None, resume=lambda: None, pause=lambda: None)
    attempts.refresh = lambda *_regions: attempts
    return attempts


def promised(attempts: AttemptList) -> float | None:
    """Seconds at most, as the line below the attempts says them; None where it says nothing."""
    found = SAID.search(attempts._left()[0][0])
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3]) if found else None


async def told(trial: Trial, policy: RetryPolicy, departures: Departures, now) -> tuple[list[float | None], float]:
    """Until when it goes on at most, as said after each event; and when it was over."""
    attempts, said = attempt_list(now), []
    attempts.begin(policy, trial.longest_call, departures=departures)
    async for event in trial.run():
        attempts.take(event)
        if isinstance(event, AttemptStarted | Waiting):
            left = promised(attempts)
            said.append(None if left is None else now() + left)
        if isinstance(event, Outcome):
            break
    return said, now()


times = st.floats(0, 300, allow_nan=False)


@settings(deadline=None)
@given(
    policy=st.builds(RetryPolicy, st.integers(1, 9), st.integers(0, 60), st.integers(0, 120), st.floats(0, 8)),
    seconds=st.lists(times, min_size=1, max_size=4),
    timeout=st.none() | st.integers(1, 200),
    limit=st.none() | times,
)
@example(RetryPolicy(2, 4, 4, 1), [1e9], 30, None)
def test_the_time_left_is_never_too_short(loop, policy, seconds, timeout, limit):
    departures = Departures(time_limit=limit)
    order = Order("ollama/x", "?", options={"timeout": timeout} if timeout else {})
    trial = Trial(Slow(*seconds), order, policy, departures, clock=loop.time)
    said, ended = loop.run_until_complete(told(trial, policy, departures, loop.time))
    assert all(moment is not None and ended <= moment + 1e-3 for moment in said), (said, ended)


def at(seconds: float, event: AttemptStarted | Waiting, departures: Departures = AS_OPENHANDS) -> str:
    now = [0.0]
    attempts = attempt_list(lambda: now[0])
    attempts.begin(RetryPolicy(2, 4, 4, 1), 30.0, departures=departures)
    now[0] = event.at if isinstance(event, AttemptStarted) else 0.0
    attempts.take(event)
    now[0] = seconds
    return attempts._left()[0][0]


def test_a_request_that_hangs_counts():
    first = AttemptStarted(1, 0.0, 30.0)
    assert at(7, first) == "Attempt 1 of 2, 0:07 passed, at most 0:57 left."
    assert at(6.5, AttemptStarted(2, 0.0, 30.0)) == "Attempt 2 of 2, 0:06 passed, at most 0:24 left."
    assert at(1, Waiting(1, 4.0)) == "Attempt 2 of 2, 0:01 passed, at most 0:33 left."


def test_nothing_is_promised_where_nobody_knows():
    first = AttemptStarted(1, 0.0, 30.0)
    assert at(31, first) == "Attempt 1 of 2, 0:31 passed.", "it is being broken off"
    heeding = Departures(obeys_retry_after=True)
    assert at(7, first, heeding) == "Attempt 1 of 2, 0:07 passed.", "the provider may ask for an hour"
    both = Departures(obeys_retry_after=True, time_limit=90)
    assert at(7, first, both) == "Attempt 1 of 2, 0:07 passed, time limit in 1:23."


def test_a_test_without_a_timeout_counts_with_our_own():
    assert Trial(Slow(1), Order("ollama/x", "?"), RetryPolicy()).longest_call == LONGEST_CALL
