"""What a test is going to do: the real thing, or its rehearsal."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from tui.retry.policy import RetryPolicy
from tui.trial.order import REHEARSED, Order
from tui.trial.scenes import Script

PROMPT: Final = "Reply with the single word: ready"
SPEED: Final = 10.0
"""By how much the waits of a rehearsal are shortened, if nothing else is asked for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """An order, and the waits with which it is repeated: OpenHands' own, or those divided by `speed`."""

    order: Order
    policy: RetryPolicy
    openhands: RetryPolicy
    speed: float = 1.0

    @property
    def is_rehearsal(self) -> bool:
        """Whether our own provider is asked."""
        return self.order.model == REHEARSED


def real(order: Order, policy: RetryPolicy) -> Plan:
    """The order as it is, with OpenHands' own waits."""
    return Plan(order, policy, policy)


@asynccontextmanager
async def rehearsed(prompt: str, policy: RetryPolicy, script: Script, speed: float = SPEED) -> AsyncIterator[Plan]:
    """The prompt to a provider of our own, which is there as long as the context. Raises OSError."""
    from tui.trial.rehearsal import Rehearsal, rehearsal_order, shortened  # for those who rehearse

    async with Rehearsal(script, speed) as server:
        yield Plan(rehearsal_order(prompt, server.base_url, speed), shortened(policy, speed), policy, speed)
