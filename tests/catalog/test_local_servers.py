"""Servers on this machine are noticed by the list that they answer with, and never get a key."""

import socket

import pytest
from tools.list_server import HANG, ListServer

from tui.catalog import local_servers
from tui.catalog.listed_models import Listed
from tui.catalog.local_servers import KNOWN, LocalServer, answering

MODELS = {"data": [{"id": "qwen3-coder"}]}


def test_the_ports_that_they_have_by_default() -> None:
    assert [(s.provider, s.base_url, s.path) for s in KNOWN] == [
        ("ollama", "http://localhost:11434", "/api/tags"),
        ("lm_studio", "http://localhost:1234/v1", "/v1/models"),
        ("openai_compatible", "http://localhost:8000/v1", "/v1/models"),
    ]


async def test_those_that_answer() -> None:
    with (
        ListServer({"/api/tags": {"models": [{"name": "llama3"}]}}) as ollama,
        ListServer({"/v1/models": MODELS}) as vllm,
        socket.socket() as silent,
    ):
        silent.bind(("127.0.0.1", 0))  # bound, but not listening: refused
        servers = (
            LocalServer("ollama", "Ollama", ollama.port, "/api/tags", ends=""),
            LocalServer("lm_studio", "LM Studio", silent.getsockname()[1], "/v1/models"),
            LocalServer("openai_compatible", "vLLM", vllm.port, "/v1/models"),
        )
        found = await answering(servers)
        assert found == {servers[0]: [Listed("llama3")], servers[2]: [Listed("qwen3-coder")]}
        assert ollama.keys() == vllm.keys() == []


@pytest.mark.parametrize(
    "told", ["<html>", 404, 500, (302, "http://localhost/v1/models"), (200, {"x": 1}), HANG, "[" * 9999, ""]
)
async def test_what_else_listens_there_is_none(told: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_servers, "LIMIT", 0.3)
    with ListServer({"/v1/models": told}) as server:
        assert await answering((LocalServer("lm_studio", "LM Studio", server.port, "/v1/models"),)) == {}


async def test_garbage_is_none() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        import threading

        def answer() -> None:
            peer, _address = server.accept()
            peer.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")
            peer.close()

        threading.Thread(target=answer, daemon=True).start()
        assert await answering((LocalServer("x", "X", server.getsockname()[1], "/v1/models"),)) == {}
