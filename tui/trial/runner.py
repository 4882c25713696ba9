"""A test from the first attempt to its outcome, retried by tenacity as OpenHands would retry it."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tui.credentials.key_faults import unsendable
from tui.openhands.releases import unknown_up_to
from tui.retry.policy import RetryPolicy
from tui.retry.retried import NO_CHOICES, is_transient
from tui.trial.diagnosis import Diagnosis, diagnose, explain
from tui.trial.events import Attempt, AttemptStarted, Event, Outcome, Waiting
from tui.trial.probe_client import Caller
from tui.trial.probe_order import ProbeOrder
from tui.trial.recognition import half_of_a_pair
from tui.trial.reply import Reply

if TYPE_CHECKING:
    import tenacity

    from tui.catalog.models import Catalogue

LONGEST_CALL: Final = 120.0
"""Seconds for one request when the settings name no timeout; OpenHands itself would wait 100 minutes."""
_FINAL: Final = frozenset(
    {"redirected", "foreign-origin", "no-key", "unsendable-key", "no-provider", "no-project", "login",
     "missing-package", "no-litellm", "too-large", "probe-crashed", "probe-failed"}
)  # fmt: skip
"""Causes after which the same call cannot fare better, whatever class litellm gives them."""


@dataclass(frozen=True, slots=True)
class TrialOptions:
    """In what a test departs from OpenHands; by default in nothing."""

    obeys_retry_after: bool = False
    """Wait as long as the provider asks for, where that is longer."""
    time_limit: float | None = None
    """Seconds after which no further attempt begins, and the last one is broken off."""


AS_OPENHANDS: Final = TrialOptions()


class Trial:
    """One test of `order`, for one `run()`."""

    def __init__(
        self,
        probe: Caller,
        order: ProbeOrder,
        policy: RetryPolicy,
        trial_options: TrialOptions = AS_OPENHANDS,
        *,
        catalogue: "Callable[[], Catalogue | None]" = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._probe = probe
        self._order = order
        self._policy = policy
        self._trial_options = trial_options
        self._catalogue = catalogue
        self._clock = clock
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._skip_wait = asyncio.Event()
        self._number = 0
        self._begun = 0.0
        self._last: Attempt | None = None

    @property
    def attempts(self) -> int:
        """How many have begun."""
        return self._number

    @property
    def asks(self) -> bool:
        """Whether a request will be made at all, for which the probe had better be ready."""
        return _unasked(self._order) is None

    def retry_now(self) -> None:
        """End the wait that is going on, if one is."""
        self._skip_wait.set()

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
        why = _unasked(self._order)
        if why:
            self._conclude_unasked(why)
            return
        import tenacity

        wait, stop = self._policy.wait(), self._policy.stop()
        retrying = tenacity.AsyncRetrying(
            wait=lambda state: max(wait(state), self._asked_for(state)),
            stop=lambda state: stop(state) or self._is_out_of_time(state),
            sleep=self._wait,
            retry=tenacity.retry_if_result(lambda attempt: attempt.retryable),
            retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
        )
        self._conclude(await retrying(self._attempt))

    async def _attempt(self) -> Attempt:
        self._number += 1
        at = self._elapsed()
        limit = self._limit()
        self._events.put_nowait(AttemptStarted(self._number, at, limit))
        reply = await self._probe.call(self._order, limit)
        attempt = Attempt(self._number, at, reply, _is_retryable(reply))
        self._events.put_nowait(attempt)
        self._last = attempt
        if reply.error == NO_CHOICES and not self._order.options.get("temperature"):
            # OpenHands asks again with more temperature, too
            self._order = replace(self._order, options={**self._order.options, "temperature": 1.0})
        return attempt

    async def _wait(self, seconds: float) -> None:
        """Stands where tenacity sleeps: a wait that `retry_now` ends."""
        self._skip_wait.clear()
        self._events.put_nowait(Waiting(self._number, seconds))
        try:
            async with asyncio.timeout(seconds):
                await self._skip_wait.wait()
        except TimeoutError:
            return

    def _asked_for(self, state: "tenacity.RetryCallState") -> float:
        """Seconds that the provider asks to wait, where they count."""
        attempt = state.outcome.result() if state.outcome else None
        return (attempt.retry_after or 0.0) if attempt and self._trial_options.obeys_retry_after else 0.0

    def _is_out_of_time(self, state: "tenacity.RetryCallState") -> bool:
        """Whether the next attempt would begin after the time limit."""
        limit = self._trial_options.time_limit
        return limit is not None and self._elapsed() + state.upcoming_sleep >= limit

    def _elapsed(self) -> float:
        return self._clock() - self._begun

    @property
    def longest_call(self) -> float:
        """Seconds that one request may take, all in all: litellm's own timeout begins anew with each read."""
        timeout = self._order.options.get("timeout")
        return float(timeout) if timeout else LONGEST_CALL

    def _limit(self) -> float:
        """Seconds that the next request may take."""
        limit = self._trial_options.time_limit
        return self.longest_call if limit is None else max(min(self.longest_call, limit - self._elapsed()), 0.0)

    def _conclude_unasked(self, why: Diagnosis) -> None:
        self._events.put_nowait(
            Outcome(ok=False, attempts=0, text="", prompt_tokens=None, completion_tokens=None, cost_usd=None,
                    seconds=self._elapsed(), diagnosis=why)
        )  # fmt: skip

    def _conclude(self, last: Attempt) -> None:
        self._events.put_nowait(self._outcome(last))

    def so_far(self) -> Outcome | None:
        """What the last attempt would have come to as the end of the test; None before there was one."""
        return self._outcome(self._last) if self._last else None

    def _outcome(self, last: Attempt) -> Outcome:
        reply = last.reply
        return Outcome(
            reply.ok, self._number, reply.text, reply.prompt_tokens, reply.completion_tokens, reply.cost_usd,
            self._elapsed(), None if reply.ok else diagnose(reply, self._order, self._catalogue), last,
            out_of_time=last.retryable and self._number < self._policy.attempts,
            unknown_up_to=unknown_up_to(self._order.family) if reply.ok else "",
        )  # fmt: skip


def _unasked(order: ProbeOrder) -> Diagnosis | None:
    """Why no request is made; None when one is."""
    if found := unsendable(order.secrets):
        return Diagnosis("bad-key", found[1].sentence, found[1].hint, found[0])
    if fault := order.key_fault:
        return Diagnosis("bad-key", fault.sentence, fault.hint, "api_key")
    missing = _missing(order)
    return explain(missing, order, order.proxy) if missing else None


def _missing(order: ProbeOrder) -> str:
    """Why no request is worth while, as a reason of `explain`; "" when one is."""
    if order.needs_key and not order.has_key:
        return "no-key"
    if half := half_of_a_pair(order):
        return half
    return "proxy-before-local" if order.proxy else ""


def _is_retryable(reply: Reply) -> bool:
    return reply.error is not None and reply.cause not in _FINAL and is_transient(reply.error)
