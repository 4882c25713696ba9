"""The other providers that litellm can reach, as its own files describe them."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from tui.base.foreign import clean
from tui.base.translation import _
from tui.catalog import litellm_files
from tui.catalog.endpoints import DEFAULT_BASE_URLS, LOCAL, NEEDS_ENDPOINT, NEEDS_ENVIRONMENT, key_variable
from tui.catalog.first_class import first_class
from tui.catalog.provider import Need, Provider
from tui.catalog.rows import NOT_OFFERED

_NOT_LISTED: Final = NOT_OFFERED | {
    *("ai21", "anthropic_text", "azure_text", "cohere", "custom_openai", "ollama_chat", "sagemaker_chat", "vllm"),
    *("text-completion-codestral", "text-completion-openai", "watsonx_text"),
    *("deepgram", "elevenlabs", "auto_router", "cursor", "custom", "oobabooga", "petals", "triton"),
}
"""Second names of providers that are listed, what serves no chat models, and what is no provider at all."""

_NAMES: Final = {
    "aihubmix": "AIHubMix", "ai21_chat": "AI21", "amazon_nova": "Amazon Nova", "bedrock_mantle": "AWS Bedrock Mantle",
    "charity_engine": "Charity Engine", "cohere_chat": "Cohere", "crusoe": "Crusoe", "dashscope": "DashScope (Alibaba)",
    "empiriolabs": "EmpirioLabs", "hosted_vllm": "vLLM server", "huggingface": "Hugging Face", "inception": "Inception",
    "meta": "Meta AI", "minimax": "MiniMax", "nano-gpt": "NanoGPT", "ovhcloud": "OVHcloud AI Endpoints",
    "sagemaker": "AWS SageMaker", "sambanova": "SambaNova", "together_ai": "Together AI", "veniceai": "Venice.ai",
    "wandb": "W&B Inference", "watsonx": "IBM watsonx.ai", "xiaomi_mimo": "Xiaomi MiMo",
}  # fmt: skip
"""Where litellm has no name, or one that nobody would look for."""

_AWS: Final = ("aws_region_name", "aws_access_key_id", "aws_secret_access_key")
_ASKED: Final = {"api_base", "api_key", *_AWS}


def plain_providers(families: Iterable[str]) -> list[Provider]:
    """The providers that have models, with nothing but their ids: for when the files about them cannot be read."""
    known = {provider.id for provider in first_class()}
    return _sorted(_provider(id_, {}, {}, {}) for id_ in families if id_ not in known)


class LongTail:
    """All that litellm's files tell of providers, but for the first-class ones."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError, or what garbled files lead to: ValueError, TypeError, KeyError, AttributeError."""
        forms = litellm_files.provider_forms(folder)
        support = litellm_files.provider_support(folder)
        like = litellm_files.openai_like(folder)
        chatting = {id_ for id_ in forms if support.get(id_, {}).get("endpoints", {}).get("chat_completions")}
        self._chatting = chatting | like.keys()
        self._described = {
            id_: _provider(id_, forms.get(id_, {}), support.get(id_, {}), like.get(id_, {}))
            for id_ in forms.keys() | support.keys() | like.keys()
        }

    def providers(self, families: Iterable[str]) -> list[Provider]:
        """All that can chat, those of `families` among them, by display name."""
        ids = (self._chatting | set(families)) - _NOT_LISTED - {provider.id for provider in first_class()}
        return _sorted(self._described.get(id_) or _provider(id_, {}, {}, {}) for id_ in ids)


def _sorted(providers: Iterable[Provider]) -> list[Provider]:
    return sorted(providers, key=lambda provider: (provider.name.casefold(), provider.id))


def _provider(id_: str, form: Mapping[str, Any], support: Mapping[str, Any], like: Mapping[str, Any]) -> Provider:
    fields = {field["key"]: field for field in form.get("credential_fields", ())}
    return Provider(
        id=id_,
        name=_name(id_, form, support),
        prefix=f"{id_}/",
        family=id_,
        needs=tuple(_needs(id_, fields)),
        key_variable="" if id_ in LOCAL else clean(like.get("api_key_env", "")) or key_variable(id_),
        docs=clean(support.get("url", "")).removeprefix("https://").partition("?")[0],
        note=_note(id_, fields),
        default_base_url=clean(like.get("base_url", "")) or DEFAULT_BASE_URLS.get(id_, ""),
        costs=id_ not in LOCAL,
        needs_environment=NEEDS_ENVIRONMENT.get(id_, ()),
    )


def _name(id_: str, form: Mapping[str, Any], support: Mapping[str, Any]) -> str:
    """The display name; litellm puts the id in backticks behind it."""
    listed = clean(support.get("display_name", "")).partition(" (`")[0]
    return _NAMES.get(id_) or listed or clean(form.get("provider_display_name", "")) or id_.replace("_", " ").title()


def _needs(id_: str, fields: Mapping[str, Mapping[str, Any]]) -> Iterator[Need]:
    """Where the form and litellm's own code differ, the code counts: a form asks for endpoints that have a default."""
    if id_ in NEEDS_ENDPOINT:
        yield Need("base_url", required=True, example=NEEDS_ENDPOINT[id_])
    elif id_ in LOCAL:
        yield Need("base_url", required=True, example=DEFAULT_BASE_URLS[id_])
    on_aws = any(key in fields for key in _AWS) or id_ == "sagemaker"
    if on_aws:
        yield Need("aws_region_name", required=True, example="us-east-1")
        yield Need("aws_access_key_id", required=False, example="AKIA…")
        yield Need("aws_secret_access_key", required=False)
    if id_ != "sagemaker":
        yield Need("api_key", required=not on_aws and id_ not in LOCAL and not _more_than_a_key(fields))


def _more_than_a_key(fields: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Required fields of the form for which `[llm]` has no key."""
    return [key for key, field in fields.items() if field.get("required") and key not in _ASKED]


def _note(id_: str, fields: Mapping[str, Mapping[str, Any]]) -> str:
    if id_ in LOCAL:
        return _("Most local models are weak: expect long waits, poor answers and broken JSON.")
    missing = _more_than_a_key(fields)
    if missing:
        names = clean(", ".join(missing))
        return _("OpenHands' config has no place for what it also needs: {names}.").format(names=names)
    return ""
