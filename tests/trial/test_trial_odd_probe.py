"""A probe that crashes, talks nonsense or sends megabytes: a diagnosis each time, and the next test works."""

import json
import textwrap

import pytest

from tui.base.child import LONGEST_LINE
from tui.base.secret import Secret
from tui.retry.policy import RetryPolicy
from tui.trial import probe_client
from tui.trial.diagnosis import diagnose
from tui.trial.probe_client import Probe
from tui.trial.probe_order import ProbeOrder
from tui.trial.reply import Reply
from tui.trial.runner import Trial

ORDER = ProbeOrder("openai/x", "misbehave", {"api_key": Secret("sk-0123456789abcdefghij")})
ODD_PROBE = """
import asyncio, os, signal, sys
from pathlib import Path
from tui.base.child_service import serve, serve_replaceably

marker = Path(os.environ["MARKER"])
channel = os.dup(1)

def first():
    if marker.exists(): return False
    marker.touch()
    return True

async def warm(order):
    if MISDEED == "import" and first(): os._exit(1)
    return {}

async def call(order):
    if first():
        MISDEEDS[MISDEED]()
        await asyncio.Event().wait()
    return {"status": 200, "text": "ready", "seconds": 0.1, "requests": 1}

def say(data): os.write(channel, data)
def answer(**fields): import json; say(json.dumps({"id": 2, "answer": fields}).encode() + b"\\n")

MISDEEDS = {
    "exit": lambda: os._exit(0),
    "crash": lambda: os.abort(),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "garbage": lambda: say(b"this is not JSON\\n"),
    "binary": lambda: say(bytes(range(256)) + b"\\n"),
    "no-id": lambda: say(b'{"answer": {}}\\n'),
    "list": lambda: say(b"[1, 2]\\n"),
    "endless": lambda: [say(b"x" * 65536) for _ in range(LONGEST // 65536 + 2)],
    "closes": lambda: os.close(channel),
    "foreign": lambda: answer(status=200, colour="red"),
    "types": lambda: answer(status="200", seconds="soon"),
    "null": lambda: answer(text=None),
}
SERVE
"""
WHOLE = 'serve({"warm": warm, "call": call})'
BY_FORKS = 'serve_replaceably({"warm": warm, "call": call}, lambda: None)'

MISDEEDS = "exit crash kill garbage binary no-id list endless foreign types null"


@pytest.fixture(params=[WHOLE, BY_FORKS], ids=["whole", "by-forks"])
def serving(request) -> str:
    return request.param


@pytest.fixture
async def odd(serving, tmp_path, monkeypatch, request):
    code = textwrap.dedent(ODD_PROBE).replace("MISDEED]", f"'{request.param}']").replace("LONGEST", str(LONGEST_LINE))
    (tmp_path / "odd_probe.py").write_text(
        code.replace("MISDEED ==", f"'{request.param}' ==").replace("SERVE", serving)
    )
    environment = {"PYTHONPATH": str(tmp_path), "MARKER": str(tmp_path / "marker")}
    monkeypatch.setattr(probe_client, "MODULE", "odd_probe")
    monkeypatch.setattr(probe_client, "probe_environment", lambda _environ: environment)
    probe = Probe()
    yield probe
    await probe.close()


@pytest.mark.parametrize("odd", MISDEEDS.split(), indirect=True)
async def test_a_misdeed_is_diagnosed_and_the_next_test_works(odd, capfd):
    await odd.ready()
    first = [event async for event in Trial(odd, ORDER, RetryPolicy(3, 0, 0, 0)).run()]
    assert (first[-1].attempts, first[-1].diagnosis.code) == (1, "probe-crashed"), "it is not tried again"
    second = [event async for event in Trial(odd, ORDER, RetryPolicy(3, 0, 0, 0)).run()]
    assert (second[-1].ok, second[-1].text) == (True, "ready"), second
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("odd", ["import"], indirect=True)
async def test_an_import_that_crashes_once_costs_no_attempt(odd):
    await odd.ready()
    events = [event async for event in Trial(odd, ORDER, RetryPolicy(3, 0, 0, 0)).run()]
    assert (events[-1].ok, events[-1].attempts) == (True, 1)


@pytest.mark.parametrize("odd", ["kill"], indirect=True)
async def test_another_one_is_warmed_at_once(odd, serving):
    await odd.ready()
    lost = odd.pid
    reply = await odd.call(ORDER, 10)
    assert diagnose(reply, ORDER).code == "probe-crashed"
    await odd._warming
    assert odd.warm
    assert (odd.pid == lost) is (serving == BY_FORKS)  # litellm need not be imported again
    assert (await odd.call(ORDER, 10)).text == "ready"


@pytest.mark.parametrize("answer", [{"status": "x"}, {"requests": None}, {"colour": 1}, {"text": 1}, {"seconds": None}])
def test_what_is_no_answer_is_refused(answer):
    with pytest.raises(TypeError):
        Reply.of(json.loads(json.dumps(answer)), [])
