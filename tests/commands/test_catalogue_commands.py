"""`providers`, `models` and `schedule`: what can be known without asking anybody."""

import json
from pathlib import Path

import pytest
from tools.list_server import ListServer

from tui.catalog.providers import first_class
from tui.catalog.snapshot import bundled
from tui.openhands.fields import RETRY_KEYS
from tui.retry.policy import RetryPolicy

PROVIDER = ["id", "name", "fields", "models", "verified", "key"]
MODEL = [
    *("id", "provider", "context", "max_output", "input_per_million", "output_per_million", "vision", "tools"),
    *("caching", "reasoning", "verified", "retired_on", "source"),
]


def of(found: list[dict], id_: str) -> dict:
    return next(item for item in found if item["id"] == id_)


# -- providers


def test_providers(run) -> None:
    done = run("providers", "--json")
    assert done.status == 0
    assert {tuple(provider) for provider in done.json} == {tuple(PROVIDER)}
    assert [provider["id"] for provider in done.json][: len(first_class())] == [p.id for p in first_class()]
    assert {provider["key"] for provider in done.json} == {None}
    azure = of(done.json, "azure")
    assert azure["fields"] == [
        {"name": "base_url", "required": True, "secret": False, "env": "LLM_BASE_URL"},
        {"name": "api_version", "required": True, "secret": False, "env": "LLM_API_VERSION"},
        {"name": "api_key", "required": True, "secret": True, "env": "LLM_API_KEY"},
    ]
    vertex = of(done.json, "vertex_ai")
    assert [f["name"] for f in vertex["fields"] if f["required"]] == [
        "GOOGLE_APPLICATION_CREDENTIALS", "VERTEXAI_PROJECT", "VERTEXAI_LOCATION",
    ]  # fmt: skip
    assert of(done.json, "anthropic")["models"] > of(done.json, "anthropic")["verified"] > 0


def test_where_keys_are(run, config, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config('[llm]\nmodel = "mistral/x"\napi_key = "sk-canary-0123456789abcdef"\n')
    own = home / ".config/llm-setup/settings.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[stores]\n"llm-setup:anthropic" = "keyring"\n"llm-setup:openai@http://else" = "keyring"\n')
    monkeypatch.setenv("GROQ_API_KEY", "sk-canary-0123456789abcdef")
    done = run("providers", "--json")
    keys = {provider["id"]: provider["key"] for provider in done.json if provider["key"]}
    assert keys == {"mistral": "config", "anthropic": "keyring", "groq": "environment"}
    monkeypatch.setenv("LLM_API_KEY", "sk-canary-0123456789abcdef")
    assert of(run("providers", "--json").json, "mistral")["key"] == "environment"
    assert "canary" not in done.out + done.err + run("providers").out


def test_providers_as_a_table(run) -> None:
    lines = run("providers").out.splitlines()
    assert lines[0].split() == ["id", "name", "models", "verified", "key", "needs"]
    column = lines[0].index("needs")
    assert next(line for line in lines if line.startswith("azure "))[column:] == "base_url, api_version, api_key"


# -- models


def test_models(run) -> None:
    found = run("models", "--json").json
    assert len(found) > 2000
    assert {tuple(model) for model in found} == {tuple(MODEL)}
    assert {model["source"] for model in found} == {"catalogue"}
    assert any(model["retired_on"] for model in found)


def test_models_of_a_provider_best_match_first(run) -> None:
    found = run("models", "--provider", "anthropic", "--search", "sonnet 4 5", "--json").json
    assert {model["provider"] for model in found} == {"anthropic"}
    assert found[0]["id"].startswith("anthropic/claude-sonnet-4-5")
    assert found == run("models", "--provider", "Anthropic", "--search", "Sonnet-4.5", "--json").json


def test_models_as_a_table(run) -> None:
    done = run("models", "--provider", "anthropic")
    lines = done.out.splitlines()
    assert lines[0].startswith("model ")
    assert lines[1].startswith("anthropic/")
    assert "catalogue of litellm" in done.err


def test_no_models(run) -> None:
    nothing = run("models", "--search", "no such thing", "--json")
    assert (nothing.status, nothing.json) == (0, [])
    assert "No model matches" in nothing.err
    unlisted = run("models", "--provider", "lm_studio", "--json")
    assert (unlisted.status, unlisted.json) == (0, [])
    assert "not listed" in unlisted.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--provider", "antropic"), "Did you mean anthropic?"),
        (("--provider", ""), "lists them"),
        (("--live",), "Name it with --provider"),
    ],
)
def test_models_refused(run, words: tuple[str, ...], said: str) -> None:
    done = run("models", *words)
    assert (done.status, done.out) == (2, "")
    assert said in done.err


KEY = "sk-canary-0123456789abcdef"
ALIASES = {"data": [{"id": "team-claude"}, {"id": "team-gpt", "max_model_len": 9000}]}


@pytest.mark.slow
def test_models_as_the_endpoint_of_the_config_lists_them(run, config) -> None:
    with ListServer({"/v1/models": ALIASES}) as server:
        config(f'[llm]\nmodel = "litellm_proxy/x"\nbase_url = "{server.root}"\napi_key = "{KEY}"\n')
        done = run("models", "--live", "--json")
        assert [(m["id"], m["provider"], m["context"], m["source"]) for m in done.json] == [
            ("litellm_proxy/team-claude", "litellm_proxy", None, "live"),
            ("litellm_proxy/team-gpt", "litellm_proxy", 9000, "live"),
        ]
        assert {tuple(model) for model in done.json} == {tuple(MODEL)}
        assert set(server.keys()) == {f"Bearer {KEY}"}
        assert [model["id"] for model in run("models", "--live", "--search", "gpt", "--json").json] == [
            "litellm_proxy/team-gpt"
        ]
        table = run("models", "--live")
        assert "live" in table.out
        assert "2 of these are listed by the provider now" in table.err
        assert "canary" not in done.out + done.err + table.out + table.err


def test_another_provider_is_asked_without_the_key_of_the_config(run, config, monkeypatch) -> None:
    """Neither LLM_API_KEY nor LLM_BASE_URL are meant for it; the server stands in for the proxy before all hosts."""
    with ListServer({"/v1/models": ALIASES}) as server:
        config(f'[llm]\nmodel = "litellm_proxy/x"\nbase_url = "{server.root}"\napi_key = "{KEY}"\n')
        monkeypatch.setenv("LLM_API_KEY", KEY)
        monkeypatch.setenv("LLM_BASE_URL", server.root)
        monkeypatch.setenv("HTTPS_PROXY", server.root)
        done = run("models", "--live", "--provider", "groq")
        assert (done.status, done.out) == (1, "")
        assert "api.groq.com cannot be reached" in done.err
        assert server.keys() == []


def test_a_key_is_not_sent_in_the_clear_without_a_yes(run, config, monkeypatch) -> None:
    """The server stands in for the proxy before all hosts."""
    with ListServer({}) as server:
        monkeypatch.setenv("HTTP_PROXY", server.root)
        config(f'[llm]\nmodel = "openai/x"\nbase_url = "http://gpu.example/v1"\napi_key = "{KEY}"\n')
        done = run("models", "--live")
        assert done.status != 0
        assert "unencrypted" in done.err
        assert server.requests == []


def test_no_live_list(run, config) -> None:
    with ListServer({"/v1/models": 401}) as server:
        config(f'[llm]\nmodel = "openai/x"\nbase_url = "{server.base_url}"\napi_key = "{KEY}"\n')
        done = run("models", "--live", "--json")
    assert (done.status, done.out) == (1, "")
    assert "refuses this key (401)" in done.err
    assert "canary" not in done.err


# -- schedule


@pytest.mark.parametrize("values", [(8, 15, 120, 2), (4, 5, 30, 2), (5, 8, 64, 8), (8, 15, 120, 1), (1, 0, 0, 0)])
def test_schedule(run, values: tuple[int, ...]) -> None:
    names = ("--num-retries", "--retry-min-wait", "--retry-max-wait", "--retry-multiplier")
    told = run("schedule", "--json", *(f"{name}={value}" for name, value in zip(names, values, strict=True))).json
    policy = RetryPolicy(*values)
    assert told == {"attempts": values[0], "waits": policy.waits(), "total": policy.total()}


def test_the_schedule_of_the_file(run, config, monkeypatch: pytest.MonkeyPatch) -> None:
    config("[core]\n[llm]\nnum_retries = 4\nretry_min_wait = 1\n[llm.a]\nretry_min_wait = 100\n")
    assert run("schedule", "--json").json == {"attempts": 4, "waits": [8, 16, 32], "total": 56}
    assert run("schedule", "--json", "--num-retries", "3").json["waits"] == [8, 16]
    assert run("schedule", "--json", "--group", "a").json["waits"] == [100, 100, 100]
    assert run("schedule", "--group", "b").status == 2
    assert "leaves out retry_max_wait, retry_multiplier" in run("schedule").err
    monkeypatch.setenv("LLM_NUM_RETRIES", "2")
    assert run("schedule", "--json").json["waits"] == [8]
    assert run("schedule", "--json", "--group", "a").json["attempts"] == 4


@pytest.mark.parametrize("text", [None, "[core]\n[llm]\nmodel = 'openai/gpt-5'\n"])
def test_the_schedule_is_that_of_what_show_prints(run, config, text: str | None) -> None:
    if text:
        config(text)
    shown = run("show", "--json").json["groups"]["llm"]
    policy = RetryPolicy(**{key: shown[key]["value"] for key in RETRY_KEYS})
    told = run("schedule", "--json").json
    assert told == {"attempts": policy.attempts, "waits": policy.waits(), "total": policy.total()}
    assert policy.attempts == 5


def test_half_seconds(run) -> None:
    words = ("--num-retries=3", "--retry-min-wait=0", "--retry-max-wait=9", "--retry-multiplier=0.25")
    assert run("schedule", "--json", *words).json == {"attempts": 3, "waits": [0.25, 0.5], "total": 0.75}


@pytest.mark.parametrize(
    "word", ["--num-retries=0", "--num-retries=x", "--retry-min-wait=-1", "--retry-multiplier=nan"]
)
def test_schedule_refused(run, word: str) -> None:
    done = run("schedule", word)
    assert (done.status, done.out) == (2, "")


def test_a_live_list_of_a_file_that_was_merely_found(run, config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_API_KEY", "sk-of-the-user-0123456789")
    with ListServer({"/v1/models": {"data": [{"id": "one"}]}}) as server:
        path = config(f'[core]\n[llm]\nmodel = "openai/x"\nbase_url = "{server.base_url}"\n')
        done = run("models", "--live")
        assert (done.status, done.out, server.requests) == (3, "", [])
        assert "Nothing was sent. If that is all right: --config" in done.err
        assert run("models", "--live", "--config", str(path)).status == 0
        assert server.keys() == ["Bearer sk-of-the-user-0123456789"]


def test_a_word_that_is_not_an_option_is_answered_with_the_option(run) -> None:
    done = run("models", "sonnet")
    assert (done.status, done.out) == (2, "")
    assert "not understood: sonnet; to search: models --search TEXT" in done.err
    assert "--search" not in run("providers", "groq").err


def test_a_refreshed_catalogue_is_used_until_it_is_forgotten(run, home: Path) -> None:
    rows = {
        model.id: {"mode": "chat", "litellm_provider": model.family, "input_cost_per_token": 1e-6}
        for model in bundled().models()
    }
    new = {"mode": "chat", "litellm_provider": "openai"}
    (home / "prices.json").write_text(json.dumps({**rows, "openai/gpt-99": new}))
    said = run("models", "--refresh", "--from", "prices.json")
    assert said.status == 0
    assert "new: openai/gpt-99" in said.out
    again = run("models", "--refresh", "--from", "prices.json", "--json").json
    assert again.keys() == {"source", "date", "rows", "new", "gone", "changed", "unchanged"}
    assert (again["source"], again["new"], again["gone"], again["changed"]) == ("prices.json", [], [], [])
    assert [row["id"] for row in run("models", "--search", "gpt-99", "--json").json] == ["openai/gpt-99"]
    assert "catalogue of prices.json, 0 days old" in run("models", "--search", "gpt-99").err
    assert "is that of litellm" in run("models", "--forget").out
    assert "There was no other" in run("models", "--forget").out
    assert run("models", "--search", "gpt-99", "--json").json == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "x"), "belong to --refresh"), (("--sha256", "x"), "belong to --refresh"),
        (("--forget", "--refresh"), "stands alone"), (("--refresh", "--from", "http://h.example/x"), "is not an https"),
    ],
)  # fmt: skip
def test_refreshing_refused(run, words: tuple[str, ...], said: str) -> None:
    done = run("models", *words)
    assert done.status == 2
    assert said in done.err


def test_a_list_that_is_not_there(run) -> None:
    done = run("models", "--refresh", "--from", "nowhere.json")
    assert done.status == 3
    assert "nowhere.json cannot be used" in done.err
