"""Which of some models are shown, and in which order, when somebody wants another one than the best first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tui.catalog.model import Model, typical_task_cost


class Order(StrEnum):
    """What comes first."""

    BEST = "best"
    PRICE = "price"
    CONTEXT = "context"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """An order, and what is left out. As it is made, it changes nothing."""

    order: Order = Order.BEST
    needs: frozenset[str] = frozenset()
    """Of "vision", "tools", "caching", "reasoning": what a model must be known to do."""
    task_at_most: float | None = None
    """US dollars of a typical task; a model without a price does not pass."""

    def of(self, models: Iterable[Model], today: date) -> list[Model]:
        """Those of `models` that pass, in this order; retired ones stay behind the others. Equals keep their order."""
        passing = [model for model in models if self._passes(model)]
        if self.order is not Order.BEST:
            passing.sort(key=lambda model: (model.retired(today), *self._place(model)))
        return passing

    def _passes(self, model: Model) -> bool:
        if not all(getattr(model, need) for need in self.needs):
            return False
        cost = typical_task_cost(model)
        return self.task_at_most is None or (cost is not None and cost <= self.task_at_most)

    def _place(self, model: Model) -> tuple[bool, float | str]:
        if self.order is Order.NAME:
            return False, model.name.lower()
        value = typical_task_cost(model) if self.order is Order.PRICE else model.context and -model.context
        return value is None, value or 0.0
