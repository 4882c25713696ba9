"""Each fault on each route: what is sent, what is said, and whether it is tried again.

One probe and one server for all: the model's name tells the server what to do, and which route asked.
"""

import asyncio
import base64
import json

import pytest
import pytest_asyncio
from tools.llm_server import LlmServer
from tools.patience import LIMIT

from tui.base.secret import Secret
from tui.retry.policy import RetryPolicy
from tui.retry.retried import is_transient
from tui.trial.events import Attempt, Outcome, as_json
from tui.trial.probe_order import ProbeOrder
from tui.trial.runner import Trial

pytestmark = pytest.mark.asyncio(loop_scope="session")
KEY = "sk-test-0123456789abcdefghijKLMN"
TWICE_AT_ONCE = RetryPolicy(2, 0, 0, 0)
ROUTES = frozenset(
    {"openai", "anthropic", "gemini", "azure", "groq", "openrouter", "mistral", "deepseek", "litellm_proxy", "ollama",
     "hosted_vllm"}
)  # fmt: skip
ALL, NONE = ROUTES, frozenset()
LIKE_OPENAI = {"openai", "litellm_proxy"}
LENIENT = {"anthropic", "groq", "mistral", "ollama"}

# The fault as tests/tools/llm_server.py knows it, the HTTP status, the diagnosis, and the routes on which OpenHands
# tries again: litellm has different exceptions for the same thing.
FAULTS = [
    ("limited", 429, "rate-limited", ALL),
    ("quota", 429, "quota", ALL),
    ("500", 500, "server-error", ALL - {"azure", "openrouter"}),
    ("502", 502, "server-error", {"gemini"}),
    ("503", 503, "overloaded", ALL),
    ("529", 529, "overloaded", {"anthropic"}),
    ("400", 400, "bad-request", NONE),
    ("401", 401, "bad-key", NONE),
    ("echo", 401, "bad-key", NONE),
    ("402", 402, "payment", NONE),
    ("403", 403, "forbidden", NONE),
    ("404", 404, "unknown-model", NONE),
    ("409", 409, "bad-request", NONE),
    ("413", 413, "context", NONE),
    ("422", 422, "bad-request", NONE),
    ("408", 408, "timeout", ALL),
    ("504", 504, "timeout", ALL),
    ("hang", None, "timeout", ALL),
    ("reset", None, "no-connection", ALL),
    ("truncated", None, "no-connection", ALL),
    ("garbage", 200, "not-an-llm", LIKE_OPENAI | LENIENT),
    ("html", 200, "not-an-llm", LIKE_OPENAI | LENIENT),
    ("empty", 200, "not-an-llm", LIKE_OPENAI | LENIENT),
    ("nochoices", 200, "empty-answer", ALL - {"anthropic", "ollama"}),
    ("notext", 200, "empty-answer", {"ollama"}),
    ("huge", 200, "too-large", NONE),
    ("redirect", 307, "redirected", NONE),
]
ANSWERS = [("ok", "ready"), ("escapes", "red [bold]markup[/bold]"), ("echoed", "Your key is ")]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def server():
    with LlmServer() as server:
        yield server


@pytest.fixture(autouse=True)
def loaded_once(probe, monkeypatch):
    """What litellm loads for the eleven is kept from one fault to the next; otherwise each provider begins anew."""
    monkeypatch.setattr(probe._child, "renew", lambda: None)


def order(server, route, fault):
    base_url = f"http://127.0.0.1:{server.port}"
    return ProbeOrder(
        f"{route}/step-{fault}-by-{route}-", "Say ready", {"api_key": Secret(KEY)},
        base_url=f"{base_url}/v1" if route in {"openai", "hosted_vllm"} else base_url,
        api_version="2024-06-01" if route == "azure" else "", options={"timeout": 1.0} if fault == "hang" else {},
    )  # fmt: skip


async def played(probe, server, fault):
    """The events of a test on each route, all at the same time."""

    async def play(route):
        return [event async for event in Trial(probe, order(server, route, fault), TWICE_AT_ONCE).run()]

    routes = sorted(ROUTES)
    return dict(zip(routes, await asyncio.gather(*map(play, routes)), strict=True))


def requests_of(server, route, fault):
    mark = f"step-{fault}-by-{route}-"
    return [request for request in server.requests() if mark in request["path"] + request["body"]]


async def all_noted(server, count):
    """Wait until the server has noted what was sent: it may be a moment behind where nobody waited for its answer."""
    async with asyncio.timeout(LIMIT):
        while len(server.requests()) < count:  # noqa: ASYNC110 - the server is another process
            await asyncio.sleep(0.01)


def check_nothing_leaked(events, capfd):
    told = json.dumps([as_json(event) for event in events]) + repr(events)
    for form in (KEY, KEY[-8:], base64.b64encode(KEY.encode()).decode()):
        assert form not in told
    assert "\x1b" not in told
    assert "\\u001b" not in told
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("fault", "status", "code", "retried"), FAULTS, ids=[fault[0] for fault in FAULTS])
async def test_a_fault_on_every_route(probe, server, capfd, fault, status, code, retried):
    before = len(server.requests())
    told = await played(probe, server, fault)
    await all_noted(server, before + len(ROUTES) + len(retried))
    for route, events in told.items():
        attempts = [event for event in events if isinstance(event, Attempt)]
        sent = requests_of(server, route, fault)
        assert len(sent) == len(attempts) == sum(attempt.reply.requests for attempt in attempts), route
        assert len(attempts) == (2 if route in retried else 1), (route, attempts[0].error)
        if fault not in ("huge", "redirect"):
            assert all(attempt.retryable == is_transient(attempt.error or "") for attempt in attempts), route
        assert {attempt.status for attempt in attempts} == {status}, route
        assert events[-1].diagnosis.code == code, (route, events[-1].diagnosis)
        check_nothing_leaked(events, capfd)


@pytest.mark.parametrize(("fault", "text"), ANSWERS)
async def test_an_answer_on_every_route(probe, server, capfd, fault, text):
    for route, events in (await played(probe, server, fault)).items():
        assert isinstance(events[-1], Outcome)
        assert (events[-1].ok, events[-1].text[: len(text)]) == (True, text), (route, events[-1])
        assert len(events[-1].text) <= 2000
        assert len(requests_of(server, route, fault)) == 1, route
        check_nothing_leaked(events, capfd)


async def test_retry_after_is_known_on_every_route(probe, server):
    for route, events in (await played(probe, server, "limited")).items():
        assert {event.retry_after for event in events if isinstance(event, Attempt)} == {7.0}, route


async def test_the_table_has_every_route_and_code_that_a_server_can_cause():
    codes = {code for _fault, _status, code, _retried in FAULTS}
    assert len(ROUTES) == 11
    assert codes == {
        "rate-limited", "quota", "server-error", "overloaded", "bad-request", "bad-key", "payment", "forbidden",
        "unknown-model", "context", "timeout", "no-connection", "not-an-llm", "empty-answer", "redirected",
        "too-large",
    }  # fmt: skip


# What openhands-ai 0.62 (litellm 1.77.7) does with a text that has too much: it answers, or asks another path.
BLANKS = [
    ("openai/x", "", "", True, "/v1/chat/completions", "x"),
    ("openai/x", " ", "", False, "", ""),
    ("openai/x", "", "\r", False, "", ""),
    (" openai/x", "", "", False, "", ""),
    ("openai/x", "", " ", True, "/v1%20/chat/completions", "x"),
    ("openai/x ", "", "", True, "/v1/chat/completions", "x "),
]


@pytest.mark.parametrize(("model", "before", "behind", "ok", "path", "sent"), BLANKS)
async def test_a_text_with_a_space_fails_as_it_does_in_openhands(probe, model, before, behind, ok, path, sent):
    with LlmServer() as server:
        url = f"{before}http://127.0.0.1:{server.port}/v1{behind}"
        order = ProbeOrder(model, "?", {"api_key": Secret(KEY)}, base_url=url, owner="openai", needs_key=True)
        events = [event async for event in Trial(probe, order, RetryPolicy(1, 0, 0, 0)).run()]
        requests = server.requests()
    assert events[-1].ok == ok
    assert [(request["path"], json.loads(request["body"])["model"]) for request in requests] == (
        [(path, sent)] if ok else []
    )
