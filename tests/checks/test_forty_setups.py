"""What people type, and what is written of it, or said: each provider's row and each trap."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.openhands_loader import load  # what OpenHands itself makes of it

from tui.catalog.models import typed_model
from tui.catalog.providers import Provider, first_class
from tui.checks.problems import problems
from tui.config_file.document import read_config
from tui.drafts.draft import Draft
from tui.drafts.own_settings import OwnSettings
from tui.handover.start import Launcher, Release, explain_line, start_line
from tui.openhands.base_url_repair import container_note, for_container, repaired
from tui.trial.probe_order import ProbeOrder

PROVIDERS = {provider.id: provider for provider in first_class()}
BASE = "https://gate.example"

SETUPS = [
    # provider, typed model, typed base URL → model, base_url as written
    ("anthropic", "claude-sonnet-4-5-20250929", "", "anthropic/claude-sonnet-4-5-20250929", None),
    ("anthropic", "anthropic/claude-opus-5", " ", "anthropic/claude-opus-5", None),
    ("anthropic", " 'claude-opus-5' ", f"{BASE}/v1", "anthropic/claude-opus-5", BASE),
    ("anthropic", "claude-opus-5", f"{BASE}/v1/messages", "anthropic/claude-opus-5", f"{BASE}/v1/messages"),
    ("openai", "gpt-5.5", "", "openai/gpt-5.5", None),
    ("openai", "openai/gpt-4o", "https://api.openai.com/v1/", "openai/gpt-4o", "https://api.openai.com/v1"),
    ("openai", "gpt-4o", "https://eu.api.openai.com", "openai/gpt-4o", "https://eu.api.openai.com/v1"),
    ("openai", "gpt-4o", f"{BASE}/v1/chat/completions", "openai/gpt-4o", f"{BASE}/v1"),
    ("openai_compatible", "qwen3", "http://localhost:8000", "openai/qwen3", "http://localhost:8000/v1"),
    ("openai_compatible", "Qwen/Qwen3-Coder", "gpu.example:8000/v1", "openai/Qwen/Qwen3-Coder", "https://gpu.example:8000/v1"),
    ("openai_compatible", "openai/x", "gpu:8000/v1", "openai/x", "http://gpu:8000/v1"),
    ("openai_compatible", "x", " http://10.0.0.5:30000/v1\n", "openai/x", "http://10.0.0.5:30000/v1"),
    ("openai_compatible", "hosted_vllm/m", "http://host.docker.internal:8000/v1", "openai/m", "http://host.docker.internal:8000/v1"),
    ("openai_compatible", "x", f"{BASE}/api/v2", "openai/x", f"{BASE}/api/v2"),
    ("openai_compatible", "x", f'"{BASE}/v1"', "openai/x", f"{BASE}/v1"),
    ("azure", "my-gpt", "https://me.openai.azure.com/", "azure/my-gpt", "https://me.openai.azure.com"),
    ("azure", "azure/my-gpt", "https://me.openai.azure.com/openai/deployments/my-gpt/chat/completions",
     "azure/my-gpt", "https://me.openai.azure.com"),
    ("azure", "gpt-4o", "me.openai.azure.com", "azure/gpt-4o", "https://me.openai.azure.com"),
    ("gemini", "gemini-2.5-pro", "", "gemini/gemini-2.5-pro", None),
    ("gemini", "models/gemini-2.5-pro", "", "gemini/gemini-2.5-pro", None),
    ("vertex_ai", "gemini-2.5-pro", "", "vertex_ai/gemini-2.5-pro", None),
    ("vertex_ai", "claude-sonnet-4-5@20250929", "", "vertex_ai/claude-sonnet-4-5@20250929", None),
    ("groq", "openai/gpt-oss-120b", "", "groq/openai/gpt-oss-120b", None),
    ("groq", "llama-3.3-70b-versatile", "", "groq/llama-3.3-70b-versatile", None),
    ("litellm_proxy", "team-claude", "http://localhost:4000/v1", "litellm_proxy/team-claude", "http://localhost:4000/v1"),
    ("litellm_proxy", "anthropic/claude", "https://proxy.example/", "litellm_proxy/anthropic/claude", "https://proxy.example"),
    ("litellm_proxy", "litellm_proxy/x", "proxy.example/v1", "litellm_proxy/x", "https://proxy.example/v1"),
    ("openrouter", "anthropic/claude-sonnet-4", "", "openrouter/anthropic/claude-sonnet-4", None),
    ("openrouter", "openrouter/auto", "", "openrouter/openrouter/auto", None),
    ("openrouter", "qwen/qwen3-coder:free", "", "openrouter/qwen/qwen3-coder:free", None),
    ("openhands", "claude-sonnet-4-5-20250929", "", "openhands/claude-sonnet-4-5-20250929", None),
    ("bedrock", "us.anthropic.claude-opus-5-v1:0", "", "bedrock/us.anthropic.claude-opus-5-v1:0", None),
    ("mistral", "devstral-medium-2507", "", "mistral/devstral-medium-2507", None),
    ("deepseek", "deepseek-chat", "", "deepseek/deepseek-chat", None),
    ("ollama", "qwen3-coder:30b", "http://localhost:11434/v1", "ollama/qwen3-coder:30b", "http://localhost:11434"),
    ("ollama", "ollama/llama3.1", "localhost:11434", "ollama/llama3.1", "http://localhost:11434"),
    ("ollama", "llama3.1", "http://nas.local:11434/api/", "ollama/llama3.1", "http://nas.local:11434/api"),
    ("lm_studio", "qwen/qwen3-coder-30b", "http://localhost:1234", "openai/qwen/qwen3-coder-30b", "http://localhost:1234/v1"),
    ("lm_studio", "lm_studio/gpt-oss-20b", "127.0.0.1:1234/v1", "openai/gpt-oss-20b", "http://127.0.0.1:1234/v1"),
    ("lm_studio", "openai/gpt-oss-20b", "http://localhost:1234/v1/", "openai/gpt-oss-20b", "http://localhost:1234/v1"),
]  # fmt: skip

MESSAGES = [
    # provider, typed model, typed base URL → what is said
    ("azure", "x", "", "Azure OpenAI needs Base URL"),
    ("azure", "x", "https://me.openai.azure.com", "needs API version"),
    ("openai_compatible", "x", "", "needs Base URL"), ("openai_compatible", "x", "ftp://host/v1", "begins with http://"),
    ("openai_compatible", "x", "http://ho st:8000/v1", "a space inside"), ("litellm_proxy", "x", "", "needs Base URL"),
    ("bedrock", "x", "", "needs AWS region"), ("lm_studio", "", "http://localhost:1234/v1", "needs Model"),
    ("openai_compatible", "x", f"{BASE}/v1?key=1", "no question mark"), ("vertex_ai", "gemini-2.5-pro", "", None),
    ("ollama", "llama3", "http://localhost:11434", None), ("mistral", "x", "", None),
]  # fmt: skip


def set_up(home: Path, id_: str, model: str, url: str) -> Draft:
    """As the Provider, Key and Model steps do it."""
    draft = Draft(read_config(home / "config.toml"), OwnSettings(), {})
    provider = PROVIDERS[id_]
    draft.choose_provider(provider)
    draft.edit("base_url", repaired(url, provider)[0])
    draft.edit("model", typed_model(model, provider))
    return draft


def test_each_provider_and_forty_of_them() -> None:
    assert {row[0] for row in SETUPS} == set(PROVIDERS)
    assert len(SETUPS) >= 40


@pytest.mark.parametrize(("id_", "typed", "url", "model", "base_url"), SETUPS)
def test_written(home: Path, id_: str, typed: str, url: str, model: str, base_url: str | None) -> None:
    draft = set_up(home, id_, typed, url)
    if id_ == "azure":
        draft.edit("api_version", "2024-10-21")
    if id_ == "bedrock":
        draft.edit("aws_region_name", "us-east-1")
    assert [problem.message for problem in problems(draft)] == []
    edits = draft.edits()
    assert (edits["model"], edits.get("base_url")) == (model, base_url)
    loaded = load(draft.preview(), {})[0]["llm"]
    assert (loaded["model"], loaded["base_url"]) == (model, base_url)
    if id_ == "azure":
        assert loaded["api_version"] == "2024-10-21"  # a bare date would void the section


@pytest.mark.parametrize(("id_", "typed", "url", "said"), MESSAGES)
def test_said(home: Path, id_: str, typed: str, url: str, said: str | None) -> None:
    found = [problem.message for problem in problems(set_up(home, id_, typed, url)) if problem.blocks]
    assert any(said in message for message in found) if said else found == []


@pytest.mark.parametrize(
    ("id_", "url", "said"),
    [
        ("openai_compatible", "gpu.example/v1", "https:// was put in front."),
        ("ollama", "http://x/v1", "/v1 was taken off"), ("lm_studio", "http://localhost:1234", "/v1 was added"),
        ("azure", "https://a.example/x", "The path was taken off"),
        ("openai", "https://a.example/v1/chat/completions/", "/chat/completions was taken off"),
        ("openai", " https://a.example/v1/ ", ""), ("openai", "https://a.example/v1", ""),
    ],
)  # fmt: skip
def test_what_was_changed_is_said(id_: str, url: str, said: str) -> None:
    changed = repaired(url, PROVIDERS[id_])[1]
    assert said in changed
    assert bool(said) is bool(changed)


@given(st.text(max_size=30) | st.from_regex(r"(https?://)?[a-z.]{1,12}(:\d{1,5})?(/[a-z0-9/]{0,9})?", fullmatch=True),
       st.sampled_from(list(PROVIDERS.values())))  # fmt: skip
def test_what_was_put_right_stays_so(url: str, provider: Provider) -> None:
    once = repaired(url, provider)[0]
    assert repaired(once, provider) == (once, "")


def test_no_key_is_demanded_where_there_is_none() -> None:
    without = {id_ for id_, p in PROVIDERS.items() if not any(n.key == "api_key" and n.required for n in p.needs)}
    assert without == {"vertex_ai", "bedrock", "ollama"}


def test_the_test_calls_openhands_models_through_its_proxy(home: Path) -> None:
    draft = set_up(home, "openhands", "claude-sonnet-4-5-20250929", "")
    order = ProbeOrder(draft.texts["model"], "?")
    assert order.called_model == "litellm_proxy/claude-sonnet-4-5-20250929"
    assert order.called_url == "https://llm-proxy.app.all-hands.dev/"


def test_a_change_of_provider_clears_the_address_and_a_return_brings_it_back(home: Path) -> None:
    draft = set_up(home, "ollama", "llama3", "localhost:11434")
    draft.choose_provider(PROVIDERS["anthropic"])
    assert (draft.texts["base_url"], draft.texts["model"]) == ("", "")
    draft.choose_provider(PROVIDERS["ollama"])
    assert (draft.texts["base_url"], draft.texts["model"]) == ("http://localhost:11434", "ollama/llama3")


@pytest.mark.parametrize(
    ("url", "in_container"),
    [
        ("http://localhost:11434", "http://host.docker.internal:11434"),
        ("http://127.0.0.1:1234/v1", "http://host.docker.internal:1234/v1"),
        ("http://[::1]/v1", "http://host.docker.internal/v1"), ("https://gate.example/v1", ""),
        ("http://10.0.0.1/v1", ""),
        ("http://me:pw@localhost/v1", ""), ("http://localhost:x/", ""), ("", ""),
    ],
)  # fmt: skip
def test_this_machine_as_a_container_calls_it(url: str, in_container: str) -> None:
    assert for_container(url) == in_container


def test_docker_is_told_the_containers_name_of_this_machine(home: Path) -> None:
    (home / "config.toml").write_text(set_up(home, "ollama", "llama3", "localhost:11434").preview())
    draft = Draft(read_config(home / "config.toml"), OwnSettings(), {})
    line = start_line(draft, Launcher.DOCKER, Release.FROM_1_7)
    assert "--add-host host.docker.internal:host-gateway -e LLM_BASE_URL=http://host.docker.internal:11434" in line
    assert "-e LLM_BASE_URL " not in line
    assert "host.docker.internal" in explain_line(draft, Launcher.DOCKER, Release.FROM_1_7)
    assert "host.docker.internal" not in start_line(draft, Launcher.COMMAND_LINE, Release.FROM_1_7)
    assert "inside containers only" in container_note("http://host.docker.internal:11434")
    assert container_note("http://localhost:11434") == ""
