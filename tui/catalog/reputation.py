"""What is known of models from their use with OpenHands: which were verified, which were recommended, and why.

Source of what is told: the model recommendations of OpenHands' documentation of 2024 and its evaluation on SWE-bench
Verified. The lists of verified models are in `verified`.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from tui.base.translation import _
from tui.catalog import verified
from tui.catalog.model import Model

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
    routes = [(f"openrouter/{name}", None) for name in verified.OPENROUTER]
    routes += [(id_, None) for id_ in verified.EARLIER if id_.startswith("openrouter/")]
    for id_, retired_on in (*routes, *verified.RETIRED):
        if id_ not in known:
            family, _slash, name = id_.partition("/")
            yield Model(id_, family, name, retired_on=retired_on)


def judged(models: Iterable[Model], today: date) -> list[Model]:
    """`models` with `verified`, `recommended` and `note` filled in."""
    models = list(models)
    places = [verified.place_of(model.family, model.name) for model in models]
    best = _best([(model, place) for model, place in zip(models, places, strict=True) if not model.retired(today)])
    notes = _notes()
    return [_judged(model, place, today, best, notes) for model, place in zip(models, places, strict=True)]


def _judged(model: Model, place: int | None, today: date, best: Mapping[str, str], notes: Mapping[str, str]) -> Model:
    name = model.name.lower()
    seed, maker = _named_in_2024(name)
    if seed or place is not None or model.id in verified.EARLIER:
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
