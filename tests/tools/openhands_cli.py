"""The real OpenHands CLI, a release of it in an environment of its own: started without a screen, and asked what it
makes of a file.

566 MB and half a minute once, in the user's cache folder, by uv and with a Python 3.12, with --with-openhands.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "llm-setup-tests"
"""Taken before a test has a home of its own."""
_PYENV = Path.home() / ".pyenv" / "versions"
RELEASES = ("1.16.0", "1.9.1")
LONGEST = 300
"""Seconds that a start may take on a slow machine: the first one compiles thousands of modules."""
QUIET = {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "OPENHANDS_SUPPRESS_BANNER": "1", "TERM": "dumb", "LANG": "C.UTF-8"}

READING = """
import json, logging, sys, warnings
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
from openhands.sdk import Agent
def plain(llm):
    told = llm.model_dump(mode="json", context={"expose_secrets": True})
    return {name: told[name] for name in WANTED if name in told}
for line in sys.stdin:
    try:
        agent = Agent.model_validate_json(json.loads(line))
    except Exception as error:
        print(json.dumps({"refused": type(error).__name__}), flush=True)
        continue
    condenser = getattr(agent.condenser, "llm", None)
    print(json.dumps({"llm": plain(agent.llm), "condenser": condenser and plain(condenser)}), flush=True)
"""
"""As the CLI reads its file: `Agent.model_validate_json`."""


def cli_folder(release: str) -> Path | None:
    """The environment that has the CLI of that release, made now if need be; None where there is no uv."""
    return installed(f"openhands-{release}", f"openhands=={release}")


def installed(name: str, *packages: str) -> Path | None:
    """The environment of that name with these packages, made now if need be; None where there is no uv."""
    folder, done = CACHE / name, CACHE / name / "installed"
    if done.exists():
        return folder
    uv = shutil.which("uv")
    if uv is None:
        return None
    python = next((str(path / "bin/python") for path in sorted(_PYENV.glob("3.12*"))), "3.12")
    for words in (
        ["venv", "-q", "--clear", "-p", python, str(folder)],
        ["pip", "install", "-q", "-p", str(folder), "--compile-bytecode", *packages],
    ):
        subprocess.run([uv, *words], check=True, capture_output=True, timeout=900)
    done.touch()
    return folder


def read_by_cli(folder: Path, texts: Sequence[str], wanted: Sequence[str]) -> list[dict[str, Any]]:
    """What the release's own classes make of each text: the `wanted` settings of both models, or that it is refused."""
    code = READING.replace("WANTED", repr(tuple(wanted)))
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder / "home"), **QUIET}
    done = subprocess.run(
        [folder / "bin/python", "-c", code], input=lines, env=environ, capture_output=True, text=True, check=True,
        timeout=LONGEST,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def run_headless(
    folder: Path, home: Path, environ: Mapping[str, str], before: Sequence[str] = ()
) -> "subprocess.CompletedProcess[str]":
    """Let the CLI say hello to its provider, until it gives up; `before` is what starts it, such as llm-setup exec."""
    command = [*before, "openhands", "--headless", "-t", "Say hello."]
    environ = {"PATH": f"{folder / 'bin'}:/usr/bin:/bin", "HOME": str(home), **QUIET, **environ}
    return subprocess.run(
        command if before else [str(folder / "bin/openhands"), *command[1:]], cwd=home, env=environ,
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=LONGEST,
    )  # fmt: skip


CALLING = """
import json, logging, os, sys, warnings
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
from openhands.sdk import Agent, Message, TextContent
for line in sys.stdin:
    order = json.loads(line)
    before = dict(os.environ)
    os.environ.update(order["environ"])
    try:
        llm = Agent.model_validate_json(order["text"]).llm
        llm.completion([Message(role="user", content=[TextContent(text="Say hello.")])])
        told = "answered"
    except Exception as error:
        told = type(error).__name__
    os.environ.clear()
    os.environ.update(before)
    print(json.dumps(told), flush=True)
"""
"""As the CLI calls the model of its file."""


def called_by_cli(folder: Path, orders: Sequence[Mapping[str, Any]]) -> list[str]:
    """What came of the call that each order, a file's `text` and an `environ`, makes: "answered", or an error."""
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder / "home"), "ALLOW_SHORT_CONTEXT_WINDOWS": "true", **QUIET}
    done = subprocess.run(
        [folder / "bin/python", "-c", CALLING], input="".join(json.dumps(order) + "\n" for order in orders),
        env=environ, capture_output=True, text=True, check=True, timeout=LONGEST,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith('"')]
