"""The rehearsal: our own provider on the loopback, whatever stands in the proxy variables."""

import asyncio
import http.client
import json
import urllib.error
import urllib.request

import pytest

from tui.base.errors import SetupError, Status
from tui.retry.policy import RetryPolicy
from tui.trial.events import Attempt, Outcome
from tui.trial.plan import rehearsed
from tui.trial.rehearsal import Rehearsal, rehearsal_order, shortened
from tui.trial.runner import Trial, TrialOptions
from tui.trial.scenes import FAULTS, SCENES, Answer, script_of

AT_ONCE = 1e6


async def played(probe, script, trial_options=None, policy=RetryPolicy(), speed=AT_ONCE):  # noqa: B008
    async with rehearsed("Say ready", policy, script_of(script), speed) as plan:
        trial = Trial(probe, plan.order, plan.policy, trial_options or TrialOptions())
        events = [event async for event in trial.run()]
    assert isinstance(events[-1], Outcome)
    return [event for event in events if isinstance(event, Attempt)], events[-1]


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(
    ("scene", "said", "end"),
    [
        ("busy-minute", [429, 429, 200], "ready"),
        ("overloaded", [503, 500, 503, 200], "ready"),
        ("shaky-line", [None, None, 200], "ready"),
        ("wrong-key", [401], "bad-key"),
        ("unknown-model", [404], "unknown-model"),
        ("used-up-quota", [429] * 8, "quota"),
        ("dead-host", [None] * 8, "no-connection"),
        ("login-page", [200] * 8, "not-an-llm"),
        ("silent-model", [200, 200], "ready"),
    ],
)
async def test_scenes_past_a_dead_proxy(probe, capfd, scene, said, end):
    attempts, outcome = await played(probe, scene)
    assert [attempt.status for attempt in attempts] == said
    assert (outcome.text or outcome.diagnosis.code) == end
    assert capfd.readouterr() == ("", "")


@pytest.mark.asyncio(loop_scope="session")
async def test_a_slow_start(probe, monkeypatch):
    monkeypatch.setattr("tui.trial.rehearsal.SHORTEST_TIMEOUT", 0.3)
    attempts, outcome = await played(probe, "slow-start")
    assert [(attempt.status, attempt.reply.cause) for attempt in attempts] == [(None, "timeout"), (200, None)]
    assert outcome.ok


def test_every_scene_can_be_typed_and_every_fault_is_known():
    assert len({scene.key for scene in SCENES}) == len(SCENES) == 10
    for scene in SCENES:
        assert script_of(scene.key) == script_of(scene.words)
    assert {answer.fault for scene in SCENES for answer in script_of(scene.words)} <= {"", *FAULTS}
    assert script_of(" 429:20, RESET ,quota") == (Answer(429, after=20.0), Answer(fault="reset"), Answer(429, "quota"))


@pytest.mark.parametrize(
    "words", ["", "700", "x", "300", "429:", "429:soon", "429:-1", "refused,200", "4２9", "\x1b[2J"]
)
def test_words_that_are_no_script(words):
    with pytest.raises(SetupError) as raised:
        script_of(words)
    assert raised.value.status is Status.USAGE
    assert "busy-minute" in raised.value.hint
    assert "\x1b" not in str(raised.value)


def ask(base_url, timeout=5.0):
    request = urllib.request.Request(f"{base_url}/chat/completions", b"{}", {"Content-Type": "application/json"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=timeout) as response:
            return response.status, json.load(response), response.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error), error.headers


async def asked(rehearsal, *more):
    return await asyncio.to_thread(ask, rehearsal.base_url, *more)


async def test_the_last_answer_is_kept_and_retry_after_is_shortened():
    async with Rehearsal(script_of("401,503:20"), speed=10) as rehearsal:
        answers = [await asked(rehearsal) for _ in range(3)]
    assert [(status, headers["Retry-After"]) for status, _body, headers in answers] == [(401, None), *[(503, "2")] * 2]


async def test_bodies():
    async with Rehearsal(script_of("429,200,empty,529")) as rehearsal:
        bodies = [(await asked(rehearsal))[1] for _ in range(4)]
    assert bodies[0]["error"]["code"] == "rate_limit_exceeded"
    assert bodies[1]["choices"][0]["message"]["content"] == "ready"
    assert bodies[2]["choices"] == []
    assert bodies[3]["error"]["code"] == "rehearsed"


async def test_half_an_answer():
    async with Rehearsal(script_of("truncated")) as rehearsal:
        with pytest.raises(http.client.IncompleteRead):
            await asked(rehearsal)


async def test_it_ends_at_once_with_what_is_going_on():
    rehearsal = Rehearsal(script_of("hang"))
    await rehearsal.start()
    hanging = asyncio.create_task(asked(rehearsal, 60.0))
    while not rehearsal._asked:  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    await rehearsal.close()
    await rehearsal.close()
    with pytest.raises((OSError, http.client.HTTPException)):
        await hanging
    with pytest.raises(RuntimeError):
        _ = rehearsal.base_url


async def test_nonsense_does_not_disturb_it(caplog):
    async with Rehearsal(script_of("200")) as rehearsal:
        for nonsense in (b"", b"nonsense\r\n\r\n", b"x" * 200_000, b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n"):
            _reader, writer = await asyncio.open_connection("127.0.0.1", int(rehearsal.base_url.split(":")[2][:-3]))
            writer.write(nonsense)
            writer.close()
        assert (await asked(rehearsal))[0] == 200
    assert caplog.text == ""


def test_the_order_takes_only_the_prompt_along():
    order = rehearsal_order("Say ready", "http://127.0.0.1:1/v1", 10)
    assert (order.model, order.prompt, dict(order.options)) == ("openai/rehearsal", "Say ready", {"timeout": 3.0})
    assert [secret.reveal() for secret in order.secrets.values()] == ["none"]
    assert order.allowed_origins == ("http://127.0.0.1:1",)


def test_shortened():
    assert shortened(RetryPolicy(), 10).waits() == pytest.approx([wait / 10 for wait in RetryPolicy().waits()])
    with pytest.raises(ValueError, match="0"):
        shortened(RetryPolicy(), 0)


@pytest.mark.asyncio(loop_scope="session")
async def test_retry_after_is_heeded_only_when_asked(probe):
    policy = RetryPolicy(2, 0, 0, 0)
    attempts, _outcome = await played(probe, "429:90,200", policy=policy, speed=1)
    assert attempts[0].retry_after == 90
    assert attempts[1].at < 90, "it waited"
    attempts, _outcome = await played(probe, "429:0.3,200", TrialOptions(obeys_retry_after=True), policy, 1)
    assert attempts[1].at >= 0.3


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(("script", "limit", "attempts"), [("429", 90.0, 1), ("hang", 0.2, 1), ("429", 100.0, 3)])
async def test_time_limit(probe, script, limit, attempts):
    policy = RetryPolicy(3, 0, 300, 150) if limit == 90.0 else RetryPolicy(3, 0, 0, 0)
    made, outcome = await played(probe, script, TrialOptions(time_limit=limit), policy, 1)
    assert len(made) == outcome.attempts == attempts
    assert outcome.out_of_time == (limit < 100)
    assert outcome.seconds < 90, "it waited in vain"
