"""The first-class providers, finding one, and telling whose model a config names."""

import subprocess
import sys
import textwrap
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.patience import LIMIT

from tui.catalog.models import Catalogue
from tui.catalog.providers import Provider, first_class, provider_of, search_providers
from tui.catalog.search import Vocabulary, joined, occurs, spaced, words

IDS = [
    *("anthropic", "openai", "gemini", "openrouter", "azure", "groq", "litellm_proxy", "vertex_ai", "bedrock"),
    *("mistral", "deepseek", "openhands", "ollama", "lm_studio", "openai_compatible"),
]
ALLOWED_KEYS = {
    *("api_key", "base_url", "api_version", "aws_access_key_id", "aws_secret_access_key", "aws_region_name"),
}


def by_id(id_: str) -> Provider:
    return next(provider for provider in first_class() if provider.id == id_)


def pages(provider: Provider) -> tuple[str, ...]:
    return (provider.key_page, provider.limits_page, provider.spending_page, provider.docs)


def asked(id_: str) -> list[tuple[str, bool]]:
    return [(need.key, need.required) for need in by_id(id_).needs]


def test_the_first_class_stand_in_their_order():
    assert [provider.id for provider in first_class()] == IDS


@pytest.mark.parametrize(
    ("id_", "needs"),
    [
        *((id_, [("api_key", True)]) for id_ in ("anthropic", "openai", "gemini", "openrouter", "groq", "mistral")),
        *((id_, [("api_key", True)]) for id_ in ("deepseek", "openhands")),
        ("azure", [("base_url", True), ("api_version", True), ("api_key", True)]),
        ("litellm_proxy", [("base_url", True), ("api_key", True)]),
        ("vertex_ai", []),
        ("bedrock", [("aws_region_name", True), ("aws_access_key_id", False), ("aws_secret_access_key", False)]),
        ("ollama", [("base_url", True), ("api_key", False)]),
        ("lm_studio", [("base_url", True), ("api_key", True)]),
        ("openai_compatible", [("base_url", True), ("api_key", True)]),
    ],
)
def test_each_is_asked_for_what_it_needs_and_in_order(id_: str, needs: list[tuple[str, bool]]):
    assert asked(id_) == needs


def test_every_provider_is_complete(catalogue: Catalogue):
    for provider in catalogue.providers:
        assert provider.prefix.endswith("/")
        assert provider.name
        assert {need.key for need in provider.needs} <= ALLOWED_KEYS
        assert not any(p.startswith("http") for p in pages(provider))
        if provider.default_base_url:
            assert urlsplit(provider.default_base_url).scheme in ("http", "https")
    for provider in first_class():
        assert provider.note
        assert provider.docs
        assert bool(provider.spending_page) == provider.costs or provider.id == "openai_compatible"
        assert bool(provider.limits_page) == bool(provider.spending_page)
        has_own_key = any(need.key == "api_key" and need.required for need in provider.needs) and provider.costs
        assert bool(provider.key_page) == has_own_key or provider.id in {
            "litellm_proxy",
            "openai_compatible",
            "bedrock",
        }


@pytest.mark.parametrize(
    ("id_", "ends_with_v1"),
    [("litellm_proxy", False), ("ollama", False), ("azure", False), ("lm_studio", True), ("openai_compatible", True)],
)
def test_the_example_of_an_endpoint_has_the_right_end(id_: str, ends_with_v1: bool):
    example = next(need.example for need in by_id(id_).needs if need.key == "base_url")
    assert example.endswith("/v1") is ends_with_v1


def test_what_goes_to_an_unknown_host_never_takes_the_key_of_openai():
    for id_ in ("lm_studio", "openai_compatible", "openhands"):
        assert by_id(id_).key_variable == ""


def test_vertex_needs_the_environment_and_no_key():
    assert by_id("vertex_ai").needs_environment == (
        "GOOGLE_APPLICATION_CREDENTIALS",
        "VERTEXAI_PROJECT",
        "VERTEXAI_LOCATION",
    )


def test_only_ones_own_machine_is_free():
    assert [provider.id for provider in first_class() if not provider.costs] == ["ollama", "lm_studio"]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("anthr", "anthropic"), ("claude", "anthropic"), ("google", "gemini"), ("google cloud", "vertex_ai"),
        ("gemini", "gemini"), ("azure", "azure"), ("openai", "openai"), ("openrouter", "openrouter"),
        ("router", "openrouter"), ("aws", "bedrock"), ("amazon bed", "bedrock"), ("lm studio", "lm_studio"),
        ("lmstudio", "lm_studio"), ("LM-Studio", "lm_studio"), ("vllm", "hosted_vllm"), ("xai", "xai"),
        ("sglang", "openai_compatible"), ("proxy", "litellm_proxy"), ("moonshot", "moonshot"),
        ("together", "together_ai"), ("hugging face", "huggingface"), ("antropic", "anthropic"),
        ("opne router", "openrouter"), ("azrue", "azure"), ("mistrall", "mistral"), ("gorq", "groq"),
    ],
)  # fmt: skip
def test_a_provider_is_found(query: str, first: str, catalogue: Catalogue):
    assert search_providers(query, catalogue.providers)[0].id == first


def test_a_beginning_finds_all_that_begin_so(catalogue: Catalogue):
    found = [provider.id for provider in search_providers("open", catalogue.providers)]
    assert found[:2] == ["openai", "openrouter"]
    assert {"azure", "openhands", "openai_compatible"} <= set(found[:5])


def test_the_first_class_come_before_the_long_tail(catalogue: Catalogue):
    found = [provider.id for provider in search_providers("aws", catalogue.providers)]
    assert found.index("bedrock") < found.index("sagemaker")


def test_an_empty_query_keeps_all_in_order(catalogue: Catalogue):
    assert search_providers(" ", catalogue.providers) == list(catalogue.providers)


@given(st.text(max_size=20))
def test_every_word_occurs_in_each_provider_found(catalogue: Catalogue, query: str):
    texts = {p.id: spaced(f"{p.name} {p.id} {p.words}") for p in catalogue.providers}
    vocabulary = Vocabulary(texts.values())
    meant = [[word, *vocabulary.near(word)] for word in words(query)]
    for provider in search_providers(query, catalogue.providers):
        run = joined(f"{provider.name} {provider.words}")
        for one_of in meant:
            assert any(occurs(word, texts[provider.id], run) for word in one_of)


@pytest.mark.parametrize(
    ("model", "base_url", "custom", "expected"),
    [
        ("anthropic/claude-sonnet-4-5-20250929", "", "", "anthropic"),
        ("claude-3-5-sonnet-20241022", "", "", "anthropic"),
        ("claude-sonnet-4-20250514", "https://gateway.example", "", "anthropic"),
        ("openai/gpt-4o", "", "", "openai"),
        ("openai/gpt-4o", "https://api.openai.com/v1", "", "openai"),
        ("openai/gpt-4o", "https://api.openai.com.example.org/v1", "", "openai_compatible"),
        ("openai/qwen/qwen3-coder", "http://localhost:1234/v1", "", "lm_studio"),
        ("openai/qwen3", "http://host.docker.internal:1234/v1", "", "lm_studio"),
        ("openai/qwen3", "http://localhost:12345/v1", "", "openai_compatible"),
        ("openai/qwen3", "localhost:1234/v1", "", "lm_studio"),
        ("openai/qwen3", "http://localhost:11434/v1", "", "openai_compatible"),
        ("openai/qwen3", "http://[::1]:1234/v1", "", "lm_studio"),
        ("openai/qwen3", "http://host:no-port/v1", "", "openai_compatible"),
        ("openai/qwen3", "http://[", "", "openai_compatible"),
        ("lm_studio/qwen3", "http://localhost:1234/v1", "", "lm_studio"),
        ("custom_openai/qwen3", "http://localhost:8000/v1", "", "openai_compatible"),
        ("gpt-4o", "", "", "openai"),
        ("gpt-4o", "http://localhost:8000/v1", "", "openai_compatible"),
        ("o1-mini", "", "", "openai"), ("o3", "", "", "openai"), ("o4-mini", "", "", "openai"),
        ("gpt-oss-120b", "", "", None),
        ("gemini/gemini-2.5-pro", "", "", "gemini"),
        ("gemini-2.5-pro", "", "", "vertex_ai"),
        ("vertex_ai/claude-3-5-sonnet@20240620", "", "", "vertex_ai"),
        ("vertex_ai_beta/gemini-2.5-pro", "", "", "vertex_ai"),
        ("openrouter/openai/gpt-4o", "", "", "openrouter"),
        ("azure/my-deployment", "https://n.openai.azure.com", "", "azure"),
        ("azure_ai/grok-4", "", "", "azure_ai"),
        ("groq/openai/gpt-oss-120b", "", "", "groq"),
        ("litellm_proxy/team/claude", "http://localhost:4000", "", "litellm_proxy"),
        ("bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0", "", "", "bedrock"),
        ("mistral/devstral-small-2507", "", "", "mistral"),
        ("deepseek/deepseek-chat", "", "", "deepseek"),
        ("openhands/claude-sonnet-4-20250514", "", "", "openhands"),
        ("ollama/llama3.1", "http://localhost:11434", "", "ollama"),
        ("ollama_chat/llama3.1", "http://localhost:11434", "", "ollama"),
        ("xai/grok-4.5", "", "", "xai"),
        ("cohere/command-r", "", "", "cohere_chat"),
        ("my-model", "http://localhost:8000/v1", "openai", "openai_compatible"),
        ("my-model", "", "openai", "openai"),
        ("claude-thing", "", "bedrock", "bedrock"),
        ("anthropic/claude-sonnet-4", "", "openrouter", "openrouter"),
        ("llama3", "", "", None), ("qwen/qwen3", "", "", None), ("OpenAI/gpt-4o", "", "", None), ("", "", "", None),
        ("", "http://localhost:1234/v1", "", None), ("x", "", "nobody", None),
    ],
)  # fmt: skip
def test_whose_model_it_is(model: str, base_url: str, custom: str, expected: str | None, catalogue: Catalogue):
    found = provider_of(model, base_url, custom, catalogue.providers)
    assert (found.id if found else None) == expected


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=10))
def test_telling_whose_model_it_is_never_raises(model: str, base_url: str, custom: str):
    provider_of(model, base_url, custom, first_class())


def test_the_first_class_come_without_files():
    code = (
        "import builtins, io, sys, pathlib\n"
        "import tui.base.translation, urllib.parse, dataclasses\n"
        "import tui.catalog.providers as p\n"
        "def refuse(*a, **k): raise AssertionError('a file was opened')\n"
        "builtins.open = io.open = pathlib.Path.open = refuse\n"
        "assert len(p.first_class()) == 15\n"
        "assert p.provider_of('openai/x', 'http://localhost:1234/v1', '', p.first_class()).id == 'lm_studio'\n"
        "heavy = {'json', 'litellm', 'textual', 'rich', 'tomlkit', 'asyncio'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=LIMIT)


def test_what_is_said_of_a_provider_fits_below_the_list(catalogue: Catalogue):
    """Three rows, at 80 columns."""
    assert [provider.id for provider in catalogue.providers if len(textwrap.wrap(provider.note, 76)) > 3] == []
