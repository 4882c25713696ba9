"""A server sends the key back, in two forms one in the other, in every body that an error can have: it is not shown.

The failure goes the way of a real one, from the response to the line and the JSON of `test`, without litellm.
"""

import json
import random
import string
from collections.abc import Callable
from typing import Any

import httpx
from tools.echoes import ENCODERS, pieces_left

from tui.base.secret import Secret
from tui.catalog.list_child import _said
from tui.trial import failure, wire
from tui.trial.attempt_words import line_of
from tui.trial.diagnosis import diagnose
from tui.trial.events import Attempt, Outcome, as_json
from tui.trial.probe import presentable
from tui.trial.probe_order import ProbeOrder
from tui.trial.reply import Reply

EVERYTHING = string.ascii_letters + string.digits
KEYS: tuple[Callable[[random.Random], str], ...] = (
    lambda chance: "sk-proj-" + "".join(chance.choices(EVERYTHING + "-_", k=48)),
    lambda chance: "sk-ant-api03-" + "".join(chance.choices(EVERYTHING + "-_", k=93)) + "AA",
    lambda chance: "".join(chance.choices("0123456789abcdef", k=32)),
    lambda chance: f"{''.join(chance.choices('0123456789abcdef', k=32))}.{''.join(chance.choices(EVERYTHING, k=16))}",
    lambda chance: "".join(chance.choices(EVERYTHING + "/+", k=40)),
)
SAID = "Incorrect API key provided: {echo}. You can find your API key at https://platform.example.com/account."
BODIES: tuple[Callable[[str], tuple[str, Any]], ...] = (
    lambda said: ("application/json", {"error": {"message": said, "code": "invalid_api_key"}}),
    lambda said: ("application/json", [{"error": {"message": said, "status": "UNAUTHENTICATED"}}]),
    lambda said: ("application/json", {"detail": said}),
    lambda said: ("application/json", {"error": said}),
    lambda said: ("application/json", {"error": {"type": said}}),
    lambda said: ("application/json", {"errors": [{"why": {"deep": said}}]}),
    lambda said: ("text/html", f"<html><head><title>401</title></head><body><p>{said}</p></body></html>"),
    lambda said: ("text/plain", said),
)


def shown(key: str, content_type: str, body: Any) -> str:
    """All that the program prints of such an answer."""
    text = body if isinstance(body, str) else json.dumps(body)
    request = httpx.Request("POST", "https://api.example.com/v1/chat/completions")
    response = httpx.Response(
        401, headers={"content-type": content_type}, content=text.encode(errors="replace"), request=request
    )
    seen = wire.Watch(["https://api.example.com"])
    seen.response = response
    error = httpx.HTTPStatusError(f"litellm.AuthenticationError: {text}", request=request, response=response)
    hidden = [Secret(key)]
    told = {
        "status": 401, "error": "AuthenticationError", "seconds": 0.1, "requests": 1,
        "message": presentable(failure.said(error, seen), hidden),
        "words": presentable(failure.words_of(response), hidden, limit=8000),
    }  # fmt: skip
    reply = Reply.of(told, hidden)
    order = ProbeOrder("openai/x", "?", {"api_key": Secret(key)}, base_url="https://api.example.com/v1")
    attempt = Attempt(1, 0.0, reply, retryable=False)
    outcome = Outcome(ok=False, attempts=1, text="", prompt_tokens=None, completion_tokens=None, cost_usd=None,
                      seconds=0.1, diagnosis=diagnose(reply, order), last=attempt)  # fmt: skip
    listed = presentable(_said(text.encode(errors="replace")), hidden, limit=300)
    return "\n".join([line_of(attempt), reply.message, json.dumps([as_json(attempt), as_json(outcome)]), listed])


def test_echoes_of_a_key(tries, attack) -> None:
    tally = attack("a key sent back by a server, not shown")
    chance = random.Random(7)
    for number in range(tries(4000)):
        key = KEYS[number % len(KEYS)](chance)
        inner, outer = chance.choice([*ENCODERS]), chance.choice([*ENCODERS])
        echo = ENCODERS[outer](ENCODERS[inner](key))
        content_type, body = chance.choice(BODIES)(SAID.format(echo=echo))
        told = shown(key, content_type, body)
        tally.hold(pieces_left(told, key) == [], f"{key}, {inner}, then {outer}, as {content_type}: {told[:300]}")
    tally.close()
