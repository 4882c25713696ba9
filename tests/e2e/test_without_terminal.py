"""Without a terminal there is a sentence and a status, and never an escape code; what is quick stays quick."""

import subprocess
import sys

import pytest
from tools.patience import LIMIT

VENDORS = (
    "textual",
    "rich",
    "litellm",
    "keyring",
    "secretstorage",
    "jeepney",
    "tomlkit",
    "tenacity",
    "httpx",
    "openai",
)
LOADED = f"print(sorted(set(sys.modules) & set({VENDORS!r})))"


def run(command: list[str], environment: dict[str, str], **options) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False,
        stdin=subprocess.DEVNULL, **options,
    )  # fmt: skip


def test_no_terminal(program: str, environment: dict[str, str]) -> None:
    done = run([program], {**environment, "TERM": "xterm-256color"})
    assert (done.returncode, done.stdout) == (2, "")
    assert "needs a terminal" in done.stderr
    assert "exec, env" in done.stderr
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_can_do_nothing_is_talked_to_in_lines(wizard, environment: dict[str, str], term: str) -> None:
    environment["TERM"] = term
    terminal = wizard()
    terminal.wait_for("Provider, by number or a part of its name")
    terminal.type(":quit")
    terminal.press("enter")
    end = terminal.wait_for_end()
    assert (end.status, end.attributes, end.left) == (0, True, [])
    assert b"\x1b" not in terminal.raw


def test_version_and_help(program: str, environment: dict[str, str]) -> None:
    version = run([program, "--version"], environment)
    assert (version.returncode, version.stdout.split()[0], version.stderr) == (0, "llm-setup", "")
    told = run([program, "--help"], environment)
    assert (told.returncode, told.stderr) == (0, "")
    for word in ("exec", "env", "--config", "--version"):
        assert word in told.stdout


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_version_and_help_load_no_vendor_library(environment: dict[str, str], option: str) -> None:
    ask = f"import sys, tui.cli\ntry: tui.cli.main(['{option}'])\nexcept SystemExit as end: print(end.code)\n{LOADED}"
    done = run([sys.executable, "-P", "-c", ask], environment)
    assert done.stdout.splitlines()[-2:] == ["0", "[]"], done.stderr


def test_the_app_loads_textual_and_nothing_slow(environment: dict[str, str]) -> None:
    done = run([sys.executable, "-P", "-c", f"import sys, tui.app\n{LOADED}"], environment)
    assert done.stdout == "['rich', 'textual']\n", done.stderr


def test_exec_without_a_key_does_not_start_the_command(program: str, environment: dict[str, str], home) -> None:
    (home / "config.toml").write_text('[core]\n[llm]\nmodel = "anthropic/claude-sonnet-4-5"\n')
    done = run([program, "exec", "--", "touch", "started"], environment, cwd=home)
    assert (done.returncode, done.stdout) == (3, "")
    assert "There is no key for llm-setup:anthropic" in done.stderr
    assert not (home / "started").exists()


def test_exec_without_a_command(program: str, environment: dict[str, str]) -> None:
    assert run([program, "exec"], environment).returncode == 2
    assert run([program, "exec", "--"], environment).returncode == 2
