"""The providers' own addresses are those that the installed litellm calls when it is told none."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import tools

from tui.checks.agreement import _TO_OPENAI
from tui.trial.own_origins import own_origins
from tui.trial.probe_client import probe_environment
from tui.trial.wire import Watch

HOSTS = str(Path(tools.__path__[0], "litellm_hosts.py"))
"""Not imported here: it imports litellm, and so would each process of the test run."""
OPENAI = "https://api.openai.com"
TOKENIZERS = "https://huggingface.co"
"""Asked by some routes before the call, without a key."""
UNKNOWN = {"watsonx_text", "petals"}
"""Their accounts have an address each, and these ask somebody else first."""


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    home = str(tmp_path_factory.mktemp("home"))
    environment = {**probe_environment({}), "PATH": os.environ["PATH"], "HOME": home}
    command = [sys.executable, "-W", "ignore", HOSTS]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=True)
    return json.loads(done.stdout)


def admitted(provider: str, origin: str) -> bool:
    watch = Watch(own_origins(provider))
    return any(same.fullmatch(with_port(origin)) for same in watch._allowed)


def with_port(origin: str) -> str:
    return origin if origin.count(":") > 1 else f"{origin}:{443 if origin.startswith('https') else 80}"


def test_each_providers_own_origin_is_what_litellm_calls(hosts: dict[str, list[str]]) -> None:
    called = {provider: asked for provider, asked in hosts.items() if asked}
    assert len(called) > 90
    wrong = {
        provider: asked for provider, asked in called.items()
        if not admitted(provider, asked[-1]) and asked[-1] != OPENAI and provider not in UNKNOWN
    }  # fmt: skip
    assert not wrong


def test_a_key_of_what_people_run_themselves_never_goes_to_openai(hosts: dict[str, list[str]]) -> None:
    """litellm would send it there."""
    strays = {provider for provider, asked in hosts.items() if OPENAI in asked and not admitted(provider, OPENAI)}
    assert strays
    assert strays <= _TO_OPENAI
    assert all(own_origins(provider) == () for provider in strays)
