"""`shell-init`: in each shell, plain `openhands` is started through `exec`."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

KEY = "sk-ant-canary-0123456789abcdef"
SHELLS = {"bash": ["--norc", "-c"], "zsh": ["-f", "-c"], "fish": ["--no-config", "-c"]}
EVALUATED = {"fish": "llm-setup shell-init fish | source; "}


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest) -> str:
    if not shutil.which(request.param):
        pytest.skip(f"{request.param} is not installed")
    return request.param


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def at_shell(home: Path, shell: str):
    """Types a line in a shell with our functions; the programs tell their words, and the key that they got."""
    tells = '#!/bin/sh\necho "$0" "$ANTHROPIC_API_KEY" "$@" | sed \'s,^.*/,,\'\n'
    program(home / "bin/openhands", tells)
    program(home / "bin/agent-canvas", tells)
    program(home / "bin/llm-setup", f'#!/bin/sh\nexec {sys.executable} -m tui "$@"\n')
    packages = home / "lib/python3.12/site-packages/openhands-1.16.0.dist-info"
    packages.mkdir(parents=True)
    (packages / "entry_points.txt").write_text("[console_scripts]\nopenhands = openhands_cli.entrypoint:main\n")

    def at_shell(line: str) -> tuple[int, str, str]:
        begin = EVALUATED.get(shell, f'eval "$(llm-setup shell-init {shell})"; ')
        environ = {"HOME": str(home), "PATH": f"{home / 'bin'}:/usr/bin:/bin", "LANG": "C.UTF-8"}
        done = subprocess.run(
            [shell, *SHELLS[shell], begin + line], env=environ, cwd=home, capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL, timeout=120,
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    return at_shell


def test_a_key_that_is_kept_reaches_what_is_typed_by_its_plain_name(at_shell, home: Path) -> None:
    assert at_shell("openhands -t 'a b'") == (0, "openhands  -t a b\n", "")
    (home / ".config").mkdir(exist_ok=True)
    (home / ".config/llm-setup").mkdir(mode=0o700)
    (home / ".openhands/profiles").mkdir(parents=True)
    llm = {"model": "anthropic/claude-sonnet-4-5"}
    (home / ".openhands/agent_settings.json").write_text(json.dumps({"llm": llm}))
    (home / ".openhands/profiles/default.json").write_text(json.dumps(llm))
    (home / ".config/llm-setup/anthropic.env").write_text(f"LLM_API_KEY={KEY}\n")
    (home / ".config/llm-setup/anthropic.env").chmod(0o600)
    (home / ".config/llm-setup/settings.toml").write_text('[stores]\n"llm-setup:anthropic" = "file"\n')
    for line, told in (
        ("openhands -t 'a b'", f"openhands {KEY} -t a b\n"),
        ("openhands", f"openhands {KEY}\n"),
        ("openhands acp", f"openhands {KEY} acp\n"),
        ("openhands --version", "openhands  --version\n"),
        ("openhands serve", "openhands  serve\n"),
        ("agent-canvas --x", f"agent-canvas {KEY} --x\n"),
    ):
        status, out, err = at_shell(line)
        assert (status, out) == (0, told), err


def test_a_program_that_is_not_there_is_said_as_a_shell_does(at_shell, home: Path) -> None:
    (home / "bin/openhands").unlink()
    assert at_shell("openhands")[0] == 127


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_the_functions_of_bash_are_those_of_any_posix_shell_but_for_the_dash(run) -> None:
    done = run("shell-init", "bash")
    assert (done.status, done.out) == (0, run("shell-init", "zsh").out)
    assert subprocess.run(["bash", "-n"], input=done.out, text=True, check=False).returncode == os.EX_OK
