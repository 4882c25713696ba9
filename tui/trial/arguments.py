"""The arguments that OpenHands gives to `litellm.completion` for a set of `[llm]` fields; read in release 0.62."""

import re
from typing import Any, Final

from tui.trial.order import Order

_PLAIN: Final = ("top_k", "custom_llm_provider", "timeout", "seed", "aws_region_name")
_ALWAYS: Final = {"temperature": 0.0, "top_p": 1.0, "drop_params": True}
"""Sent also when the file says nothing, with these values."""
_REASONING: Final = re.compile(
    r"(o1(-2024-12-17)?|o3(-2025-04-16|-mini(-2025-01-31)?)?|o4-mini(-2025-04-16)?|gemini-2\.5-(flash|pro)|gpt-5.*"
    r"|claude-(sonnet|haiku)-4-5.*|deepseek-r1-0528.*)"
)
"""Models that are called without temperature and top_p, and with reasoning_effort."""
_ONE_OF_TWO: Final = ("claude-opus-4-1", "claude-opus-4-5", "claude-sonnet-4")
"""Models that take temperature or top_p, not both."""


def arguments(order: Order) -> dict[str, Any]:
    """Keyword arguments for litellm, secrets and messages not among them; JSON values only."""
    options = {key: value for key, value in order.options.items() if value is not None and value != ""}
    model = order.called_model
    given = {key: options.get(key, default) for key, default in _ALWAYS.items()}
    given |= {key: options[key] for key in _PLAIN if key in options}
    if "max_output_tokens" in options:
        name = "max_tokens" if model.startswith("azure") else "max_completion_tokens"
        given[name] = options["max_output_tokens"]
    if options.get("safety_settings") and any(name in model.lower() for name in ("mistral", "gemini")):
        given["safety_settings"] = options["safety_settings"]
    _fit_reasoning(given, model, options.get("reasoning_effort"))
    _fit_claude(given, model.lower())
    endpoint = {"base_url": order.called_url, "api_version": order.api_version}
    return {"model": model, **given, **{key: value for key, value in endpoint.items() if value}}


def _fit_reasoning(given: dict[str, Any], model: str, effort: object) -> None:
    name = model.lower().rpartition("/")[2].partition(":")[0].removesuffix("-gguf")
    if not _REASONING.fullmatch(name):
        return
    del given["temperature"], given["top_p"]
    if "gemini-2.5-pro" in model and effort in (None, "low", "none"):
        given |= {"thinking": {"budget_tokens": 128}, "allowed_openai_params": ["thinking"]}
    elif effort is not None and "claude-" not in name:
        given["reasoning_effort"] = effort


def _fit_claude(given: dict[str, Any], model: str) -> None:
    if "claude-opus-4-1" in model:
        given["thinking"] = {"type": "disabled"}
    if "temperature" in given and any(name in model for name in _ONE_OF_TWO):
        given.pop("top_p", None)
