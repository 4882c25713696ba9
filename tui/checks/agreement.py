"""Whether the settings agree on whose key a call takes, and where it goes: else no key is sent or handed over.

Read in litellm 1.106 (`get_llm_provider_logic.py`, the dispatch at the end of `main.completion`, `base_aws_llm.py`) and
in OpenHands 0.62 (`llm/llm.py`). Our own test is held to the agreed place by `base.guard` as well; OpenHands is not.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.translation import _
from tui.catalog.providers import Provider, canonical
from tui.checks.finding import Code, Fault
from tui.credentials.identity import origin_of
from tui.drafts.draft import Draft
from tui.openhands.effective import tables_of
from tui.openhands.routes import is_known, provider_in

OPENHANDS: Final = "openhands"
_GATEWAYS: Final = frozenset(
    {"openrouter", "vercel_ai_gateway", "litellm_proxy", "openai", "openai_compatible", "openai_like", "hosted_vllm",
     "lm_studio", "github", "huggingface", "together_ai", "deepinfra", "groq", "fireworks_ai", "nvidia_nim", "novita",
     "nebius", "hyperbolic", "edenai", "cometapi", "aiml", "wandb", "baseten", "featherless_ai", "sambanova"}
)  # fmt: skip
"""They have models of many makers, whose names begin with the maker's: there `custom_llm_provider` decides."""
_WORDS: Final = {
    "replicate": "replicate", "ft:babbage-002": "openai", "ft:davinci-002": "openai", "ft:gpt-": "openai",
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
_OWN_ADDRESS: Final = frozenset(
    {"bytez", "gigachat", "microsoft_365_copilot", "replicate", "sagemaker", "sagemaker_chat", "sagemaker_nova"}
)
"""Called, or asked for a token with the key, at their own address whatever the base URL says."""
_IBM: Final = re.compile(r"https://[a-z0-9.-]+\.cloud\.ibm\.com")
"""For watsonx the key goes to IBM's login, and what that gives to the base URL."""
_OF_IBM: Final = frozenset({"watsonx", "watsonx_text"})
_REGION: Final = re.compile(r"[a-z0-9-]+")
_ARN: Final = re.compile(r"arn:[^:/]*:[^:]*:([^:]*)")
_REGION_VARIABLES: Final = {
    "bedrock": ("AWS_REGION_NAME", "AWS_REGION", "AWS_DEFAULT_REGION"),
    "vertex_ai": ("VERTEXAI_LOCATION", "VERTEX_LOCATION"),
}
_PLACES: Final = re.compile(
    r"(aws|vertex|azure|databricks|watsonx|oci|sap|litellm|use_litellm)_?.*|.*(api_base|base_url|endpoint|_url)"
    r"|model|model_list|fallbacks|.*_fallback.*|deployment_id|custom_llm_provider|client|shared_session|.*proxy.*"
    r"|ssl_verify|.*(region|location|project|account|credential|token_url|secret).*"
    r"|.*(api_key|callbacks?|_host|_site|_file|_path)|.*(identity|federation|issuer|keycloak|exchange).*|prompt_id"
)
"""What in `completion_kwargs` says where a call goes, or with whose key; and who is told of it, and with what."""
_FROM_ENVIRONMENT: Final = "os.environ/"
"""Where litellm reads this it takes the variable that follows, be that a key."""
_HEADERS: Final = ("headers", "extra_headers")
_GIVEN: Final = frozenset({"api_version", "timeout", "drop_params", "seed"})
"""Of what OpenHands gives to litellm in any case, the rest: Python takes no argument twice."""


@dataclass(frozen=True, slots=True)
class CallTarget:
    """The settings that say who is called, with what holds in the end."""

    model: str
    custom: str = ""
    """`custom_llm_provider`."""
    base_url: str = ""
    region: str = ""
    """`aws_region_name`."""
    kwargs: object = None
    """`completion_kwargs`."""
    provider: Provider | None = None
    """Whose key it is: the one that was chosen, or that the model names."""
    environ: Mapping[str, str] = field(default_factory=dict)

    @property
    def named(self) -> str:
        """The provider that is named to litellm."""
        return self.custom or self.prefix

    @property
    def prefix(self) -> str:
        """What stands before the first slash of the model's name."""
        return self.model.partition("/")[0] if "/" in self.model else ""

    @property
    def ids(self) -> set[str]:
        """Under which ids its provider may be known."""
        return {self.named, self.provider.id if self.provider else ""}

    @property
    def name(self) -> str:
        """The provider as it is shown."""
        return self.provider.name if self.provider else clean(self.named, limit=60)


def disagreements(called: CallTarget) -> Iterator[Fault]:
    """Each rule that is broken; where there is one, no key may go out."""
    yield from list(_two_providers(called)) or _another_by_its_name(called)
    yield from _another_address(called)
    yield from _odd_regions(called)
    yield from _odd_kwargs(called.kwargs)


def _two_providers(called: CallTarget) -> Iterator[Fault]:
    prefix, custom = called.prefix, called.custom
    found = provider_in({"model": called.model, "base_url": called.base_url, "custom_llm_provider": custom})
    if canonical(prefix) != canonical(custom) and _is_provider(prefix) and _is_provider(custom):
        if prefix == OPENHANDS or custom not in _GATEWAYS:
            message = _("The model's name says {prefix}, and custom_llm_provider says {custom}: no key is for both.")
            hint = _("Leave custom_llm_provider out, or choose a model of {custom}.")
            names = {"prefix": clean(prefix, limit=60), "custom": clean(custom, limit=60)}
            yield _fault("custom_llm_provider", message.format(**names), hint.format(**names))
    elif called.provider and found and called.provider.prefix != found.prefix:
        message = _("The key is for {chosen}, and the model {model} is called at {other}.")
        names = {"chosen": called.name, "other": found.name, "model": clean(called.model, limit=120)}
        yield _fault("model", message.format(**names), _("Choose a model of {chosen}.").format(**names))


def _is_provider(name: str) -> bool:
    return bool(name) and (name == OPENHANDS or is_known(name))


def _another_by_its_name(called: CallTarget) -> Iterator[Fault]:
    if called.base_url and canonical(called.named) in _OWN_ENDPOINT:
        return
    for word, id_ in _WORDS.items():
        if word in called.model and id_ not in called.ids:
            message = _("litellm calls {other} for every model with “{word}” in its name, and the key is for {chosen}.")
            message = message.format(other=id_, word=word, chosen=called.name)
            yield _fault("model", message, _("Choose another model."))


def _another_address(called: CallTarget) -> Iterator[Fault]:
    if called.ids & _TO_OPENAI and not called.base_url:
        message = _("{name} has no address of its own: without a base URL, litellm sends the call to OpenAI.")
        yield _fault("base_url", message.format(name=called.name), _("Set the base URL of your server."))
    at_ibm = _IBM.fullmatch(origin_of(called.base_url) or "")
    if called.base_url and (called.ids & _OWN_ADDRESS or (called.ids & _OF_IBM and not at_ibm)):
        message = _("litellm sends the key to {name}'s own address, whatever the base URL says.")
        hint = _("Leave the base URL out, or set {name}'s own.")
        yield _fault("base_url", message.format(name=called.name), hint.format(name=called.name))


def _odd_regions(called: CallTarget) -> Iterator[Fault]:
    said = {"aws_region_name": called.region}
    said |= {name: called.environ.get(name, "") for name in _region_variables(called)}
    said |= {_("The model's name"): arn[1] for arn in _ARN.finditer(called.model)}
    for name, region in said.items():
        if region and not _REGION.fullmatch(region):
            message = _("{name} says “{region}”, which is not a region: it would become part of another host's name.")
            hint = _("A region has small letters, digits and dashes only, such as us-east-1.")
            message = message.format(name=name, region=clean(region, limit=60))
            yield _fault("aws_region_name", message, hint, Code.BAD_REGION)


def _region_variables(called: CallTarget) -> tuple[str, ...]:
    id_ = called.provider.id if called.provider else called.named
    return _REGION_VARIABLES.get("bedrock" if id_.startswith(("bedrock", "sagemaker")) else id_, ())


def _odd_kwargs(kwargs: object) -> Iterator[Fault]:
    if not isinstance(kwargs, dict):
        return
    if names := [name for name, value in kwargs.items() if _leads_elsewhere(name, value)]:
        message = _("completion_kwargs says {names}, which would take the call, or the key, somewhere else.")
        message = message.format(names=", ".join(clean(name, limit=60) for name in names))
        yield _fault("completion_kwargs", message, _("Use the settings of their own, such as base_url."))
    if twice := [name for name in kwargs if name in _GIVEN]:
        message = _("completion_kwargs says {names}, which OpenHands gives to litellm already: it ends with an error.")
        hint = _("Use the setting of that name.")
        yield _fault("completion_kwargs", message.format(names=", ".join(twice)), hint, Code.WRONG_TYPE)
    if not _is_json(kwargs):
        message = _("completion_kwargs holds a value that no request can, such as a date.")
        yield _fault("completion_kwargs", message, _("Write it as a string, in quotes."), Code.WRONG_TYPE)


def _leads_elsewhere(name: str, value: object) -> bool:
    names_host = name in _HEADERS and isinstance(value, dict) and "host" in map(str.lower, value)
    return bool(_PLACES.fullmatch(name)) or names_host or _FROM_ENVIRONMENT in str(value)


def _is_json(value: object) -> bool:
    try:
        json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        return False
    return True


def _fault(key: str, message: str, hint: str, code: Code = Code.TWO_PLACES) -> Fault:
    return Fault(code, key, message, hint, severe=True)


# -- no key is sent, handed over or shown where the settings do not agree on one place for it


def require_agreement(draft: Draft) -> None:
    """Raise SetupError where the settings name two providers for one key, or make a host of what is none."""
    called = CallTarget(
        model=draft.effective_text("model"),
        custom=draft.effective_text("custom_llm_provider"),
        base_url=draft.base_url,
        region=draft.effective_text("aws_region_name"),
        kwargs=tables_of(draft.config, draft.environ, draft.group).get("completion_kwargs"),
        provider=draft.provider,
        environ=draft.environ,
    )
    for fault in disagreements(called):
        raise SetupError(fault.message, fault.hint, field=fault.key)
