"""Which rows of litellm's price list are models to choose from, and how each is written."""

import re
import sys
from datetime import date
from math import inf
from typing import Any, Final

from tui.catalog.model import Model

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
    "azure": re.compile(r"^(eu|us|global|global-standard)/|^container$"),
    "openai": re.compile(r"^container$"),
    "bedrock": re.compile(r"^(\*|[a-z]{2}(-[a-z]+)+-\d|invoke)/|commitment/|^[^.]*$|@"),
    "bedrock_mantle": re.compile(r"^[a-z]{2}(-[a-z]+)+-\d/"),
}
"""Prices of one region or contract for a model that has a row of its own; and ids that the provider does not have."""


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
    return Model(
        id=f"{family}/{name}",
        family=sys.intern(family),
        name=name,
        context=_count(row.get("max_input_tokens")),
        max_output=_count(row.get("max_output_tokens")),
        input_per_million=_price(row.get("input_cost_per_token")),
        output_per_million=_price(row.get("output_cost_per_token")),
        cached_per_million=_price(row.get("cache_read_input_token_cost")),
        vision=_flag(row.get("supports_vision")),
        tools=_flag(row.get("supports_function_calling")),
        caching=_flag(row.get("supports_prompt_caching")),
        reasoning=_flag(row.get("supports_reasoning")),
        retired_on=_date(row.get("deprecation_date")),
    )


def merged(one: Model, other: Model) -> Model:
    """Two rows for one id, as litellm has with and without the prefix: what the first does not know, the second may."""
    return Model._make(mine if mine is not None else theirs for mine, theirs in zip(one, other, strict=True))


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
    return int(value) if type(value) in _NUMBERS and 0 < value < inf else None


def _price(value: Any) -> float | None:
    return round(value * 1_000_000, 6) if type(value) in _NUMBERS and 0 <= value < inf else None


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (ValueError, TypeError):
        return None
