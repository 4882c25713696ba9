"""Choosing a model for a draft: what is offered for a text, whose it is, and what is to be said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tui.base.foreign import clean
from tui.base.key_shapes import looks_like_key
from tui.base.translation import _
from tui.catalog.live_list import NoList
from tui.catalog.models import Arrangement, Catalogue, Model, typed_model
from tui.catalog.providers import Provider, provider_of
from tui.catalog.typed_models import is_address, serves
from tui.drafts.draft import Draft

SHOWN: Final = 400
"""Other providers' models at most; one types on rather than scrolls further."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, to be used as it is."""

    id: str


Row = Model | Typed


@dataclass(frozen=True)
class ModelChoice:
    """What there is to choose from: the catalogue, None while it is read, and what the provider itself lists."""

    draft: Draft
    catalogue: Catalogue | None
    live: Catalogue | NoList | None = None
    arrangement: Arrangement = field(default_factory=Arrangement)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Models that other groups use, and which."""

    def rows(self, query: str) -> tuple[list[Row], list[Row]]:
        """What fits a text: models of the provider, and of others; what was typed can always be used as it is."""
        provider, catalogue = self.draft.provider, self.catalogue
        # where pastes come as typing, nothing else refuses a key
        if provider is None or looks_like_key(query) or is_address(query):
            return [], []
        known = self.live if isinstance(self.live, Catalogue) else catalogue
        mine: list[Row] = [*self._arranged(known.search(query, provider.listed_as))] if known else []
        if not query:
            mine.sort(key=lambda row: row.id not in self.elsewhere)
        if provider.id == "bedrock":
            region = self.draft.effective_text("aws_region_name")
            mine.sort(key=lambda row: not serves(row.id.removeprefix(provider.prefix), region))
        typed: list[Row] = [Typed(typed_model(query, provider))] if query else []
        present = self.draft.texts["model"].strip()
        if not query and present and all(row.id != present for row in mine):
            typed = [Typed(present)]
        exact = next((row for row in mine if typed and row.id == typed[0].id), None)
        exact = exact or (catalogue.get(typed[0].id) if catalogue and query and typed else None)
        if exact:
            mine = [exact, *(row for row in mine if row.id != exact.id)]
            typed = []
        return [*mine, *typed] if query else [*typed, *mine], self._others(query, exact)

    def _others(self, query: str, exact: Row | None) -> list[Row]:
        provider, catalogue = self.draft.provider, self.catalogue
        if provider is None or catalogue is None:
            return []
        if not query:
            used = (catalogue.get(id_) for id_ in self.elsewhere)
            return [model for model in used if model and model.family != provider.listed_as]
        if not self.shows_others:
            return []
        found = self._arranged(catalogue.search_others(query, provider.family))[:SHOWN]
        return [row for row in found if row is not exact]

    def _arranged(self, models: list[Model]) -> list[Model]:
        return self.arrangement.of(models, self.catalogue.today) if self.catalogue else models

    @property
    def shows_others(self) -> bool:
        """A provider whose models the catalogue does not have takes any name; others' would only confuse."""
        return self.draft.provider is not None and bool(self.draft.provider.family)

    def doubt(self, row: Row) -> str:
        """Why nobody knows what was typed, "" where somebody does."""
        if self.catalogue is None:
            return _("The list of models is still being read.")
        if not is_unknown(row.id, self.draft.provider, self.catalogue, self.live):
            return ""
        name = clean(row.id, limit=50)
        if isinstance(self.live, Catalogue):
            return _("The provider's own list has no {name}.").format(name=name)
        return _("{name} is unknown to litellm.").format(name=name)

    def take(self, row: Row) -> Provider | None:
        """Put it into the draft. Another provider's model changes provider: then that one, whose key is needed."""
        other = self._other_provider(row)
        if other:
            self.draft.choose_provider(other)
        self.draft.edit("model", row.id)
        return other

    def _other_provider(self, row: Row) -> Provider | None:
        """Whose model it is, if it is not one of the chosen provider's."""
        provider, catalogue = self.draft.provider, self.catalogue
        if provider is None or catalogue is None:
            return None
        if isinstance(row, Model):
            if row.family == provider.listed_as:
                return None
            return next((p for p in catalogue.providers if p.family == row.family), None)
        if row.id.startswith(provider.prefix) or row.id == self.draft.texts["model"]:
            return None
        other = provider_of(row.id, "", "", catalogue.providers)
        return other if other and other.id != provider.id else None

    def nothing(self, query: str) -> str:
        """Why there is no row."""
        if looks_like_key(query):
            return _("That looks like an API key, not a model. Its place is the Key step.")
        if is_address(query):
            return _("That is an address, not a model. Its place is the base URL.")
        if self.catalogue and self.catalogue.problem:
            return self.catalogue.problem
        return _("Type the model's name as your provider calls it.")


_NAMES_OF_ONES_OWN: Final = ("azure",)
"""Here a model is what the user called a deployment."""


def is_unknown(
    model: str, provider: Provider | None, catalogue: Catalogue | None, live: Catalogue | NoList | None
) -> bool:
    """Whether neither litellm's catalogue nor the provider's own list has `model`; false where no list could.

    A server of the user's own has whatever was put on it, and only its own list tells.
    """
    if provider is None or catalogue is None or catalogue.problem or not model:
        return False
    short = model.partition("/")[2] if provider_of(model, "", "", (provider,)) else model
    names = (model, provider.prefix + short, provider.prefix + model)
    if any(map(catalogue.get, names)):
        return False
    if isinstance(live, Catalogue):
        return not any(map(live.get, names))
    return bool(provider.family) and provider.costs and provider.id not in _NAMES_OF_ONES_OWN
