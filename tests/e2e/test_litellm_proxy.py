"""A real LiteLLM proxy: its list, its opinion of a key, and the test through it."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tools.litellm_proxy import MASTER_KEY, RELEASE, LitellmProxy, proxy_python
from tools.patience import LIMIT

WRONG_KEY = "sk-wrong-0123456789abcdef"


@pytest.fixture(scope="module")
def proxy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LitellmProxy]:
    install = request.config.getoption("--with-proxy")
    python = proxy_python(request.config.cache.mkdir(f"litellm-proxy-{RELEASE}"), install=install)
    if python is None:
        pytest.skip("LiteLLM's proxy is not installed: --with-proxy does it, 400 MB")
    with LitellmProxy(python, tmp_path_factory.mktemp("proxy")) as proxy:
        yield proxy


@pytest.fixture
def run(program: str, environment: dict[str, str], home: Path, proxy: LitellmProxy) -> Callable[..., Any]:
    """Runs a command of the installed program on a config that names the proxy, with some key."""

    def run(key: str, *words: str) -> "subprocess.CompletedProcess[str]":
        settings = f'model = "litellm_proxy/team-claude"\nbase_url = "{proxy.root}"\napi_key = "{key}"\n'
        (home / "config.toml").write_text(f"[core]\n[llm]\n{settings}num_retries = 1\n")
        return subprocess.run(
            [program, *words], env=environment, cwd=home, capture_output=True, text=True, timeout=LIMIT, check=False
        )

    return run


def test_its_list_its_opinion_of_a_key_and_a_prompt(run) -> None:
    """In one test: a second process of the test run would install it once more."""
    done = run(MASTER_KEY, "models", "--live", "--json")
    assert done.returncode == 0, done.stderr
    found = {model["id"]: model for model in json.loads(done.stdout)}
    assert set(found) == {"litellm_proxy/team-claude", "litellm_proxy/team-gpt"}
    claude = found["litellm_proxy/team-claude"]
    assert (claude["source"], claude["context"], claude["input_per_million"]) == ("live", 200_000, 3.0)
    assert (claude["vision"], claude["tools"]) == (True, True)

    done = run(WRONG_KEY, "models", "--live")
    assert (done.returncode, done.stdout) == (1, "")
    assert "refuses this key" in done.stderr
    assert "wrong" not in done.stderr

    done = run(MASTER_KEY, "test", "--json")
    result = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode, result["ok"], result["text"]) == (0, True, "ready"), done.stderr
    assert result["attempts"] == 1
    assert MASTER_KEY not in done.stdout + done.stderr
