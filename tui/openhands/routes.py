"""Which provider a model's name leads to, and whether litellm would find one. Reads the snapshot if it must."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tui.catalog.providers import Provider, canonical, first_class, provider_of
from tui.openhands.field import Value

if TYPE_CHECKING:
    from tui.catalog.snapshot import Snapshot


class Route(NamedTuple):
    """Where the requests of some settings go."""

    named: str
    """litellm's id of the provider, as written: custom_llm_provider, or what stands before the slash; else ""."""
    provider: Provider | None
    """What we know of it; None for a less common one, or none at all."""


def route_of(values: Mapping[str, Value]) -> Route:
    """Where litellm would send the requests of these settings."""
    model, custom = str(values.get("model", "")), str(values.get("custom_llm_provider", ""))
    named = custom or (model.partition("/")[0] if "/" in model else "")
    return Route(named, provider_of(model, str(values.get("base_url", "")), custom, first_class()))


def provider_in(values: Mapping[str, Value]) -> Provider | None:
    """Whose model these settings name, less common providers included; None when litellm would not know either."""
    route = route_of(values)
    if route.provider or not route.named or not is_known(route.named):
        return route.provider
    named = canonical(route.named)
    return next((provider for provider in _less_common(named) if provider.id == named), None)


def is_known(provider: str) -> bool:
    """Whether litellm has a provider of this id; true as well when nobody knows."""
    known = _snapshot()
    return known is None or provider in known.known


def is_bare_model(model: str) -> bool:
    """Whether litellm knows this name of a model without a provider; true as well when nobody knows."""
    known = _snapshot()
    return known is None or model in known.bare


@lru_cache(maxsize=16)
def _less_common(named: str) -> list[Provider]:
    from tui.catalog.long_tail import less_common, plain_provider

    known = _snapshot()
    return [*(less_common(known) if known else ()), plain_provider(named)]


def _snapshot() -> "Snapshot | None":
    from tui.catalog.snapshot import current  # a first start asks none of this

    try:
        return current()
    except (OSError, ValueError):
        return None
