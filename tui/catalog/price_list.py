"""litellm's published list of models and prices, as the catalogue wants it."""

from collections.abc import Mapping
from typing import Any

from tui.catalog.model import Model
from tui.catalog.rows import forget_numbers, model_of


def models_of(prices: Mapping[str, Any]) -> list[Model]:
    """The models in the members of the list; what is no row of a chat model is left out.

    Of two rows for one id, as litellm has with and without the prefix, the one with it counts, as in litellm.
    """
    found: dict[str, Model] = {}
    for key, row in prices.items():
        model = model_of(key, row) if isinstance(row, dict) else None
        if model and (key == model.id or model.id not in found):
            found[model.id] = model
    forget_numbers()
    return list(found.values())
