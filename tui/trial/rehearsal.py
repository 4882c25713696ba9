"""A provider of our own on the loopback: rehearses retries without key, cost or network."""

import asyncio
import json
import socket
import struct
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Final, Self

from tui.base.secret import Secret
from tui.credentials.identity import origin_of
from tui.retry.policy import RetryPolicy
from tui.trial.probe_order import REHEARSED, ProbeOrder
from tui.trial.scenes import SCENES, Answer, Script, script_of

TIMEOUT: Final = 30.0
"""Seconds that a rehearsed request may take, divided by the speed; a hanging one would take OpenHands 100 minutes."""
SHORTEST_TIMEOUT: Final = 2.0
"""Below that even an answer at once could come too late on a busy machine."""
LATE: Final = 20.0
"""Seconds after which a slow answer comes, divided by the speed."""
_RESET: Final = struct.pack("ii", 1, 0)
"""Closing with this linger option sends a reset."""
_SAID: Final = {
    401: ("Incorrect API key provided.", "invalid_api_key"),
    402: ("Your credit balance is too low.", "payment_required"),
    404: ("The model `rehearsal` does not exist.", "model_not_found"),
    429: ("Rate limit reached for requests.", "rate_limit_exceeded"),
    503: ("The model is overloaded.", "overloaded"),
}
_QUOTA: Final = ("You exceeded your current quota.", "insufficient_quota")
_LOGIN: Final = "<!DOCTYPE html><html><head><title>Airport Wi-Fi</title></head><body>Sign in to go on</body></html>"
_GARBAGE: Final = "Hello, what would you like today?"


class Rehearsal:
    """Answers as its script says, one answer a request, and then with the last one for ever.

    `speed`: by how much the seconds of the script (Retry-After, slow answers) are divided. Understands just enough of
    HTTP for our own probe, which is the only one that knows the port.
    """

    def __init__(self, script: Script | None = None, speed: float = 1.0) -> None:
        self._script = script or script_of(SCENES[0].words)
        self._speed = speed
        self._asked = 0
        self._socket: socket.socket | None = None
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()

    @property
    def base_url(self) -> str:
        """What goes into `base_url`; only between start() and close()."""
        if self._socket is None:
            raise RuntimeError("the rehearsal has not been started")
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1"

    async def start(self) -> None:
        """Listen on a free port of 127.0.0.1, or only keep one on which nobody listens. Raises OSError."""
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        if self._script[0].fault != "refused":
            self._server = await asyncio.start_server(self._talk, sock=self._socket)

    async def close(self) -> None:
        """Stop listening and break off what is going on."""
        for talk in self._talks:
            talk.cancel()
        if self._talks:
            await asyncio.wait(self._talks)
        if self._server:
            self._server.close()
        if self._socket:
            self._socket.close()
        self._server = self._socket = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_raised: object) -> None:
        await self.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection: one request in, one answer out."""
        task = asyncio.current_task()
        assert task  # noqa: S101 - the server runs this in one
        self._talks.add(task)
        try:
            await self._answer(reader, writer)
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass  # whoever asked has gone or talks nonsense, or the rehearsal is over
        finally:
            self._talks.discard(task)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _read_request(reader)
        answer = self._script[min(self._asked, len(self._script) - 1)]
        self._asked += 1
        match answer.fault:
            case "reset":
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                return
            case "hang":
                await reader.read()  # returns when the other side has closed
                return
            case "slow":
                await asyncio.sleep(LATE / self._speed)
        writer.write(self._response(answer))
        await writer.drain()

    def _response(self, answer: Answer) -> bytes:
        kind, text = _content(answer)
        body = text.encode()
        lines = [
            f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase if answer.status in _KNOWN else ''}",
            f"Content-Type: {kind}", f"Content-Length: {len(body)}", "Connection: close",
        ]  # fmt: skip
        if answer.after is not None:
            lines.append(f"Retry-After: {answer.after / self._speed:g}")
        sent = body[: len(body) // 2] if answer.fault == "truncated" else body
        return "\r\n".join([*lines, "", ""]).encode() + sent


_KNOWN: Final = frozenset(HTTPStatus)


async def _read_request(reader: asyncio.StreamReader) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    size = next((line.partition(":")[2] for line in head.splitlines() if line.startswith("content-length:")), "0")
    await reader.readexactly(int(size))


def rehearsal_order(prompt: str, base_url: str, speed: float = 1.0) -> ProbeOrder:
    """`prompt` to the rehearsal: with none of the user's keys, options and addresses."""
    timeout = max(TIMEOUT / speed, SHORTEST_TIMEOUT)
    secrets = {"api_key": Secret("none")}
    return ProbeOrder(
        REHEARSED, prompt, secrets, base_url=base_url, origin=origin_of(base_url), options={"timeout": timeout}
    )


def shortened(policy: RetryPolicy, speed: float) -> RetryPolicy:
    """`policy` with every wait divided by `speed`. Raises ValueError unless that is more than 0."""
    if not speed > 0:
        raise ValueError(speed)
    return replace(
        policy,
        retry_min_wait=policy.retry_min_wait / speed,
        retry_max_wait=policy.retry_max_wait / speed,
        retry_multiplier=policy.retry_multiplier / speed,
    )


def _completion() -> Mapping[str, Any]:
    message = {"role": "assistant", "content": "ready"}
    return {
        "id": "rehearsal", "object": "chat.completion", "created": 0, "model": "rehearsal",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 14, "completion_tokens": 2, "total_tokens": 16},
    }  # fmt: skip


def _content(answer: Answer) -> tuple[str, str]:
    """Kind and text of an answer's body."""
    match answer.fault:
        case "garbage":
            return "text/plain", _GARBAGE
        case "login":
            return "text/html", _LOGIN
    return "application/json", json.dumps(_body(answer))


def _body(answer: Answer) -> Mapping[str, Any]:
    if answer.status == 200:
        return {**_completion(), "choices": []} if answer.fault == "empty" else _completion()
    fallback = ("The rehearsal was asked for this error.", "rehearsed")
    said, code = _QUOTA if answer.fault == "quota" else _SAID.get(answer.status, fallback)
    return {"error": {"message": said, "type": code, "code": code}}
