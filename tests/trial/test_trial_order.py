"""What is given to litellm: the arguments, the address and the environment."""

import dataclasses

import pytest

from tui.base.secret import Secret
from tui.trial.arguments import arguments
from tui.trial.probe_client import probe_environment, provider_environment
from tui.trial.probe_order import ProbeOrder


def given(model="openai/gpt-4o", base_url="", api_version="", **options):
    return arguments(ProbeOrder(model, "?", base_url=base_url, api_version=api_version, options=options))


def test_defaults_of_openhands_are_sent():
    assert given() == {"model": "openai/gpt-4o", "temperature": 0.0, "top_p": 1.0, "drop_params": True}


def test_of_the_cli_nothing_is_sent_that_has_no_value():
    order = ProbeOrder("openai/gpt-4o", "?", options={"top_p": 0.5}, unset=frozenset({"temperature", "top_p"}))
    assert arguments(order) == {"model": "openai/gpt-4o", "top_p": 0.5, "drop_params": True}
    assert "top_p" not in arguments(dataclasses.replace(order, model="huggingface/x", options={}))
    assert "temperature" not in arguments(dataclasses.replace(order, model="openai/o3"))


def test_plain_fields_are_passed_on_and_others_not():
    plain = {"top_k": 5, "seed": 1, "timeout": 9, "custom_llm_provider": "openai"}
    told = given(**plain, num_retries=8, caching_prompt=True, api_key="x")
    assert plain.items() <= told.items()
    assert not {"num_retries", "caching_prompt", "api_key"} & set(told)


def test_endpoint():
    told = given("azure/mine", base_url="https://x.azure.com", api_version="2024-06-01", max_output_tokens=7)
    assert (told["base_url"], told["api_version"]) == ("https://x.azure.com", "2024-06-01")
    assert told["max_tokens"] == 7
    assert "max_completion_tokens" not in told
    assert given(max_output_tokens=7)["max_completion_tokens"] == 7


def test_no_space_is_stripped_that_openhands_would_send():
    told = given(" openai/gpt-4o ", base_url=" https://x.azure.com ", api_version="2024-06-01 ")
    assert (told["model"], told["base_url"]) == (" openai/gpt-4o ", " https://x.azure.com ")
    assert told["api_version"] == "2024-06-01 "


@pytest.mark.parametrize(
    "model", ["openai/o3", "openai/gpt-5-2025-08-07", "openrouter/openai/o4-mini", "openhands/gpt-5"]
)
def test_reasoning_models(model):
    told = given(model, reasoning_effort="high", temperature=0.5)
    assert told["reasoning_effort"] == "high"
    assert not {"temperature", "top_p"} & set(told)


def test_models_that_are_particular():
    assert "reasoning_effort" not in given(reasoning_effort="high")
    assert "reasoning_effort" not in given("anthropic/claude-sonnet-4-5", reasoning_effort="high")
    assert given("gemini/gemini-2.5-pro", reasoning_effort="low")["thinking"] == {"budget_tokens": 128}
    assert given("gemini/gemini-2.5-pro", reasoning_effort="high")["reasoning_effort"] == "high"
    assert given("anthropic/claude-sonnet-4-20250514")["top_p"] == 1.0
    assert "top_p" not in given("anthropic/claude-opus-4-1-20250805")
    assert given("anthropic/claude-opus-4-1-20250805")["thinking"] == {"type": "disabled"}


def test_safety_settings_only_where_they_are_known():
    rules = [{"category": "x", "threshold": "y"}]
    assert given("gemini/gemini-2.0-flash", safety_settings=rules)["safety_settings"] == rules
    assert "safety_settings" not in given(safety_settings=rules)


def test_completion_kwargs_are_given_but_for_what_says_who_is_called():
    said = {"min_p": 0.1, "temperature": 1.5, "model": "replicate/x", "api_base": "https://evil.example", "seed": 1}
    told = given(completion_kwargs={**said, "custom_llm_provider": "replicate", "messages": []})
    assert told == {"model": "openai/gpt-4o", "temperature": 1.5, "top_p": 1.0, "drop_params": True, "min_p": 0.1}


def test_openhands_models_go_to_its_proxy_whatever_the_base_url():
    order = ProbeOrder("openhands/claude-x", "?", base_url="https://elsewhere.example")
    assert (order.called_model, order.called_url) == ("litellm_proxy/claude-x", "https://llm-proxy.app.all-hands.dev/")
    assert order.allowed_origins == ("https://llm-proxy.app.all-hands.dev",)
    assert order.family == "litellm_proxy"


@pytest.mark.parametrize(
    ("base_url", "origin", "allowed"),
    [
        ("", None, ("https://api.openai.com",)),
        ("", "https://x.example", ("https://api.openai.com",)),
        ("https://X.example:443/v1", None, ("https://x.example",)),
        ("https://x.example/v1", "https://y.example", ("https://y.example",)),
        ("nonsense", None, ()),
    ],
)
def test_allowed_origins(base_url, origin, allowed):
    assert ProbeOrder("openai/x", "?", base_url=base_url, origin=origin).allowed_origins == allowed


def test_nothing_secret_in_its_repr():
    order = ProbeOrder("openai/x", "?", {"api_key": Secret("sk-0123456789abcdefghij")})
    assert "0123456789" not in repr(order)
    assert [secret.reveal() for secret in dataclasses.replace(order, base_url="http://u:p%40ss@h/").hidden] == [
        "sk-0123456789abcdefghij", "p%40ss", "p@ss"
    ]  # fmt: skip


def test_environment_is_built_from_scratch():
    network = {"HTTPS_PROXY": "http://p", "http_proxy": "http://q", "SSL_CERT_FILE": "/ca"}
    foreign = {"OPENAI_API_KEY": "k", "LLM_API_KEY": "k", "OPENAI_BASE_URL": "u", "AWS_PROFILE": "a"}
    given = probe_environment({**network, **foreign, "NO_PROXY": "intra", "LITELLM_LOG": "x"})
    assert network.items() <= given.items()
    assert not foreign.keys() & given.keys()
    assert given["NO_PROXY"] == given["no_proxy"] == "intra,localhost,127.0.0.1,::1"
    assert given["LITELLM_LOG"] == "CRITICAL"
    assert given["LITELLM_LOCAL_MODEL_COST_MAP"] == "True"


def test_a_providers_own_variables():
    ours = {"GOOGLE_APPLICATION_CREDENTIALS": "/f", "VERTEXAI_PROJECT": "p", "VERTEXAI_LOCATION": "", "AWS_REGION": "r"}
    assert provider_environment("vertex_ai/gemini", ours) == {
        "GOOGLE_APPLICATION_CREDENTIALS": "/f", "VERTEXAI_PROJECT": "p"
    }  # fmt: skip
    assert provider_environment("bedrock/x", ours) == {"AWS_REGION": "r"}
    assert provider_environment("openai/x", ours) == {}


@pytest.mark.parametrize(
    ("key", "base_url", "is_none"),
    [
        ("${OPENAI_API_KEY}", "", True), ("your-api-key", "", True), ("${KEY}", "http://localhost:8000/v1", False),
        ("sk-0123456789abcdef", "", False), ("'sk-0123456789abcdef'", "", True),
        ("Bearer sk-0123456789abcdef", "", True), ("'sk-0123456789abcdef'", "http://localhost:8000/v1", False),
    ],
)  # fmt: skip
def test_what_is_no_key_or_more_than_one_is_not_sent_where_one_is_checked(key, base_url, is_none):
    order = ProbeOrder("openai/gpt-4o", "?", {"api_key": Secret(key)}, base_url, needs_key=True)
    assert bool(order.key_fault) == is_none
