"""What is known of models from their use with OpenHands: which were verified, which were recommended, and why.

Sources of the lists: `verified_models.py` of openhands-sdk 1.58.2 (October 2026) and of openhands-ai up to 1.6; of what
is told: the model recommendations of OpenHands' documentation of 2024, and its evaluation on SWE-bench Verified.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from tui.base.translation import _
from tui.catalog.model import Model

NAMES: Final = (
    *("claude-sonnet-5-5", "claude-opus-5-5", "claude-sonnet-5", "claude-opus-5", "claude-haiku-5-5"),
    *("claude-haiku-4-5-20251001", "claude-haiku-4-5", "claude-fable-5-1", "claude-fable-5"),
    *("gpt-5.6", "gpt-6.1-sol", "gpt-6-sol", "gpt-6-luna", "gpt-6-astra", "gpt-5.6-sol", "gpt-5.6-terra"),
    *("gpt-5.6-luna", "gpt-5.3-codex", "gpt-5.2-codex"),
    *("gemini-4-argon", "gemini-3.1-pro", "gemini-3.1-pro-preview", "gemini-3.8-flash", "gemini-3.7-flash"),
    *("gemini-3.5-flash-lite", "gemini-3.1-flash-lite"),
    *("deepseek-v4-pro", "deepseek-v4-flash", "deepseek-v4.1-flash", "deepseek-v4-flash-vision-exp", "deepseek-chat"),
    *("kimi-k3", "kimi-k2.7-code", "kimi-for-coding"),
    *("glm-5.3", "glm-5.3-flash", "glm-5.2"),
    *("minimax-m3", "minimax-m3.1-flash", "minimax-m2.7"),
    *("devstral-2512", "devstral-medium-2512", "devstral-latest", "devstral-medium-latest"),
    *("qwen3.8-max", "qwen3.7-max", "qwen3.7-plus", "qwen3.6-plus", "qwen3.8-flash", "qwen3.7-flash"),
    *("qwen3-coder-480b", "qwen3-coder-next", "qwen3-coder-plus", "qwen3-coder-flash"),
    *("nemotron-3-ultra-550b-a55b", "nemotron-3-super-120b-a12b", "nemotron-3.5-lightning-30b-a3b"),
)
"""OpenHands' present list, the best of each maker first: that one stands on top, and is named as today's choice.

Sonnet stands first among Claude's, as the line that OpenHands recommends, and gpt-5.6 among OpenAI's, as its own
default: the gpt-6 line calls tools by another interface only. Mistral's `latest` are the names of its 2512.
"""

OPENROUTER: Final = (
    *("anthropic/claude-sonnet-5.5", "anthropic/claude-opus-5", "anthropic/claude-sonnet-5"),
    *("anthropic/claude-haiku-5.5", "anthropic/claude-haiku-4.5", "openai/gpt-5.6-sol", "openai/gpt-6.1-sol"),
    *("openai/gpt-6-astra", "google/gemini-4-argon", "google/gemini-3.1-pro-preview", "google/gemini-3.8-flash"),
    *("google/gemini-3.7-flash", "google/gemini-3.5-flash-lite", "deepseek/deepseek-v4-pro"),
    *("deepseek/deepseek-v4-flash", "moonshotai/kimi-k3", "moonshotai/kimi-k2.7-code", "z-ai/glm-5.3"),
    *("z-ai/glm-5.3-flash", "z-ai/glm-5.2", "minimax/minimax-m3", "mistralai/devstral-2512"),
)
"""What OpenHands' list has of OpenRouter's; litellm lists none of them."""

EARLIER: Final = frozenset(
    (
        "anthropic/claude-sonnet-4-5-20250929", "anthropic/claude-opus-4-6", "anthropic/claude-sonnet-4-6",
        "anthropic/claude-opus-4-5-20251101", "anthropic/claude-opus-4-1-20250805",
        "anthropic/claude-sonnet-4-20250514", "anthropic/claude-3-7-sonnet-20250219",
        "openai/gpt-5.5", "openai/gpt-5.4", "openai/gpt-5.2", "openai/gpt-5.1", "openai/gpt-5-2025-08-07",
        "openai/gpt-5-mini-2025-08-07", "openai/gpt-4.1", "openai/gpt-4o", "openai/gpt-4o-mini", "openai/o3",
        "openai/o4-mini", "gemini/gemini-2.5-pro", "moonshot/kimi-k2-0711-preview", "mistral/devstral-medium-2507",
        "mistral/devstral-small-2507", "openrouter/z-ai/glm-5.1", "openrouter/moonshotai/kimi-k2.6",
    )
)  # fmt: skip
"""Ids of earlier lists. They are marked as verified, and stand where their version puts them."""

RETIRED: Final[tuple[tuple[str, date], ...]] = (
    ("anthropic/claude-3-5-sonnet-20241022", date(2025, 10, 28)),
    ("anthropic/claude-3-7-sonnet-20250219", date(2026, 2, 19)),
    ("anthropic/claude-sonnet-4-20250514", date(2026, 6, 15)),
    ("anthropic/claude-opus-4-1-20250805", date(2026, 8, 5)),
)
"""Verified models that litellm has dropped, and the day on which their provider retired them."""

_CLOUDS: Final = frozenset({"bedrock", "vertex_ai", "azure"})
_WRAPPING: Final = re.compile(
    r"^(?:(?:us-gov|us|eu|apac|au|jp|in|global)\.)?(?:anthropic|openai|moonshotai|minimax|zai|qwen)\.|"
    r"-v\d+(?::\d+)?$|@default$|-\d{4}-\d\d-\d\d$|-maas$"
)
"""What clouds put around the maker's name: where it runs, whose it is, a version of the offer, a date."""
_OWN: Final = {"vertex_ai": "gemini-", "mistral": "devstral-"}
"""Providers' own models, where others' must be enabled first, or are not what one comes for."""


def _spelt(name: str) -> str:
    """Makers write 5.5 or 5-5, and so do those who resell."""
    return name.lower().replace(".", "-").replace(":", "-")


_PLACES: Final = {_spelt(name): place for place, name in enumerate(NAMES)}


def place_of(family: str, name: str) -> int | None:
    """Where a model stands in OpenHands' present list, at whatever provider; None for nowhere."""
    return _PLACES.get(_spelt(makers_name(family, name)).removesuffix("-cloud"))


def makers_name(family: str, name: str) -> str:
    """What its maker calls a model, without what gateways and clouds put around it."""
    name = name[name.rfind("/") + 1 :]
    return _WRAPPING.sub("", name) if family in _CLOUDS else name


def order(model: Model) -> tuple[bool, int, bool, int]:
    """Sorts the verified models of one provider, the best first, and leaves the others as they are.

    Of one model's names the one that serves every region comes first, then the shortest.
    """
    if model.place is None:
        return True, 0, True, 0
    is_own = model.name.startswith(_OWN.get(model.family, ""))
    return not is_own, model.place, not model.name.startswith("global."), len(model.name)


MAKERS: Final = frozenset(
    (
        *("anthropic", "openai", "gemini", "mistral", "deepseek", "xai", "moonshot", "zai", "dashscope", "minimax"),
        *("cohere_chat", "perplexity", "ai21_chat", "amazon_nova", "meta_llama"),
    )
)
"""Families whose provider makes the models itself: they stand before those who serve the same models for others."""

_DAY: Final = re.compile(r"-\d{8}$")
_DATED: Final = r"(-\d{4}-\d\d-\d\d)?"
_NAMED_2024: Final = (
    ("claude-3-5-sonnet", "-sonnet", re.compile(r"claude-3[-.]5-sonnet"), "anthropic"),
    ("gpt-4o", "gpt-4o", re.compile(rf"(^|/|openai-)gpt-4o{_DATED}$"), "openai"),
    ("gpt-4", "gpt-4", re.compile(r"(^|/|openai-)gpt-4(-\d{4})?$"), "openai"),
    ("llama-3.1-405b", "405b", re.compile(r"(?<!hermes-3-)llama-?v?3([-.p]1)?-405b"), ""),
    ("deepseek-v2.5", "deepseek-v2", re.compile(r"deepseek-v2[.p-]5"), "deepseek"),
)
"""The verified models of 2024, at whatever provider: name, what the id surely holds, the id, maker of the successor."""
_O1: Final = re.compile(rf"(^|/)o1(-mini|-preview)?{_DATED}$")
_OWN_MACHINE: Final = frozenset({"ollama", "lemonade", "lm_studio", "hosted_vllm", "llamafile"})
_IN_THE_CLOUD: Final = "-cloud"


def remembered(known: Container[str]) -> Iterator[Model]:
    """The verified models that are not in `known`."""
    routes = [(f"openrouter/{name}", None) for name in OPENROUTER]
    routes += [(id_, None) for id_ in EARLIER if id_.startswith("openrouter/")]
    for id_, retired_on in (*routes, *RETIRED):
        if id_ not in known:
            family, _slash, name = id_.partition("/")
            yield Model(id_, family, name, retired_on=retired_on)


def judged(models: Iterable[Model], today: date) -> list[Model]:
    """`models` with `verified`, `recommended` and `note` filled in."""
    models = list(models)
    places = [place_of(model.family, model.name) for model in models]
    best = _best([(model, place) for model, place in zip(models, places, strict=True) if not model.retired(today)])
    notes = _notes()
    return [_judged(model, place, today, best, notes) for model, place in zip(models, places, strict=True)]


def _judged(model: Model, place: int | None, today: date, best: Mapping[str, str], notes: Mapping[str, str]) -> Model:
    name = model.name.lower()
    seed, maker = _named_in_2024(name)
    if seed or place is not None or model.id in EARLIER:
        retired_on = model.retired_on if model.retired(today) else None
        successor = best.get(maker or model.family, "")
        if maker not in ("", model.family):  # other providers have names of their own for it
            successor = _DAY.sub("", successor)
        recommended = _what_became_of_it(seed, successor, retired_on)
        return model._replace(verified=True, place=place, recommended=recommended, note=notes.get(seed, ""))
    if "o1" in name and _O1.search(name):
        return model._replace(note=notes["o1-mini" if "mini" in name else "o1"])
    if model.family in _OWN_MACHINE and not name.endswith(_IN_THE_CLOUD):
        return model._replace(note=notes["local"])
    return model


def _named_in_2024(name: str) -> tuple[str, str]:
    for seed, part, pattern, maker in _NAMED_2024:
        if part in name and pattern.search(name):
            return seed, maker
    return "", ""


def _best(usable: Iterable[tuple[Model, int | None]]) -> dict[str, str]:
    """By maker, the best verified model that can still be called, without its prefix."""
    best: dict[str, tuple[int, str]] = {}
    for model, place in usable:
        if place is not None and model.family in MAKERS:
            best[model.family] = min((place, model.name), best.get(model.family, (place, model.name)))
    return {family: name for family, (_place, name) in best.items()}


def _what_became_of_it(seed: str, successor: str, retired_on: date | None) -> str:
    if seed == "claude-3-5-sonnet":
        told = _("recommended in 2024")
    elif retired_on:
        told = _("verified in 2024") if seed else _("verified")
    else:
        return ""
    if retired_on:
        told = _("{told}, retired {day}").format(told=told, day=retired_on)
    return _("{told}; today: {model}").format(told=told, model=successor) if successor else told


def _notes() -> dict[str, str]:
    """By name in the recommendations of 2024; each text once, however many models share it."""
    return {
        "claude-3-5-sonnet": _("It solved 53 % of SWE-bench Verified."),
        "gpt-4o": _("Behind Claude 3.5 Sonnet in 2024."),
        "gpt-4": _("GPT-4o does more for less money."),
        "llama-3.1-405b": _("One of 2024's strongest open models, ahead of some closed."),
        "deepseek-v2.5": _("One of 2024's strongest open models, ahead of some closed."),
        "o1-mini": _("Behind GPT-4o in 2024: it sometimes thinks too much."),
        "o1": _("It sometimes thinks too much, and sets up environments needlessly."),
        "local": _("Most local models are weak: expect long waits, poor answers and broken JSON."),
    }  # fmt: skip
