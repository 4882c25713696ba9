"""Where a provider's own requests go when no base URL is set: the only places that its key may be sent to then.

Read by asking litellm 1.110.2 for one completion of each provider (`tests/trial/test_own_origins.py` asks it again);
those with a default base URL are told by `endpoints` and `first_class`, those of litellm's own JSON file by the
snapshot.
"""

from typing import Final

from tui.catalog.endpoints import DEFAULT_BASE_URLS
from tui.catalog.providers import with_id
from tui.credentials.identity import origin_of

_OPENAI: Final = ("https://api.openai.com",)
_BEDROCK: Final = (
    "https://bedrock-runtime.*.amazonaws.com",
    "https://bedrock-runtime.*.amazonaws.com.cn",
    "https://bedrock-runtime.*.amazonaws.eu",
)
_SAGEMAKER: Final = ("https://runtime.sagemaker.*.amazonaws.com", "https://runtime.sagemaker.*.amazonaws.com.cn")
_VERTEX: Final = (
    "https://aiplatform.googleapis.com",
    "https://*-aiplatform.googleapis.com",
    "https://aiplatform.*.rep.googleapis.com",
)
_COHERE: Final = ("https://api.cohere.com",)
_MORE: Final[dict[str, tuple[str, ...]]] = {
    "aiohttp_openai": _OPENAI,
    "amazon_nova": ("https://api.nova.amazon.com",),
    "anthropic_text": ("https://api.anthropic.com",),
    "azure": (),
    "bedrock": _BEDROCK,
    "bedrock_mantle": ("https://bedrock-mantle.*.api.aws",),
    "bigmodel": ("https://open.bigmodel.cn",),
    "bytez": ("https://api.bytez.com",),
    "clf_ai_gateway": ("https://api.clfaigateway.dev",),
    "cloudflare": ("https://api.cloudflare.com",),
    "cognition": ("https://api.cognition.ai",),
    "cohere": _COHERE,
    "cohere_chat": _COHERE,
    "cometapi": ("https://api.cometapi.com",),
    "compactifai": ("https://api.compactif.ai",),
    "coralbricks": ("https://inference.coralbricks.ai",),
    "datarobot": ("https://app.datarobot.com",),
    "fal_ai": ("https://fal.run", "https://queue.fal.run"),
    "gigachat": ("https://gigachat.devices.sberbank.ru", "https://ngw.devices.sberbank.ru:9443"),
    "huggingface": ("https://router.huggingface.co", "https://huggingface.co"),
    "inferenceapis": ("https://api.inferenceapis.com",),
    "langflow": ("http://localhost:7860",),
    "langgraph": ("http://localhost:2024",),
    "maritalk": ("https://chat.maritaca.ai",),
    "meta": ("https://api.meta.ai",),
    "microsoft_365_copilot": ("https://graph.microsoft.com",),
    "minimax": ("https://api.minimax.io",),
    "modelscope": ("https://api-inference.modelscope.cn",),
    "nadir": ("https://api.getnadir.com",),
    "nlp_cloud": ("https://api.nlpcloud.io",),
    "ollama_chat": ("http://localhost:11434",),
    "opencode_go": ("https://opencode.ai",),
    "openinfer": ("https://api.openinfer.ai",),
    "ovhcloud": ("https://oai.endpoints.kepler.ai.cloud.ovh.net",),
    "pinstripes": ("https://pinstripes.io",),
    "predibase": ("https://serving.app.predibase.com",),
    "reka": ("https://api.reka.ai",),
    "replicate": ("https://api.replicate.com",),
    "sagemaker": _SAGEMAKER,
    "sagemaker_chat": _SAGEMAKER,
    "sagemaker_nova": _SAGEMAKER,
    "text-completion-codestral": ("https://codestral.mistral.ai",),
    "text-completion-inception": ("https://api.inceptionlabs.ai",),
    "text-completion-openai": _OPENAI,
    "vertex_ai": _VERTEX,
    "vertex_ai_beta": _VERTEX,
}
"""`*` is one label, or a part of one, of small letters, digits and dashes: the region, whichever it is. Every such name
is that provider's own."""

_OF_AMAZON: Final = (
    "http://169.254.169.254", "http://169.254.170.2", "http://169.254.170.23", "https://sts.amazonaws.com",
    "https://sts.*.amazonaws.com", "https://sts.*.amazonaws.com.cn", "https://oidc.*.amazonaws.com",
    "https://portal.sso.*.amazonaws.com",
)  # fmt: skip
_OF_GOOGLE: Final = (
    "https://oauth2.googleapis.com", "https://sts.googleapis.com", "https://iamcredentials.googleapis.com",
    "http://metadata.google.internal", "http://169.254.169.254",
)  # fmt: skip


def own_origins(id_: str) -> tuple[str, ...]:
    """The origins that requests of the provider go to by itself; none where each account has an address of its own.

    Nor are there any for those that run on the user's own machines, such as a LiteLLM proxy: litellm sends their
    requests, and the key, to OpenAI when it is told no address.
    """
    if id_ in _MORE:
        return _MORE[id_]
    default = (provider.default_base_url if (provider := with_id(id_)) else "") or DEFAULT_BASE_URLS.get(id_, "")
    origin = origin_of(default or _of_the_snapshot(id_))
    return (origin,) if origin else ()


def login_origins(id_: str) -> tuple[str, ...]:
    """Where a cloud's own library asks who this machine or its user is, before a request; it is given no key there."""
    if own_origins(id_) in (_BEDROCK, _SAGEMAKER):
        return _OF_AMAZON
    return _OF_GOOGLE if own_origins(id_) == _VERTEX else ()


def _of_the_snapshot(id_: str) -> str:
    from tui.catalog.snapshot import current  # for the few that stand nowhere else

    try:
        return next((row.base_url for row in current().providers() if row.id == id_), "")
    except (OSError, ValueError):
        return ""
