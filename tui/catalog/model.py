"""One model, and what a task with it would cost."""

from datetime import date
from typing import Final, NamedTuple

STEPS: Final = 30
STEP_INPUT: Final = 40_000
TASK_INPUT: Final = STEPS * STEP_INPUT
TASK_CACHED: Final = 0.8
TASK_OUTPUT: Final = 15_000
"""Tokens of a typical OpenHands task: nearly all is context that is sent again with each step, most of it cached."""


class Model(NamedTuple):
    """One row of the Model step. A tuple, because there are 2,600 of them. None is always: unknown."""

    id: str
    """As it is written to config.toml, prefix included."""
    family: str
    name: str
    """`id` without the prefix."""
    context: int | None = None
    """Tokens in."""
    max_output: int | None = None
    """Tokens out."""
    input_per_million: float | None = None
    """US dollars for a million tokens, as the two below."""
    output_per_million: float | None = None
    cached_per_million: float | None = None
    vision: bool | None = None
    tools: bool | None = None
    caching: bool | None = None
    reasoning: bool | None = None
    retired_on: date | None = None
    """The provider's last day for it; in the future: announced."""
    verified: bool = False
    """Verified with OpenHands, now or before it was retired."""
    place: int | None = None
    """Where it stands in OpenHands' present list of verified models, at whatever provider; None for nowhere."""
    recommended: str = ""
    """What became of a recommendation, and what to take today."""
    note: str = ""
    live: bool | None = None
    """Whether the provider itself lists it; None as long as it was not asked."""

    def retired(self, today: date) -> bool:
        """Whether the provider has switched it off."""
        return self.retired_on is not None and self.retired_on <= today


def typical_task_cost(model: Model) -> float | None:
    """US dollars of a typical OpenHands task; None = unknown. Without a price for cached input all is paid in full."""
    if model.input_per_million is None or model.output_per_million is None:
        return None
    cached = model.input_per_million if model.cached_per_million is None else model.cached_per_million
    per_input_token = (1 - TASK_CACHED) * model.input_per_million + TASK_CACHED * cached
    return (TASK_INPUT * per_input_token + TASK_OUTPUT * model.output_per_million) / 1_000_000
