"""From nothing to a saved file, a key in the keyring and a prompt that was answered after two visible retries."""

import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from tools.leaks import Watch, leaking_files, leaks
from tools.llm_server import LlmServer
from tools.programs import require_program
from tools.secret_service import SecretService
from tools.terminal import End, Terminal

KEY = "sk-e2e/T9+kQ2vX7mZ4pL8wR5tY1uB3nD6fG0hJ"
"""With characters that URLs and base64 write otherwise."""


@dataclass
class Walk:
    """What was left when somebody had walked through the wizard."""

    program: str
    environment: dict[str, str]
    home: Path
    server: LlmServer
    countdown: str
    outcome: str
    finish: str
    end: End
    terminal: Terminal
    watch: Watch

    def run(self, *arguments: str, **options: object) -> "subprocess.CompletedProcess[str]":
        """Run the program once more, without a terminal."""
        return subprocess.run(
            [self.program, *arguments], env=self.environment, cwd=self.home, capture_output=True, text=True,
            timeout=30, check=False, **options,
        )  # fmt: skip


@pytest.fixture(scope="module")
def walk(program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """The happy path, walked once for all tests of this file; keyring and provider stay until they are through."""
    for name in ("dbus-daemon", "gnome-keyring-daemon"):
        require_program(name)
    home = tmp_path_factory.mktemp("home")
    with ExitStack() as stack:
        environment = {"HOME": str(home), "PATH": os.environ["PATH"], **stack.enter_context(SecretService())}
        server = stack.enter_context(LlmServer("429,429,200"))
        terminal = stack.enter_context(Terminal([program], environment))
        with Watch(KEY, terminal.processes) as watch:
            seen = _walk(terminal, server.base_url)
            end = terminal.wait_for_end()
        yield Walk(program, environment, home, server, *seen, end, terminal, watch)


def _walk(terminal: Terminal, base_url: str) -> tuple[str, str, str]:
    """Every key of the way; the screens of the countdown, the outcome and Finish."""
    terminal.wait_for("Search", "Anthropic")
    terminal.type("compat")
    terminal.wait_for("1 of")
    terminal.press("enter")
    terminal.wait_for("Base URL", "GNOME Keyring, open")
    terminal.type(base_url)
    terminal.press("enter")
    terminal.wait_for_cursor("API key")
    terminal.paste(f"\n{KEY}\n")
    terminal.wait_for("0hJ", "● System keyring")
    terminal.press("enter")
    terminal.wait_for("context", "$ in")
    terminal.type("gpt-test")
    terminal.wait_for("use “openai/gpt-test” as typed")
    terminal.press("enter")
    terminal.wait_for("drop_params")
    terminal.press("enter")
    terminal.wait_for("retry_min_wait")
    for field in ("Shortest wait", "Longest wait"):
        terminal.press("down")
        terminal.wait_for_cursor(field)
        terminal.type("1")
    terminal.wait_for("Gives up after 7 s")
    terminal.press("enter")
    terminal.wait_for("+ model = ", "system keyring")
    terminal.press("enter")
    terminal.wait_for("Prompt", "Send", "openai/gpt-test")
    terminal.press("enter")
    countdown = terminal.wait_for("429", "waiting")
    outcome = terminal.wait_for("ready —")
    terminal.press("enter")
    finish = terminal.wait_for("It works.")
    terminal.press("enter")
    return countdown, outcome, finish


def test_three_attempts_are_seen_and_the_server_was_asked_three_times(walk: Walk) -> None:
    assert re.search(r"^ +1 +0:00 +429 +rate limited", walk.countdown, re.MULTILINE)
    assert re.search(r"^ +2 +0:0\d .*waiting .*\d s of 1 s", walk.countdown, re.MULTILINE)
    rows = re.findall(r"^ +(\d) +0:0\d +(\d+) ", walk.outcome, re.MULTILINE)
    assert rows == [("1", "429"), ("2", "429"), ("3", "200")]
    assert re.search(r"ready — .*14 \+ 2 tokens.*3 attempts", walk.outcome)
    assert len(walk.server.requests()) == 3


def test_the_provider_is_given_key_model_and_prompt(walk: Walk) -> None:
    for request in walk.server.requests():
        assert request["path"] == "/v1/chat/completions"
        assert request["headers"]["Authorization"] == f"Bearer {KEY}"
        assert '"gpt-test"' in request["body"]
        assert "Reply with the single word: ready" in request["body"]


def test_the_file_says_what_was_chosen(walk: Walk) -> None:
    config = tomllib.loads((walk.home / ".openhands/config.toml").read_text())
    assert config == {
        "core": {},
        "llm": {
            "model": "openai/gpt-test", "base_url": walk.server.base_url, "num_retries": 8, "retry_min_wait": 1,
            "retry_max_wait": 1, "retry_multiplier": 2,
        },
    }  # fmt: skip


def test_another_program_finds_the_key_in_the_keyring(walk: Walk) -> None:
    secret_tool = require_program("secret-tool")
    service = f"llm-setup:openai_compatible@{walk.server.base_url.removesuffix('/v1')}"
    command = [secret_tool, "lookup", "service", service, "username", "LLM_API_KEY"]
    found = subprocess.run(command, env=walk.environment, capture_output=True, text=True, timeout=30, check=False)
    assert found.stdout == KEY


def test_the_key_is_in_no_file(walk: Walk) -> None:
    assert (walk.home / ".openhands/config.toml").exists()
    assert leaking_files(walk.home, KEY) == []


def test_the_key_was_in_no_arguments_and_no_environment(walk: Walk) -> None:
    for module in ("bin/llm-setup", "tui.trial.probe", "tui.credentials.keyring_child"):
        assert any(module in words for words in walk.watch.seen | walk.watch.unreadable), module
    assert walk.watch.leaking == set()
    # a process that holds a key hides its environment from all but root
    hidden = {words for words in walk.watch.unreadable if "keyring_child" not in words or os.geteuid() == 0}
    assert hidden == set()


def test_the_terminal_never_received_the_key(walk: Walk) -> None:
    assert not leaks(walk.terminal.raw, KEY)


def test_the_terminal_is_as_it_was_and_one_plain_line_remains(walk: Walk) -> None:
    assert (walk.end.status, walk.end.attributes, walk.end.left) == (0, True, [])
    assert walk.terminal.left_on() == []
    (line,) = walk.terminal.normal_text.splitlines()
    assert line.startswith("Saved [llm] in ~/.openhands/config.toml, key in the system keyring. Start OpenHands with: ")
    assert "llm-setup exec -- " in line


def test_exec_hands_over_key_and_settings(walk: Walk) -> None:
    compare = 'read -r key; test "$LLM_API_KEY" = "$key" && echo $LLM_MODEL $LLM_NUM_RETRIES $LLM_RETRY_MIN_WAIT'
    done = walk.run("exec", "--", "sh", "-c", compare, input=KEY + "\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "openai/gpt-test 8 1\n", "")


def test_exec_ends_as_its_command_ends(walk: Walk) -> None:
    assert walk.run("exec", "--", "sh", "-c", "exit 7").returncode == 7
    unknown = walk.run("exec", "--", "no-such-command")
    assert unknown.returncode == 127
    assert "no-such-command: command not found" in unknown.stderr
