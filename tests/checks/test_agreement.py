"""Settings that name two places for one key, or make a host of what is none: nothing is sent or handed over."""

from pathlib import Path

import pytest
from tools.pictures import draft_of

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.checks.agreement import require_agreement
from tui.drafts.draft import Draft, take_effective
from tui.saving.consent import Risk
from tui.trial.arguments import arguments
from tui.trial.plan import order_of

SECRETS = {"api_key": Secret("sk-0123456789abcdefghij")}


def draft(home: Path, text: str, group: str = "llm", **environ: str) -> Draft:
    path = home / "config.toml"
    path.write_text(text)
    made = draft_of(path, environ)
    made = Draft(made.config, made.own, environ, group)
    take_effective(made)
    return made


@pytest.mark.parametrize(
    ("settings", "field", "words"),
    [
        ('model = "replicate/stranger/model"\ncustom_llm_provider = "anthropic"', "custom_llm_provider", "no key is"),
        ('model = "replicate/stranger/model"\ncustom_llm_provider = "bedrock"', "custom_llm_provider", "no key is"),
        ('model = "replicate/stranger/model"\ncustom_llm_provider = "openrouter"', "model", "“replicate” in its name"),
        ('model = "openhands/x"\ncustom_llm_provider = "anthropic"', "custom_llm_provider", "no key is for both"),
        ('model = "openhands/x"\ncustom_llm_provider = "openrouter"', "custom_llm_provider", "no key is for both"),
        ('model = "cohere/command-r"\ncustom_llm_provider = "anthropic"', "custom_llm_provider", "no key is for both"),
        ('model = "anthropic/my-replicate"', "model", "litellm calls replicate"),
        ('model = "anthropic/ft:gpt-3.5-turbo:x"', "model", "litellm calls openai"),
        (
            'model = "dashscope/ft:gpt-4o:org::x"\ncustom_llm_provider = "bedrock_converse"',
            "model",
            "litellm calls openai",
        ),
        ('model = "litellm_proxy/x"', "base_url", "sends the call to OpenAI"),
        ('model = "microsoft_365_copilot/x"\nbase_url = "https://h.example"', "base_url", "whatever the base URL says"),
        ('model = "hosted_vllm/x"', "base_url", "sends the call to OpenAI"),
        ('model = "bedrock/x"\naws_region_name = "evil.example/"', "aws_region_name", "not a region"),
        ('model = "bedrock/x"\naws_region_name = "x.evil.example#"', "aws_region_name", "not a region"),
        ('model = "sagemaker/x"\naws_region_name = "us-east-1.evil.example/"', "aws_region_name", "not a region"),
        ('model = "bedrock/arn:aws:bedrock:evil.example/:1:p/x"', "aws_region_name", "not a region"),
    ],
)
def test_nothing_goes_out_where_the_settings_do_not_agree(home: Path, settings: str, field: str, words: str) -> None:
    strange = draft(home, f"[llm]\n{settings}\n")
    with pytest.raises(SetupError, match=words) as refusal:
        require_agreement(strange)
    assert refusal.value.field == field
    with pytest.raises(SetupError, match=words):
        order_of(strange, "?", SECRETS, [*Risk])


@pytest.mark.parametrize(
    "settings",
    [
        'model = "anthropic/claude-sonnet-4"',
        'model = "claude-sonnet-4-20250514"',
        'model = "gpt-4o"\ncustom_llm_provider = "openai"',
        'model = "anthropic/claude-sonnet-4"\ncustom_llm_provider = "anthropic"',
        'model = "anthropic/claude-sonnet-4"\ncustom_llm_provider = "openrouter"',
        'model = "openrouter/anthropic/claude-sonnet-4"',
        'model = "qwen/qwen3"\ncustom_llm_provider = "openai"\nbase_url = "http://localhost:1234/v1"',
        'model = "ollama_chat/x"\ncustom_llm_provider = "ollama"',
        'model = "vertex_ai_beta/x"\ncustom_llm_provider = "vertex_ai"',
        'model = "replicate/meta/llama"',
        'model = "litellm_proxy/my-replicate"\nbase_url = "https://proxy.example"',
        'model = "openhands/claude-sonnet-4"',
        'model = "bedrock/eu.anthropic.claude"\naws_region_name = "eu-central-1"',
        'model = "bedrock/arn:aws:bedrock:us-east-1:123456789012:inference-profile/x"',
        'model = "azure/command-r"\nbase_url = "https://name.openai.azure.com"\napi_version = "2024-10-21"',
    ],
)
def test_what_agrees_is_called(home: Path, settings: str) -> None:
    assert order_of(draft(home, f"[llm]\n{settings}\n"), "?", SECRETS, [*Risk]).model


@pytest.mark.parametrize(
    ("model", "variable"),
    [("vertex_ai/gemini", "VERTEXAI_LOCATION"), ("bedrock/x", "AWS_REGION"), ("bedrock/x", "AWS_DEFAULT_REGION")],
)
def test_a_region_of_the_environment_is_no_host_either(home: Path, model: str, variable: str) -> None:
    require_agreement(draft(home, f'[llm]\nmodel = "{model}"\n', **{variable: "us-east-1"}))
    with pytest.raises(SetupError, match=rf"{variable} says “evil\.example/”, which is not a region"):
        require_agreement(draft(home, f'[llm]\nmodel = "{model}"\n', **{variable: "evil.example/"}))


@pytest.mark.parametrize(
    "name",
    ["api_base", "base_url", "aws_bedrock_runtime_endpoint", "aws_region_name", "aws_sts_endpoint", "fallbacks",
     "model", "vertex_location", "custom_llm_provider", "deployment_id", "azure", "ssl_verify", "use_litellm_proxy",
     "api_key", "success_callback", "failure_callback", "callbacks", "langsmith_api_key", "langsmith_base_url",
     "langfuse_host", "dd_site", "github_copilot_host", "anthropic_identity_token_file", "prompt_id"],
)  # fmt: skip
def test_completion_kwargs_take_the_key_nowhere(home: Path, name: str) -> None:
    group = f'[llm]\nmodel = "openai/x"\n[llm.own]\nmodel = "openai/y"\ncompletion_kwargs = {{ {name} = "evil" }}\n'
    require_agreement(draft(home, group))
    with pytest.raises(SetupError, match=f"completion_kwargs says {name}"):
        require_agreement(draft(home, group, "llm.own"))
    with pytest.raises(SetupError, match=f"completion_kwargs says {name}"):
        require_agreement(draft(home, '[llm]\nmodel = "openai/x"\n', LLM_COMPLETION_KWARGS=f"{{'{name}': 'evil'}}"))


@pytest.mark.parametrize(
    "kwargs",
    ['metadata = { a = ["os.environ/LLM_API_KEY"] }', 'user = "os.environ/LLM_API_KEY"', 'headers = { Host = "evil" }',
     'extra_headers = { host = "evil" }'],
)  # fmt: skip
def test_completion_kwargs_tell_no_key_and_no_other_host(home: Path, kwargs: str) -> None:
    group = f'[llm]\nmodel = "openai/x"\n[llm.own]\nmodel = "openai/y"\ncompletion_kwargs = {{ {kwargs} }}\n'
    with pytest.raises(SetupError, match=f"completion_kwargs says {kwargs.split(maxsplit=1)[0]}"):
        require_agreement(draft(home, group, "llm.own"))


@pytest.mark.parametrize("kwargs", ["{ seed = 3 }", "{ timeout = 5 }", "{ day = 1979-05-27 }"])
def test_completion_kwargs_with_which_openhands_would_fail_are_refused(home: Path, kwargs: str) -> None:
    group = draft(home, f'[llm]\nmodel = "openai/x"\n[llm.own]\ncompletion_kwargs = {kwargs}\n', "llm.own")
    with pytest.raises(SetupError, match="completion_kwargs"):
        order_of(group, "?", SECRETS, [*Risk])


def test_completion_kwargs_that_shape_the_answer_are_called(home: Path) -> None:
    text = '[llm]\nmodel = "openai/x"\n'
    require_agreement(draft(home, text, LLM_COMPLETION_KWARGS="{'min_p': 0.0, 'extra_body': {'a': 1}, 'stop': ['x']}"))


@pytest.mark.parametrize("group", ["llm.own", "llm"])
def test_completion_kwargs_and_safety_settings_are_in_the_test(home: Path, group: str) -> None:
    rules = '[{ category = "x", threshold = "y" }]'
    text = f'[llm]\nmodel = "gemini/x"\nsafety_settings = {rules}\n[llm.own]\ncompletion_kwargs = {{ min_p = 0.0 }}\n'
    order = order_of(draft(home, text, group, LLM_COMPLETION_KWARGS="{'min_p': 0.0}"), "?", SECRETS, [*Risk])
    given = arguments(order)
    assert (given["min_p"], given["safety_settings"]) == (0.0, [{"category": "x", "threshold": "y"}])


def test_openrouter_is_told_who_asks_as_openhands_tells_it(home: Path) -> None:
    text = '[llm]\nmodel = "openrouter/x"\nopenrouter_app_name = "Mine"\n'
    environment = order_of(draft(home, text), "?", SECRETS, [*Risk]).environment
    assert environment == {"OR_SITE_URL": "https://docs.all-hands.dev/", "OR_APP_NAME": "Mine"}
    assert order_of(draft(home, '[llm]\nmodel = "groq/x"\n'), "?", SECRETS, [*Risk]).environment == {}


def test_openhands_own_proxy_gets_the_key_of_openhands_alone(home: Path) -> None:
    strange = draft(home, '[llm]\nmodel = "openhands/x"\nbase_url = "https://elsewhere.example"\n')
    assert strange.credential().service == "llm-setup:openhands"
    order = order_of(strange, "?", SECRETS, [*Risk])
    assert (order.owner, order.allowed_origins) == ("openhands", ("https://llm-proxy.app.all-hands.dev",))


def test_a_model_of_another_provider_than_the_chosen_one_gets_none_of_its_keys(home: Path) -> None:
    chosen = draft(home, '[llm]\nmodel = "anthropic/x"\n')
    chosen.edit("model", "openhands/x")
    with pytest.raises(SetupError, match="The key is for Anthropic, and the model openhands/x is called at OpenHands"):
        order_of(chosen, "?", SECRETS, [*Risk])
