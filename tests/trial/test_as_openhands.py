"""The request is OpenHands' own, field by field: forty set-ups, as a real 0.62.0 called litellm, and what was sent.

`tests/tools/record_openhands_requests.py` recorded them. litellm differs between the two: 1.77.7 there.
"""

import asyncio
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tools.llm_server import LlmServer
from tools.patience import LIMIT
from tools.record_openhands_requests import KEY, PROMPT, SETUPS, settings_of

from tui.base.secret import Secret
from tui.trial.arguments import arguments
from tui.trial.probe import _complete
from tui.trial.probe_order import ProbeOrder

RECORD = json.loads((Path(__file__).parent / "openhands_requests.json").read_text())
RECORDED: list[dict[str, Any]] = RECORD["recorded"]
SAMPLES = [pytest.param(each, id=f"{n}-{each['setup']['model']}") for n, each in enumerate(RECORDED)]
APART = {"api_key", "messages"}
"""Given beside the other arguments."""
BY_LITELLM = {
    "openai/deepseek-r1-0528": {"reasoning_effort"},  # 1.77.7 drops it
    "anthropic/claude-haiku-4-5": {"max_tokens", "thinking"},  # the later one takes reasoning_effort for thinking
    "anthropic/claude-opus-4-5-20251101": {"max_tokens"},  # 1.77.7 does not know it and says 4,096
    "openrouter/anthropic/claude-sonnet-4": {"usage"},  # the later one asks for the price
    "openrouter/openai/gpt-5": {"usage", "reasoning_effort"},
}
"""Fields of the body that differ though both releases of litellm were given the same."""
FAILS_THERE = "gemini/gemini-2.5-flash"
"""With reasoning_effort "none", litellm 1.77.7 ends with an error before it sends anything."""


def family(recorded: dict[str, Any]) -> str:
    return recorded["setup"]["model"].partition("/")[0]


def order_of(setup: dict[str, Any], port: str = "PORT") -> ProbeOrder:
    whole = settings_of(setup, port)
    model, base_url, version = whole.pop("model"), whole.pop("base_url"), whole.pop("api_version", "")
    key = Secret(whole.pop("api_key"))
    return ProbeOrder(model, PROMPT, {"api_key": key}, base_url=base_url, api_version=version, options=whole)


def test_the_record_is_that_of_the_setups() -> None:
    assert RECORD["versions"] == {"openhands-ai": "0.62.0", "litellm": "1.77.7"}
    assert [each["setup"] for each in RECORDED] == SETUPS
    assert len(SETUPS) == 40
    assert KEY not in json.dumps(RECORD)


@pytest.mark.parametrize("recorded", SAMPLES)
def test_litellm_is_given_what_openhands_gives_it(recorded: dict[str, Any]) -> None:
    ours = arguments(order_of(recorded["setup"]))
    _complete(ours, recorded["setup"]["model"])
    assert ours == {key: value for key, value in recorded["given"].items() if value is not None and key not in APART}


async def noted(server: LlmServer, count: int, about: object) -> list[dict[str, Any]]:
    """The requests, once the server has noted `count`: it may be a moment behind its answer."""
    deadline = time.monotonic() + LIMIT
    while len(server.requests()) < count:
        assert time.monotonic() < deadline, about
        await asyncio.sleep(0.01)
    assert len(server.requests()) == count
    return server.requests()


@pytest.mark.asyncio(loop_scope="session")
async def test_what_is_sent_is_what_openhands_sends(probe) -> None:
    with LlmServer("401") as server:
        for recorded in sorted(RECORDED, key=family):  # each of them loads its own part of litellm once
            before = len(server.requests())
            reply = await probe.call(order_of(recorded["setup"], str(server.port)), LIMIT)
            ours = (await noted(server, before + 1, reply))[before]
            model, theirs = recorded["setup"]["model"], recorded["sent"]
            if not theirs:
                assert model == FAILS_THERE
                continue
            assert ours["path"] == theirs[0]["path"]
            assert differing(json.loads(ours["body"]), theirs[0]["body"]) == BY_LITELLM.get(model, set()), model


@pytest.mark.asyncio(loop_scope="session")
async def test_openrouter_hears_who_asks(probe) -> None:
    told = {"OR_SITE_URL": "https://docs.all-hands.dev/", "OR_APP_NAME": "OpenHands"}
    with LlmServer("401") as server:
        order = order_of({"model": "openrouter/openai/gpt-4o"}, str(server.port))
        await probe.call(replace(order, environment=told), LIMIT)
        (request,) = await noted(server, 1, told)
    headers = {name.lower(): value for name, value in request["headers"].items()}
    assert (headers["http-referer"], headers["x-title"]) == (told["OR_SITE_URL"], told["OR_APP_NAME"])


def differing(ours: dict[str, Any], theirs: dict[str, Any]) -> set[str]:
    return {key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)}
