"""Which provider a model's name leads to, and whether litellm would find one. Reads litellm's files if it must."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from tui.catalog.providers import Provider, first_class, provider_of
from tui.settings.field import Value


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
    return next((provider for provider in _less_common(route.named) if provider.id == route.named), None)


@lru_cache(maxsize=256)
def is_known(provider: str) -> bool:
    """Whether litellm has a provider of this id; true as well when its files cannot be read."""
    ids = _provider_ids()
    return not ids or provider in ids


@lru_cache(maxsize=32)
def is_bare_model(model: str) -> bool:
    """Whether litellm knows this name of a model without a provider; true as well when its list cannot be read."""
    from tui.catalog import litellm_files  # a first start asks none of this

    try:
        return any(key == model for key, _row in litellm_files.price_rows(litellm_files.litellm_folder()))
    except (OSError, ValueError, RecursionError):
        return True


@lru_cache(maxsize=16)
def _less_common(named: str) -> list[Provider]:
    from tui.catalog import litellm_files
    from tui.catalog.long_tail import LongTail, plain_providers

    try:
        return LongTail(litellm_files.litellm_folder()).providers([named])
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return plain_providers([named])


@cache
def _provider_ids() -> frozenset[str]:
    from tui.catalog import litellm_files

    try:
        folder = litellm_files.litellm_folder()
        forms, support = litellm_files.provider_forms(folder), litellm_files.provider_support(folder)
        return frozenset({*forms, *support, *litellm_files.openai_like(folder)})
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return frozenset()
