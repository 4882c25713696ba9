"""Asking a provider for its own list, over real HTTP on this machine."""

import asyncio
import contextlib
import math
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.list_server import HANG, ListServer
from tools.patience import LIMIT

from tui.base.child import Child
from tui.base.errors import SetupError
from tui.base.network import is_loopback, network_environment
from tui.base.secret import Secret
from tui.catalog.listed_models import Listed, listed_in, with_list
from tui.catalog.live_list import BEARER, NoList, ask, list_request
from tui.catalog.models import Catalogue
from tui.catalog.provider import Provider
from tui.catalog.providers import first_class

PROVIDERS = {provider.id: provider for provider in first_class()}
VERSION, QUOTED = "2024-10-21 &x", "2024-10-21%20%26x"
TESTS = Path(__file__).parents[1]
KEY = "sk-canary-0123456789abcdef"
OPENAI_LIKE = {"object": "list", "data": [{"id": "one"}, {"id": "two"}]}
TWO = [Listed("one"), Listed("two")]


def asked(provider: Provider, base_url: str, key: str = KEY, **options) -> list[Listed] | NoList:
    return asyncio.run(ask(list_request(provider, base_url, VERSION), Secret(key) if key else None, **options))


# -- where it is asked for

REQUESTS = [
    ("anthropic", "", "https://api.anthropic.com/v1/models?limit=1000", "x-api-key"),
    ("anthropic", "https://gate.example/v1/", "https://gate.example/v1/models?limit=1000", "x-api-key"),
    ("openai", "", "https://api.openai.com/v1/models", BEARER),
    ("gemini", "", "https://generativelanguage.googleapis.com/v1beta/models?pageSize=1000", "x-goog-api-key"),
    ("openrouter", "", "https://openrouter.ai/api/v1/models", BEARER),
    ("groq", "", "https://api.groq.com/openai/v1/models", BEARER),
    ("litellm_proxy", "http://localhost:4000/", "http://localhost:4000/model/info", BEARER),
    ("litellm_proxy", "http://localhost:4000/v1", "http://localhost:4000/model/info", BEARER),
    ("mistral", "", "https://api.mistral.ai/v1/models", BEARER),
    ("deepseek", "", "https://api.deepseek.com/models", BEARER),
    ("openhands", "", "https://llm-proxy.app.all-hands.dev/v1/models", BEARER),
    ("ollama", "http://localhost:11434", "http://localhost:11434/api/tags", BEARER),
    ("lm_studio", " http://localhost:1234/v1 ", "http://localhost:1234/v1/models", BEARER),
    ("openai_compatible", "https://gpu.example/v1?x=1", "https://gpu.example/v1/models", BEARER),
    (
        "azure",
        "https://n.openai.azure.com/",
        f"https://n.openai.azure.com/openai/models?api-version={QUOTED}",
        "api-key",
    ),
]


@pytest.mark.parametrize(("id_", "base_url", "url", "header"), REQUESTS)
def test_where(id_: str, base_url: str, url: str, header: str) -> None:
    request = list_request(PROVIDERS[id_], base_url, VERSION)
    assert (request.urls[0], request.header) == (url, header)


@pytest.mark.parametrize(
    ("id_", "base_url", "said"),
    [
        ("azure", "", "API version"), ("vertex_ai", "", "no list"),
        ("bedrock", "", "no list"),
        ("openai_compatible", "", "no list"), ("openai_compatible", "localhost:8000/v1", "not a valid URL"),
        ("openai_compatible", "http://host:port/v1", "not a valid URL"), ("ollama", "ftp://host", "not a valid URL"),
    ],
)  # fmt: skip
def test_where_not(id_: str, base_url: str, said: str) -> None:
    with pytest.raises(SetupError, match=said):
        list_request(PROVIDERS[id_], base_url, VERSION)


def test_azure_is_not_asked_without_a_version() -> None:
    with pytest.raises(SetupError, match="API version"):
        list_request(PROVIDERS["azure"], "https://n.openai.azure.com", " ")


def test_every_first_class_provider_is_tried() -> None:
    assert {row[0] for row in REQUESTS} | {"vertex_ai", "bedrock"} == set(PROVIDERS)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True), ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("127.example.com", False),
        ("localhost.example.com", False), ("10.0.0.1", False), ("", False), ("0.0.0.0", False),
    ],
)  # fmt: skip
def test_what_is_this_machine(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


# -- what comes of it


def test_a_list_and_the_key_in_its_header() -> None:
    with ListServer({"/v1/models": OPENAI_LIKE}) as server:
        assert asked(PROVIDERS["openai_compatible"], server.base_url) == TWO
        assert server.keys() == [f"Bearer {KEY}"]


def test_a_list_that_gives_the_key_back_does_not_show_it() -> None:
    told = {"data": [{"id": "one"}, {"id": f"gpt-{KEY}"}, {"id": "two"}]}
    with ListServer({"/v1/models": told}) as server:
        assert asked(PROVIDERS["openai_compatible"], server.base_url) == TWO


def test_azure_takes_a_key_and_names_no_deployments() -> None:
    """What it lists are base models, none of which can be called by that name."""
    with ListServer({"/openai/models": OPENAI_LIKE}) as server:
        answer = asked(PROVIDERS["azure"], server.root)
        assert isinstance(answer, NoList)
        assert answer.code == "taken"
        assert answer.message == "The key is accepted. Deployments are not listed: type the name of yours."
        assert [(path, headers["api-key"]) for path, headers in server.requests] == [
            (f"/openai/models?api-version={QUOTED}", KEY)
        ]


@pytest.mark.parametrize(
    ("status", "code", "said"), [(401, "refused", "refuses this key"), (404, "no-list", "API version")]
)
def test_azure_says_what_is_wrong(status: int, code: str, said: str) -> None:
    with ListServer({"/openai/models": status}) as server:
        answer = asked(PROVIDERS["azure"], server.root)
        assert isinstance(answer, NoList)
        assert answer.code == code
        assert said in answer.message


def test_a_host_that_is_not_found_is_told_in_words() -> None:
    answer = asked(PROVIDERS["openai_compatible"], "http://nobody.invalid/v1")
    assert isinstance(answer, NoList)
    assert answer.code == "no-connection"
    assert answer.message.startswith("nobody.invalid cannot be reached.")
    assert "Errno" not in answer.message


def test_without_a_key_none_is_sent() -> None:
    with ListServer({"/api/tags": {"models": [{"name": "llama3.1:8b", "size": 5}]}}) as server:
        assert asked(PROVIDERS["ollama"], server.root, key="") == [Listed("llama3.1:8b")]
        assert server.keys() == []


def test_a_proxy_tells_more_or_else_only_names() -> None:
    info = {"max_input_tokens": 200_000, "input_cost_per_token": 3e-06, "supports_vision": True, "mode": "chat"}
    told = {
        "data": [
            {"model_name": "team-claude", "model_info": info},
            {"model_name": "e", "model_info": {"mode": "embedding"}},
        ]
    }
    with ListServer({"/model/info": told}) as server:
        expected = [Listed("team-claude", context=200_000, input_per_million=3.0, vision=True)]
        assert asked(PROVIDERS["litellm_proxy"], server.root) == expected
    with ListServer({"/v1/models": OPENAI_LIKE}) as server:
        assert asked(PROVIDERS["litellm_proxy"], server.root) == TWO


def test_no_redirect_is_followed() -> None:
    with ListServer({"/v1/models": OPENAI_LIKE}) as other:
        with ListServer({"/v1/models": (307, f"{other.base_url}/models")}) as server:
            answer = asked(PROVIDERS["openai_compatible"], server.base_url)
        assert other.requests == []
    assert answer.code == "redirected"


@pytest.mark.parametrize(
    ("told", "code", "said"),
    [
        (401, "refused", "refuses this key (401)"),
        ((403, {"error": {"message": f"no: {KEY}\x1b[31m"}}), "refused", "no: •••"),
        (404, "no-list", "no list of models"), (500, "server-error", "an error (500)"), (429, "server-error", "(429)"),
        ("<html>Sign in</html>", "no-list", "no list"), ("[" * 100_000, "no-list", "no list"),
        ({"x": 1}, "no-list", ""),
        (HANG, "timeout", "in time"),
    ],
)  # fmt: skip
def test_no_list(told: object, code: str, said: str) -> None:
    with ListServer({"/v1/models": told}) as server:
        answer = asked(PROVIDERS["openai_compatible"], server.base_url, limit=0.5 if told is HANG else LIMIT)
    assert answer.code == code
    assert said in answer.message
    assert KEY not in answer.message


def test_nobody_is_there() -> None:
    with ListServer({}) as server:
        pass
    answer = asked(PROVIDERS["openai_compatible"], server.base_url)
    assert answer.code == "no-connection"
    assert f"127.0.0.1:{server.port} cannot be reached" in answer.message


# -- the shapes of lists

SHAPES = [
    ({"data": [{"id": "gpt-5"}, {"id": "text-embedding-3"}, {"id": "whisper-1"}]}, [Listed("gpt-5")]),
    ({"data": [{"type": "model", "id": "claude-x", "display_name": "X", "max_input_tokens": 1000}]},
     [Listed("claude-x", context=1000)]),
    ({"models": [{"name": "models/gemini-x", "inputTokenLimit": 7, "outputTokenLimit": 3,
                  "supportedGenerationMethods": ["generateContent"]},
                 {"name": "models/e", "supportedGenerationMethods": ["embedContent"]}]},
     [Listed("models/gemini-x", context=7, max_output=3)]),
    ({"data": [{"id": "qwen/qwen3-coder", "context_length": 262144, "supported_parameters": ["tools"],
                "architecture": {"input_modalities": ["text"]},
                "pricing": {"prompt": "0.0000002", "completion": "0.0000008", "input_cache_read": "0.00000005"}}]},
     [Listed("qwen/qwen3-coder", 262144, None, 0.2, 0.8, 0.05, vision=False, tools=True, reasoning=False)]),
    ({"data": [{"id": "auto", "pricing": {"prompt": "-1", "completion": "-1"}}]}, [Listed("auto")]),
    ({"data": [{"id": "m", "max_model_len": 32768}]}, [Listed("m", context=32768)]),
    ({"data": [{"id": "m", "context_window": 9, "max_completion_tokens": 4}]}, [Listed("m", 9, 4)]),
    ({"data": [{"id": "m", "capabilities": {"completion_chat": True, "function_calling": True, "vision": False}},
               {"id": "n", "capabilities": {"completion_chat": False}}]}, [Listed("m", vision=False, tools=True)]),
    ([{"id": "a"}, {"id": "a"}, {"id": ""}, {"id": 7}, "x", None, {"id": "z" * 301}], [Listed("a")]),
    ({"data": []}, []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "listed"), SHAPES)
def test_shapes(body: object, listed: list[Listed]) -> None:
    assert listed_in(body) == listed


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["id", "name", "data", "models", "pricing", "model_info", "context_length"]), inner
    ),
)  # fmt: skip


@given(VALUES)
def test_whatever_comes_is_a_list_or_none(body: object) -> None:
    with contextlib.suppress(ValueError):
        assert all(isinstance(listed, Listed) for listed in listed_in(body))


# -- merged


def test_merged_and_marked(catalogue: Catalogue, day: date) -> None:
    provider = PROVIDERS["anthropic"]
    rows = [Listed("claude-opus-5"), Listed("claude-new-9", context=7), Listed("claude-3-7-sonnet-20250219")]
    merged = with_list(catalogue, provider, rows)
    assert len(merged.models) == len(catalogue.of("anthropic")) + 1
    known = merged.get("anthropic/claude-opus-5")
    assert known.live
    assert known.input_per_million == catalogue.get(known.id).input_per_million
    new = merged.get("anthropic/claude-new-9")
    assert (new.live, new.context, new.input_per_million) == (True, 7, None)
    still_there = merged.get("anthropic/claude-3-7-sonnet-20250219")
    assert not still_there.retired(day)
    assert still_there.recommended == ""
    assert merged.get("anthropic/claude-haiku-4-5-20251001").live is False
    assert all(model.live for model in merged.models[:3])
    assert not any(model.live for model in merged.models[3:])
    assert merged.search("new", "anthropic")[0].id == "anthropic/claude-new-9"


def test_a_list_of_a_provider_that_the_catalogue_has_nothing_of(catalogue: Catalogue) -> None:
    merged = with_list(
        catalogue, PROVIDERS["lm_studio"], [Listed("openai/gpt-oss-20b"), Listed("qwen/qwen3-coder-30b")]
    )
    ids = {model.id for model in merged.search("", "lm_studio")}
    assert ids == {"openai/openai/gpt-oss-20b", "openai/qwen/qwen3-coder-30b"}
    assert all("JSON" in model.note for model in merged.models)


def test_qwen_coder_on_openrouter(catalogue: Catalogue) -> None:
    merged = with_list(catalogue, PROVIDERS["openrouter"], [Listed("qwen/qwen3-coder"), Listed("anthropic/claude-9")])
    assert merged.search("qwen coder openrouter")[0].id == "openrouter/qwen/qwen3-coder"


@pytest.mark.parametrize("number", [10**30, 10**400, 1e300, float("inf"), -(10**400)])
def test_a_number_that_no_model_has_is_none(number: float) -> None:
    row = {"id": "x", "context_length": number, "max_completion_tokens": number, "pricing": {"prompt": number}}
    found = listed_in({"data": [row]})[0]
    assert (found.context, found.max_output) == (None, None)
    assert found.input_per_million is None or found.input_per_million < math.inf


# -- the guard at its sockets


@pytest.mark.slow
async def test_a_library_that_follows_a_redirect_is_stopped_at_the_socket() -> None:
    child = Child("tools.following_list_child", {"PYTHONPATH": str(TESTS), **network_environment({})})
    order = {"op": "list", "headers": {"x-api-key": KEY}, "hidden": [KEY], "limit": LIMIT}
    with ListServer({"/v1/models": OPENAI_LIKE}) as foreign:
        elsewhere = f"{foreign.base_url}/models"
        with ListServer({"/away": (302, elsewhere), "/near": (302, "/list"), "/list": OPENAI_LIKE}) as own:
            try:
                told = {
                    name: await child.ask({**order, "urls": [url]}, limit=LIMIT)
                    for name, url in {"away": f"{own.root}/away", "near": f"{own.root}/near"}.items()
                }
                assert foreign.requests == []
                told["asked"] = await child.ask({**order, "urls": [elsewhere]}, limit=LIMIT)
            finally:
                await child.close()
    assert told["away"]["failure"] == "no-connection"
    assert "listed" in told["near"]
    assert "listed" in told["asked"]


@pytest.mark.slow
async def test_the_proxy_of_the_user_is_let_through() -> None:
    url = "http://models.example/v1/models"
    with ListServer({url: OPENAI_LIKE}) as proxy:
        child = Child("tui.catalog.list_child", network_environment({"HTTP_PROXY": proxy.root}))
        try:
            told = await child.ask(
                {"op": "list", "urls": [url], "headers": {}, "hidden": [], "limit": LIMIT}, limit=LIMIT
            )
        finally:
            await child.close()
    assert told == {"listed": [[*row] for row in TWO]}
