"""A test from the first attempt to its outcome, retried by tenacity as OpenHands would retry it."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from typing import Final

from tui.retry.policy import RetryPolicy
from tui.retry.transient import NO_CHOICES, is_transient
from tui.trial.diagnosis import diagnose, explain
from tui.trial.events import Attempt, AttemptStarted, Event, Outcome, Waiting
from tui.trial.order import Order
from tui.trial.probe_client import Caller
from tui.trial.reply import Reply

LONGEST_CALL: Final = 120.0
"""Seconds for one request when the settings name no timeout; OpenHands itself would wait 100 minutes."""
_FINAL: Final = frozenset(
    {"redirected", "foreign-origin", "no-key", "no-provider", "login", "missing-package", "probe-crashed"}
)
"""Causes after which the same call cannot fare better, whatever class litellm gives them."""


class Trial:
    """One test of `order`, for one `run()`. `host` is shown in the diagnosis."""

    def __init__(
        self, probe: Caller, order: Order, policy: RetryPolicy, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._probe = probe
        self._order = order
        self._policy = policy
        self._clock = clock
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._impatience = asyncio.Event()
        self._number = 0
        self._begun = 0.0

    def retry_now(self) -> None:
        """End the wait that is going on, if one is."""
        self._impatience.set()

    async def run(self) -> AsyncGenerator[Event]:
        """Events as they happen; the last one is the Outcome. Cancelling, or closing, stops a request or a wait."""
        self._begun = self._clock()
        work = asyncio.create_task(self._work())
        work.add_done_callback(lambda _done: self._events.put_nowait(None))
        try:
            while event := await self._events.get():
                yield event
            work.result()
        finally:
            work.cancel()
            await asyncio.wait([work])

    async def _work(self) -> None:
        if self._order.needs_key and not self._order.has_key:
            self._conclude(None)
            return
        import tenacity

        retrying = tenacity.AsyncRetrying(
            wait=self._policy.wait(),
            stop=self._policy.stop(),
            sleep=self._wait,
            retry=tenacity.retry_if_result(lambda attempt: attempt.retryable),
            retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
        )
        self._conclude((await retrying(self._attempt)).reply)

    async def _attempt(self) -> Attempt:
        self._number += 1
        at = self._clock() - self._begun
        self._events.put_nowait(AttemptStarted(self._number, at))
        reply = await self._probe.call(self._order, self._limit())
        attempt = Attempt(self._number, at, reply, _is_retryable(reply))
        self._events.put_nowait(attempt)
        if reply.error == NO_CHOICES:  # OpenHands asks again with more temperature, too
            self._order = replace(self._order, options={**self._order.options, "temperature": 1.0})
        return attempt

    async def _wait(self, seconds: float) -> None:
        """Stands where tenacity sleeps: a wait that `retry_now` ends."""
        self._impatience.clear()
        self._events.put_nowait(Waiting(self._number, seconds))
        try:
            async with asyncio.timeout(seconds):
                await self._impatience.wait()
        except TimeoutError:
            return

    def _limit(self) -> float:
        timeout = self._order.options.get("timeout")
        return float(timeout) if timeout else LONGEST_CALL

    def _conclude(self, reply: Reply | None) -> None:
        seconds = self._clock() - self._begun
        if reply is None:
            why = explain("no-key", self._order)
            outcome = Outcome(False, 0, "", None, None, None, seconds, why)  # noqa: FBT003 - not ok, nothing received
        else:
            outcome = Outcome(
                reply.ok, self._number, reply.text, reply.prompt_tokens, reply.completion_tokens, reply.cost_usd,
                seconds, None if reply.ok else diagnose(reply, self._order),
            )  # fmt: skip
        self._events.put_nowait(outcome)


def _is_retryable(reply: Reply) -> bool:
    return reply.error is not None and reply.cause not in _FINAL and is_transient(reply.error)
