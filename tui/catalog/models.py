"""All providers and models that can be chosen, and finding them. Loaded without a network."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from tui.base.translation import _
from tui.catalog.first_class import first_class
from tui.catalog.long_tail import less_common
from tui.catalog.model import Model, typical_task_cost
from tui.catalog.provider import Provider
from tui.catalog.reputation import MAKERS, judged, order, remembered
from tui.catalog.search import Haystack, standing
from tui.catalog.snapshot import Snapshot, current
from tui.catalog.typed_models import listed_model, typed_model

__all__ = ["Catalogue", "Model", "listed_model", "load_catalogue", "typed_model", "typical_task_cost"]


class Catalogue:
    """Immutable once built. `models` stand as an empty search shows them: those verified today first, retired last.

    They are given the newest first: equals keep that order.
    """

    def __init__(
        self,
        models: Iterable[Model] = (),
        providers: Iterable[Provider] = (),
        *,
        snapshot: Snapshot | None = None,
        problem: str = "",
        today: date | None = None,
    ) -> None:
        self.providers = tuple(providers) or first_class()
        self.today = today or _today()
        """The day by which models count as retired."""
        self.models = tuple(_in_order(models, self.providers, self.today))
        self.snapshot = snapshot
        """What it was made of; None where that could not be read."""
        self.problem = problem
        """A sentence where there are no models: any id may be typed."""
        self._by_id = {model.id: model for model in self.models}
        self._positions: dict[str, list[int]] = {}
        for position, model in enumerate(self.models):
            self._positions.setdefault(model.family, []).append(position)

    @property
    def origin(self) -> str:
        """What it was made of, and how old that is, as a part of a sentence; "" where it could not be read."""
        if not self.snapshot:
            return ""
        days = max((self.today - self.snapshot.day).days, 0)
        words = _("{catalogue}, 1 day old") if days == 1 else _("{catalogue}, {days} days old")
        return words.format(catalogue=self.snapshot.name, days=days)

    def of(self, family: str) -> tuple[Model, ...]:
        """The models of one family, in order."""
        return tuple(self.models[position] for position in self._positions.get(family, ()))

    def get(self, id_: str) -> Model | None:
        """The model with exactly this id."""
        return self._by_id.get(id_)

    def search(self, query: str, family: str = "") -> list[Model]:
        """The models of `family` (all without one) that every word of `query` occurs in, best first."""
        if family:
            return self._found(query, self._positions.get(family, ()))
        return self._found(query, self._makers_first if query.strip() else range(len(self.models)))

    def search_others(self, query: str, family: str) -> list[Model]:
        """The same in all other families."""
        return self._found(query, [i for i in self._makers_first if self.models[i].family != family])

    def _resold(self, position: int) -> tuple[bool, bool]:
        """Sorts retired ones last, and before them what gateways and clouds offer beside its maker."""
        model = self.models[position]
        return model.retired(self.today), model.family not in MAKERS

    @cached_property
    def _makers_first(self) -> list[int]:
        return sorted(range(len(self.models)), key=self._resold)

    @cached_property
    def _haystack(self) -> Haystack:
        """Made by the first search: 10 ms and 1 MB that the first page has no use for."""
        return Haystack(self.models, {provider.listed_as: provider.name for provider in self.providers})

    def _found(self, query: str, among: Sequence[int]) -> list[Model]:
        return [self.models[position] for position in self._haystack.best_first(query, among)]


def load_catalogue(snapshot: Snapshot | None = None, today: date | None = None) -> Catalogue:
    """The catalogue of `snapshot`, or of the one in use: a refreshed one, else the bundled one. Never raises.

    `today` decides which models are retired.
    """
    today = today or _today()
    try:
        snapshot = snapshot or current()
    except (OSError, ValueError):
        problem = _("The list of models could not be read. Type the model as its provider names it.")
        return Catalogue(problem=problem, today=today)
    models = list(snapshot.models())
    models += remembered({model.id for model in models})
    providers = [*first_class(), *less_common(snapshot, snapshot.rows)]
    return Catalogue(judged(models, today), providers, snapshot=snapshot, today=today)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - a provider's last day is a day on the user's calendar, give or take hours


def _in_order(models: Iterable[Model], providers: Sequence[Provider], today: date) -> list[Model]:
    """What is offered, by standing, then the order of providers, then the best verified ones; equals stay in order."""
    place = {provider.family: number for number, provider in enumerate(providers)}
    return sorted(
        models, key=lambda m: (m.live is False, standing(m, today), place.get(m.family, len(place)), order(m))
    )


# -- which of some models are shown, and in which order, when somebody wants another one than the best first


class SortOrder(StrEnum):
    """What comes first."""

    BEST = "best"
    PRICE = "price"
    CONTEXT = "context"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """An order, and what is left out. As it is made, it changes nothing."""

    order: SortOrder = SortOrder.BEST
    needs: frozenset[str] = frozenset()
    """Of "vision", "tools", "caching", "reasoning": what a model must be known to do."""
    task_at_most: float | None = None
    """US dollars of a typical task; a model without a price does not pass."""

    def of(self, models: Iterable[Model], today: date) -> list[Model]:
        """Those of `models` that pass, in this order; retired ones stay behind the others. Equals keep their order."""
        passing = [model for model in models if self._passes(model)]
        if self.order is not SortOrder.BEST:
            passing.sort(key=lambda model: (model.retired(today), *self._place(model)))
        return passing

    def _passes(self, model: Model) -> bool:
        if not all(getattr(model, need) for need in self.needs):
            return False
        cost = typical_task_cost(model)
        return self.task_at_most is None or (cost is not None and cost <= self.task_at_most)

    def _place(self, model: Model) -> tuple[bool, float | str]:
        if self.order is SortOrder.NAME:
            return False, model.name.lower()
        value = typical_task_cost(model) if self.order is SortOrder.PRICE else model.context and -model.context
        return value is None, value or 0.0
