"""Where litellm sends requests of the less common providers, and what their keys are called in the environment.

Read in litellm's `get_llm_provider_logic.py`; providers of its `llms/openai_like/providers.json` bring their own.
"""

from typing import Final

DEFAULT_BASE_URLS: Final = {
    "ai21_chat": "https://api.ai21.com/studio/v1",
    "aiml": "https://api.aimlapi.com/v1",
    "baseten": "https://inference.baseten.co/v1",
    "cerebras": "https://api.cerebras.ai/v1",
    "clarifai": "https://api.clarifai.com/v2/ext/openai/v1",
    "codestral": "https://codestral.mistral.ai/v1",
    "dashscope": "https://dashscope.aliyuncs.com/compatible-mode/v1",
    "deepinfra": "https://api.deepinfra.com/v1/openai",
    "docker_model_runner": "http://localhost:22088/engines/llama.cpp",
    "edenai": "https://api.edenai.run/v3",
    "empower": "https://app.empower.dev/api/v1",
    "featherless_ai": "https://api.featherless.ai/v1",
    "fireworks_ai": "https://api.fireworks.ai/inference/v1",
    "friendliai": "https://api.friendli.ai/serverless/v1",
    "galadriel": "https://api.galadriel.com/v1",
    "gigachat": "https://gigachat.devices.sberbank.ru/api/v1",
    "github": "https://models.inference.ai.azure.com",
    "gradient_ai": "https://inference.do-ai.run",
    "hyperbolic": "https://api.hyperbolic.xyz/v1",
    "inception": "https://api.inceptionlabs.ai/v1",
    "lambda_ai": "https://api.lambda.ai/v1",
    "lemonade": "http://localhost:8000/api/v1",
    "llamafile": "http://127.0.0.1:8080/v1",
    "meta_llama": "https://api.llama.com/compat/v1",
    "moonshot": "https://api.moonshot.ai/v1",
    "morph": "https://api.morphllm.com/v1",
    "nebius": "https://api.studio.nebius.ai/v1",
    "novita": "https://api.novita.ai/v3/openai",
    "nscale": "https://inference.api.nscale.com/v1",
    "nvidia_nim": "https://integrate.api.nvidia.com/v1",
    "perplexity": "https://api.perplexity.ai",
    "qwen_ai_platform": "https://dashscope.aliyuncs.com/compatible-mode/v1",
    "qwencloud": "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
    "sambanova": "https://api.sambanova.ai/v1",
    "tencent": "https://tokenhub-intl.tencentcloudmaas.com/v1",
    "together_ai": "https://api.together.ai/v1",
    "v0": "https://api.v0.dev/v1",
    "vercel_ai_gateway": "https://ai-gateway.vercel.sh/v1",
    "volcengine": "https://ark.cn-beijing.volces.com/api/v3",
    "wandb": "https://api.inference.wandb.ai/v1",
    "xai": "https://api.x.ai/v1",
    "zai": "https://api.z.ai/api/paas/v4",
}

LOCAL: Final = frozenset({"docker_model_runner", "hosted_vllm", "lemonade", "llamafile"})
"""What people run themselves: no key is needed, nothing is billed."""

NEEDS_ENDPOINT: Final = {
    "azure_ai": "https://NAME.services.ai.azure.com",
    "databricks": "https://WORKSPACE/serving-endpoints",
    "datarobot": "https://app.datarobot.com",
    "heroku": "https://us.inference.heroku.com",
    "hosted_vllm": "http://localhost:8000/v1",
    "snowflake": "https://ACCOUNT.snowflakecomputing.com",
    "watsonx": "https://us-south.ml.cloud.ibm.com",
}
"""Providers that every account has an address of its own for, with an example."""

NEEDS_ENVIRONMENT: Final = {
    "cloudflare": ("CLOUDFLARE_ACCOUNT_ID",),
    "watsonx": ("WATSONX_PROJECT_ID",),
}

_KEY_VARIABLES: Final = {
    "ai21_chat": "AI21_API_KEY",
    "clarifai": "CLARIFAI_API_KEY",
    "cohere_chat": "COHERE_API_KEY",
    "datarobot": "DATAROBOT_API_TOKEN",
    "lambda_ai": "LAMBDA_API_KEY",
    "meta_llama": "LLAMA_API_KEY",
    "perplexity": "PERPLEXITYAI_API_KEY",
    "snowflake": "SNOWFLAKE_JWT",
    "together_ai": "TOGETHER_API_KEY",
}
"""Those that are not named after the provider."""
_WITHOUT_VARIABLE: Final = frozenset({"oci", "sagemaker", "sap"})


_BASE_URL_VARIABLES: Final = {
    "ai21_chat": ("AI21_API_BASE",),
    "anthropic": ("ANTHROPIC_API_BASE", "ANTHROPIC_BASE_URL"),
    "bedrock": ("AWS_BEDROCK_RUNTIME_ENDPOINT",),
    "cohere_chat": ("COHERE_API_BASE",),
    "featherless_ai": ("FEATHERLESS_AI_API_BASE", "FEATHERLESS_API_BASE"),
    "fireworks_ai": ("FIREWORKS_API_BASE",),
    "friendliai": ("FRIENDLI_API_BASE",),
    "lambda_ai": ("LAMBDA_API_BASE",),
    "lm_studio": (),
    "meta_llama": ("LLAMA_API_BASE",),
    "mistral": ("MISTRAL_AZURE_API_BASE",),
    "openai": ("OPENAI_BASE_URL", "OPENAI_API_BASE"),
    "openai_compatible": (),
    "openhands": (),
    "scx-ai": ("SCX_API_BASE",),
}
"""Those that are not called after the provider. Tried with litellm 1.106.2, each against a server of one's own."""


def base_url_variables(id_: str) -> tuple[str, ...]:
    """The environment variables that litellm takes a provider's address from when it is given none; the first counts.

    Some less common providers have none; then a variable of that name is simply set by nobody.
    """
    return _BASE_URL_VARIABLES.get(id_, (f"{id_.upper().replace('-', '_')}_API_BASE",))


def key_variable(id_: str) -> str:
    """The environment variable that litellm reads the key of the provider `id_` from."""
    if id_ in _WITHOUT_VARIABLE:
        return ""
    return _KEY_VARIABLES.get(id_) or f"{id_.upper().replace('-', '_')}_API_KEY"
