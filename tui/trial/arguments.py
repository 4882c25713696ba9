"""The arguments that OpenHands gives to `litellm.completion` for a set of `[llm]` fields; read in release 0.62.

`tests/trial/openhands_requests.json` holds what a real 0.62.0 gives for forty set-ups. One thing is left to the probe,
since it takes a long list of models: the longest answer where none is set (`output_limit`).
"""

import json
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any, Final

from tui.trial.probe_order import ProbeOrder

_PLAIN: Final = ("top_k", "custom_llm_provider", "timeout", "seed", "aws_region_name")
_ALWAYS: Final = {"temperature": 0.0, "top_p": 1.0, "drop_params": True}
"""Sent also when the file says nothing, with these values."""
_REASONING: Final = (
    "o1-2024-12-17", "o1", "o3", "o3-2025-04-16", "o3-mini-2025-01-31", "o3-mini", "o4-mini", "o4-mini-2025-04-16",
    "gemini-2.5-flash", "gemini-2.5-pro", "gpt-5*", "deepseek-r1-0528*", "claude-sonnet-4-5*", "claude-haiku-4-5*",
)  # fmt: skip
"""Models that are called without temperature and top_p, and with reasoning_effort."""
_WITHOUT_EFFORT: Final = ("claude-sonnet-4-5", "claude-haiku-4-5-20251001")
"""Of those, the ones that get no reasoning_effort."""
_LONG_ANSWERS: Final = (
    "claude-3-7-sonnet", "claude-3.7-sonnet", "claude-sonnet-4", "claude-sonnet-4-5-20250929",
    "claude-haiku-4-5-20251001",
)  # fmt: skip
_LONGEST: Final = 64_000
"""Tokens; litellm's list has more for those, which needs a header."""
RESERVED: Final = frozenset(
    {"model", "api_key", "base_url", "api_base", "api_version", "custom_llm_provider", "timeout", "drop_params", "seed",
     "messages"}
)  # fmt: skip
"""What `completion_kwargs` cannot say: OpenHands would end with an error, or call another address."""
_AZURE_VERSION: Final = "2024-12-01-preview"


def arguments(order: ProbeOrder) -> dict[str, Any]:
    """Keyword arguments for litellm, secrets and messages not among them; JSON values only."""
    options = {key: value for key, value in order.options.items() if value is not None and value != ""}
    model = order.called_model
    always = {key: default for key, default in _ALWAYS.items() if key in options or key not in order.unset}
    given = {key: options.get(key, default) for key, default in always.items()}
    given |= {key: options[key] for key in _PLAIN if key in options}
    if model.startswith("huggingface") and given.get("top_p") == 1:
        given["top_p"] = 0.9
    if longest := options.get("max_output_tokens") or (_LONGEST if any(n in model for n in _LONG_ANSWERS) else None):
        given[limit_name(model)] = longest
    _fit_reasoning(given, model, options.get("reasoning_effort"))
    if options.get("safety_settings") and any(name in model.lower() for name in ("mistral", "gemini")):
        given["safety_settings"] = options["safety_settings"]
    _fit_opus(given, model.lower())
    given |= {name: value for name, value in options.get("completion_kwargs", {}).items() if name not in RESERVED}
    version = order.api_version or (_AZURE_VERSION if model.startswith("azure") else "")
    endpoint = {"base_url": order.called_url, "api_version": version}
    return {"model": model, **given, **{key: value for key, value in endpoint.items() if value}}


def limit_name(model: str) -> str:
    """The argument that holds the longest answer."""
    return "max_tokens" if model.startswith("azure") else "max_completion_tokens"


def _fit_reasoning(given: dict[str, Any], model: str, effort: object) -> None:
    if not any(fnmatch(_name(model), pattern) for pattern in _REASONING):
        return
    for key in ("temperature", "top_p"):
        given.pop(key, None)
    if "gemini-2.5-pro" in model and effort in (None, "low", "none"):
        given |= {"thinking": {"budget_tokens": 128}, "allowed_openai_params": ["thinking"]}
    elif effort is not None and not any(name in model for name in _WITHOUT_EFFORT):
        given["reasoning_effort"] = effort


def _name(model: str) -> str:
    """The model's own name, by which OpenHands knows what it can do."""
    whole = model.strip().lower()
    name = whole.rpartition("/")[2].partition(":")[0] if "/" in whole else whole
    return name.removesuffix("-gguf")


def _fit_opus(given: dict[str, Any], model: str) -> None:
    if "claude-opus-4-1" in model:
        given["thinking"] = {"type": "disabled"}
        if "temperature" in given:
            given.pop("top_p", None)


# -- the longest answer of a model, which OpenHands asks for when none is set: what its litellm's list of models says
# `output_limits.json` is that list as OpenHands 0.62.0 comes with it (`tests/tools/record_output_limits.py`): later
# lists have forgotten the models that were withdrawn, and guess. A LiteLLM proxy would be asked as well, with the
# key and in a request of its own, which a test does not make.

_FILE: Final = Path(__file__).with_name("output_limits.json")


def output_limit(model: str) -> int | None:
    """Tokens, for the model as it is written in the settings; None where OpenHands asks for no limit."""
    name = model.partition(":")[0]
    known = [each for each in (name, name.partition("/")[2], model.rpartition("/")[2]) if each in _limits()]
    return _limits()[known[0]] if known else None


@cache
def _limits() -> dict[str, int | None]:
    by_limit = json.loads(_FILE.read_text(encoding="utf-8"))["models"]
    return {name: int(limit) if limit.isdecimal() else None for limit, names in by_limit.items() for name in names}
