"""Which rows of litellm's price list are models to choose from, and how each is written."""

import re
import sys
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from math import inf
from typing import Any, Final

from tui.catalog.model import STEP_INPUT, Model

NOT_OFFERED: Final = frozenset(
    (
        *("inferenceapis", "coralbricks", "scaledown", "openinfer", "anyscale", "fal_ai"),  # litellm has no way there
        *("github_copilot", "chatgpt", "microsoft_365_copilot"),  # would start a login on a device
    )
)

_FAMILIES: Final = {"bedrock_converse": "bedrock", "ai21": "ai21_chat"}
_OTHER_USE: Final = (
    *("audio", "tts", "realtime", "image", "transcri", "lyria", "robotics", "embed", "-ocr", "ocr-", "granite-ttm"),
    *("guard", "search-preview", "search-api", "computer-use", "deep-research", "ft:"),
    *("together-ai-", "fireworks-ai-"),  # a price for all models of some size
)
"""Parts of the names of what is no chat model to work with."""
_NUMBERS: Final = (int, float)
_ELSEWHERE: Final = {
    "azure": re.compile(r"^(eu|us|global|global-standard)/|^container$|^mistral-large-latest$"),
    "openai": re.compile(r"^container$"),
    "bedrock": re.compile(r"^(\*|[a-z]{2}(-[a-z]+)+-\d|invoke)/|commitment/|^[^.]*$|@"),
    "bedrock_mantle": re.compile(r"^[a-z]{2}(-[a-z]+)+-\d/"),
}
"""Prices of one region or contract for a model that has a row of its own; and ids that lead to no such provider."""
_ABOVE: Final = re.compile(r"(?P<price>\w+_cost(?:_per_token)?)_above_(?P<thousands>\d+)k_tokens")
_CACHED_SHARE: Final = {"fireworks_ai": 0.5}
"""What litellm takes of the input's price for cached input where the row has none (its `cache_pricing.py`)."""


def family_of(row: dict[str, Any]) -> str:
    """The family that a row belongs to, "" when it is not offered."""
    provider = row.get("litellm_provider")
    if not isinstance(provider, str) or provider in NOT_OFFERED:
        return ""
    return "vertex_ai" if provider.startswith("vertex_ai") else _FAMILIES.get(provider, provider)


def model_of(key: str, row: dict[str, Any]) -> Model | None:
    """The model that a row describes; None where it is no model for an agent, or a second price for one."""
    family = family_of(row) if row.get("mode") == "chat" else ""
    if not family:
        return None
    name = _name(key, family)
    if not _is_for_text(name, row) or _is_second_price(name, family):
        return None
    prices = _tier(row)
    return Model(
        id=f"{family}/{name}",
        family=sys.intern(family),
        name=name,
        context=_count(row.get("max_input_tokens")),
        max_output=_count(row.get("max_output_tokens")),
        input_per_million=_price(prices.get("input_cost_per_token")),
        output_per_million=_price(prices.get("output_cost_per_token")),
        cached_per_million=_cached_price(prices, family),
        vision=_flag(row.get("supports_vision")),
        tools=_flag(row.get("supports_function_calling")),
        caching=_flag(row.get("supports_prompt_caching")),
        reasoning=_flag(row.get("supports_reasoning")),
        retired_on=_date(row.get("deprecation_date")),
    )


def _name(key: str, family: str) -> str:
    """`key` without the family in front, which it may or may not have, with either kind of dash."""
    first, slash, rest = key.partition("/")
    return rest if slash and first.replace("-", "_") == family.replace("-", "_") else key


def _is_for_text(name: str, row: dict[str, Any]) -> bool:
    out = row.get("supported_output_modalities")
    named = name.lower()
    return (not isinstance(out, list) or "text" in out) and not any(map(named.__contains__, _OTHER_USE))


def _is_second_price(name: str, family: str) -> bool:
    elsewhere = _ELSEWHERE.get(family)
    return elsewhere is not None and elsewhere.search(name) is not None


def _count(value: Any) -> int | None:
    return _whole(value) if type(value) in _NUMBERS and 0 < value < inf else None


def _price(value: Any) -> float | None:
    return _per_million(value) if type(value) in _NUMBERS and 0 <= value < inf else None


@lru_cache(maxsize=4096, typed=True)
def _whole(value: float) -> int:
    return int(value)


@lru_cache(maxsize=4096, typed=True)
def _per_million(value: float) -> float:
    return round(value * 1_000_000, 9)


def forget_numbers() -> None:
    """To be called after the last row. Rows with the same number share one object until then: that saves 0.2 MB."""
    _whole.cache_clear()
    _per_million.cache_clear()


def _cached_price(prices: dict[str, Any], family: str) -> float | None:
    own = _price(prices.get("cache_read_input_token_cost"))
    full, share = _price(prices.get("input_cost_per_token")), _CACHED_SHARE.get(family)
    return full * share if own is None and full is not None and share is not None else own


def _tier(row: dict[str, Any]) -> dict[str, Any]:
    """The prices that hold for one step of an agent; some providers ask more for longer prompts."""
    row = {**row, **_above(row)}
    tiers = row.get("tiered_pricing")
    if "input_cost_per_token" in row or not isinstance(tiers, list):
        return row
    ranges = [(tier, tier.get("range")) for tier in tiers if isinstance(tier, dict)]
    fitting = [tier for tier, ends in ranges if isinstance(ends, list) and len(ends) == 2 and _is_within(ends)]
    return fitting[0] if fitting else row


def _above(row: dict[str, Any]) -> dict[str, Any]:
    """The prices for prompts that are longer than a limit below a step's, by their plain names."""
    found = [(match, value) for key, value in row.items() if (match := _ABOVE.fullmatch(key))]
    found = [(match, value) for match, value in found if int(match["thousands"]) * 1000 < STEP_INPUT]
    return {match["price"]: value for match, value in sorted(found, key=lambda pair: int(pair[0]["thousands"]))}


def _is_within(ends: list[Any]) -> bool:
    return all(type(end) in _NUMBERS for end in ends) and ends[0] < STEP_INPUT <= ends[1]


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (ValueError, TypeError):
        return None


# -- litellm's published list of models and prices, as the catalogue wants it


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
