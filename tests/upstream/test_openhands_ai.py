"""The real openhands-ai 1.6.0 does what config.toml says: run with --with-openhands."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from tools.llm_server import LlmServer
from tools.openhands_cli import LONGEST, QUIET, installed
from tools.openhands_setups import KEY, holding, llm_setup

from tui.openhands.fields import RETRY_KEYS
from tui.retry.policy import RetryPolicy

RELEASE = "1.6.0"
"""The last that reads `[llm]`."""


@pytest.fixture(scope="module")
def folder(request: pytest.FixtureRequest) -> Path:
    if not request.config.getoption("--with-openhands"):
        pytest.skip("the real openhands-ai is run with --with-openhands: 1.4 GB, and some minutes")
    folder = installed(f"openhands-ai-{RELEASE}", f"openhands-ai=={RELEASE}")
    if folder is None:
        pytest.skip("uv is not installed")
    return folder


def run_headless(folder: Path, home: Path, before: Sequence[str] = ()) -> str:
    """Let it say hello to its provider, until it gives up; `before` is what starts it, such as llm-setup exec.

    After a last 429 it would wait for ever; other errors end it.
    """
    file = [] if before else ["--config-file", str(home / ".openhands/config.toml")]
    python = "python" if before else str(folder / "bin/python")
    environ = {"PATH": f"{folder / 'bin'}:/usr/bin:/bin", "HOME": str(home), "RUNTIME": "cli", **QUIET}
    (home / "work").mkdir(exist_ok=True)
    done = subprocess.run(
        [*before, python, "-m", "openhands.core.main", *file, "-t", "Say hello.", "-d", str(home / "work")],
        cwd=home, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=LONGEST,
    )  # fmt: skip
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("model", "retries", "each", "place"),
    [
        ("openai/gpt-test", (3, 1, 1, 1), 3, "config"),
        ("anthropic/claude-sonnet-4-5", (2, 2, 2, 1), 1, "file"),
    ],
)
def test_attempts_and_waits_are_those_that_the_schedule_showed(
    folder: Path, home: Path, model: str, retries: tuple[int, ...], each: int, place: str
) -> None:
    """The key in the file, read by itself; and one kept by us, which exec hands over with all settings."""
    with LlmServer("500") as server:
        url = server.base_url if each == 3 else server.base_url.removesuffix("/v1")
        numbers = [f"{key}={value}" for key, value in zip(RETRY_KEYS, retries, strict=True)]
        llm_setup(home, "set", f"model={model}", f"base_url={url}", *numbers)
        llm_setup(home, "key", "set", "--store", place, key=KEY)
        scheduled = json.loads(llm_setup(home, "schedule", "--json"))
        kept = holding(home, KEY)
        said = run_headless(folder, home, [sys.executable, "-m", "tui", "exec", "--"] if place == "file" else [])
        requests = server.requests()
    asked = [request for request in requests if request["path"].endswith(("/completions", "/messages"))]
    assert len(asked) == scheduled["attempts"] * each, said[-3000:]
    at = [request["at"] for request in asked]
    waits = [at[number * each] - at[number * each - 1] for number in range(1, scheduled["attempts"])]
    print("requests:", len(asked), "waits seen:", [round(w, 2) for w in waits], "scheduled:", scheduled["waits"])
    assert scheduled["waits"] == RetryPolicy(*retries).waits()
    assert all(seen >= wait for seen, wait in zip(waits, scheduled["waits"], strict=True))
    headers = asked[0]["headers"]
    assert KEY in (headers.get("X-Api-Key", ""), headers.get("Authorization", "").removeprefix("Bearer "))
    assert json.loads(asked[0]["body"])["model"] == model.partition("/")[2]
    assert len(kept) == 1
    assert KEY not in said
