"""From what came back to what the user should do."""

import json
import re
import socket
import ssl
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

import tui.trial.failure as failure_module
from tui.base.secret import Secret
from tui.trial.diagnosis import CODES, diagnose, explain
from tui.trial.failure import cause_of, retry_after, said
from tui.trial.order import Order
from tui.trial.reply import Reply, presentable
from tui.trial.wire import Watch

HOSTED = Order("anthropic/claude-x", "?")
OWN = Order("openai/local", "?", base_url="http://user:pass-word-1@gpu.lan:8000/v1")
PUBLISHED = (
    "no-key bad-key forbidden payment unknown-model unknown-provider bad-request context rate-limited quota "
    "server-error overloaded no-connection dns tls proxy redirected timeout not-an-llm empty-answer probe-crashed "
    "cancelled"
)


def test_all_published_codes_and_no_others():
    assert set(PUBLISHED.split()) == CODES


@pytest.mark.parametrize("code", sorted(CODES))
@pytest.mark.parametrize("order", [HOSTED, OWN])
def test_sentences_are_complete(code, order):
    found = explain(code, order, "It says so.")
    assert found.code == code
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
        (Reply(None, "APIConnectionError", "something new"), "server-error"),
        *((Reply(None, "InternalServerError", cause=cause), code) for cause, code in {
            "refused": "no-connection", "reset": "no-connection", "unreachable": "no-connection", "dns": "dns",
            "tls": "tls", "proxy": "proxy", "redirected": "redirected", "foreign-origin": "redirected",
            "not-an-llm": "not-an-llm", "empty-answer": "empty-answer", "no-provider": "unknown-provider",
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


def test_fields():
    assert explain("dns", HOSTED).field is None, "there is no base URL to mend"
    assert explain("dns", OWN).field == "base_url"
    assert explain("bad-key", Order("bedrock/x", "?")).field == "aws_access_key_id"


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
    assert cause_of(error, Watch(None)) == cause


def test_a_dead_proxy_is_told_from_a_dead_server():
    seen = Watch(None)
    seen.proxied = True
    assert cause_of(chained(RuntimeError(), ConnectionRefusedError(111, "x")), seen) == "proxy"


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
    assert cause_of(RuntimeError(text), Watch(None)) == cause


def answered(status, body, kind="application/json", **headers):
    seen = Watch(None)
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
