"""Whether anybody knows a model that was typed."""

from typing import Final

from tui.catalog.live_list import NoList
from tui.catalog.models import Catalogue
from tui.catalog.providers import Provider, provider_of

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
