"""A provider for tests: an HTTP server in a process of its own that answers as it is told and keeps account.

`python tests/tools/llm_server.py --script 429,429,200` prints its port as its first line and serves until its input
ends. Each answer of the script is one request's, the last one is kept for ever:

    200, 429, …          that status, in the shape of OpenAI's chat completions
    200:garbage          200 with text that is not JSON     200:html     200 with a login page
    200:no-choices       `choices: []`                      200:no-text  `content: null`
    401:echo             an error that repeats the Authorization header
    429:after=20         with a Retry-After header          307:URL      a redirect
    400:Too hot          an error that says so
    hang                 no answer at all                   reset        the connection is closed
    200:truncated        half of the body                   200:slow     after 2 s
    200:huge             10 MB of text                      200:escapes  a text with escape sequences and markup
    200:echo             the answer repeats the key         200:empty    nothing at all

A model's name with `step-NAME` in it chooses its own answer, whatever the script says: the steps of `NAMED`. Answers
have the shape that the path asks for: Anthropic's, Gemini's, Ollama's, or else OpenAI's.

Also usable from tests: `with LlmServer("429,429,200") as server: server.base_url, server.requests()`.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

ERRORS = {
    401: ("Incorrect API key provided.", "invalid_api_key"),
    404: ("The model `gpt-test` does not exist.", "model_not_found"),
    429: ("Rate limit reached for requests.", "rate_limit_exceeded"),
}
PAGE = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Welcome to the airport</body></html>"


NAMED = {
    "ok": "200", "limited": "429:after=7", "quota": "429:insufficient_quota", "500": "500", "502": "502", "503": "503",
    "529": "529", "400": "400:temperature is out of range", "401": "401", "402": "402", "403": "403", "404": "404",
    "408": "408", "409": "409", "413": "413", "422": "422", "504": "504", "reset": "reset", "hang": "hang",
    "garbage": "200:garbage", "html": "200:html", "truncated": "200:truncated", "empty": "200:empty",
    "nochoices": "200:no-choices", "notext": "200:no-text", "echo": "401:echo", "echoed": "200:echo",
    "huge": "200:huge", "escapes": "200:escapes", "redirect": "307:http://127.0.0.1:9/v1",
}  # fmt: skip
"""Steps that a model's name can choose."""
_STEP = re.compile(r"step-([a-z0-9]+)")
ESCAPES = "\x1b[31mred\x1b[0m [bold]markup[/bold] \x1b]0;title\x07bell\x07 \u202eright to left"


def text_of(special: str, key: str) -> str | None:
    """The text of an answer, spoiled as `special` says."""
    texts = {"no-text": None, "huge": "word " * 2_000_000, "escapes": ESCAPES, "echo": f"Your key is {key}."}
    return texts.get(special, "ready")


def completion(path: str, special: str, key: str) -> dict[str, Any]:
    """The body of a 200 in the shape that belongs to `path`; `special` spoils it."""
    text = text_of(special, key)
    full = special != "no-choices"
    if path.endswith("/messages"):
        content = [{"type": "text", "text": text}] if full and text is not None else []
        usage = {"input_tokens": 14, "output_tokens": 2}
        return {"id": "x", "type": "message", "role": "assistant", "model": "m", "content": content,
                "stop_reason": "end_turn", "usage": usage}  # fmt: skip
    if "generateContent" in path:
        parts = [{"text": text}] if text is not None else []
        candidates = [{"content": {"role": "model", "parts": parts}, "finishReason": "STOP", "index": 0}]
        counts = {"promptTokenCount": 14, "candidatesTokenCount": 2, "totalTokenCount": 16}
        return {"candidates": candidates if full else [], "usageMetadata": counts}
    if "/api/" in path:
        said = {"message": {"role": "assistant", "content": text}, "response": text} if full else {}
        return {"model": "m", "created_at": "2026-01-01T00:00:00Z", "done": True, "done_reason": "stop",
                "prompt_eval_count": 14, "eval_count": 2, **said}  # fmt: skip
    message = {"role": "assistant", "content": text}
    choices = [{"index": 0, "finish_reason": "stop", "message": message}] if full else []
    counts = {"prompt_tokens": 14, "completion_tokens": 2, "total_tokens": 16}
    return {
        "id": "x", "object": "chat.completion", "created": 0, "model": "m", "choices": choices, "usage": counts,
        "service_tier": "on_demand",  # litellm's groq route insists on it
    }  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    """Answers one request by the script of its server."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        headers = {name.title(): value for name, value in self.headers.items()}
        step = self.server.account(self.path, headers, body)
        if step == "hang":
            self._hang()
        elif step != "reset":
            status, _, special = step.partition(":")
            if special == "slow":
                time.sleep(2)
            self._answer(int(status), special)

    do_GET = do_POST  # noqa: N815 - the base class's name

    def _hang(self) -> None:
        """Wait until the client has gone, and note when that was."""
        self.rfile.read(1)
        self.server.note({"gone": time.time()})

    def _answer(self, status: int, special: str) -> None:
        kind, body = "application/json", json.dumps(self._error(status, special))
        if status == 200:
            body = json.dumps(completion(self.path.partition("?")[0], special, self._key()))
        if special == "garbage":
            kind, body = "text/plain", "Hello, what would you like today?"
        if special == "html":
            kind, body = "text/html", PAGE
        if special == "empty":
            body = ""
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", special)
        if special.startswith("after="):
            self.send_header("Retry-After", special.removeprefix("after="))
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        sent = body.encode()
        self.wfile.write(sent[: len(sent) // 2] if special == "truncated" else sent)

    def _key(self) -> str:
        """The key that was sent, in whatever header the route has for it."""
        names = ("Authorization", "x-api-key", "x-goog-api-key", "api-key")
        return next((self.headers[name] for name in names if self.headers[name]), "")

    def _error(self, status: int, special: str) -> dict[str, Any]:
        said, code = ERRORS.get(status, ("Something went wrong.", "error"))
        if special == "echo":
            said = f"No such key: {self._key()}\x1b[31m"
        elif special and not special.startswith("after="):
            said, code = special, "error"
        return {"error": {"message": said, "type": code, "code": code}}

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Nothing on stderr."""


class Server(ThreadingHTTPServer):
    """Knows what comes next, and writes down what came."""

    daemon_threads = True
    request_queue_size = 128  # with the usual 5 a crowd of clients waits a second to be let in

    def __init__(self, script: list[str], log: Path | None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script = script
        self.log = log
        self.lock = threading.Lock()

    def account(self, path: str, headers: dict[str, str], body: str) -> str:
        self.note({"path": path, "headers": headers, "body": body, "at": time.time()})
        named = _STEP.search(path + body)
        if named:
            return NAMED[named[1]]
        with self.lock:
            return self.script.pop(0) if len(self.script) > 1 else self.script[0]

    def note(self, line: dict[str, Any]) -> None:
        if self.log:
            with self.lock, self.log.open("a") as file:
                file.write(json.dumps(line) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--script", default="200")
    parser.add_argument("--log", type=Path)
    given = parser.parse_args()
    server = Server(given.script.split(","), given.log)
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


class LlmServer:
    """The server process, for the time of a `with`."""

    def __init__(self, script: str = "200") -> None:
        self._script = script
        self.port = 0

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory()
        self._log = Path(self._folder.name) / "log"
        command = [sys.executable, __file__, "--script", self._script, "--log", str(self._log)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self._process.stdout.readline())
        return self

    def __exit__(self, *_raised: object) -> None:
        self._process.communicate()
        self._folder.cleanup()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def lines(self) -> list[dict[str, Any]]:
        """All that was noted."""
        return [json.loads(line) for line in self._log.read_text().splitlines()] if self._log.exists() else []

    def size(self) -> int:
        """Bytes that were noted: tells at little cost whether something came."""
        return self._log.stat().st_size if self._log.exists() else 0

    def requests(self) -> list[dict[str, Any]]:
        """The requests that came, in their order: path, headers, body, and at what time."""
        return [line for line in self.lines() if "path" in line]


if __name__ == "__main__":
    main()
