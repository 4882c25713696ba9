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
from tools.happy_path import Seen, walk
from tools.leaks import Watch, leaking_files, leaks
from tools.llm_server import LlmServer
from tools.patience import LIMIT
from tools.programs import require_program
from tools.secret_service import SecretService
from tools.terminal import End, Terminal

KEY = "sk-e2e/T9+kQ2vX7mZ4pL8wR5tY1uB3nD6fG0hJ"
"""With characters that URLs and base64 write otherwise."""


@dataclass
class Past:
    """What was seen, and what is there, when somebody has walked through the wizard."""

    program: str
    environment: dict[str, str]
    home: Path
    server: LlmServer
    seen: Seen
    end: End
    terminal: Terminal
    watch: Watch

    def run(self, *arguments: str, **options: object) -> "subprocess.CompletedProcess[str]":
        """Run the program once more, without a terminal."""
        return subprocess.run(
            [self.program, *arguments], env=self.environment, cwd=self.home, capture_output=True, text=True,
            timeout=LIMIT, check=False, **options,
        )  # fmt: skip


@pytest.fixture(scope="module")
def past(program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Past]:
    """The happy path, walked once for all tests of this file; keyring and provider stay until they are through."""
    for name in ("dbus-daemon", "gnome-keyring-daemon"):
        require_program(name)
    home = tmp_path_factory.mktemp("home")
    with ExitStack() as stack:
        environment = {"HOME": str(home), "PATH": os.environ["PATH"], **stack.enter_context(SecretService())}
        server = stack.enter_context(LlmServer("429,429,200"))
        terminal = stack.enter_context(Terminal([program], environment))
        with Watch(KEY, terminal.processes) as watch:
            seen = walk(terminal, server.base_url, KEY)
            end = terminal.wait_for_end()
        yield Past(program, environment, home, server, seen, end, terminal, watch)


def test_three_attempts_are_seen_and_the_server_was_asked_three_times(past: Past) -> None:
    assert re.search(r"^ +1 +0:00 +429 +rate limited", past.seen.countdown, re.MULTILINE)
    assert re.search(r"^ +2 +0:0\d .*waiting .*\d s more", past.seen.countdown, re.MULTILINE)
    rows = re.findall(r"^ +(\d) +0:0\d .*? (\d{3})  ", past.seen.outcome, re.MULTILINE)
    assert rows == [("1", "429"), ("2", "429"), ("3", "200")]
    assert re.search(r"3 of 8 +14 \+ 2 ", past.seen.outcome)
    assert len(past.server.requests()) == 3


def test_the_provider_is_given_key_model_and_prompt(past: Past) -> None:
    for request in past.server.requests():
        assert request["path"] == "/v1/chat/completions"
        assert request["headers"]["Authorization"] == f"Bearer {KEY}"
        assert '"gpt-test"' in request["body"]
        assert "Reply with the single word: ready" in request["body"]


def test_the_file_says_what_was_chosen(past: Past) -> None:
    config = tomllib.loads((past.home / ".openhands/config.toml").read_text())
    assert config == {
        "core": {},
        "llm": {
            "model": "openai/gpt-test", "base_url": past.server.base_url, "num_retries": 8, "retry_min_wait": 1,
            "retry_max_wait": 1, "retry_multiplier": 2,
        },
    }  # fmt: skip


def test_another_program_finds_the_key_in_the_keyring(past: Past) -> None:
    secret_tool = require_program("secret-tool")
    service = f"llm-setup:openai_compatible@{past.server.base_url.removesuffix('/v1')}"
    command = [secret_tool, "lookup", "service", service, "username", "LLM_API_KEY"]
    found = subprocess.run(command, env=past.environment, capture_output=True, text=True, timeout=LIMIT, check=False)
    assert found.stdout == KEY


def test_the_key_is_in_no_file(past: Past) -> None:
    assert (past.home / ".openhands/config.toml").exists()
    assert leaking_files(past.home, KEY) == []


def test_the_key_was_in_no_arguments_and_no_environment(past: Past) -> None:
    for module in ("bin/llm-setup", "tui.trial.probe", "tui.credentials.keyring_child"):
        assert any(module in words for words in past.watch.seen | past.watch.unreadable), module
    assert past.watch.leaking == set()
    # processes that may hold a key hide their environment from all but root
    hidden = past.watch.unreadable if os.geteuid() == 0 else set()
    assert hidden == set()


def test_the_terminal_never_received_the_key(past: Past) -> None:
    assert not leaks(past.terminal.raw, KEY)


def test_the_terminal_is_as_it_was_and_one_plain_line_remains(past: Past) -> None:
    assert (past.end.status, past.end.attributes, past.end.left) == (0, True, [])
    assert past.terminal.left_on() == []
    (line,) = past.terminal.normal_text.splitlines()
    files = "~/.openhands/config.toml, ~/.openhands/agent_settings.json"
    assert line.startswith(f"Saved [llm] in {files}, key in the system keyring. Start OpenHands with: ")
    shown = re.search(r"llm-setup exec -- .*?(?=\n\n)", past.seen.finish, re.DOTALL)
    assert shown
    on_one_line = re.sub(r"\\ *\n", " ", shown[0].replace("c copies", ""))
    assert line.endswith(" ".join(on_one_line.split()))


def test_exec_hands_over_key_and_settings(past: Past) -> None:
    compare = 'read -r key; test "$LLM_API_KEY" = "$key" && echo $LLM_MODEL $LLM_NUM_RETRIES $LLM_RETRY_MIN_WAIT'
    done = past.run("exec", "--", "sh", "-c", compare, input=KEY + "\n")
    assert (done.returncode, done.stdout) == (0, "openai/gpt-test 8 1\n")
    assert done.stderr == "This is about ~/.openhands/config.toml; for the OpenHands CLI: --for cli\n"


def test_exec_ends_as_its_command_ends(past: Past) -> None:
    assert past.run("exec", "--", "sh", "-c", "exit 7").returncode == 7
    unknown = past.run("exec", "--", "no-such-command")
    assert unknown.returncode == 127
    assert "no-such-command: command not found" in unknown.stderr
