"""What is wrong with the name of a model: nothing, no provider, one that litellm does not know, too few parts."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final
from urllib.parse import urlsplit

from tui.base.foreign import clean
from tui.base.key_shapes import may_be_key
from tui.base.secret import DOTS
from tui.base.translation import _
from tui.catalog.provider import Provider
from tui.catalog.providers import first_class
from tui.checks.finding import Code, Fault, Values
from tui.openhands.fields import BY_KEY
from tui.openhands.releases import unknown_up_to
from tui.openhands.routes import Route, is_bare_model, is_known, provider_in

# -- how a model's name was probably meant, where litellm cannot tell whose it is

_MEANT: Final = {
    **dict.fromkeys(("google", "google-ai", "google_ai", "google-ai-studio", "google_ai_studio", "aistudio"), "gemini"),
    **dict.fromkeys(("vertex", "vertexai", "vertex-ai", "google-vertex", "google_vertex"), "vertex_ai"),
    **dict.fromkeys(("claude", "anthropic-ai", "anthropics"), "anthropic"),
    **dict.fromkeys(("gpt", "chatgpt-api", "open-ai", "open_ai"), "openai"),
    **dict.fromkeys(("azure-openai", "azure_openai", "azureopenai", "azure-ai-openai", "microsoft"), "azure"),
    **dict.fromkeys(("amazon", "aws", "amazon-bedrock", "aws-bedrock", "aws_bedrock", "bedrock_converse"), "bedrock"),
    **dict.fromkeys(("mistralai", "mistral-ai"), "mistral"),
    **dict.fromkeys(("x-ai", "x.ai", "grok"), "xai"),
    **dict.fromkeys(("z-ai", "z.ai", "zhipu", "zhipuai", "glm"), "zai"),
    **dict.fromkeys(("moonshotai", "kimi"), "moonshot"),
    **dict.fromkeys(("deepseek-ai", "deep-seek"), "deepseek"),
    **dict.fromkeys(("open-router", "open_router"), "openrouter"),
    **dict.fromkeys(("lmstudio", "lm-studio"), "lm_studio"),
    **dict.fromkeys(("litellm", "litellm-proxy", "litellmproxy", "proxy"), "litellm_proxy"),
    **dict.fromkeys(("together", "togetherai", "together-ai"), "together_ai"),
    **dict.fromkeys(("fireworks", "fireworksai"), "fireworks_ai"),
    **dict.fromkeys(("nvidia", "nim"), "nvidia_nim"),
    **dict.fromkeys(("hf", "hugging-face", "hugging_face"), "huggingface"),
    **dict.fromkeys(("all-hands", "openhands-ai", "open-hands"), "openhands"),
    **dict.fromkeys(("ollama-chat", "ollamachat"), "ollama_chat"),
    "perplexity-ai": "perplexity", "hosted-vllm": "hosted_vllm", "groqcloud": "groq",
}  # fmt: skip
"""Names that people and other programs have for litellm's providers."""
_PORTS: Final = {4000: "litellm_proxy", 11434: "ollama"}


def named_like(model: str, base_url: str) -> str:
    """`model`, whose provider litellm does not know, as it was probably meant; "" for no idea."""
    named, _slash, rest = model.partition("/")
    plain = named.lower()
    meant = plain if plain != named and is_known(plain) else _MEANT.get(plain, "")
    if not meant and base_url:
        return f"{_at(base_url) or 'openai'}/{model}"
    meant = meant or next(
        iter(get_close_matches(plain, [provider.id for provider in first_class()], n=1, cutoff=0.8)), ""
    )
    return f"{meant}/{rest}" if meant and rest else ""


def with_provider(model: str, base_url: str) -> str:
    """`model`, a bare name, with the provider that its base URL speaks for; "" without one."""
    return f"{_at(base_url) or 'openai'}/{model}" if base_url else ""


def without_vendor(model: str) -> str:
    """How OpenRouter's `model` was probably meant when it has no vendor, "" for one that has, or is another's."""
    prefix, _slash, name = model.partition("/")
    if prefix != "openrouter" or "/" in name or not name:
        return ""
    vendor = next((vendor for begin, vendor in _VENDORS.items() if name.lower().startswith(begin)), "openrouter")
    return f"openrouter/{vendor}/{name}"


_VENDORS: Final = {
    "claude": "anthropic", "gpt-": "openai", "o1": "openai", "o3": "openai", "o4": "openai", "gemini": "google",
    "gemma": "google", "deepseek": "deepseek", "qwen": "qwen", "llama": "meta-llama", "mistral": "mistralai",
    "devstral": "mistralai", "codestral": "mistralai", "grok": "x-ai", "kimi": "moonshotai", "glm": "z-ai",
    "minimax": "minimax",
}  # fmt: skip
"""Whose models they are, by how their names begin. OpenRouter's own (auto, free) are its own."""


def _at(base_url: str) -> str:
    """litellm's provider for what answers at `base_url`, "" for an unknown server."""
    try:
        parts = urlsplit(base_url if "//" in base_url else f"//{base_url}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if port == 11434 and "/v1" in parts.path:
        return "openai"
    return _PORTS.get(port or 0, "") or _by_host(host)


def _by_host(host: str) -> str:
    if host.endswith(".openai.azure.com"):
        return "azure"
    if host.split(".", maxsplit=1)[0] == "litellm":
        return "litellm_proxy"
    return next((_prefix(provider) for provider in first_class() if host and host == _host_of(provider)), "")


def _host_of(provider: Provider) -> str:
    return urlsplit(provider.default_base_url).hostname or ""


def _prefix(provider: Provider) -> str:
    return provider.prefix.rstrip("/")


def model_faults(values: Values, route: Route, provider: Provider | None) -> Iterator[Fault]:
    """The rules that the model breaks; `provider` is the one that was chosen, or that the model names."""
    model, url = str(values.get("model", "")).strip(), str(values.get("base_url", ""))
    if not model:
        message = _("{name} needs {label}.").format(name=provider.name, label=BY_KEY["model"].label) if provider else ""
        message = message or _("No model is set.")
        yield Fault(Code.NO_MODEL, "model", message, _("Set model, such as anthropic/claude-sonnet-4-5."), severe=True)
    elif not route.named:
        yield from _bare(model, url, route)
    elif not route.provider and not is_known(route.named):
        yield _unknown(model, url, route.named, is_custom=bool(values.get("custom_llm_provider")))
    elif (meant := without_vendor(model)) and not values.get("custom_llm_provider"):
        message = _(
            "litellm takes the first “openrouter/” away and asks OpenRouter for “{name}”, which it does not have."
        )
        message = message.format(name=clean(model.partition("/")[2], limit=60))
        yield Fault(Code.NO_VENDOR, "model", message, _write(meant), severe=True)
    elif release := unknown_up_to(route.named):
        yield _too_new(model, route.named, release)


def _bare(model: str, url: str, route: Route) -> Iterator[Fault]:
    shown = clean(model, limit=60)
    if route.provider and route.provider.id == "vertex_ai":
        message = _("“{model}” without a prefix goes to Vertex AI, not to Google AI Studio.").format(model=shown)
        hint = _("Write gemini/{model} for an API key, vertex_ai/{model} for Vertex AI.").format(model=shown)
        yield Fault(Code.NO_PROVIDER_PREFIX, "model", message, hint, severe=False)
    elif not route.provider and not is_bare_model(model):
        message = _("“{model}” does not say whose model it is, and litellm cannot tell.").format(model=shown)
        hint = _("Write the provider in front: provider/{model}.").format(model=shown)
        if meant := with_provider(model, url):
            hint = _write(meant)
        yield Fault(Code.NO_PROVIDER_PREFIX, "model", message, hint, severe=True)


def _unknown(model: str, url: str, named: str, *, is_custom: bool) -> Fault:
    name = DOTS if may_be_key(model) else clean(named, limit=40)  # a half of a key has no form that is known
    message = _("litellm does not know the provider “{name}”.").format(name=name)
    hint = _("A model is written provider/model; a server of your own is openai/NAME with its base_url.")
    meant = "" if is_custom else named_like(model, url)
    key = "custom_llm_provider" if is_custom else "model"
    return Fault(Code.UNKNOWN_PROVIDER, key, message, _write(meant) if meant else hint, severe=bool(meant))


def _too_new(model: str, named: str, release: str) -> Fault:
    message = _("openhands-ai up to {release} cannot call it: its litellm does not know the provider {name}.")
    message = message.format(release=release, name=clean(named, limit=40))
    hint = _("Take a newer OpenHands, or a provider that this one knows.")
    provider = provider_in({"model": model, "custom_llm_provider": named})
    if provider and provider.default_base_url:
        hint = _("Take a newer OpenHands, or write openai/{name} and set base_url to {url}.").format(
            name=clean(model.partition("/")[2], limit=80), url=provider.default_base_url
        )
    return Fault(Code.PROVIDER_TOO_NEW, "model", message, hint, severe=False, until=release)


def _write(model: str) -> str:
    return _("Write {model}.").format(model=clean(model, limit=120))
