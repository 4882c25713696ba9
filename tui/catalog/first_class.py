"""The providers that OpenHands' users have most: everything about them is written here by hand, no file is read."""

from functools import cache

from tui.base.translation import _, together
from tui.catalog.provider import Need, Provider

_KEY = Need("api_key", required=True)


@cache
def first_class() -> tuple[Provider, ...]:
    """The providers at the top of the list, in this order."""
    return (*_clouds(), *_gateways(), *_own_accounts(), *_more_clouds(), *_own_machines())


def _clouds() -> tuple[Provider, ...]:
    return (
        Provider(
            id="anthropic", name="Anthropic", prefix="anthropic/", family="anthropic", needs=(_KEY,),
            key_variable="ANTHROPIC_API_KEY", key_page="console.anthropic.com/settings/keys", key_prefix="sk-ant-",
            limits_page="docs.claude.com/en/api/rate-limits",
            spending_page="console.anthropic.com/settings/limits", docs="docs.litellm.ai/docs/providers/anthropic",
            default_base_url="https://api.anthropic.com", words="claude sonnet opus haiku",
            note=_(
                "The Claude models, those most used with OpenHands. A Claude subscription is no API account: the "
                "key is paid for separately."
            ),
        ),
        Provider(
            id="openai", name="OpenAI", prefix="openai/", family="openai", needs=(_KEY,),
            key_variable="OPENAI_API_KEY", key_page="platform.openai.com/api-keys", key_prefix="sk-",
            limits_page="platform.openai.com/docs/guides/rate-limits",
            spending_page="platform.openai.com/settings/organization/limits",
            docs="docs.openhands.dev/openhands/usage/llms/openai-llms",
            default_base_url="https://api.openai.com/v1", words="gpt chatgpt o3 o4",
            note=_("The GPT models. A ChatGPT subscription is no API account: the key is paid for separately."),
        ),
        Provider(
            id="gemini", name="Google AI Studio", prefix="gemini/", family="gemini", needs=(_KEY,),
            key_variable="GEMINI_API_KEY", key_page="aistudio.google.com/apikey", key_prefix="AQ.",
            limits_page="ai.google.dev/gemini-api/docs/rate-limits",
            spending_page="aistudio.google.com/spend", docs="docs.openhands.dev/openhands/usage/llms/google-llms",
            default_base_url="https://generativelanguage.googleapis.com", words="gemini google gemma ai studio",
            note=_(
                "The Gemini models. The prefix gemini/ matters: without it requests go to Vertex AI. New keys "
                "begin with AQ.; old ones (AIza…) are phased out."
            ),
        ),
    )  # fmt: skip


def _gateways() -> tuple[Provider, ...]:
    return (
        Provider(
            id="openrouter", name="OpenRouter", prefix="openrouter/", family="openrouter", needs=(_KEY,),
            key_variable="OPENROUTER_API_KEY", key_page="openrouter.ai/settings/keys", key_prefix="sk-or-",
            limits_page="openrouter.ai/docs/api-reference/limits",
            spending_page="openrouter.ai/settings/keys", docs="docs.openhands.dev/openhands/usage/llms/openrouter",
            default_base_url="https://openrouter.ai/api/v1", words="gateway open router",
            note=_(
                "One key for the models of many vendors, written openrouter/vendor/model. Each key can have a "
                "credit limit of its own."
            ),
        ),
        Provider(
            id="azure", name="Azure OpenAI", prefix="azure/", family="azure",
            needs=(
                Need("base_url", required=True, example="https://NAME.openai.azure.com"),
                Need("api_version", required=True, example="2024-10-21", works=True),
                _KEY,
            ),
            key_variable="AZURE_API_KEY", key_page="ai.azure.com",
            limits_page="learn.microsoft.com/azure/ai-foundry/openai/quotas-limits",
            spending_page="portal.azure.com/#view/Microsoft_Azure_CostManagement/Menu/~/budgets",
            docs="docs.openhands.dev/openhands/usage/llms/azure-llms", words="microsoft azure openai foundry gpt",
            note=_(
                "The model is the name of your deployment, not of the model behind it. The base URL has no path, "
                "and the API version is required."
            ),
        ),
    )  # fmt: skip


def _own_accounts() -> tuple[Provider, ...]:
    return (
        Provider(
            id="groq", name="Groq", prefix="groq/", family="groq", needs=(_KEY,),
            key_variable="GROQ_API_KEY", key_page="console.groq.com/keys", key_prefix="gsk_",
            limits_page="console.groq.com/docs/rate-limits",
            spending_page="console.groq.com/settings/billing", docs="docs.openhands.dev/openhands/usage/llms/groq",
            default_base_url="https://api.groq.com/openai/v1", words="llama gpt-oss fast",
            note=_(
                "Open models, answered very fast. The free tier has low limits by the minute: give the retries "
                "long waits."
            ),
        ),
        Provider(
            id="litellm_proxy", name="LiteLLM proxy", prefix="litellm_proxy/",
            needs=(
                Need("base_url", required=True, example="http://localhost:4000", works=True),
                Need("api_key", required=True, example="sk-…"),
            ),
            key_variable="LITELLM_PROXY_API_KEY", key_prefix="sk-",
            limits_page="docs.litellm.ai/docs/proxy/rate_limit_tiers",
            spending_page="docs.litellm.ai/docs/proxy/users",
            docs="docs.openhands.dev/openhands/usage/llms/litellm-proxy", words="litellm gateway proxy self-hosted",
            note=_(
                "A proxy that you or your company runs. The model is its alias there, the base URL ends without "
                "/v1, and its administrator sets budgets."
            ),
        ),
        Provider(
            id="vertex_ai", name="Vertex AI", prefix="vertex_ai/", family="vertex_ai",
            limits_page="cloud.google.com/vertex-ai/generative-ai/docs/quotas",
            spending_page="console.cloud.google.com/billing/budgets", docs="docs.litellm.ai/docs/providers/vertex",
            needs_environment=("GOOGLE_APPLICATION_CREDENTIALS", "VERTEXAI_PROJECT", "VERTEXAI_LOCATION"),
            words="google cloud gcp gemini claude vertexai",
            note=_(
                "Gemini, Claude and others on Google Cloud. There is no key: a service account's file, the "
                "project and the location come from the environment."
            ),
        ),
        Provider(
            id="bedrock", name="AWS Bedrock", prefix="bedrock/", family="bedrock",
            needs=(
                Need("aws_region_name", required=True, example="us-east-1"),
                Need("aws_access_key_id", required=False, example="AKIA…"),
                Need("aws_secret_access_key", required=False),
            ),
            key_page="console.aws.amazon.com/iam/home#/security_credentials",
            limits_page="docs.aws.amazon.com/bedrock/latest/userguide/quotas.html",
            spending_page="console.aws.amazon.com/costmanagement/home#/budgets",
            docs="docs.litellm.ai/docs/providers/bedrock", words="amazon web services aws claude nova llama",
            note=_(
                "Leave both keys empty where the machine's role or the AWS environment has them. Many models need "
                "an id that begins with us. or eu."
            ),
        ),
    )  # fmt: skip


def _more_clouds() -> tuple[Provider, ...]:
    return (
        Provider(
            id="mistral", name="Mistral", prefix="mistral/", family="mistral", needs=(_KEY,),
            key_variable="MISTRAL_API_KEY", key_page="console.mistral.ai/api-keys",
            limits_page="admin.mistral.ai/plateforme/limits",
            spending_page="admin.mistral.ai/organization/workspaces", docs="docs.litellm.ai/docs/providers/mistral",
            default_base_url="https://api.mistral.ai/v1", words="devstral codestral magistral la plateforme",
            note=_(
                "Devstral is made for coding agents. The free plan has low limits by the minute: give the retries"
                " long waits."
            ),
        ),
        Provider(
            id="deepseek", name="DeepSeek", prefix="deepseek/", family="deepseek", needs=(_KEY,),
            key_variable="DEEPSEEK_API_KEY", key_page="platform.deepseek.com/api_keys", key_prefix="sk-",
            limits_page="api-docs.deepseek.com/quick_start/rate_limit",
            spending_page="platform.deepseek.com/top_up", docs="docs.litellm.ai/docs/providers/deepseek",
            default_base_url="https://api.deepseek.com/beta", words="deep seek",
            note=_("Strong open models at a low price. It is paid in advance, so what you top up is your limit."),
        ),
        Provider(
            id="openhands", name="OpenHands", prefix="openhands/", needs=(_KEY,),
            key_page="app.all-hands.dev/settings/api-keys", key_prefix="sk-",
            limits_page="docs.openhands.dev/openhands/usage/llms/openhands-llms",
            spending_page="app.all-hands.dev/settings/billing",
            docs="docs.openhands.dev/openhands/usage/llms/openhands-llms",
            default_base_url="https://llm-proxy.app.all-hands.dev", words="all hands cloud",
            note=_(
                "Models paid with OpenHands Cloud credits. Use the LLM key of the API Keys page, not the "
                "OpenHands API key beside it."
            ),
        ),
    )  # fmt: skip


def _own_machines() -> tuple[Provider, ...]:
    weak = _("Most local models are weak: expect long waits, poor answers and broken JSON.")
    return (
        Provider(
            id="ollama", name="Ollama", prefix="ollama/", family="ollama", costs=False,
            needs=(
                Need("base_url", required=True, example="http://localhost:11434", works=True),
                Need("api_key", required=False),
            ),
            key_variable="OLLAMA_API_KEY", docs="docs.openhands.dev/openhands/usage/llms/local-llms",
            default_base_url="http://localhost:11434", words="local own machine llama",
            note=together(_("Base URL without /v1. Raise its context to at least 22,000 tokens."), weak),
        ),
        Provider(
            id="lm_studio", name="LM Studio", prefix="openai/", costs=False,
            needs=(
                Need("base_url", required=True, example="http://localhost:1234/v1", works=True),
                Need("api_key", required=True, example="lm-studio", works=True),
            ),
            docs="docs.openhands.dev/openhands/usage/llms/local-llms", words="lmstudio local own machine",
            note=together(_("The key may be any text, but not empty. Ids get openai/ in front."), weak),
        ),
        Provider(
            id="openai_compatible", name=_("OpenAI-compatible endpoint"), prefix="openai/",
            needs=(
                Need("base_url", required=True, example="https://HOST/v1"),
                Need("api_key", required=True, example=_("any text, if the server asks for none")),
            ),
            docs="docs.openhands.dev/openhands/usage/llms/openai-llms",
            words="vllm sglang custom self-hosted local server llama.cpp",
            note=_(
                "Any server that speaks OpenAI's protocol, such as vLLM or SGLang. The base URL usually ends with"
                " /v1; the key must not be empty."
            ),
        ),
    )  # fmt: skip
