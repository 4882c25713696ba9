"""A provider of our own on the loopback: rehearses retries without key, cost or network.

Imports http.server (20 ms): load this file when a rehearsal begins.
"""

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Self

from tui.base.secret import Secret
from tui.credentials.identity import origin_of
from tui.retry.policy import RetryPolicy
from tui.trial.order import Order

SCRIPT: Final = (429, 429, 200)
MODEL: Final = "openai/rehearsal"
_POLL: Final = 0.05
"""Seconds that closing may take: how often the server looks whether it should end."""
_SAID: Final = {
    401: ("Incorrect API key provided.", "invalid_api_key"),
    402: ("Your credit balance is too low.", "payment_required"),
    404: ("The model `rehearsal` does not exist.", "model_not_found"),
    429: ("Rate limit reached for requests.", "rate_limit_exceeded"),
    503: ("The model is overloaded.", "overloaded"),
}


class Rehearsal:
    """Answers with the statuses of `script`, one a request, and then with its last for ever."""

    def __init__(self, script: Sequence[int] = SCRIPT) -> None:
        self._script = tuple(script) or SCRIPT
        self._asked = 0
        self._lock = threading.Lock()
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def base_url(self) -> str:
        """What goes into `base_url`; only between start() and close()."""
        if self._server is None:
            raise RuntimeError("the rehearsal has not been started")
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def start(self) -> None:
        """Listen on a free port of 127.0.0.1. Raises OSError."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self._next_status))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_POLL,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening; takes up to 0.05 s."""
        if self._server and self._thread:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
        self._server = self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def _next_status(self) -> int:
        with self._lock:
            status = self._script[min(self._asked, len(self._script) - 1)]
            self._asked += 1
        return status


def rehearsal_order(order: Order, base_url: str) -> Order:
    """`order` addressed to the rehearsal: the same prompt, and none of its secrets, options or addresses."""
    return Order(MODEL, order.prompt, {"api_key": Secret("rehearsal")}, base_url=base_url, origin=origin_of(base_url))


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


def _body(status: int) -> Mapping[str, Any]:
    if status == 200:
        message = {"role": "assistant", "content": "ready"}
        return {
            "id": "rehearsal", "object": "chat.completion", "created": 0, "model": "rehearsal",
            "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
            "usage": {"prompt_tokens": 14, "completion_tokens": 2, "total_tokens": 16},
        }  # fmt: skip
    said, code = _SAID.get(status, ("The rehearsal was asked for this error.", "rehearsed"))
    return {"error": {"message": said, "type": code, "code": code}}


def _handler(next_status: Callable[[], int]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """One request in, one answer of the script out."""

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status = next_status()
            body = json.dumps(_body(status)).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Says nothing: the screen is the application's."""

    return Handler
