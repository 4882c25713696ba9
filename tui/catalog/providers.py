"""Finding a provider: by what was typed, or by what a config says. Reads no file."""

from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import urlsplit

from tui.catalog.first_class import first_class
from tui.catalog.provider import Need, Provider
from tui.catalog.search import joined, occurs, spaced, words

__all__ = ["Need", "Provider", "first_class", "provider_of", "search_providers"]

_ALIASES: Final = {
    "vertex_ai_beta": "vertex_ai", "ollama_chat": "ollama", "text-completion-openai": "openai",
    "custom_openai": "openai_compatible", "openai_like": "openai_compatible", "anthropic_text": "anthropic",
    "azure_text": "azure", "cohere": "cohere_chat", "ai21": "ai21_chat",
}  # fmt: skip
"""Other names by which litellm reaches a provider of ours."""

_BARE: Final = (
    ("gpt-oss", ""),
    ("claude-", "anthropic"),
    (("gpt-", "chatgpt-", "o1", "o3", "o4"), "openai"),
    ("gemini-", "vertex_ai"),
)
"""Beginnings of model names that litellm takes without a prefix, the first match counts. Gemini's go to Vertex AI."""

_REWRITTEN: Final = "openhands"
"""A prefix that OpenHands replaces, together with the address: there `custom_llm_provider` does not count."""
_OPENAI_HOST: Final = "api.openai.com"
_LM_STUDIO_PORT: Final = 1234


def search_providers(query: str, providers: Sequence[Provider]) -> list[Provider]:
    """Those in which every word of `query` occurs, or one that it is a slip for.

    Where words start comes first, then the order of `providers`.
    """
    texts = [_Texts(provider) for provider in providers]
    wanted = [_meant(word, texts) for word in dict.fromkeys(words(query))]
    found = [text for text in texts if all(text.has(word) for word in wanted)]
    found.sort(key=lambda text: -sum(text.weight(word) for word in wanted))
    return [text.provider for text in found]


class _Texts:
    """What a provider is found by."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.all = spaced(f"{provider.name} {provider.id} {provider.words}")
        written_as_one = joined(provider.name)  # "router" is a word of OpenRouter's name
        self._name = spaced(provider.name) + spaced(
            " ".join(word for word in words(provider.words) if word in written_as_one)
        )
        self._run = joined(f"{provider.name} {provider.words}")

    def has(self, word: str) -> bool:
        return occurs(word, self.all, self._run)

    def weight(self, word: str) -> int:
        return 2 * (f" {word}" in self._name) + (f" {word}" in self.all)


def _meant(word: str, texts: Sequence[_Texts]) -> str:
    """`word`, or what it is a slip for when no provider has it."""
    if any(text.has(word) for text in texts):
        return word
    from tui.catalog.search import Vocabulary  # slips are rare

    return next(iter(Vocabulary([text.all for text in texts]).near(word)), word)


def provider_of(model: str, base_url: str, custom_llm_provider: str, known: Sequence[Provider]) -> Provider | None:
    """Whose model a config names, as litellm would route it; None when it would not know either.

    `known` is `first_class()` or a catalogue's longer list.
    """
    prefix = model.partition("/")[0] if "/" in model else ""
    custom = "" if prefix == _REWRITTEN else custom_llm_provider
    named = canonical(custom or prefix or _by_name(model))
    if named == "openai" and base_url:
        named = _by_endpoint(base_url)
    return with_id(named, known)


def canonical(id_: str) -> str:
    """The id under which we know a provider that litellm has several names for."""
    return _ALIASES.get(id_, id_)


def _by_name(model: str) -> str:
    return next((provider for start, provider in _BARE if model.startswith(start)), "")


def _by_endpoint(base_url: str) -> str:
    try:
        parts = urlsplit(base_url if "//" in base_url else f"//{base_url}")
        host, port = parts.hostname, parts.port
    except ValueError:  # a port that is no number, brackets that do not close
        return "openai_compatible"
    if host == _OPENAI_HOST:
        return "openai"
    return "lm_studio" if port == _LM_STUDIO_PORT else "openai_compatible"


def with_id(id_: str | None, known: Iterable[Provider] | None = None) -> Provider | None:
    """The provider of that id among `known`, which are the first-class ones unless they are named."""
    known = first_class() if known is None else known
    return next((provider for provider in known if provider.id == id_), None)
