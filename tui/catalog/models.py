"""All providers and models that can be chosen, and finding them. Loaded in 100 ms, without a network."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from tui.base.translation import _
from tui.catalog import litellm_files
from tui.catalog.first_class import first_class
from tui.catalog.long_tail import LongTail, plain_providers
from tui.catalog.model import Model, typical_task_cost
from tui.catalog.provider import Provider
from tui.catalog.reputation import MAKERS, VERIFIED, judged, remembered, verified_place
from tui.catalog.rows import forget_numbers, model_of
from tui.catalog.search import Haystack, newness, standing
from tui.catalog.typed import listed_model, typed_model

__all__ = ["Catalogue", "Model", "listed_model", "load_catalogue", "typed_model", "typical_task_cost"]


class Catalogue:
    """Immutable once built. `models` stand as an empty search shows them: verified ones first, retired ones last."""

    def __init__(
        self,
        models: Iterable[Model] = (),
        providers: Iterable[Provider] = (),
        *,
        litellm_version: str = "",
        problem: str = "",
        today: date | None = None,
    ) -> None:
        self.providers = tuple(providers) or first_class()
        self.today = today or _today()
        """The day by which models count as retired."""
        self.models = tuple(_in_order(models, self.providers, self.today))
        self.litellm_version = litellm_version
        self.problem = problem
        """A sentence when a file of litellm's moved or broke: names or models are missing, and any id may be typed."""
        self._by_id = {model.id: model for model in self.models}
        self._positions: dict[str, list[int]] = {}
        for position, model in enumerate(self.models):
            self._positions.setdefault(model.family, []).append(position)

    @property
    def age(self) -> tuple[int, bool] | None:
        """Days since its prices were true, and whether exactly so many or at most; None where nobody knows."""
        released = litellm_files.released(self.litellm_version)
        return (max((self.today - released[0]).days, 0), released[1]) if released else None

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
        return model.retired(self.today), model.family not in MAKERS and model.id not in VERIFIED

    @cached_property
    def _makers_first(self) -> list[int]:
        return sorted(range(len(self.models)), key=self._resold)

    @cached_property
    def _haystack(self) -> Haystack:
        """Made by the first search: 10 ms and 1 MB that the first page has no use for."""
        return Haystack(self.models, {provider.listed_as: provider.name for provider in self.providers})

    def _found(self, query: str, among: Sequence[int]) -> list[Model]:
        return [self.models[position] for position in self._haystack.best_first(query, among)]


def load_catalogue(folder: Path | None = None, today: date | None = None) -> Catalogue:
    """The catalogue of the installed litellm, which is not imported; or of the one in `folder`. Never raises.

    `today` decides which models are retired.
    """
    today = today or _today()
    try:
        folder = folder or litellm_files.litellm_folder()
        described = _described(folder)  # first: what the models need is room then that this needed for a moment
        models = _models(folder, today)
    except (OSError, ValueError, RecursionError):
        models = []
    if not models or folder is None:
        problem = _("litellm's list of models could not be read. Type the model as its provider names it.")
        return Catalogue(problem=problem, today=today)
    families = {model.family for model in models}
    if described:
        providers, problem = described.providers(families), ""
    else:
        providers = plain_providers(families)
        problem = _("litellm's list of providers could not be read. The less common ones are shown by their ids.")
    version = litellm_files.litellm_version(folder)
    return Catalogue(models, [*first_class(), *providers], litellm_version=version, problem=problem, today=today)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - a provider's last day is a day on the user's calendar, give or take hours


def _models(folder: Path, today: date) -> list[Model]:
    """Of two rows for one id, as litellm has with and without the prefix, the one with it counts, as in litellm."""
    found: dict[str, Model] = {}
    for key, row in litellm_files.price_rows(folder):
        model = model_of(key, row)
        if model and (key == model.id or model.id not in found):
            found[model.id] = model
    forget_numbers()
    if not found:
        return []
    return judged([*found.values(), *remembered(found)], today)


def _described(folder: Path) -> LongTail | None:
    try:
        return LongTail(folder)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _in_order(models: Iterable[Model], providers: Sequence[Provider], today: date) -> list[Model]:
    """What is offered, by standing, then the order of providers, then the best verified ones, then the newer first."""
    place = {provider.family: number for number, provider in enumerate(providers)}
    ordered = sorted(models, key=lambda model: model.name)
    ordered.sort(key=lambda model: newness(model.name), reverse=True)
    ordered.sort(
        key=lambda m: (m.live is False, standing(m, today), place.get(m.family, len(place)), verified_place(m))
    )
    return ordered
