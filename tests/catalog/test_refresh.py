"""A newer list of models, from real servers with TLS on the loopback, and from files."""

import contextlib
import gzip
import hashlib
import http.server
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tools.certificates import certificate

from tui.base.errors import SetupError
from tui.catalog import download as downloading
from tui.catalog import refresh as refreshing
from tui.catalog.models import load_catalogue
from tui.catalog.refresh import Changes, forget, refresh, source_of, told
from tui.catalog.snapshot import bundled, current, refreshed_path

NOW = datetime(2031, 5, 6, tzinfo=UTC)


def row(family: str, into: float, out: float) -> dict[str, Any]:
    """A row of litellm's list; the prices in dollars a token."""
    return {"mode": "chat", "litellm_provider": family, "input_cost_per_token": into, "output_cost_per_token": out}


def prices(*, without: int = 0, **more: dict[str, Any]) -> bytes:
    """litellm's list as the bundled catalogue has it, but for the first rows, with others."""
    rows = {
        model.id: row(model.family, (model.input_per_million or 0) / 1e6, (model.output_per_million or 0) / 1e6)
        for model in [*bundled().models()][without:]
    }
    return json.dumps(rows | more).encode()


Answer = Callable[[http.server.BaseHTTPRequestHandler], None]


class Server:
    """Answers each request as the test says; what was asked for is in `asked`."""

    def __init__(self, answer: Answer, folder: Path) -> None:
        self.asked: list[dict[str, str]] = []
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append(dict(self.headers))
                with contextlib.suppress(OSError):
                    answer(self)

            def log_message(self, *_words: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate(folder))
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"https://127.0.0.1:{self._server.server_port}/prices.json"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Answer], Server]]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(tmp_path)[0]))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with contextlib.ExitStack() as stack:

        def start(answer: Answer) -> Server:
            server = Server(answer, tmp_path)
            stack.callback(server.close)
            return server

        yield start


def gives(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def refused(source: str, sha256: str = "") -> SetupError:
    """The refusal, after which everything is as before."""
    with pytest.raises(SetupError) as caught:
        refresh(source, sha256, now=lambda: NOW)
    assert not refreshed_path().exists()
    assert current() is bundled()
    assert caught.value.hint
    return caught.value


def test_a_newer_list_takes_the_place_of_the_bundled_one_and_says_what_changed(serve) -> None:
    first, second, third = [model.id for model in bundled().models()][:3]
    more = {"openai/gpt-9": row("openai", 1e-6, 2e-6), second: row(second.partition("/")[0], 1, 1)}
    server = serve(gives(prices(without=1, **more), ETag='"one"'))
    changes = refresh(server.url, now=lambda: NOW)
    assert (changes.new, changes.gone, changes.dearer) == (["openai/gpt-9"], [first], [second])
    assert changes.source == server.url
    assert third not in changes.cheaper
    catalogue = load_catalogue(today=date(2031, 5, 7))
    assert catalogue.get("openai/gpt-9").input_per_million == 1.0
    assert catalogue.origin == "127.0.0.1, 1 day old"
    assert {provider.id for provider in catalogue.providers} == {p.id for p in load_catalogue(bundled()).providers}
    assert refreshed_path().stat().st_mode & 0o777 == 0o600
    assert "new: openai/gpt-9" in told(changes)


def test_the_second_time_the_server_is_asked_whether_there_is_a_newer_one(serve) -> None:
    body = prices()
    server = serve(
        lambda request: gives(b"", 304)(request) if request.headers["If-None-Match"] == '"one"' else
        gives(body, ETag='"one"')(request)
    )  # fmt: skip
    refresh(server.url, now=lambda: datetime(2031, 5, 1, tzinfo=UTC))
    again = refresh(server.url, now=lambda: NOW)
    assert (again.unchanged, again.new, again.gone) == (True, [], [])
    assert [asked.get("If-None-Match") for asked in server.asked] == [None, '"one"']
    assert current().day == NOW.date()
    assert len([*current().models()]) == len([*bundled().models()])
    refresh(server.url, hashlib.sha256(body).hexdigest().upper(), now=lambda: NOW)
    assert server.asked[-1].get("If-None-Match") is None, "a digest is of the whole list"


def cut_off(request: http.server.BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "1000000")
    request.end_headers()
    request.wfile.write(prices()[:1000])


def endless(request: http.server.BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    while True:
        request.wfile.write(b" " * 65536)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (gives(b"", 404), "127.0.0.1 answers 404."), (gives(b"", 500), "127.0.0.1 answers 500."),
        (gives(b"", 304), "127.0.0.1 answers 304."), (cut_off, "closed the connection before the end"),
        (endless, "sends more than 20 MB"), (gives(b"<!DOCTYPE html><html>"), "is not a list of models"),
        (gives(b"[1]"), "is not a list of models"), (gives(b""), "is not a list of models"),
        (gives(b"{}"), "has 0 models"),
        (gives(b"[" * 200_000), "is not a list of models"), (gives(b"\xff\xfe{"), "is not a list of models"),
        (gives(gzip.compress(prices()), Content_Encoding="gzip"), "is not a list of models"),
        (gives(b"", 302, Location="https://elsewhere.example/prices.json"), "redirects to"),
        (gives(b"", 302, Location="http://127.0.0.1/prices.json"), "redirects to"),
    ],
)  # fmt: skip
def test_what_is_no_list_changes_nothing(serve, answer: Answer, said: str) -> None:
    assert said in refused(serve(answer).url).message


def test_half_of_what_there_was_is_too_little(serve) -> None:
    most = len([*bundled().models()])
    assert (
        f"has {most // 2 - 1} models, and there were {most}"
        in refused(serve(gives(prices(without=most - most // 2 + 1))).url).message
    )


def test_models_of_providers_that_litellm_does_not_know_are_left_out(serve) -> None:
    server = serve(gives(prices(**{"nobody/x": {"mode": "chat", "litellm_provider": "nobody"}})))
    assert refresh(server.url, now=lambda: NOW).new == []


def test_another_digest_is_refused(serve) -> None:
    server = serve(gives(prices()))
    assert "another SHA-256" in refused(server.url, "0" * 64).message


def test_a_redirect_within_the_host_is_followed(serve) -> None:
    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        moved = gives(b"", 301, Location="/new.json")
        (gives(prices()) if request.path == "/new.json" else moved)(request)

    assert refresh(serve(answer).url, now=lambda: NOW).rows > 2000


def test_a_server_that_says_nothing_is_given_up(serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloading, "SILENCE", 0.2)
    done = threading.Event()
    server = serve(lambda _request: done.wait())
    assert "does not answer" in refused(server.url).message
    done.set()


def test_one_that_drips_is_given_up(serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloading, "LONGEST", 0.0)
    assert "takes too long" in refused(serve(gives(prices())).url).message


def test_a_certificate_that_nobody_vouches_for_is_refused(serve, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve(gives(prices()))
    monkeypatch.delenv("SSL_CERT_FILE")
    assert "No secure connection to 127.0.0.1" in refused(server.url).message


@pytest.mark.parametrize(
    "source", ["http://example.com/x.json", "ftp://example.com/x", "https://user:pw@example.com/x", "https://", "file:///x"]
)  # fmt: skip
def test_nothing_but_https_is_fetched(source: str) -> None:
    said = refused(source)
    assert "is not an https address" in said.message
    assert "pw" not in said.message


def test_from_a_file(home: Path) -> None:
    (home / "prices.json").write_bytes(prices())
    assert refresh("prices.json", now=lambda: NOW).rows == len([*bundled().models()])
    with pytest.raises(SetupError, match="cannot be used"):
        refresh("nowhere.json")
    assert current().source == "prices.json"


def test_forgetting_goes_back(home: Path) -> None:
    assert forget() is False
    (home / "prices.json").write_bytes(prices())
    refresh("prices.json", now=lambda: NOW)
    assert current() is not bundled()
    assert forget() is True
    assert current() is bundled()


@pytest.mark.parametrize("content", [b"", b"garbage", gzip.compress(b"{}", mtime=0)])  # an id without the time
def test_a_broken_one_in_the_cache_counts_as_none(content: bytes) -> None:
    refreshed_path().parent.mkdir(parents=True)
    refreshed_path().write_bytes(content)
    assert current() is bundled()


def test_one_that_is_older_than_the_bundled_one_counts_as_none(home: Path) -> None:
    (home / "prices.json").write_bytes(prices())
    refresh("prices.json", now=lambda: datetime(2020, 1, 1, tzinfo=UTC))
    assert current() is bundled()


def test_who_names_the_source() -> None:
    assert source_of({}, "") == refreshing.PUBLISHED
    assert source_of({}, "https://company.example/x") == "https://company.example/x"
    assert source_of({"LLM_SETUP_CATALOGUE": "/x.json"}, "https://company.example/x") == "/x.json"


def test_what_did_not_happen_is_not_claimed() -> None:
    nothing = Changes("https://h.example/x", NOW.date(), 3000, [], [], [], [], unchanged=False)
    assert told(nothing)[-1] == "No model came or went, and no price changed."
    assert told(nothing._replace(unchanged=True)) == ["Nothing new at https://h.example/x: 3,000 models, as of today."]
