"""Whether the settings agree on whose key a call takes, and where it goes: else no key is sent or handed over.

Read in litellm 1.106 (`get_llm_provider_logic.py`, the dispatch at the end of `main.completion`, `base_aws_llm.py`) and
in OpenHands 0.62 (`llm/llm.py`). Our own test is held to the agreed place by `trial.guard` as well; OpenHands is not.
"""

import json
import re
from collections.abc import Iterator
from typing import Final

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.translation import _
from tui.catalog.providers import canonical
from tui.credentials.identity import origin_of
from tui.settings.draft import Draft
from tui.settings.effective import tables_of
from tui.settings.routes import is_known, provider_in

OPENHANDS: Final = "openhands"
_GATEWAYS: Final = frozenset(
    {"openrouter", "vercel_ai_gateway", "litellm_proxy", "openai", "openai_compatible", "openai_like", "hosted_vllm",
     "lm_studio", "github", "huggingface", "together_ai", "deepinfra", "groq", "fireworks_ai", "nvidia_nim", "novita",
     "nebius", "hyperbolic", "edenai", "cometapi", "aiml", "wandb", "baseten", "featherless_ai", "sambanova"}
)  # fmt: skip
"""They have models of many makers, whose names begin with the maker's: there `custom_llm_provider` decides."""
_WORDS: Final = {
    "replicate": "replicate", "ft:babbage-002": "openai", "ft:davinci-002": "openai", "ft:gpt-3.5-turbo": "openai",
}  # fmt: skip
"""Parts of a model's name by which litellm chooses a provider, whatever it was told before."""
_TO_OPENAI: Final = frozenset(
    {"litellm_proxy", "lm_studio", "hosted_vllm", "xinference", "openai_compatible", "openai_like", "custom_openai",
     "ai21"}
)  # fmt: skip
"""Told no address, litellm calls OpenAI."""
_OWN_ENDPOINT: Final = frozenset(
    {"openai", "openai_compatible", "azure", "litellm_proxy", "lm_studio", "hosted_vllm"}
)  # fmt: skip
"""Called at the base URL before litellm looks at such words."""
_OWN_ADDRESS: Final = frozenset({"bytez", "gigachat", "replicate", "sagemaker", "sagemaker_chat", "sagemaker_nova"})
"""Called, or asked for a token with the key, at their own address whatever the base URL says."""
_IBM: Final = re.compile(r"https://[a-z0-9.-]+\.cloud\.ibm\.com")
"""For watsonx the key goes to IBM's login, and what that gives to the base URL."""
_REGION: Final = re.compile(r"[a-z0-9-]+")
_ARN: Final = re.compile(r"arn:[^:/]*:[^:]*:([^:]*)")
_REGION_VARIABLES: Final = {
    "bedrock": ("AWS_REGION_NAME", "AWS_REGION", "AWS_DEFAULT_REGION"),
    "vertex_ai": ("VERTEXAI_LOCATION", "VERTEX_LOCATION"),
}
_PLACES: Final = re.compile(
    r"(aws|vertex|azure|databricks|watsonx|oci|sap|litellm|use_litellm)_?.*|.*(api_base|base_url|endpoint|_url)|api_key"
    r"|model|model_list|fallbacks|.*_fallback.*|deployment_id|custom_llm_provider|client|shared_session|.*proxy.*"
    r"|ssl_verify|.*(region|location|project|account|credential|token_url|secret).*"
)
"""What in `completion_kwargs` says where a call goes, or with whose key."""
_GIVEN: Final = frozenset({"api_version", "timeout", "drop_params", "seed"})
"""Of what OpenHands gives to litellm in any case, the rest: Python takes no argument twice."""


def insist_on_agreement(draft: Draft) -> None:
    """Raise SetupError where the settings name two providers for one key, or make a host of what is none."""
    for message, hint, field in _disagreements(draft):
        raise SetupError(message, hint, field=field)


def _disagreements(draft: Draft) -> Iterator[tuple[str, str, str]]:
    """What is wrong, what to do, and the setting that is meant."""
    yield from _two_providers(draft)
    yield from _another_by_its_name(draft)
    yield from _another_address(draft)
    yield from _odd_regions(draft)
    yield from _places_beside(draft)


def _two_providers(draft: Draft) -> Iterator[tuple[str, str, str]]:
    model, custom = draft.effective_text("model"), draft.effective_text("custom_llm_provider")
    prefix = model.partition("/")[0] if "/" in model else ""
    found = provider_in({"model": model, "base_url": draft.base_url, "custom_llm_provider": custom})
    if custom and prefix and canonical(prefix) != canonical(custom) and _is_provider(prefix):
        if prefix == OPENHANDS or custom not in _GATEWAYS:
            message = _("The model's name says {prefix}, and custom_llm_provider says {custom}: no key is for both.")
            hint = _("Leave custom_llm_provider out, or choose a model of {custom}.")
            names = {"prefix": clean(prefix, limit=60), "custom": clean(custom, limit=60)}
            yield message.format(**names), hint.format(**names), "custom_llm_provider"
    elif draft.provider and found and draft.provider.prefix != found.prefix:
        message = _("The key is for {chosen}, and the model {model} is called at {other}.")
        names = {"chosen": draft.provider.name, "other": found.name, "model": clean(model, limit=120)}
        yield message.format(**names), _("Choose a model of {chosen}.").format(**names), "model"


def _is_provider(prefix: str) -> bool:
    return prefix == OPENHANDS or is_known(prefix)


def _another_by_its_name(draft: Draft) -> Iterator[tuple[str, str, str]]:
    model, named = draft.effective_text("model"), _named(draft)
    if draft.base_url and canonical(named) in _OWN_ENDPOINT:
        return
    for word, id_ in _WORDS.items():
        if word in model and not {id_} & {named, draft.provider.id if draft.provider else ""}:
            message = _("litellm calls {other} for every model with “{word}” in its name, and the key is for {chosen}.")
            chosen = draft.provider.name if draft.provider else clean(named, limit=60)
            yield message.format(other=id_, word=word, chosen=chosen), _("Choose another model."), "model"


def _another_address(draft: Draft) -> Iterator[tuple[str, str, str]]:
    named = {_named(draft), draft.provider.id if draft.provider else ""}
    name = draft.provider.name if draft.provider else clean(_named(draft), limit=60)
    if named & _TO_OPENAI and not draft.base_url:
        message = _("{name} has no address of its own: without a base URL, litellm sends the call to OpenAI.")
        yield message.format(name=name), _("Set the base URL of your server."), "base_url"
    elsewhere = {"watsonx", "watsonx_text"} & named and not _IBM.fullmatch(origin_of(draft.base_url) or "")
    if draft.base_url and (named & _OWN_ADDRESS or elsewhere):
        message = _("litellm sends the key to {name}'s own address, whatever the base URL says.")
        yield message.format(name=name), _("Leave the base URL out, or set {name}'s own.").format(name=name), "base_url"


def _named(draft: Draft) -> str:
    """The provider that the settings name to litellm."""
    prefix, slash, _name = draft.effective_text("model").partition("/")
    return draft.effective_text("custom_llm_provider") or (prefix if slash else "")


def _odd_regions(draft: Draft) -> Iterator[tuple[str, str, str]]:
    id_ = draft.provider.id if draft.provider else ""
    names = _REGION_VARIABLES["bedrock" if id_.startswith(("bedrock", "sagemaker")) else id_] if _in_cloud(id_) else ()
    said = {"aws_region_name": draft.effective_text("aws_region_name")}
    said |= {name: draft.environ.get(name, "") for name in names}
    said |= {_("The model's name"): arn[1] for arn in _ARN.finditer(draft.effective_text("model"))}
    for name, region in said.items():
        if region and not _REGION.fullmatch(region):
            message = _("{name} says “{region}”, which is not a region: it would become part of another host's name.")
            hint = _("A region has small letters, digits and dashes only, such as us-east-1.")
            yield message.format(name=name, region=clean(region, limit=60)), hint, "aws_region_name"


def _in_cloud(id_: str) -> bool:
    return id_.startswith(("bedrock", "sagemaker")) or id_ in _REGION_VARIABLES


def _places_beside(draft: Draft) -> Iterator[tuple[str, str, str]]:
    kwargs = tables_of(draft.config, draft.environ, draft.group).get("completion_kwargs")
    if not isinstance(kwargs, dict):
        return
    names = [name for name in kwargs if _PLACES.fullmatch(name)]
    if names:
        message = _("completion_kwargs says {names}, which would take the call, or the key, somewhere else.")
        hint = _("Say it with the settings of their own, such as base_url.")
        yield message.format(names=", ".join(clean(name, limit=60) for name in names)), hint, "completion_kwargs"
    twice = [name for name in kwargs if name in _GIVEN]
    if twice:
        message = _("completion_kwargs says {names}, which OpenHands gives to litellm already: it ends with an error.")
        hint = _("Say it with the setting of that name.")
        yield message.format(names=", ".join(twice)), hint, "completion_kwargs"
    if not _is_json(kwargs):
        message = _("completion_kwargs holds a value that no request can, such as a date.")
        yield message, _("Write it as text, in quotes."), "completion_kwargs"


def _is_json(value: object) -> bool:
    try:
        json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        return False
    return True
