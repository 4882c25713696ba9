"""The models that a server lists, from any of the shapes in which servers list them."""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from tui.catalog.model import Model
from tui.catalog.models import Catalogue
from tui.catalog.provider import Provider
from tui.catalog.reputation import judged
from tui.catalog.search import newest_first
from tui.catalog.typed_models import listed_model

MOST: Final = 5_000
"""Models that are taken of one list."""
_LONGEST: Final = 300
"""Characters of a name; nobody calls a model by a longer one."""
_MOST_TOKENS: Final = 1_000_000_000_000
_NOT_FOR_CHAT: Final = ("embed", "whisper", "tts-", "dall-e", "moderation", "rerank")


class Listed(NamedTuple):
    """One model of a list, and what the list says of it. None is always: it does not say. Prices for a million."""

    name: str
    context: int | None = None
    max_output: int | None = None
    input_per_million: float | None = None
    output_per_million: float | None = None
    cached_per_million: float | None = None
    vision: bool | None = None
    tools: bool | None = None
    reasoning: bool | None = None


def listed_in(body: Any) -> list[Listed]:
    """The chat models in a decoded answer. Raises ValueError where it is no list of models.

    OpenAI and most others have `data`, Gemini and Ollama `models`; LiteLLM's proxy, OpenRouter, Groq, vLLM, Mistral
    and Gemini tell more than a name, each in its own words.
    """
    rows = body.get("data", body.get("models")) if isinstance(body, dict) else body
    if not isinstance(rows, list):
        raise ValueError("no list of models")  # noqa: TRY004 - a server's answer, not a wrong argument
    found: dict[str, Listed] = {}
    for row in rows[:MOST]:
        for listed in _listed(row):
            found.setdefault(listed.name, listed)
    return list(found.values())


def _listed(row: Any) -> Iterator[Listed]:
    if not isinstance(row, dict):
        return
    name = next((row[key] for key in ("model_name", "id", "model", "name") if isinstance(row.get(key), str)), "")
    if 0 < len(name) <= _LONGEST and _is_for_chat(name, row):
        yield _details(name, row)


def _is_for_chat(name: str, row: Mapping[str, Any]) -> bool:
    methods = row.get("supportedGenerationMethods")  # Gemini's
    if isinstance(methods, list):
        return "generateContent" in methods
    capabilities = row.get("capabilities")  # Mistral's
    if isinstance(capabilities, dict) and capabilities.get("completion_chat") is False:
        return False
    mode = _part(row, "model_info").get("mode")  # the LiteLLM proxy's
    if isinstance(mode, str) and mode not in ("chat", "responses"):
        return False
    return not any(part in name.lower() for part in _NOT_FOR_CHAT)


def _details(name: str, row: Mapping[str, Any]) -> Listed:
    info, prices = _part(row, "model_info"), _part(row, "pricing")
    capabilities = _part(row, "capabilities")
    parameters, modalities = row.get("supported_parameters"), _part(row, "architecture").get("input_modalities")
    return Listed(
        name,
        context=_count(
            info.get("max_input_tokens"), row.get("context_length"), row.get("context_window"),
            row.get("max_model_len"), row.get("max_context_length"), row.get("inputTokenLimit"),
            row.get("max_input_tokens"),
        ),
        max_output=_count(
            info.get("max_output_tokens"), row.get("max_completion_tokens"), row.get("outputTokenLimit"),
            _part(row, "top_provider").get("max_completion_tokens"), row.get("max_tokens"),
        ),
        input_per_million=_price(info.get("input_cost_per_token"), prices.get("prompt")),
        output_per_million=_price(info.get("output_cost_per_token"), prices.get("completion")),
        cached_per_million=_price(info.get("cache_read_input_token_cost"), prices.get("input_cache_read")),
        vision=_flag(info.get("supports_vision"), capabilities.get("vision"), _holds(modalities, "image")),
        tools=_flag(
            info.get("supports_function_calling"), capabilities.get("function_calling"), _holds(parameters, "tools")
        ),
        reasoning=_flag(info.get("supports_reasoning"), capabilities.get("reasoning"), _holds(parameters, "reasoning")),
    )  # fmt: skip


def _part(row: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = row.get(key)
    return value if isinstance(value, dict) else {}


def _holds(values: Any, wanted: str) -> bool | None:
    return wanted in values if isinstance(values, list) else None


def _count(*values: Any) -> int | None:
    """Tokens; a number that no model comes near is none."""
    return next((int(v) for v in values if type(v) in (int, float) and 0 < v < _MOST_TOKENS), None)


def _flag(*values: Any) -> bool | None:
    return next((value for value in values if isinstance(value, bool)), None)


def _price(*values: Any) -> float | None:
    """Dollars for a million tokens, from those for one, which OpenRouter writes as text; below zero is no price."""
    for value in values:
        try:
            dollars = float(value)
        except (TypeError, ValueError, OverflowError):
            continue
        if 0 <= dollars < math.inf:
            return round(dollars * 1_000_000, 6)
    return None


# -- what a provider lists, and what the catalogue knows of it, as one list


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
