"""From what came back to what the user should do."""

import json
import re
import socket
import ssl
from datetime import date
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

import tui.trial.failure as failure_module
from tui.base.secret import Secret
from tui.catalog.models import load_catalogue
from tui.openhands.fields import BY_KEY
from tui.trial.diagnosis import CODES, diagnose, explain
from tui.trial.failure import cause_of, lacking, retry_after, said
from tui.trial.probe_client import proxy_before
from tui.trial.probe_order import ProbeOrder
from tui.trial.reasons import REASONS
from tui.trial.reply import Reply, presentable
from tui.trial.wire import Watch

HOSTED = ProbeOrder("anthropic/claude-x", "?")
OWN = ProbeOrder("openai/local", "?", base_url="http://user:pass-word-1@gpu.lan:8000/v1")
PUBLISHED = (
    "no-key bad-key forbidden payment unknown-model unknown-provider bad-request context rate-limited quota "
    "server-error overloaded no-connection dns tls proxy redirected timeout not-an-llm too-large empty-answer "
    "probe-crashed cancelled"
)


def test_all_published_codes_and_no_others():
    assert set(PUBLISHED.split()) == CODES


@pytest.mark.parametrize("reason", [*sorted(CODES), *REASONS])
@pytest.mark.parametrize("order", [HOSTED, OWN])
def test_sentences_are_complete(reason, order):
    found = explain(reason, order, "It says so.")
    assert found.code in CODES
    assert found.code == reason or reason in REASONS
    assert found.field is None or found.field in BY_KEY
    for sentence in (found.message, found.hint):
        assert sentence
        assert not re.search(r"[{}]|pass-word", sentence)
        assert sentence[-1] in ".…"


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(401, "AuthenticationError"), "bad-key"),
        (Reply(400, "BadRequestError", "API key not valid. Please pass a valid API key."), "bad-key"),
        (Reply(400, "BadRequestError", "Incorrect API key provided: sk…"), "bad-key"),
        (Reply(403, "APIError", "Not in your country"), "forbidden"),
        (Reply(403, "APIError", "The security token included in the request is invalid."), "forbidden"),
        (Reply(402, "APIError"), "payment"),
        (Reply(400, "BadRequestError", "Your credit balance is too low to access the API."), "payment"),
        (Reply(404, "NotFoundError", "model: claude-x"), "unknown-model"),
        (Reply(400, "BadRequestError", "foo/bar is not a valid model ID"), "unknown-model"),
        (Reply(400, "BadRequestError", "max_tokens is too large"), "bad-request"),
        (Reply(422, "UnprocessableEntityError", "no"), "bad-request"),
        (Reply(400, "ContextWindowExceededError", "prompt is too long"), "context"),
        (Reply(413, "APIError", "too large"), "context"),
        (Reply(429, "RateLimitError", "Rate limit reached"), "rate-limited"),
        (Reply(429, "RateLimitError", "You exceeded your current quota (RESOURCE_EXHAUSTED)"), "rate-limited"),
        (Reply(429, "RateLimitError", "You exceeded your current quota (insufficient_quota)"), "quota"),
        (Reply(500, "InternalServerError", "oops, payment service"), "server-error"),
        (Reply(503, "ServiceUnavailableError"), "overloaded"),
        (Reply(529, "APIError"), "overloaded"),
        (Reply(504, "Timeout"), "timeout"),
        (Reply(None, "Timeout", cause="timeout"), "timeout"),
        (Reply(407, "APIError"), "proxy"),
        (Reply(511, "APIError"), "not-an-llm"),
        (Reply(429, "RateLimitError", "Quota exceeded for metric: generate_requests_per_model_per_day"), "quota"),
        (Reply(429, "RateLimitError", "Rate limit reached on tokens per day (TPD): Limit 100000"), "quota"),
        (Reply(429, "RateLimitError", "Rate limit reached on tokens per minute (TPM): Limit 6000"), "rate-limited"),
        (Reply(429, "RateLimitError", "This request would exceed your monthly spend limit"), "quota"),
        (Reply(None, "APIConnectionError", "something new"), "server-error"),
        *((Reply(None, "InternalServerError", cause=cause), code) for cause, code in {
            "refused": "no-connection", "reset": "no-connection", "unreachable": "no-connection", "dns": "dns",
            "tls": "tls", "proxy": "proxy", "redirected": "redirected", "foreign-origin": "redirected",
            "not-an-llm": "not-an-llm", "web-page": "not-an-llm", "empty-answer": "empty-answer",
            "no-provider": "unknown-provider",
            "no-key": "no-key", "login": "unknown-provider", "missing-package": "unknown-provider",
            "probe-crashed": "probe-crashed"}.items()),
    ],
)  # fmt: skip
def test_codes(reply, code):
    assert diagnose(reply, HOSTED).code == code


def test_a_page_not_found_at_an_own_address_is_the_address():
    found = diagnose(Reply(404, "NotFoundError", "Not Found"), OWN)
    assert (found.code, found.field) == ("not-an-llm", "base_url")
    assert "gpu.lan:8000" in found.message


def test_no_answer_in_time_names_what_openhands_would_wait():
    silent = Reply(None, "Timeout", seconds=120.04, cause="timeout")
    unset = diagnose(silent, HOSTED)
    assert (unset.code, unset.field) == ("timeout", "timeout")
    assert "within 2 min" in unset.message
    assert "100 minutes" in unset.hint
    given = ProbeOrder("anthropic/x", "?", options={"timeout": 30})
    assert "100 minutes" not in diagnose(silent, given).hint


def test_a_provider_that_asks_to_wait_is_heard():
    found = diagnose(Reply(429, "RateLimitError", "Slow down.", retry_after=90.0), HOSTED)
    assert (found.code, found.field) == ("rate-limited", "retry_max_wait")
    assert "asks for 1 min 30 s" in found.message


def with_key(key, model="anthropic/claude-x", base_url=""):
    return ProbeOrder(model, "?", {"api_key": Secret(key)}, base_url=base_url)


REFUSED = Reply(401, "AuthenticationError", "invalid x-api-key")


@pytest.mark.parametrize(
    ("key", "model", "base_url", "owner"),
    [
        ("gsk_" + "a" * 40, "anthropic/x", "", "Groq"),
        ("sk-ant-api03-" + "a" * 40, "openai/x", "", "Anthropic"),
        ("sk-or-v1-" + "a" * 40, "openai/x", "", "OpenRouter"),
        ("AIza" + "a" * 35, "openrouter/a/b", "", "Google AI Studio"),
        ("sk-ant-api03-" + "a" * 40, "anthropic/x", "", ""),
        ("AIza" + "a" * 35, "gemini/x", "", ""),
        ("sk-" + "a" * 40, "deepseek/x", "", ""),
        ("gsk_" + "a" * 40, "openai/x", "https://gateway.example/v1", ""),
    ],
)
def test_a_key_of_another_provider(key, model, base_url, owner):
    found = diagnose(REFUSED, with_key(key, model, base_url))
    assert (found.code, found.field) == ("bad-key", "api_key")
    assert (f"looks like one of {owner}." in found.message) == bool(owner)
    assert "looks like" not in found.message or owner
    assert key[:6] not in found.message + found.hint


def test_a_key_that_is_missing_is_missed_for_the_address_that_stands_for_many():
    assert explain("no-key", with_key("x", "openai/x", "http://localhost:8765/v1")).message == (
        "There is no API key for localhost:8765."
    )
    assert explain("no-key", with_key("x", "openai/x", "")).message == "There is no API key for OpenAI."


def bare(key="", **given):
    """gpt-4o as OpenHands' own examples have it, without a provider before its name."""
    return ProbeOrder("gpt-4o-minni", "?", {"api_key": Secret(key)} if key else {}, **{"owner": "openai", **given})


def test_a_bare_model_is_that_of_whose_key_it_is_and_not_of_the_first_provider_without_a_prefix():
    assert explain("no-key", bare()).message == "There is no API key for OpenAI."
    assert explain("no-key", bare(base_url="http://gpu.lan:8000/v1")).message == "There is no API key for gpu.lan:8000."
    assert explain("no-key", bare(owner="")).message == "There is no API key for gpt-4o-minni."
    of_openhands = ProbeOrder("openhands/claude-x", "?", owner="openhands")
    assert explain("no-key", of_openhands).message == "There is no API key for OpenHands."
    assert "looks like" not in diagnose(REFUSED, bare("sk-proj-" + "a" * 60)).message
    assert "looks like one of Groq." in diagnose(REFUSED, bare("gsk_" + "a" * 40)).message
    catalogue = load_catalogue(today=date(2026, 11, 1))
    assert "gpt-4o-mini" in diagnose(Reply(404, "NotFoundError", "model: x"), bare(), lambda: catalogue).hint


def test_near_names_of_a_model_come_from_the_catalogue():
    catalogue = load_catalogue(today=date(2026, 11, 1))
    asked = []

    def know():
        asked.append(1)
        return catalogue

    missing = Reply(404, "NotFoundError", "model: x")
    found = diagnose(missing, ProbeOrder("anthropic/claude-sonet-4-5-20250929", "?"), know)
    assert (found.code, found.field) == ("unknown-model", "model")
    assert "claude-sonnet-4-5-20250929" in found.hint
    for order in (OWN, ProbeOrder("azure/gpt-4", "?"), ProbeOrder("anthropic/nothing-like-it", "?")):
        assert "Near it" not in diagnose(Reply(404, "NotFoundError", "model x not found"), order, know).hint
    assert len(asked) == 2, "only where the provider's own list counts"
    diagnose(REFUSED, HOSTED, know)
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("host", "cause", "inside", "words"),
    [
        ("localhost", "refused", True, "container itself"),
        ("127.0.0.1", "refused", True, "container itself"),
        ("localhost", "refused", False, "No connection to localhost:11434"),
        ("gpu.lan", "refused", True, "No connection to gpu.lan:11434"),
        ("host.docker.internal", "dns", False, "only containers know"),
        ("host.docker.internal", "dns", True, "no host named"),
    ],
)
def test_localhost_and_containers(monkeypatch, tmp_path, host, cause, inside, words):
    monkeypatch.setattr("tui.trial.recognition.CONTAINER_MARKS", (tmp_path if inside else tmp_path / "nothing",))
    found = diagnose(Reply(cause=cause, error="X"), ProbeOrder("openai/x", "?", base_url=f"http://{host}:11434/v1"))
    assert words in found.message
    assert (found.code, found.field) == ({"refused": "no-connection", "dns": "dns"}[cause], "base_url")


@pytest.mark.parametrize(
    ("said", "field"),
    [("temperature: must be below 2", "temperature"), ("max_tokens is too large", "max_output_tokens"),
     ("Unsupported value: 'reasoning_effort'", "reasoning_effort"), ("messages: too few", "model")],
)  # fmt: skip
def test_a_refusal_leads_to_the_setting_that_it_names(said, field):
    assert diagnose(Reply(400, "BadRequestError", said), HOSTED).field == field


@pytest.mark.parametrize(
    ("url", "environ", "variable"),
    [
        ("http://localhost:11434", {"HTTP_PROXY": "p"}, "HTTP_PROXY"),
        ("http://localhost:11434", {"http_proxy": "p", "HTTP_PROXY": "q"}, "http_proxy"),
        ("https://127.0.0.1/v1", {"HTTP_PROXY": "p"}, ""),
        ("https://127.0.0.1/v1", {"ALL_PROXY": "p"}, "ALL_PROXY"),
        ("http://[::1]:8000/v1", {"HTTP_PROXY": "p"}, "HTTP_PROXY"),
        ("http://localhost:11434", {"HTTP_PROXY": "p", "NO_PROXY": "a, LOCALHOST"}, ""),
        ("http://localhost:11434", {"HTTP_PROXY": "p", "NO_PROXY": "127.0.0.1"}, "HTTP_PROXY"),
        ("http://localhost:11434", {"HTTP_PROXY": "p", "no_proxy": "*"}, ""),
        ("http://localhost:11434", {"HTTP_PROXY": "p", "no_proxy": "localhost:11434"}, ""),
        ("http://gpu.lan:11434", {"HTTP_PROXY": "p"}, ""),
        ("http://[bad", {"HTTP_PROXY": "p"}, ""),
        ("", {"HTTP_PROXY": "p"}, ""),
        ("http://localhost:11434", {}, ""),
    ],
)
def test_a_proxy_before_a_server_of_this_machine(url, environ, variable):
    assert proxy_before(url, environ) == variable


def test_a_provider_that_is_not_found_has_no_address_to_spell():
    found = diagnose(Reply(cause="dns", error="X"), HOSTED)
    assert (found.code, found.field) == ("dns", None)
    assert "no network here" in found.message
    assert "pell" not in found.hint


def test_fields():
    assert explain("dns", HOSTED).field is None, "there is no base URL to mend"
    assert explain("dns", OWN).field == "base_url"
    assert explain("bad-key", ProbeOrder("bedrock/x", "?")).field == "aws_access_key_id"


def chained(*links):
    """An exception as litellm raises it: each one caused by the next."""
    for error, cause in pairwise(links):
        error.__cause__ = cause
    return links[0]


@pytest.mark.parametrize(
    ("links", "cause"),
    [
        ((socket.gaierror(-2, "Name or service not known"),), "dns"),
        ((ssl.SSLCertVerificationError("self-signed certificate"),), "tls"),
        ((ConnectionRefusedError(111, "refused"),), "refused"),
        ((ExceptionGroup("all", [OSError(101, "unreachable"), ConnectionRefusedError(111, "refused")]),), "refused"),
        ((httpx.ConnectError("no route"),), "unreachable"),
        ((httpx.ReadError("reset by peer"),), "reset"),
        ((httpx.RemoteProtocolError("closed"),), "reset"),
        ((httpx.ReadTimeout("slow"),), "timeout"),
        ((httpx.ProxyError("407"),), "proxy"),
        ((), None),
    ],
)
def test_causes(links, cause):
    error = chained(RuntimeError("Connection error."), *links)
    assert cause_of(error, Watch([])) == cause


def test_a_dead_proxy_is_told_from_a_dead_server():
    seen = Watch([])
    seen.proxied = True
    assert cause_of(chained(RuntimeError(), ConnectionRefusedError(111, "x")), seen) == "proxy"


@pytest.mark.parametrize(
    ("status", "kind", "proxied", "cause"),
    [
        (502, "text/html", True, "proxy"),
        (503, "text/plain", True, "proxy"),
        (403, "text/html", True, "proxy"),
        (502, "application/json", True, None),
        (502, "text/html", False, None),
        (401, "text/html", True, None),
        (200, "text/html", True, "web-page"),
        (200, "text/plain", False, "not-an-llm"),
    ],
)
def test_a_page_of_a_proxy_is_told_from_one_of_the_server(status, kind, proxied, cause):
    seen = answered(status, "Not here", kind)
    seen.proxied = proxied
    assert cause_of(RuntimeError("x"), seen) == cause


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"choices": []}, "The answer has no choices."),
        ({"candidates": []}, "The answer has no choices."),
        ({"choices": [{"message": {"content": None}}]}, "The answer has no text."),
        ({"choices": [{"message": {"content": ""}}]}, "The answer has no text."),
        ({"choices": [{"message": {"content": "yes"}}]}, ""),
        ({"content": [{"type": "text", "text": "yes"}]}, ""),
        ({"response": None, "done": True}, "The answer has no text."),
        ({"response": "yes"}, ""),
        ({"error": "x"}, ""),
        ([], ""),
        ("choices", ""),
    ],
)
def test_what_an_answer_lacks_is_judged_by_its_body(body, sentence):
    assert lacking(answered(200, json.dumps(body)).response) == sentence
    assert lacking(answered(500, json.dumps(body)).response) == ""


def test_what_the_network_says_is_said_as_the_system_does():
    refused = chained(RuntimeError("x"), ConnectionRefusedError(111, "Connect call failed ('::1', 80, 0, 0)"))
    assert said(refused, Watch([])) == "Connection refused"
    unknown = chained(RuntimeError("x"), socket.gaierror(-2, "Name or service not known"))
    assert "Name or service not known" in said(unknown, Watch([]))


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("litellm.BadRequestError: LLM Provider NOT provided. Pass in …", "no-provider"),
        ("Missing credentials. Please pass an `api_key`", "no-key"),
        ("Unable to locate credentials", "no-key"),
        ("something else", None),
    ],
)
def test_causes_before_anything_is_sent(text, cause):
    assert cause_of(RuntimeError(text), Watch([])) == cause


def answered(status, body, kind="application/json", **headers):
    seen = Watch([])
    request = httpx.Request("POST", "http://x/")
    seen.response = httpx.Response(status, text=body, headers={"content-type": kind, **headers}, request=request)
    return seen


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('{"error": {"message": "Slow down", "code": "rate"}}', "Slow down (rate)"),
        ('{"error": {"message": "Slow down", "code": 429, "type": "tokens"}}', "Slow down"),
        ('[{"error": {"message": "Bad key", "status": "X"}}]', "Bad key"),
        ('{"type": "error", "error": {"type": "auth", "message": "invalid x-api-key"}}', "invalid x-api-key (auth)"),
        ('{"error": "model not found"}', "model not found"),
        ('{"detail": "Not Found"}', "Not Found"),
        ('{"message": "no"}', "no"),
        ('{"odd": 1}', '{"odd": 1}'),
        ('"text"', "text"),
        ("<html><script>x()</script><h1>502</h1> Bad</html>", "502 Bad"),
        ("", "Bad Gateway"),
    ],
)
def test_what_the_server_says(body, text):
    assert presentable(said(RuntimeError("litellm's own words"), answered(502, body)), []) == text


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("20", 20.0),
        ("0.5", 0.5),
        ("-3", 0.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("soon", None),
        ("inf", None),
        ("", None),
    ],
)
def test_retry_after(value, seconds):
    assert retry_after(answered(429, "{}", **{"retry-after": value}).response) == seconds
    assert retry_after(None) is None


def test_a_date_to_come():
    assert retry_after(answered(429, "{}", **{"retry-after": "Wed, 21 Oct 2099 07:28:00 GMT"}).response) > 1e8


def test_texts_are_redacted_and_clean_whatever_the_probe_says():
    key = Secret("sk-0123456789abcdefghij")
    answer = {
        "message": f"Bad {key.reveal()}\x1b[2J",
        "text": f"\x07You are {key.reveal()[:12]}\x00{key.reveal()[12:]}",
    }
    reply = Reply.of(json.loads(json.dumps(answer)), [key])
    assert (reply.message, reply.text) == ("Bad •••", "You are •••")


def test_only_the_probe_may_load_its_own_files():
    """They import httpx, which the user interface never waits for."""
    room = Path(failure_module.__file__).parent
    theirs = re.compile(r"tui\.trial\.(wire|failure|probe) ")
    users = {path.name for path in room.glob("*.py") if theirs.search(path.read_text())}
    assert users == {"probe.py", "failure.py"}
