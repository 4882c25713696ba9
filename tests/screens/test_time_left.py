"""What the Test step says of the time that is left is never wrong, whatever the server does."""

import asyncio
import re
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from textual.geometry import Size
from trial.test_trial_schedule import JumpingLoop

from tui.retry.policy import RetryPolicy
from tui.trial.events import Attempt, AttemptStarted, Outcome, Waiting
from tui.trial.probe_order import ProbeOrder
from tui.trial.reply import Reply
from tui.trial.runner import AS_OPENHANDS, LONGEST_CALL, Trial, TrialOptions
from tui.widgets.attempt_list import AttemptList

SAID = re.compile(r"(?:At|Then at) most (?:(\d+):)?(\d+):(\d\d) of waiting(?: left)?, each request up to [\d:]+\.")
NONE = re.compile(r"(?:Each request may take|This request may take|Then the last request,) up to [\d:]+\.")
HUNG = Reply(None, "Timeout", cause="timeout")


class Slow:
    """A server that takes so long each time, the last one for ever; it is broken off at the limit."""

    def __init__(self, *seconds: float) -> None:
        self.seconds = list(seconds)

    async def ready(self) -> None:
        pass

    async def call(self, order: ProbeOrder, limit: float) -> Reply:
        await asyncio.sleep(min(self.seconds.pop(0) if len(self.seconds) > 1 else self.seconds[0], limit))
        return HUNG


@pytest.fixture(scope="module")
def loop():
    loop = JumpingLoop()
    yield loop
    loop.close()


class Unmounted(AttemptList):
    size = Size(76, 20)


def attempt_list(now) -> AttemptList:
    attempts = Unmounted(now=now)
    attempts._clock = SimpleNamespace(reset=lambda: None, resume=lambda: None, pause=lambda: None)
    attempts.refresh = lambda *_regions: attempts
    return attempts


def promised(attempts: AttemptList) -> int | None:
    """Seconds of waiting still to come after what goes on, as the line below says; None where it says nothing."""
    said = attempts._left()[0][0]
    if found := SAID.fullmatch(said):
        return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])
    return 0 if NONE.fullmatch(said) else None


async def told(trial: Trial, policy: RetryPolicy, now) -> list[tuple[int | None, float]]:
    """After each event, the waiting left as it was said then; and that which there was from then on."""
    attempts, said, waits = attempt_list(now), [], []
    attempts.begin(policy, trial.longest_call)
    async for event in trial.run():
        attempts.take(event)
        if isinstance(event, Waiting):
            waits.append(event.seconds)
        if isinstance(event, AttemptStarted | Waiting):
            said.append((promised(attempts), sum(waits)))
        if isinstance(event, Outcome):
            break
    return [(promise, sum(waits) - before) for promise, before in said]


times = st.floats(0, 300, allow_nan=False)


@settings(deadline=None)
@given(
    policy=st.builds(RetryPolicy, st.integers(1, 9), st.integers(0, 60), st.integers(0, 120), st.floats(0, 8)),
    seconds=st.lists(times, min_size=1, max_size=4),
    timeout=st.none() | st.integers(1, 200),
)
@example(RetryPolicy(2, 4, 4, 1), [1e9], 30)
def test_the_waiting_left_is_that_which_comes_if_every_attempt_fails(loop, policy, seconds, timeout):
    order = ProbeOrder("ollama/x", "?", options={"timeout": timeout} if timeout else {})
    trial = Trial(Slow(*seconds), order, policy, clock=loop.time)
    said = loop.run_until_complete(told(trial, policy, loop.time))
    assert said
    assert all(promise is not None and abs(promise - waited) < 1.001 for promise, waited in said), said


def at(seconds: float, event: AttemptStarted | Waiting, trial_options: TrialOptions = AS_OPENHANDS) -> str:
    now = [0.0]
    attempts = attempt_list(lambda: now[0])
    attempts.begin(RetryPolicy(2, 4, 4, 1), 30.0, trial_options=trial_options)
    now[0] = event.at if isinstance(event, AttemptStarted) else 0.0
    attempts.take(event)
    now[0] = seconds
    return attempts._left()[0][0]


def test_the_waiting_is_said_and_what_a_request_that_hangs_may_add():
    first = AttemptStarted(1, 0.0, 30.0)
    assert at(7, first) == "At most 0:04 of waiting left, each request up to 0:30."
    assert at(31, first) == "At most 0:04 of waiting left, each request up to 0:30."
    assert at(1, Waiting(1, 4.0)) == "Then the last request, up to 0:30."
    assert at(6.5, AttemptStarted(2, 0.0, 30.0)) == "This request may take up to 0:30."


def test_no_waiting_is_promised_where_nobody_knows():
    first = AttemptStarted(1, 0.0, 30.0)
    heeding = TrialOptions(obeys_retry_after=True)
    assert "It waits as long as the provider asks for" in at(7, first, heeding), "the provider may ask for an hour"
    both = TrialOptions(obeys_retry_after=True, time_limit=90)
    assert at(7, first, both) == "The time limit ends it at 1:30."
    limited = TrialOptions(time_limit=90)
    assert at(7, first, limited) == "The time limit ends it at 1:30.", "which may cut a wait short"


def test_a_test_without_a_timeout_counts_with_our_own():
    assert Trial(Slow(1), ProbeOrder("ollama/x", "?"), RetryPolicy()).longest_call == LONGEST_CALL


def test_a_second_of_waiting_changes_one_clock_and_one_bar_and_nothing_else():
    now = [0.0]
    attempts = attempt_list(lambda: now[0])
    attempts.begin(RetryPolicy(), 120.0)
    attempts.take(AttemptStarted(1, 0.0, 120.0))
    attempts.take(Attempt(1, 0.0, Reply(429, "RateLimitError", seconds=0.3), retryable=True))
    attempts.take(Waiting(1, 15.0))
    before, now[0] = attempts._rows(), 1.0
    after = attempts._rows()
    changed = [number for number, rows in enumerate(zip(before, after, strict=True)) if rows[0] != rows[1]]
    assert changed == [0, 5], "the headline, and the row of the attempt that is waited for"
