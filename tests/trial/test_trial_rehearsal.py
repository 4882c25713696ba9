"""The rehearsal: our own provider on the loopback, whatever stands in the proxy variables."""

import json
import urllib.error
import urllib.request

import pytest

from tui.base.secret import Secret
from tui.retry.policy import RetryPolicy
from tui.trial.events import Attempt
from tui.trial.order import Order
from tui.trial.rehearsal import Rehearsal, rehearsal_order, shortened
from tui.trial.runner import Trial

MEANT = Order("anthropic/claude-x", "Say ready", {"api_key": Secret("sk-real")}, options={"timeout": 3, "top_p": 0.1})


@pytest.mark.asyncio(loop_scope="session")
async def test_end_to_end_past_a_dead_proxy(probe, capfd):
    with Rehearsal() as rehearsal:
        order = rehearsal_order(MEANT, rehearsal.base_url)
        events = [event async for event in Trial(probe, order, shortened(RetryPolicy(), 1e6)).run()]
    assert [event.status for event in events if isinstance(event, Attempt)] == [429, 429, 200]
    assert (events[-1].ok, events[-1].text) == (True, "ready")
    assert capfd.readouterr() == ("", "")


def ask(base_url):
    request = urllib.request.Request(f"{base_url}/chat/completions", b"{}", {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_the_last_status_is_kept():
    with Rehearsal((401, 503)) as rehearsal:
        assert [ask(rehearsal.base_url)[0] for _ in range(4)] == [401, 503, 503, 503]


def test_bodies():
    with Rehearsal((429, 200)) as rehearsal:
        assert ask(rehearsal.base_url)[1]["error"]["code"] == "rate_limit_exceeded"
        assert ask(rehearsal.base_url)[1]["choices"][0]["message"]["content"] == "ready"


def test_closed_it_has_no_address():
    rehearsal = Rehearsal()
    rehearsal.start()
    rehearsal.close()
    rehearsal.close()
    with pytest.raises(RuntimeError):
        _ = rehearsal.base_url


def test_the_order_takes_only_the_prompt_along():
    order = rehearsal_order(MEANT, "http://127.0.0.1:1/v1")
    assert (order.model, order.prompt, dict(order.options)) == ("openai/rehearsal", "Say ready", {})
    assert [secret.reveal() for secret in order.secrets.values()] == ["rehearsal"]
    assert order.allowed_origin == "http://127.0.0.1:1"


def test_shortened():
    assert shortened(RetryPolicy(), 10).waits() == pytest.approx([wait / 10 for wait in RetryPolicy().waits()])
    with pytest.raises(ValueError, match="0"):
        shortened(RetryPolicy(), 0)
