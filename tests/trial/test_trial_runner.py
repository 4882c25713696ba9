"""The order of events, waits that can be cut short, and stopping at any moment; with a stand-in for the probe."""

import asyncio
import contextlib
import json
import subprocess
import sys

import pytest
from tools.patience import LIMIT

from tui.base.secret import Secret
from tui.retry.policy import RetryPolicy
from tui.trial.diagnosis import explain
from tui.trial.events import Attempt, AttemptStarted, Outcome, Waiting, as_json
from tui.trial.probe_order import ProbeOrder
from tui.trial.reply import Reply
from tui.trial.runner import Trial

LIMITED = Reply(429, "RateLimitError", "Slow down.", 0.3, retry_after=20.0, requests=1)
ANSWER = Reply(200, text="ready", prompt_tokens=14, completion_tokens=2, cost_usd=7.2e-05, seconds=0.9, requests=1)
ORDER = ProbeOrder("anthropic/claude-x", "Say ready", {"api_key": Secret("sk-0123456789")}, needs_key=True)
THREE_AT_ONCE = RetryPolicy(3, 0, 0, 0)


class Scripted:
    """Answers with the replies in turn; an exception is raised, None never answers."""

    def __init__(self, *replies):
        self.replies = list(replies)
        self.orders = []
        self.limits = []
        self.cancelled = False

    async def call(self, order, limit):
        self.orders.append(order)
        self.limits.append(limit)
        reply = self.replies.pop(0)
        if isinstance(reply, BaseException):
            raise reply
        if reply is None:
            try:
                await asyncio.Event().wait()
            finally:
                self.cancelled = True
        return reply


async def play(probe, policy=THREE_AT_ONCE, order=ORDER):
    return [event async for event in Trial(probe, order, policy).run()]


async def test_order_of_events():
    events = await play(Scripted(LIMITED, LIMITED, ANSWER))
    kinds = [AttemptStarted, Attempt, Waiting, AttemptStarted, Attempt, Waiting, AttemptStarted, Attempt, Outcome]
    assert [type(event) for event in events] == kinds
    assert [event.number for event in events if isinstance(event, Attempt)] == [1, 2, 3]
    assert [event.after for event in events if isinstance(event, Waiting)] == [1, 2]
    assert (events[-1].ok, events[-1].text, events[-1].attempts) == (True, "ready", 3)


async def test_the_waits_are_those_of_the_policy():
    policy = RetryPolicy(5, 15, 25, 10)
    trial = Trial(Scripted(*[LIMITED] * 5), ORDER, policy)
    waits = []
    async for event in trial.run():
        if isinstance(event, Waiting):
            waits.append(event.seconds)
            asyncio.get_running_loop().call_soon(trial.retry_now)
    assert waits == policy.waits() == [15, 20, 25, 25]


async def test_giving_up_after_the_last_attempt():
    events = await play(Scripted(LIMITED, LIMITED, LIMITED))
    assert (events[-1].ok, events[-1].attempts, events[-1].diagnosis.code) == (False, 3, "rate-limited")


async def test_impatience_before_a_wait_does_not_count():
    trial = Trial(Scripted(LIMITED, ANSWER), ORDER, RetryPolicy(2, 60, 60, 60))
    trial.retry_now()
    events = trial.run()
    async with asyncio.timeout(LIMIT), contextlib.aclosing(events):
        async for event in events:
            if isinstance(event, Waiting):
                break
        following = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not following.done()
        trial.retry_now()
        assert isinstance(await following, AttemptStarted)


@pytest.mark.parametrize("cause", ["redirected", "foreign-origin", "no-key", "no-provider", "probe-crashed"])
async def test_what_cannot_get_better_is_not_retried(cause):
    events = await play(Scripted(Reply(None, "InternalServerError", cause=cause)))
    assert events[-1].attempts == 1
    assert not events[-1].ok


async def test_empty_text_is_no_success_and_final():
    events = await play(Scripted(Reply(200, cause="empty-answer")))
    assert (events[-1].ok, events[-1].attempts, events[-1].diagnosis.code) == (False, 1, "empty-answer")


async def test_no_choices_is_retried_with_more_temperature():
    probe = Scripted(Reply(200, "LLMNoResponseError", cause="empty-answer"), ANSWER)
    assert (await play(probe))[-1].ok
    assert [order.options.get("temperature") for order in probe.orders] == [None, 1.0]


@pytest.mark.parametrize("secrets", [{}, {"api_key": Secret("")}])
async def test_a_missing_key_is_found_before_any_request(secrets):
    events = await play(Scripted(), order=ProbeOrder("anthropic/claude-x", "?", secrets, needs_key=True))
    assert [type(event) for event in events] == [Outcome]
    assert (events[0].diagnosis.code, events[0].diagnosis.field, events[0].attempts) == ("no-key", "api_key", 0)


@pytest.mark.parametrize(("options", "limit"), [({}, 120.0), ({"timeout": 7}, 7.0), ({"timeout": None}, 120.0)])
async def test_limit_of_a_call(options, limit):
    probe = Scripted(ANSWER)
    await play(probe, order=ProbeOrder("ollama/x", "?", options=options))
    assert probe.limits == [limit]


@pytest.mark.parametrize("replies", [[None], [LIMITED, ANSWER]])
async def test_cancelling_a_request_and_a_wait(replies):
    probe = Scripted(*replies)
    seen = asyncio.Queue()

    async def consume():
        async for event in Trial(probe, ORDER, RetryPolicy(2, 60, 60, 60)).run():
            seen.put_nowait(event)

    task = asyncio.create_task(consume())
    last = Waiting if replies[0] else AttemptStarted
    while not isinstance(await seen.get(), last):
        pass
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert probe.cancelled == (replies[0] is None)
    assert len(probe.orders) == 1
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_bug_in_the_caller_is_not_swallowed():
    with pytest.raises(ZeroDivisionError):
        await play(Scripted(ZeroDivisionError()))


async def test_time_is_taken_from_the_clock():
    ticks = iter([100.0, 101.0, 103.0, 110.0])
    trial = Trial(Scripted(LIMITED, ANSWER), ORDER, THREE_AT_ONCE, clock=lambda: next(ticks))
    events = [event async for event in trial.run()]
    assert [event.at for event in events if isinstance(event, Attempt)] == [1.0, 3.0]
    assert events[-1].seconds == 10.0


def test_json_lines():
    assert json.loads(json.dumps(as_json(Attempt(1, 0.0, LIMITED, retryable=True)))) == {
        "event": "attempt", "number": 1, "status": 429, "error": "RateLimitError", "message": "Slow down.",
        "seconds": 0.3, "retry_after": 20.0, "retryable": True,
    }  # fmt: skip
    assert as_json(AttemptStarted(1, 0.0, 30.0)) is None
    assert as_json(Waiting(1, 15.0)) == {"event": "wait", "after": 1, "seconds": 15.0}
    assert as_json(Outcome(True, 2, "ready", 14, 2, 7.2e-05, 16.3)) == {
        "event": "result", "ok": True, "attempts": 2, "text": "ready", "prompt_tokens": 14, "completion_tokens": 2,
        "cost_usd": 7.2e-05, "seconds": 16.3,
    }  # fmt: skip
    failed = as_json(Outcome(False, 1, "", None, None, None, 0.4, explain("bad-key", ORDER)))
    assert set(failed) == {"event", "ok", "attempts", "diagnosis", "seconds"}
    assert set(failed["diagnosis"]) == {"code", "message", "hint", "field"}


def test_importing_the_runner_loads_no_heavy_library():
    heavy = "{'litellm', 'httpx', 'tenacity', 'openai', 'http.server', 'textual'}"
    code = f"import sys, tui.trial.runner; sys.exit(', '.join({heavy} & set(sys.modules)) or 0)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
