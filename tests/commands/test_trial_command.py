"""`test`: real processes, a real server, lines as they happen."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tools import unwarmed
from tools.llm_server import LlmServer
from tools.patience import LIMIT

KEY = "sk-canary-0123456789abcdefghij"
QUICK = "num_retries = 3\nretry_min_wait = 0\nretry_max_wait = 0\nretry_multiplier = 0\n"


INSTALLED = [sys.executable, "-P", "-m", "tui"]


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory, warm_probe: str) -> list[str]:
    """What finds litellm loaded; the first test tries the program as it was installed."""
    return [unwarmed.install(tmp_path_factory.mktemp("unwarmed"), warm_probe)]


def start(command: list[str], *words: str, **environ: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*command, "test", *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, **environ}, preexec_fn=heed_ctrl_c,  # noqa: PLW1509 - no thread of the tests forks beside it
    )  # fmt: skip


def heed_ctrl_c() -> None:
    """A shell that runs these tests with `&` has them ignore it, and so what they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def ended(command: list[str], *words: str, **environ: str) -> tuple[int, str, str]:
    with start(command, *words, **environ) as process:
        out, err = process.communicate(timeout=LIMIT)
    assert "\x1b" not in out + err
    assert KEY not in out + err
    assert "Traceback" not in err
    return process.returncode, out, err


def objects(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_rehearsal_as_json_lines(home: Path) -> None:
    words = ("--rehearse", "429:20,503,200", "--speed", "100", "--json")
    status, out, err = ended(INSTALLED, *words, HTTP_PROXY="http://127.0.0.1:9", ANTHROPIC_API_KEY=KEY)
    told = objects(out)
    assert status == 0
    assert [line["event"] for line in told] == ["attempt", "wait", "attempt", "wait", "attempt", "result"]
    first = {key: value for key, value in told[0].items() if key != "seconds"}
    assert first == {
        "event": "attempt", "number": 1, "status": 429, "error": "RateLimitError", "retry_after": 0.2,
        "retryable": True, "message": "Rate limit reached for requests. (rate_limit_exceeded)",
    }  # fmt: skip
    assert told[1] == {"event": "wait", "after": 1, "seconds": 0.08}  # OpenHands' 8 s: there is no file
    assert told[4]["error"] is None
    end = {key: value for key, value in told[5].items() if key != "seconds"}
    assert end == {
        "event": "result", "ok": True, "attempts": 3, "text": "ready", "prompt_tokens": 14, "completion_tokens": 2,
        "cost_usd": None,
    }  # fmt: skip
    assert "shortened 100 times" in err
    assert not list(home.iterdir()), "it writes nothing"


def test_a_real_test_that_fails_and_its_words(command: list[str], home: Path) -> None:
    with LlmServer("429:after=7,401:echo") as server:
        (home / "config.toml").write_text(f'[core]\n[llm]\nmodel = "anthropic/x"\n{QUICK}')
        environ = {"LLM_MODEL": "openai/gpt-test", "LLM_BASE_URL": server.base_url, "LLM_API_KEY": KEY}
        environ |= {"HTTP_PROXY": "http://127.0.0.1:9", "NO_PROXY": "127.0.0.1"}
        status, out, err = ended(command, "--prompt", "Say it", **environ)
        requests = server.requests()
    assert status == 1
    assert [json.loads(request["body"])["model"] for request in requests] == ["gpt-test"] * 2, "the environment wins"
    assert requests[0]["headers"]["Authorization"] == f"Bearer {KEY}"
    assert "Say it" in requests[0]["body"]
    lines = out.splitlines()
    assert lines[0].startswith("attempt 1  429  rate limited")
    assert lines[0].endswith("asks for 7 s")
    assert lines[2] == "waiting 0 s"
    assert lines[3].startswith("attempt 2  401  key refused")
    assert lines[5] == f"127.0.0.1:{server.port} does not accept the key."
    assert lines[-1].startswith("OpenHands would give up here as well")
    assert "openai/gpt-test → 127.0.0.1" in err
    assert "shadowed-by-environment" in err


def test_it_streams_and_ctrl_c_ends_it_with_an_outcome(command: list[str]) -> None:
    with start(command, "--rehearse", "429,hang", "--json") as process:  # in the middle of a wait of 8 s
        seen = [json.loads(process.stdout.readline()) for _ in range(2)]
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=LIMIT)
    assert [line["event"] for line in seen] == ["attempt", "wait"]
    told = objects(out)[-1]
    assert (told["ok"], told["diagnosis"]["code"]) == (False, "cancelled")
    assert process.returncode == 130
    assert "Traceback" not in err


def test_a_reader_that_has_seen_enough_ends_the_test(command: list[str]) -> None:
    """With the waits as they are it would go on for minutes."""
    line = f"{' '.join(command)} test --rehearse 500 --speed 60 | head -n 1"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True, timeout=LIMIT)
    assert done.stdout.startswith("attempt 1  500")
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr


def test_a_missing_key_is_said_without_a_request(command: list[str], home: Path) -> None:
    (home / "config.toml").write_text('[core]\n[llm]\nmodel = "anthropic/x"\n')
    status, out, _err = ended(command, "--json")
    assert status == 1
    (told,) = objects(out)
    assert (told["attempts"], told["diagnosis"]["code"], told["diagnosis"]["field"]) == (0, "no-key", "api_key")


def test_a_proxy_before_a_server_of_this_machine(command: list[str], home: Path) -> None:
    with LlmServer() as server:
        (home / "config.toml").write_text(f'[core]\n[llm]\nmodel = "openai/x"\nbase_url = "{server.base_url}"\n')
        words = ("--json", "--config", "config.toml")
        status, out, _err = ended(command, *words, http_proxy="http://127.0.0.1:9", LLM_API_KEY=KEY)
        assert (status, objects(out)[0]["diagnosis"]["code"]) == (1, "proxy")
        assert "http_proxy is the proxy for 127.0.0.1" in out
        assert server.requests() == []


@pytest.mark.parametrize(
    "words",
    [("--rehearse", "700"), ("--rehearse", ""), ("--speed", "2"), ("--rehearse", "200", "--speed", "0"),
     ("--rehearse", "200", "--speed", "nan"), ("--time-limit", "-1"), ("--group", "nowhere")],
)  # fmt: skip
def test_wrong_usage(run: Any, words: tuple[str, ...]) -> None:
    done = run("test", *words)
    assert (done.status, done.out) == (2, "")
    assert done.err


def test_without_a_model_there_is_nothing_to_call(run: Any, home: Path) -> None:
    done = run("test")
    assert (done.status, done.out) == (3, "")
    assert "--rehearse" in done.err


def test_a_file_that_was_merely_found_gets_no_key_of_the_environment(command: list[str], home: Path) -> None:
    with LlmServer() as server:
        (home / "config.toml").write_text(f'[core]\n[llm]\nmodel = "openai/x"\nbase_url = "{server.base_url}"\n')
        status, out, err = ended(command, "--json", LLM_API_KEY=KEY)
        assert (status, out, server.requests()) == (3, "", [])
    assert "LLM_API_KEY of your environment would go to" in err
    assert "Nothing was sent. If that is all right: --config" in err


def test_http_to_another_machine_wants_a_yes(command: list[str], home: Path) -> None:
    (home / "config.toml").write_text('[core]\n[llm]\nmodel = "openai/x"\nbase_url = "http://192.0.2.1/v1"\n')
    words = ("--config", "config.toml", "--json")
    status, out, err = ended(command, *words, LLM_API_KEY=KEY)
    assert (status, out) == (3, "")
    assert "unencrypted: whoever is on the way can read it. Nothing was sent." in err
    assert "--unencrypted" in err
    dead_proxy = {"http_proxy": "http://127.0.0.1:9"}
    status, out, _err = ended(command, *words, "--unencrypted", LLM_API_KEY=KEY, **dead_proxy, LLM_NUM_RETRIES="1")
    assert (status, objects(out)[-1]["diagnosis"]["code"]) == (1, "proxy")


def test_the_test_and_the_schedule_speak_of_the_same_retries(command: list[str], run: Any, home: Path) -> None:
    (home / "config.toml").write_text('[core]\n[llm]\nmodel = "openai/gpt-5"\nretry_max_wait = 16\n')
    told = run("schedule", "--json").json
    assert told == {"attempts": 5, "waits": [8, 16, 16, 16], "total": 56}
    with start(
        command, "--rehearse", "200", "--speed", "1"
    ) as process:  # said before litellm is loaded, and no more is wanted
        assert any("5 attempts at most, 56 s of waiting" in line for line in process.stderr)
        process.terminate()
    assert run("set", "num_retries=5").status == 0
    assert run("schedule", "--json").json == told
