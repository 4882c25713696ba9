"""The commands as processes of their own: without a terminal, into pipes, and quick."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tools.patience import LIMIT

COMMAND = [sys.executable, "-P", "-m", "tui"]
VENDORS = "('textual', 'rich', 'litellm', 'keyring', 'tomlkit', 'tenacity', 'httpx', 'asyncio')"
LOADED = f"print(sorted(set(sys.modules) & set({VENDORS})), file=sys.stderr)"


def called(*words: str, **options) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, *words],
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
        stdin=subprocess.DEVNULL,
        **options,
    )


def test_a_life_of_a_file(home: Path) -> None:
    steps = [
        ("set", "model=anthropic/x", "num_retries=3"),
        ("group", "add", "b"),
        ("set", "--group", "b", "model=openai/y"),
        ("group", "rename", "b", "c"),
        ("check",),
        ("show", "--json"),
        ("schedule", "--json"),
        ("env", "--format", "json"),
    ]
    done = [called(*words, "--config", "sub/config.toml") for words in steps]
    assert [end.returncode for end in done] == [0] * len(steps), [end.stderr for end in done]
    assert json.loads(done[5].stdout)["groups"]["llm.c"]["model"]["value"] == "openai/y"
    assert json.loads(done[7].stdout)["LLM_NUM_RETRIES"] == "3"
    assert all("\x1b" not in end.stdout + end.stderr for end in done)


def test_the_file_may_be_named_before_the_command(home: Path) -> None:
    assert called("--config", "other.toml", "set", "seed=3").returncode == 0
    assert (home / "other.toml").exists()


@pytest.mark.parametrize(
    ("words", "status"),
    [(("set", "seed=x"), 2), (("show", "--group", "x"), 2), (("check",), 3), (("nonsense",), 2), (("set", "--jso"), 2)],
)
def test_status(words: tuple[str, ...], status: int) -> None:
    done = called(*words)
    assert (done.returncode, done.stdout) == (status, "")
    assert "Traceback" not in done.stderr
    assert done.stderr


def test_a_reader_that_has_seen_enough(home: Path) -> None:
    line = f"{' '.join(COMMAND)} models | head -n 1"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("model ")
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr


def test_an_output_that_is_full_or_closed(home: Path) -> None:
    for redirection, status in ((">/dev/full", 3), (">&-", 0), ("2>&-", 0)):
        line = f"{' '.join(COMMAND)} providers {redirection}"
        done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
        assert (done.returncode, "Traceback" in done.stderr) == (status, False), redirection


def test_an_output_that_has_no_dots(home: Path) -> None:
    (home / "config.toml").write_text('[llm]\napi_key = "sk-canary-0123456789abcdef"\nmodel = "anthropic/ü"\n')
    done = called("show", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert "\\u2022" in done.stdout


WORDS = {
    "--help": [], "set --help": [], "key set --help": [], "key status": [], "set seed=3 --dry-run": ["tomlkit"],
    "show": [], "check": [], "env": [], "schedule --json": ["tenacity"], "providers": [], "models": [],
}  # fmt: skip
EACH = f"""\
import os, sys, tui.cli
for words in {[*WORDS]}:
    if not os.fork():
        try: tui.cli.main(words.split())
        except SystemExit: pass
        {LOADED}
        sys.stderr.flush()
        os._exit(0)
    os.wait()
"""
"""Each of them in a fork of a process that has imported the command line, and nothing else."""


def test_what_is_loaded(home: Path) -> None:
    (home / "config.toml").write_text('[core]\n[llm]\nmodel = "anthropic/x"\n')
    done = subprocess.run([sys.executable, "-P", "-c", EACH], capture_output=True, text=True, check=True)
    told = [line for line in done.stderr.splitlines() if line.startswith("[")]
    assert len(told) == len(WORDS), done.stderr
    for (words, loaded), line in zip(WORDS.items(), told, strict=True):
        assert set(line.strip("[]").replace("'", "").split(", ")) - {""} - {"asyncio"} == set(loaded), words
