"""Failures without a body: what was on the wire tells them apart, and not a guess."""

import pytest
from tools.raw_server import raw_server, resetting, saying

from tui.base.secret import Secret
from tui.retry.policy import RetryPolicy
from tui.trial import probe_client
from tui.trial.attempt_words import comparison
from tui.trial.diagnosis import diagnose
from tui.trial.probe_client import Probe
from tui.trial.probe_order import ProbeOrder
from tui.trial.runner import Trial

pytestmark = pytest.mark.asyncio(loop_scope="session")
KEY = "sk-test-0123456789abcdefghij"
BAD_CHUNK = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n"
TOO_SHORT = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{}"
NO_GZIP = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnot gzip"
HTTPS_WANTED = (
    b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nContent-Length: 84\r\n\r\n"
    b"<html><h1>400</h1>The plain HTTP request was sent to HTTPS port<hr>nginx     </html>"
)


def order(port: int, key: str = KEY, scheme: str = "http") -> ProbeOrder:
    return ProbeOrder("openai/local", "?", {"api_key": Secret(key)}, base_url=f"{scheme}://localhost:{port}/v1")


@pytest.fixture(autouse=True)
def in_a_container(monkeypatch, tmp_path):
    """Where a refused connection is explained by the container; nothing else is to be."""
    monkeypatch.setattr("tui.trial.recognition.CONTAINER_MARKS", (tmp_path,))


@pytest.mark.parametrize(
    ("answer", "cause", "code", "field", "words"),
    [
        (resetting, "reset", "no-connection", "base_url", "was closed before"),
        (saying(b""), "reset", "no-connection", "base_url", "was closed before"),
        (saying(TOO_SHORT), "reset", "no-connection", "base_url", "was closed before"),
        (saying(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), "not-http", "not-an-llm", "base_url", "not in HTTP"),
        (saying(BAD_CHUNK), "not-http", "not-an-llm", "base_url", "not in HTTP"),
        (saying(NO_GZIP), "not-an-llm", "not-an-llm", "base_url", "not as an LLM"),
        (saying(HTTPS_WANTED), None, "not-an-llm", "base_url", "wants https"),
    ],
    ids=["reset", "closed", "cut-off", "ssh", "chunks", "no-gzip", "https-wanted"],
)
async def test_a_server_that_was_reached_is_not_called_a_dead_one(probe, answer, cause, code, field, words):
    with raw_server(answer) as port:
        given = order(port)
        reply = await probe.call(given, 10)
    found = diagnose(reply, given)
    assert (reply.cause, found.code, found.field) == (cause, code, field), (reply, found)
    assert words in found.message
    assert "Nothing listens" not in found.message
    assert "host.docker.internal" not in found.hint


async def test_a_handshake_that_is_reset_is_no_dead_server(probe):
    with raw_server(resetting) as port:
        given = order(port, scheme="https")
        assert "Nothing listens" not in diagnose(await probe.call(given, 10), given).message


@pytest.mark.parametrize("key", [KEY + "\n", KEY + "\r\nX: y", "sk-tеst-0123456789abcdefghij"])
async def test_a_key_that_no_header_can_carry_is_the_keys_fault(probe, key):
    said = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
    with raw_server(saying(said)) as port:
        given = order(port, key)
        reply = await probe.call(given, 10)
    found = diagnose(reply, given)
    assert (found.code, found.field, reply.requests) == ("bad-key", "api_key", 0), (reply, found)
    assert "line break" in found.hint
    assert "docker" not in found.hint
    assert "0123456789" not in repr(reply) + repr(found)


PARTS = {
    "no-secret": (
        {"aws_access_key_id": Secret("AKIAIOSFODNN7EXAMPLE")},
        "aws_secret_access_key",
        "no secret access key",
    ),
    "no-access": ({"aws_secret_access_key": Secret("x" * 40)}, "aws_access_key_id", "no access key"),
    "nothing": ({}, "aws_access_key_id", "no keys, profile or role"),
}


@pytest.mark.parametrize(("secrets", "field", "words"), PARTS.values(), ids=PARTS)
async def test_half_of_a_pair_for_bedrock_names_the_half_that_is_missing(probe, secrets, field, words):
    given = ProbeOrder("bedrock/anthropic.claude-x", "?", secrets, options={"aws_region_name": "us-east-1"})
    reply = await probe.call(given, 10)
    found = diagnose(reply, given)
    assert (found.code, found.field, reply.requests) == ("no-key", field, 0), (reply, found)
    assert words in found.message
    events = [event async for event in Trial(probe, given, RetryPolicy(3, 0, 0, 0)).run()]
    assert (events[-1].attempts, events[-1].diagnosis) == (0 if secrets else 1, found)


WITHOUT = """
import sys
sys.modules["{module}"] = None
from tui.base.child_service import serve, serve_replaceably
from tui.trial import probe, wire
wire.install()
{serve}
"""


HANDLERS = '{"warm": probe.warm, "call": probe.call}'


@pytest.mark.parametrize("module", ["litellm", "tiktoken"])
@pytest.mark.parametrize("serve", ["serve({})", "serve_replaceably({}, probe.prepare)"])
async def test_without_litellm_no_other_probe_is_promised(monkeypatch, tmp_path, module, serve):
    code = WITHOUT.format(module=module, serve=serve.replace("{}", HANDLERS))
    (tmp_path / "odd.py").write_text(code)
    monkeypatch.setattr(probe_client, "MODULE", "odd")
    monkeypatch.setattr(probe_client, "probe_environment", lambda _environ: {"PYTHONPATH": str(tmp_path)})
    probe, policy = Probe(), RetryPolicy(3, 0, 0, 0)
    try:
        events = [event async for event in Trial(probe, order(9), policy).run()]
    finally:
        await probe.close()
    outcome = events[-1]
    assert (outcome.attempts, outcome.diagnosis.code) == (1, "probe-crashed")
    assert f"package {module} is not installed" in outcome.diagnosis.message
    assert "another one" not in outcome.diagnosis.hint
    assert "Reinstall llm-setup" in outcome.diagnosis.hint
    assert comparison(outcome, policy) == ""
