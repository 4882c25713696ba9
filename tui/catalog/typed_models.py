"""The id of a model as config.toml must have it, from what somebody typed or a server listed; Bedrock's by region."""

import re
from collections.abc import Mapping
from typing import Final

from tui.catalog.provider import Provider

_QUOTES: Final = "\"'`“”‘’"
_BARE_IDS: Final = ("anthropic", "openai", "gemini", "mistral", "deepseek", "openhands", "azure")
"""Providers whose own ids have no slash: there a text with another provider's prefix means that provider."""
_OTHER_PREFIXES: Final = (
    *("anthropic/", "openai/", "gemini/", "openrouter/", "azure/", "azure_ai/", "groq/", "litellm_proxy/"),
    *("vertex_ai/", "vertex_ai_beta/", "bedrock/", "mistral/", "deepseek/", "openhands/", "ollama/", "ollama_chat/"),
)
_ROUTES: Final = {
    "ollama": ("ollama_chat/",),
    "vertex_ai": ("vertex_ai_beta/",),
}
"""Second prefixes of litellm's for the same provider, which stay as they are typed."""
_FOREIGN: Final = {
    "lm_studio": ("lm_studio/",),
    "openai_compatible": ("openai_like/", "custom_openai/", "hosted_vllm/"),
    "gemini": ("models/",),
}
"""Beginnings that people copy from elsewhere, and that are dropped."""
_OWN_MODELS: Final = ("auto", "free")
"""OpenRouter's own models: their vendor is openrouter too, and litellm takes away the first one."""
_ADDRESS: Final = re.compile(r"https?:/|(localhost|[\w.-]+\.(internal|local)|\d+(\.\d+){3}):\d+(/|$)", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Whether `text` is where a server is, and not what a model is called."""
    return _ADDRESS.match(text.strip().strip(_QUOTES).strip()) is not None


def typed_model(text: str, provider: Provider) -> str:
    """`text` as the model of `provider`: spaces and quotes off, the prefix in front, once. "" when nothing is left.

    A full id of another provider is kept as it is where it cannot be a name of this one: `provider_of` then tells
    whose it is.
    """
    text = text.strip().strip(_QUOTES).strip()
    text = _without(text, (provider.prefix,)) if _starts(text, (provider.prefix,)) else _copied(text, provider)
    if not text:
        return ""
    if _is_complete(text, provider):
        return text
    if provider.id == "openrouter" and text.lower() in _OWN_MODELS:
        text = f"openrouter/{text.lower()}"
    return provider.prefix + text


def listed_model(id_: str, provider: Provider) -> str:
    """The model for an id exactly as the provider's own list has it: always with the prefix.

    LM Studio lists `openai/gpt-oss-20b`; litellm takes one `openai/` away, so two are needed.
    """
    return provider.prefix + _without(id_, _FOREIGN["gemini"] if provider.id == "gemini" else ())


def _copied(text: str, provider: Provider) -> str:
    return _without(text, _FOREIGN.get(provider.id, ()))


def _is_complete(text: str, provider: Provider) -> bool:
    if _starts(text, _ROUTES.get(provider.id, ())):
        return True
    return provider.id in _BARE_IDS and text.startswith(_OTHER_PREFIXES)


def _starts(text: str, prefixes: tuple[str, ...]) -> bool:
    return text.lower().startswith(prefixes)


def _without(text: str, prefixes: tuple[str, ...]) -> str:
    for prefix in prefixes:
        if text.lower().startswith(prefix):
            return text[len(prefix) :].strip()
    return text


_SERVES: Final[Mapping[str, tuple[str, ...]]] = {
    "us": ("us-east-", "us-west-", "ca-"),
    "us-gov": ("us-gov-",),
    "eu": ("eu-",),
    "apac": ("ap-",),
    "au": ("ap-southeast-2", "ap-southeast-4"),
    "jp": ("ap-northeast-1", "ap-northeast-3"),
    "in": ("ap-south-",),
    "global": ("us-east-", "us-west-", "ca-", "eu-", "ap-", "sa-", "me-", "af-", "il-", "mx-"),
}
"""By profile, how the regions begin that can use it."""


def serves(name: str, region: str) -> bool:
    """Whether `name`, without `bedrock/`, can be called from `region`; True where either is not known."""
    regions = _SERVES.get(name.partition(".")[0])
    return not region or regions is None or region.startswith(regions)
