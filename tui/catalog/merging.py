"""What a provider lists, and what the catalogue knows of it, as one list."""

from collections.abc import Iterable

from tui.catalog.listed import Listed
from tui.catalog.model import Model
from tui.catalog.models import Catalogue
from tui.catalog.provider import Provider
from tui.catalog.reputation import judged
from tui.catalog.search import newest_first
from tui.catalog.typed import listed_model


def with_list(catalogue: Catalogue, provider: Provider, listed: Iterable[Listed]) -> Catalogue:
    """The models of `provider` alone: those of the catalogue, and those that it lists, each marked as `live` or not.

    What the list says of a model counts; the catalogue adds what the list does not say.
    """
    family = provider.listed_as
    known = {model.id: model._replace(live=False) for model in catalogue.of(family)}
    new = []
    for row in listed:
        id_ = listed_model(row.name, provider)
        model = known.get(id_) or Model(id_, family, id_.removeprefix(provider.prefix))
        told = {name: value for name, value in row._asdict().items() if name != "name" and value is not None}
        said = "" if model.retired(catalogue.today) else model.recommended
        known[id_] = model._replace(**told, live=True, retired_on=None, recommended=said)
        new += [] if catalogue.get(id_) else [id_]
    strangers = judged([known.pop(id_) for id_ in dict.fromkeys(new)], catalogue.today)
    return Catalogue(
        newest_first([*known.values(), *strangers]),
        catalogue.providers,
        snapshot=catalogue.snapshot,
        today=catalogue.today,
    )
