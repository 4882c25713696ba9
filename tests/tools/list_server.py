"""A server that lists models: it answers each path as it is told, and keeps account.

with ListServer({"/v1/models": {"data": [{"id": "a"}]}}) as server: server.base_url, server.requests
"""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

HANG = object()
"""The answer that never comes."""


@dataclass
class ListServer:
    """Paths without their questions → an object or text (200), a status, `HANG`, or (status, object or Location)."""

    answers: dict[str, Any]
    port: int = 0
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Path and headers of each request, in lower case."""

    def __enter__(self) -> Self:
        owner = self
        self._over = threading.Event()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                told = owner.answers.get(self.path.partition("?")[0], 404)
                if told is HANG:
                    owner._over.wait(20)
                    return
                status, told = told if isinstance(told, tuple) else (told, {}) if isinstance(told, int) else (200, told)
                body = (told if isinstance(told, str) else json.dumps(told)).encode()
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", str(told))
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        return f"{self.root}/v1"

    def keys(self) -> list[str]:
        """What came in the headers that keys come in."""
        names = ("authorization", "x-api-key", "x-goog-api-key", "api-key")
        return [headers[name] for _path, headers in self.requests for name in names if name in headers]
