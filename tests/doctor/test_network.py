"""The way to the endpoint, and what it says: real servers on the loopback, and none at all."""

import time
from email.utils import formatdate
from pathlib import Path

import pytest
from doctor.conftest import GOOD, KEY, RETRIES
from doctor.test_planted_faults import OWN, faults_in
from tools.certificates import certificate
from tools.list_server import ListServer
from tools.raw_server import raw_server, saying

from tui.doctor.observation import Area, Grade

PROXY = "litellm_proxy"


def set_up(write, url: str, model: str = "team", key: str = "sk-1234567890abcdef") -> None:
    """A LiteLLM proxy at `url`, whose key is in the environment."""
    write("config.toml", f'[core]\n[llm]\nmodel = "{PROXY}/{model}"\nbase_url = "{url}"\n{RETRIES}')
    write(
        OWN, f'[stores]\n"llm-setup:{PROXY}@{url}" = "environment"\n[variables]\n"llm-setup:{PROXY}@{url}" = "GATE"\n'
    )


def of(found, area: Area):
    return [(each.code, each.grade) for each in found if each.area is area]


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATE", "sk-1234567890abcdef")


def test_a_server_that_answers_is_named_and_gets_no_key(write, look) -> None:
    with ListServer({"/v1/models": {"data": [{"id": "team"}]}}) as server:
        set_up(write, server.root)
        found = look(offline=False)
        assert of(found, Area.NETWORK) == [("ok", Grade.OK)]
        assert server.keys() == []
    assert faults_in(found) == set()


def test_nobody_listens(write, look) -> None:
    with raw_server(saying(b"")) as port:
        pass
    set_up(write, f"http://127.0.0.1:{port}")
    assert of(look(offline=False), Area.NETWORK) == [("no-connection", Grade.ERROR)]


def test_a_name_that_is_none(write, look) -> None:
    set_up(write, "https://gate..invalid")
    assert of(look(offline=False), Area.NETWORK) == [("dns", Grade.ERROR)]


def test_what_is_no_web_server(write, look) -> None:
    with raw_server(saying(b"220 mail ESMTP\r\n")) as port:
        set_up(write, f"http://127.0.0.1:{port}")
        assert of(look(offline=False), Area.NETWORK) == [("no-connection", Grade.ERROR)]


def test_a_server_that_says_nothing_is_given_up(write, look, monkeypatch) -> None:
    monkeypatch.setattr("tui.doctor.network.LIMIT", 0.3)
    with raw_server(lambda connection: time.sleep(5)) as port:
        set_up(write, f"http://127.0.0.1:{port}")
        assert of(look(offline=False), Area.NETWORK) == [("timeout", Grade.ERROR)]


def test_tls_that_is_none(write, look) -> None:
    with raw_server(saying(b"HTTP/1.1 400 no\r\n\r\n"), hears_first=False) as port:
        set_up(write, f"https://127.0.0.1:{port}")
        assert of(look(offline=False), Area.NETWORK) == [("tls", Grade.ERROR)]


def test_a_certificate_that_nobody_vouches_for_and_one_that_is_named(write, look, monkeypatch, tmp_path: Path) -> None:
    import ssl

    chain, key = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)

    def encrypted(connection) -> None:
        with context.wrap_socket(connection, server_side=True) as inner:
            inner.recv(65536)
            inner.sendall(b"HTTP/1.1 200 OK\r\nDate: " + formatdate(usegmt=True).encode() + b"\r\n\r\n")

    with raw_server(encrypted, hears_first=False) as port:
        set_up(write, f"https://127.0.0.1:{port}")
        assert of(look(offline=False), Area.NETWORK) == [("tls", Grade.ERROR)]
        monkeypatch.setenv("SSL_CERT_FILE", str(chain))
        assert of(look(offline=False), Area.NETWORK) == [("ok", Grade.OK)]


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_clock_that_is_wrong(write, look, hours: int) -> None:
    date = formatdate(time.time() + 3600 * hours, usegmt=True).encode()
    with raw_server(saying(b"HTTP/1.1 200 OK\r\nDate: " + date + b"\r\n\r\n")) as port:
        set_up(write, f"http://127.0.0.1:{port}")
        found = look(offline=False)
    assert of(found, Area.NETWORK) == [("clock", Grade.WARNING)]
    assert "120 minutes" in found[[each.area for each in found].index(Area.NETWORK)].message


@pytest.mark.parametrize("proxy", ["http://", "not a proxy", "http://h:port"])
def test_a_proxy_that_is_none(write, look, monkeypatch, proxy: str) -> None:
    with ListServer({}) as server:
        set_up(write, server.root)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        assert ("bad-proxy", Grade.ERROR) in of(look(offline=False), Area.NETWORK)


def test_a_proxy_that_refuses_and_one_that_lets_through(write, look, monkeypatch, home: Path) -> None:
    set_up(write, "https://gate.example")
    with raw_server(saying(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://me:canary-word@127.0.0.1:{port}")
        found = look(offline=False)
        assert of(found, Area.NETWORK) == [("proxy", Grade.ERROR)]
        assert "407" in f"{found}"
        assert "canary-word" not in f"{found}"
    with raw_server(saying(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")) as port:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
        set_up(write, "http://gate.example")
        assert of(look(offline=False), Area.NETWORK) == [("proxy", Grade.ERROR)]
    with raw_server(saying(b"HTTP/1.1 204 No Content\r\n\r\n")) as port:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
        set_up(write, "http://gate.example")
        assert of(look(offline=False), Area.NETWORK) == [("ok", Grade.OK)]


def test_a_proxy_before_a_server_of_this_machine(write, look, monkeypatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    set_up(write, "http://localhost:4000")
    assert of(look(offline=False), Area.NETWORK) == [("proxy-before-local", Grade.ERROR)]


@pytest.mark.parametrize("content", [None, "no certificates"])
def test_a_file_of_certificates_that_is_none(write, look, monkeypatch, home: Path, content: str | None) -> None:
    if content:
        write("ca.pem", content)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(home / "ca.pem"))
    with ListServer({}) as server:
        set_up(write, server.root)
        assert ("ca-file", Grade.ERROR) in of(look(offline=False), Area.NETWORK)


@pytest.mark.parametrize(
    ("answers", "code", "grade"),
    [
        ({"/v1/models": {"data": [{"id": "team"}]}}, "ok", Grade.OK),
        ({"/v1/models": {"data": [{"id": "other"}]}}, "unknown-model", Grade.WARNING),
        ({"/v1/models": 401, "/model/info": 401}, "bad-key", Grade.ERROR),
        ({"/model/info": (302, "https://elsewhere.example")}, "redirected", Grade.ERROR),
        ({"/model/info": 500}, "server-error", Grade.ERROR),
        ({}, "ok", Grade.OK),
    ],
)
def test_what_the_endpoint_says(write, look, answers, code: str, grade: Grade) -> None:
    with ListServer(answers) as server:
        set_up(write, server.root)
        found = look(offline=False, live=True)
        assert of(found, Area.ENDPOINT) == [(code, grade)]
        assert set(server.keys()) == {"Bearer sk-1234567890abcdef"}
    assert "sk-1234567890abcdef" not in f"{found}"


def test_the_endpoint_is_not_asked_where_it_was_not_reached(write, look) -> None:
    with raw_server(saying(b"")) as port:
        pass
    set_up(write, f"http://127.0.0.1:{port}")
    assert of(look(offline=False, live=True), Area.ENDPOINT) == []


def test_offline_nobody_is_asked(write, look) -> None:
    with ListServer({}) as server:
        set_up(write, server.root)
        assert of(look(), Area.NETWORK) == []
        assert server.requests == []


def test_the_provider_of_the_file_is_where_one_looks(write, home: Path) -> None:
    import os

    from tui.doctor.network import origin_called
    from tui.doctor.setup import SetUp
    from tui.openhands.targets.found import chosen

    write("config.toml", GOOD)
    (draft,) = SetUp(chosen(None, None), None, dict(os.environ)).drafts
    assert origin_called(draft) == "https://api.anthropic.com"
    write("config.toml", GOOD.replace("anthropic/claude-opus-5", "bedrock/x") + 'aws_region_name = "eu-west-1"\n')
    (draft,) = SetUp(chosen(None, None), None, dict(os.environ)).drafts
    assert origin_called(draft) == "https://bedrock-runtime.eu-west-1.amazonaws.com"
    assert KEY


def test_a_strangers_file_leads_to_few_servers(write, look) -> None:
    with ListServer({}) as server:
        groups = "".join(
            f'[llm.g{n}]\nmodel = "ollama/x"\nbase_url = "http://127.0.0.{n}:{server.port}"\n' for n in range(1, 99)
        )
        write("config.toml", f"[core]\n{groups}")
        assert len(of(look(offline=False), Area.NETWORK)) <= 5
