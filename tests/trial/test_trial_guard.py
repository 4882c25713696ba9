"""What the probe's guard lets through: the host that was agreed on, and nothing else, whoever reaches for it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tools import guarded

from tui.base.guard import AllowedHosts
from tui.trial.own_origins import login_origins, own_origins

TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What each library came to, in a process of its own."""
    folder = tmp_path_factory.mktemp("internet")
    command = [sys.executable, "-W", "ignore", guarded.__file__, str(folder)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=120, check=True, env={"PYTHONPATH": str(TESTS)}
    )
    return json.loads(done.stdout)


def ways(told: dict[str, Any], url: str, *, proxied: bool = False) -> dict[str, Any]:
    return {t["way"]: t for t in told["tried"] if t.get("url") == url and t.get("proxied", False) is proxied}


def test_every_library_reaches_the_host_that_was_agreed_on(told: dict[str, Any]) -> None:
    answers = {way: tried["answer"] for way, tried in ways(told, guarded.AGREED).items()}
    assert answers == {way.__name__: 401 for way in guarded.ALL} | {"by_asyncio": 0, "by_socket": 0}


def test_no_library_reaches_another_host_by_name_or_by_address(told: dict[str, Any]) -> None:
    tried = ways(told, guarded.FOREIGN)
    assert tried.keys() == {way.__name__ for way in [*guarded.ALL, *guarded.FOREIGN_ONLY]}
    assert all(isinstance(each["answer"], str) for each in tried.values()), tried
    assert all("foreign.example" in each["foreign"] for way, each in tried.items() if way not in NAMELESS)
    assert {host for host, _port, _request in told["requests"]} == {"agreed.example", "proxy.example"}


NAMELESS = {"by_address", "by_datagram"}


@pytest.mark.parametrize("url", [guarded.FOREIGN, guarded.FOREIGN.replace("https:", "http:")])
def test_no_library_reaches_another_host_through_the_proxy(told: dict[str, Any], url: str) -> None:
    tried = ways(told, url, proxied=True)
    assert len(tried) == 5
    assert all(isinstance(each["answer"], str) for each in tried.values()), tried
    assert not [request for _host, _port, request in told["requests"] if "foreign.example" in request]


def test_the_proxy_is_asked_for_the_host_that_was_agreed_on(told: dict[str, Any]) -> None:
    asked = [request.split("\r\n")[0] for host, _port, request in told["requests"] if host == "proxy.example"]
    assert len(asked) == 4
    assert all(line.startswith("CONNECT agreed.example:443 ") for line in asked)


def test_sockets_of_the_file_system_are_left_alone(told: dict[str, Any]) -> None:
    assert {"way": "file system", "answer": True} in told["tried"]


@pytest.mark.parametrize(
    ("origin", "host", "port", "admitted"),
    [
        ("https://api.x.example", "api.x.example", 443, True),
        ("https://api.x.example", "API.X.example", 443, True),
        ("https://api.x.example", "api.x.example", 80, False),
        ("https://api.x.example:8443", "api.x.example", 8443, True),
        ("https://api.x.example", "evil.api.x.example", 443, False),
        ("https://api.x.example", "api.x.example.evil", 443, False),
        ("https://api.x.example", "apiyx.example", 443, False),
        ("http://127.0.0.1:11434", "127.0.0.1", 11434, True),
        ("http://127.0.0.1:11434", "127.0.0.2", 11434, False),
        ("http://[::1]:11434", "::1", 11434, True),
        ("http://[::1]:11434", "0:0:0:0:0:0:0:1%lo", 11434, True),
        ("https://bedrock-runtime.*.amazonaws.com", "bedrock-runtime.us-east-1.amazonaws.com", 443, True),
        ("https://bedrock-runtime.*.amazonaws.com", "bedrock-runtime.evil.example/.amazonaws.com", 443, False),
        ("https://bedrock-runtime.*.amazonaws.com", "bedrock-runtime.a.b.amazonaws.com", 443, False),
        ("https://bedrock-runtime.*.amazonaws.com", "bedrock-agent-runtime.us-east-1.amazonaws.com", 443, False),
        ("https://*-aiplatform.googleapis.com", "us-central1-aiplatform.googleapis.com", 443, True),
        ("https://*-aiplatform.googleapis.com", "evil.example#-aiplatform.googleapis.com", 443, False),
    ],
)
def test_which_hosts_an_origin_admits(origin: str, host: str, port: int, *, admitted: bool) -> None:
    assert AllowedHosts([origin]).admits(host, port) is admitted


def test_what_people_run_themselves_has_no_address_that_a_key_could_go_to() -> None:
    for id_ in ("litellm_proxy", "lm_studio", "hosted_vllm", "openai_compatible", "azure", "databricks", "nobody"):
        assert own_origins(id_) == (), id_
        assert login_origins(id_) == (), id_
