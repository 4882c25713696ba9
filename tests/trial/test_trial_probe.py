"""The probe process against a real server process, over real sockets."""

import asyncio
import os
import signal
from contextlib import nullcontext, suppress
from pathlib import Path

import psutil
import pytest
import pytest_asyncio
from tools.llm_server import LlmServer
from tools.patience import LIMIT

from tui.base.secret import Secret
from tui.retry.policy import RetryPolicy
from tui.trial.diagnosis import diagnose
from tui.trial.events import Attempt, Outcome
from tui.trial.probe_order import ProbeOrder
from tui.trial.runner import Trial

pytestmark = pytest.mark.asyncio(loop_scope="session")
KEY = "sk-test-0123456789abcdefghij"
AT_ONCE = RetryPolicy(8, 0, 0, 0)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def probe(whole_probe):
    return whole_probe


def order(base_url, model="openai/gpt-test", **more):
    return ProbeOrder(model, "Reply with: ready", {"api_key": Secret(KEY)}, base_url=base_url, **more)


async def until(condition):
    """Wait until `condition()` is true."""
    async with asyncio.timeout(LIMIT):
        while not condition():  # noqa: ASYNC110 - the server is another process
            await asyncio.sleep(0.005)


async def test_two_rate_limits_and_an_answer(probe):
    with LlmServer("429,429:after=20,200") as server:
        events = [event async for event in Trial(probe, order(server.base_url), AT_ONCE).run()]
        attempts = [event for event in events if isinstance(event, Attempt)]
        assert [(a.status, a.retry_after, a.retryable) for a in attempts] == [
            (429, None, True), (429, 20.0, True), (200, None, False)
        ]  # fmt: skip
        outcome = events[-1]
        assert isinstance(outcome, Outcome)
        assert (outcome.ok, outcome.text, outcome.attempts) == (True, "ready", 3)
        assert (outcome.prompt_tokens, outcome.completion_tokens, outcome.cost_usd) == (14, 2, None)
        requests = server.requests()
        assert [request["path"] for request in requests] == ["/v1/chat/completions"] * 3
        assert {request["headers"]["Authorization"] for request in requests} == {f"Bearer {KEY}"}


async def test_a_refused_key_is_final(probe):
    with LlmServer("401") as server:
        events = [event async for event in Trial(probe, order(server.base_url), AT_ONCE).run()]
        assert len(server.requests()) == 1
    assert events[-1].diagnosis.code == "bad-key"
    assert events[-1].diagnosis.field == "api_key"


async def test_each_provider_finds_a_fork_that_no_other_has_filled(probe):
    """litellm loads up to 70 MB for a provider, and a fork may hold 360: after some of them it would be lost."""

    async def fork_after(model):
        reply = await probe.call(order(f"http://127.0.0.1:{server.port}", model, api_version="2024-06-01"), LIMIT)
        assert reply.status == 401, reply
        return [child.pid for child in psutil.Process(probe.pid).children()]

    with LlmServer("401") as server:
        first = await fork_after("openai/gpt-test")
        assert len(first) == 1
        assert await fork_after("openai/gpt-other") == first
        second = await fork_after("azure/deployment")
        assert len(second) == 1
        assert second != first


async def test_a_path_that_is_not_there_is_no_unknown_model(probe):
    with LlmServer("404:Not Found") as server:
        given = order(server.base_url)
        reply = await probe.call(given, 10)
        assert (reply.status, diagnose(reply, given).code) == (404, "not-an-llm")


@pytest.mark.parametrize("model", ["openai/gpt-test", "anthropic/claude-x", "gemini/gemini-x", "azure/deployment"])
async def test_a_redirect_is_not_followed(probe, model):
    with LlmServer() as thief, LlmServer(f"307:http://127.0.0.1:{thief.port}/v1/chat/completions") as server:
        given = order(f"http://127.0.0.1:{server.port}", model, api_version="2024-06-01")
        events = [event async for event in Trial(probe, given, AT_ONCE).run()]
        assert len(server.requests()) == 1
        assert thief.requests() == []
        assert events[-1].diagnosis.code == "redirected"
        assert f"127.0.0.1:{thief.port}" in events[-1].diagnosis.message


async def test_the_key_goes_to_its_own_origin_only(probe):
    with LlmServer() as server:
        given = order(server.base_url, origin="https://api.example.com")
        reply = await probe.call(given, 10)
        assert (reply.cause, reply.requests, server.requests()) == ("foreign-origin", 0, [])
        assert diagnose(reply, given).code == "redirected"


async def test_nobody_listens(probe):
    given = order("http://127.0.0.1:9/v1")
    reply = await probe.call(given, 10)
    assert (reply.status, reply.cause, reply.requests) == (None, "refused", 0)
    assert diagnose(reply, given).code == "no-connection"


async def test_the_proxy_is_named_when_it_is_dead(probe):
    given = order("http://llm.example.invalid/v1")
    assert diagnose(await probe.call(given, 10), given).code == "proxy"


@pytest.mark.parametrize("step", ["502:html", "503:html", "403:html", "407"])
async def test_a_proxy_that_does_not_reach_a_host_of_ones_own_network(probe, step):
    with LlmServer(step) as proxy:
        environment = {"http_proxy": f"http://127.0.0.1:{proxy.port}"}
        given = order(f"http://gpu-{step[:3]}.lan.invalid:8000/v1", environment=environment)
        found = diagnose(await probe.call(given, 10), given)
        assert len(proxy.requests()) == 1
        assert found.code == "proxy"
        assert f"put gpu-{step[:3]}.lan.invalid into NO_PROXY" in found.hint


async def test_plain_http_where_tls_is_expected(probe):
    with LlmServer() as server:
        given = order(f"https://127.0.0.1:{server.port}/v1")
        assert diagnose(await probe.call(given, 10), given).code == "tls"


async def test_no_provider_is_not_called(probe):
    given = ProbeOrder("gpt-of-nobody", "?", {"api_key": Secret(KEY)})
    reply = await probe.call(given, 10)
    assert (diagnose(reply, given).code, reply.requests) == ("unknown-provider", 0)


@pytest.mark.parametrize("model", ["github_copilot/gpt-4o", "chatgpt/gpt-5"])
async def test_no_device_login(probe, model):
    reply = await probe.call(ProbeOrder(model, "?"), 10)
    assert (reply.cause, reply.requests) == ("login", 0)


async def test_an_echoed_key_is_hidden(probe):
    with LlmServer("401:echo") as server:
        reply = await probe.call(order(server.base_url), 10)
    assert reply.message == "No such key: Bearer ••• (invalid_api_key)"


async def test_a_server_without_key_gets_a_dummy(probe):
    with LlmServer() as server:
        reply = await probe.call(ProbeOrder("openai/local", "?", base_url=server.base_url), 10)
        assert reply.ok
        assert server.requests()[0]["headers"]["Authorization"] == "Bearer none"


async def test_limit(probe):
    with LlmServer("hang") as server:
        given = order(server.base_url)
        reply = await probe.call(given, 0.3)
    assert reply.error == "Timeout"
    assert diagnose(reply, given).code == "timeout"


async def test_cancelling_closes_the_socket_and_keeps_the_probe(probe):
    with LlmServer("hang,200") as server:
        call = asyncio.create_task(probe.call(order(server.base_url), 60))
        await until(server.requests)
        pid = probe.pid
        call.cancel()
        await asyncio.wait([call])
        await until(lambda: any("gone" in line for line in server.lines()))
        assert (await probe.call(order(server.base_url), 10)).text == "ready"
        assert probe.pid == pid


def seen_from_outside(pid):
    """Its environment only root can read: a process of ours hides its memory."""
    seen = Path(f"/proc/{pid}/cmdline").read_bytes()
    with suppress(PermissionError) if os.geteuid() else nullcontext():
        seen += Path(f"/proc/{pid}/environ").read_bytes()
    return seen


async def test_no_key_is_seen_from_outside_and_a_killed_probe_is_replaced(probe):
    with LlmServer("hang,200") as server:
        given = order(server.base_url)
        call = asyncio.create_task(probe.call(given, 60))
        await until(server.requests)
        pid = probe.pid
        seen = seen_from_outside(pid)
        assert KEY.encode() not in seen
        assert b"OPENAI_" not in seen
        os.kill(pid, signal.SIGKILL)
        reply = await call
        assert diagnose(reply, given).code == "probe-crashed"
        assert (await probe.call(given, 10)).text == "ready"
        assert probe.pid != pid


async def test_a_lost_fork_is_replaced_without_importing_litellm_again(probe):
    with LlmServer("hang,200") as server:
        given = order(server.base_url)
        call = asyncio.create_task(probe.call(given, 60))
        await until(server.requests)
        pid = probe.pid
        (fork,) = psutil.Process(pid).children()
        fork.kill()
        assert diagnose(await call, given).code == "probe-crashed"
        assert (await probe.call(given, 10)).text == "ready"
        assert probe.pid == pid
        assert psutil.Process(pid).children() != [fork]
        assert len(server.requests()) == 2
