"""Any id that somebody types becomes what litellm understands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.catalog.models import Catalogue, listed_model, typed_model
from tui.catalog.providers import first_class, provider_of

PROVIDERS = {provider.id: provider for provider in first_class()}

TYPED = [
    ("anthropic", "claude-sonnet-4-5", "anthropic/claude-sonnet-4-5"),
    ("anthropic", "anthropic/claude-sonnet-4-5", "anthropic/claude-sonnet-4-5"),
    ("anthropic", "  claude-sonnet-4-5\n", "anthropic/claude-sonnet-4-5"),
    ("anthropic", '"claude-sonnet-4-5"', "anthropic/claude-sonnet-4-5"),
    ("anthropic", "Anthropic/claude-sonnet-4-5", "anthropic/claude-sonnet-4-5"),
    ("anthropic", "openai/gpt-4o", "openai/gpt-4o"),
    ("anthropic", "anthropic/", ""),
    ("anthropic", "", ""),
    ("anthropic", "   ", ""),
    ("openai", "gpt-4o", "openai/gpt-4o"),
    ("openai", "openai/gpt-4o", "openai/gpt-4o"),
    ("openai", "ft:gpt-4o-mini:acme::x1", "openai/ft:gpt-4o-mini:acme::x1"),
    ("gemini", "gemini-2.5-pro", "gemini/gemini-2.5-pro"),
    ("gemini", "gemini/gemini-2.5-pro", "gemini/gemini-2.5-pro"),
    ("gemini", "models/gemini-2.5-pro", "gemini/gemini-2.5-pro"),
    ("gemini", "vertex_ai/gemini-2.5-pro", "vertex_ai/gemini-2.5-pro"),
    ("openrouter", "anthropic/claude-sonnet-4", "openrouter/anthropic/claude-sonnet-4"),
    ("openrouter", "openai/gpt-4o", "openrouter/openai/gpt-4o"),
    ("openrouter", "openrouter/openai/gpt-4o", "openrouter/openai/gpt-4o"),
    ("openrouter", "qwen/qwen3-coder:free", "openrouter/qwen/qwen3-coder:free"),
    ("openrouter", "auto", "openrouter/openrouter/auto"),
    ("openrouter", "openrouter/auto", "openrouter/openrouter/auto"),
    ("openrouter", "openrouter/openrouter/auto", "openrouter/openrouter/auto"),
    ("azure", "my-deployment", "azure/my-deployment"),
    ("azure", "azure/gpt-4o", "azure/gpt-4o"),
    ("azure", "gpt-4o", "azure/gpt-4o"),
    ("azure", "azure_ai/grok-4", "azure_ai/grok-4"),
    ("groq", "openai/gpt-oss-120b", "groq/openai/gpt-oss-120b"),
    ("groq", "groq/openai/gpt-oss-120b", "groq/openai/gpt-oss-120b"),
    ("groq", "llama-3.3-70b-versatile", "groq/llama-3.3-70b-versatile"),
    ("litellm_proxy", "team-claude", "litellm_proxy/team-claude"),
    ("litellm_proxy", "anthropic/claude-sonnet-4", "litellm_proxy/anthropic/claude-sonnet-4"),
    ("litellm_proxy", "litellm_proxy/anthropic/claude-sonnet-4", "litellm_proxy/anthropic/claude-sonnet-4"),
    ("vertex_ai", "gemini-2.5-pro", "vertex_ai/gemini-2.5-pro"),
    ("vertex_ai", "claude-3-5-sonnet@20240620", "vertex_ai/claude-3-5-sonnet@20240620"),
    ("vertex_ai", "openai/gpt-oss-120b-maas", "vertex_ai/openai/gpt-oss-120b-maas"),
    ("vertex_ai", "vertex_ai_beta/gemini-2.5-pro", "vertex_ai_beta/gemini-2.5-pro"),
    ("bedrock", "us.anthropic.claude-sonnet-4-5-20250929-v1:0", "bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0"),
    (
        "bedrock",
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.x",
        "bedrock/arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.x",
    ),
    ("bedrock", "bedrock/converse/us.x", "bedrock/converse/us.x"),
    ("mistral", "devstral-small-2507", "mistral/devstral-small-2507"),
    ("deepseek", "deepseek-chat", "deepseek/deepseek-chat"),
    ("openhands", "claude-sonnet-4-20250514", "openhands/claude-sonnet-4-20250514"),
    ("openhands", "openhands/claude-sonnet-4-20250514", "openhands/claude-sonnet-4-20250514"),
    ("ollama", "llama3.1:70b", "ollama/llama3.1:70b"),
    ("ollama", "ollama/llama3.1:70b", "ollama/llama3.1:70b"),
    ("ollama", "ollama_chat/llama3.1", "ollama_chat/llama3.1"),
    ("ollama", "hf.co/Qwen/Qwen3-GGUF:Q4", "ollama/hf.co/Qwen/Qwen3-GGUF:Q4"),
    ("lm_studio", "qwen/qwen3-coder-30b", "openai/qwen/qwen3-coder-30b"),
    ("lm_studio", "openai/qwen/qwen3-coder-30b", "openai/qwen/qwen3-coder-30b"),
    ("lm_studio", "lm_studio/qwen/qwen3-coder-30b", "openai/qwen/qwen3-coder-30b"),
    ("lm_studio", "openai/openai/gpt-oss-20b", "openai/openai/gpt-oss-20b"),
    ("lm_studio", "anthropic/claude-like", "openai/anthropic/claude-like"),
    ("openai_compatible", "Qwen/Qwen3-Coder", "openai/Qwen/Qwen3-Coder"),
    ("openai_compatible", "openai/Qwen/Qwen3-Coder", "openai/Qwen/Qwen3-Coder"),
    ("openai_compatible", "hosted_vllm/Qwen/Qwen3-Coder", "openai/Qwen/Qwen3-Coder"),
    ("openai_compatible", "my model", "openai/my model"),
]


def test_every_first_class_provider_is_tried():
    assert {id_ for id_, _typed, _model in TYPED} == set(PROVIDERS)


@pytest.mark.parametrize(("id_", "typed", "model"), TYPED)
def test_typed(id_: str, typed: str, model: str):
    assert typed_model(typed, PROVIDERS[id_]) == model


@given(st.sampled_from(list(PROVIDERS.values())), st.from_regex(r"[A-Za-z0-9._:@-]{1,12}", fullmatch=True))
def test_a_plain_name_gets_the_prefix_once(provider, name: str):
    model = typed_model(name, provider)
    assert model.startswith(provider.prefix)
    assert model.endswith(f"/{name}") or name in ("auto", "free")
    assert typed_model(model, provider) == model


@given(st.sampled_from(list(PROVIDERS.values())), st.text(max_size=30))
def test_typing_the_result_again_changes_nothing(provider, text: str):
    once = typed_model(text, provider)
    assert typed_model(once, provider) == once


def test_every_model_of_the_catalogue_is_typed_as_itself(catalogue: Catalogue):
    providers = {provider.family: provider for provider in catalogue.providers if provider.family}
    for model in catalogue.models:
        provider = providers[model.family]
        assert typed_model(model.id, provider) == model.id
        assert typed_model(model.name, provider) == model.id
        found = provider_of(model.id, "", "", catalogue.providers)
        assert found is not None
        assert found.family == model.family


def test_what_a_server_lists_keeps_its_own_slash():
    assert listed_model("openai/gpt-oss-20b", PROVIDERS["lm_studio"]) == "openai/openai/gpt-oss-20b"
    assert listed_model("openrouter/auto", PROVIDERS["openrouter"]) == "openrouter/openrouter/auto"
    assert listed_model("models/gemini-2.5-pro", PROVIDERS["gemini"]) == "gemini/gemini-2.5-pro"
    assert listed_model("models/mine.gguf", PROVIDERS["openai_compatible"]) == "openai/models/mine.gguf"
