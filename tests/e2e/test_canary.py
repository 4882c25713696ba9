"""A recognisable key is typed, pasted, saved, sent and stumbled over; then it is looked for everywhere else."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tools import breakable_wizard, many_commands, warm_wizard
from tools.canary import KEY, EveryCommandLine, copied, until
from tools.leaks import forms, leaking_files, leaks
from tools.llm_server import LlmServer
from tools.patience import LIMIT
from tools.programs import require_program
from tools.secret_service import SecretService
from tools.terminal import Terminal

from tui.commands import options

BREAKABLE = [sys.executable, "-P", breakable_wizard.__file__]
CONFIG = """[core]

[llm]
model = "openai/gpt-test"
base_url = "{base_url}"
num_retries = 1
retry_min_wait = 0
retry_max_wait = 0
retry_multiplier = 0
"""
STEPS = {
    "Provider": "of 123", "Key": "Keep it in", "Model": "verified with OpenHands", "Options": "drop_params",
    "Retries": "Total attempts", "Review": "And beside the file", "Test": "Prompt",
}  # fmt: skip
HOME_PAGE = "Next:"
DIALOGS = {
    "Help": ("f1", "esc Close"), "Quit": ("ctrl+q", "Leave without"), "Palette": ("ctrl+p", "type a part of what"),
}  # fmt: skip
COMMANDS = [*options.COMMANDS, *(f"key {name}" for name in ("set", "status", "delete", "move", "unlock"))]
ERRORS = [
    ["no-such-command"], ["show", "--no-such-option"], ["show", "--group", "none"], ["set", "api_key=…"],
    ["set", "seed=x"], ["set", "no_such=1"], ["group", "remove", "none"], ["schedule", "--num-retries", "x"],
    ["models", "--provider", "none"], ["undo", "--no"], ["key"], ["key", "set", "--store", "none"],
    ["key", "set", "--name", "NONE"], ["key", "move"], ["env", "--format", "none"], ["env", "--group", "none"],
    ["exec"], ["exec", "--", "no-such-program"], ["--config", "/"], ["check", "--config", "none.toml"],
]  # fmt: skip
LISTINGS = [
    ["show"], ["check"], ["set", "seed=1", "--dry-run"], ["set", "seed=2"], ["undo"], ["providers"],
    *(["env", "--format", form] for form in ("shell", "dotenv", "docker", "json")),
]  # fmt: skip


@dataclass
class Past:
    """All that could hold a trace."""

    program: str
    environment: dict[str, str]
    home: Path
    server: LlmServer
    other: LlmServer
    processes: EveryCommandLine
    service: SecretService
    terminals: list[bytes] = field(default_factory=list)
    outputs: list[bytes] = field(default_factory=list)
    sent_while_typing: int = -1
    handed_over: list[bool] = field(default_factory=list)

    def run(self, commands: list[list[str]]) -> None:
        """One after the other, without a terminal."""
        done = subprocess.run(
            [sys.executable, "-P", many_commands.__file__], input="\n".join(map(json.dumps, commands)).encode(),
            env=self.environment, cwd=self.home, capture_output=True, timeout=LIMIT, check=True,
        )  # fmt: skip
        self.outputs += [done.stdout, done.stderr]

    def is_handed_over(self) -> bool:
        """Whether another program gets the key."""
        command = [self.program, "exec", "--", "sh", "-c", 'read -r key; test "$LLM_API_KEY" = "$key"']
        done = subprocess.run(command, env=self.environment, cwd=self.home, input=f"{KEY}\n".encode(), check=False)
        return done.returncode == 0

    def open(self) -> Terminal:
        """The wizard, with the two more keys, told to record what it does."""
        return Terminal(BREAKABLE, self.environment)

    def open_again(self, home: Path) -> Terminal:
        """The same, without litellm and told nothing: where it can be forked it is loaded already."""
        told = {name: value for name, value in self.environment.items() if not name.startswith("TEXTUAL")}
        again = {**told, "WITHOUT_PROBE": "1", "HOME": str(home)}
        return Terminal([breakable_wizard.__file__] if warm_wizard.CAN_FORK else BREAKABLE, again)


@pytest.fixture(scope="module")
def past(program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Past]:
    """Everything that the issue of keys asks for, done once; the tests only look."""
    for name in ("dbus-daemon", "gnome-keyring-daemon"):
        require_program(name)
    home = tmp_path_factory.mktemp("home")
    with ExitStack() as stack:
        other = stack.enter_context(LlmServer())
        server = stack.enter_context(LlmServer(f"400:echo,307:{other.base_url}/chat/completions,200"))
        environment = {
            "HOME": str(home), "PATH": os.environ["PATH"], "PICTURES": str(home / "pictures"),
            "TEXTUAL_LOG": str(home / "textual.log"), "TEXTUAL": "devtools,debug", "TMPDIR": str(home / "tmp"),
            **stack.enter_context(service := SecretService()),
        }  # fmt: skip
        for folder in ("tmp", "pictures"):
            (home / folder).mkdir()
        stack.enter_context(warm_wizard.kept(breakable_wizard.__file__, "", breakable_wizard.__name__))
        with EveryCommandLine(KEY) as processes:
            past = Past(program, environment, home, server, other, processes, service)
            _use(past)
            _run_commands(past)
            _break_everywhere(past)
        yield past


def _use(past: Past) -> None:
    """Type, paste, copy, save, test against a server that echoes, is redirected, and at last answers."""
    with past.open() as terminal:
        terminal.wait_for("Which provider", "Anthropic")
        terminal.type("compat")
        terminal.wait_for("1 of")
        terminal.press("enter")
        terminal.wait_for("Base URL", "GNOME Keyring, open")
        terminal.type(past.server.base_url)
        terminal.press("enter")
        terminal.wait_for_cursor("API key")
        terminal.type(KEY)
        terminal.wait_for(f"•••{KEY[-4:]}")
        terminal.press("ctrl+u")
        terminal.wait_for(lambda screen: "•••" not in screen)
        terminal.paste(f'\nexport OPENAI_API_KEY="{KEY}"\n')
        terminal.wait_for(f"•••{KEY[-4:]}", "● System keyring", "Left out")
        for keys in (["ctrl+a"], ["shift+tab", "tab"]):
            terminal.press(*keys, "ctrl+x", "ctrl+c")  # a field with a key has nothing to copy: it asks, as elsewhere
            terminal.wait_for("Leave without saving?")
            terminal.press("escape")
            terminal.wait_for(lambda screen: "Leave without saving?" not in screen)
        _picture(terminal, past)
        terminal.wait_for(f"•••{KEY[-4:]}")
        past.sent_while_typing = len(past.server.requests())
        terminal.press("enter")
        terminal.wait_for("context", "$/1M in")
        terminal.type("gpt-test")
        terminal.wait_for("use “openai/gpt-test” as typed")
        for there in ("drop_params", "Gives up after", "+ model = ", "Prompt"):
            terminal.press("enter")
            terminal.wait_for(there)
            _picture(terminal, past)
        terminal.press("enter")
        terminal.wait_for("refuses the request", "Bearer •••")
        _picture(terminal, past)
        for outcome in ("was not sent", "“ready”"):
            terminal.press("escape")
            terminal.wait_for(HOME_PAGE)
            terminal.press("ctrl+t")
            terminal.wait_for("a Again")  # what came of the last one is kept
            terminal.press("a")
            terminal.wait_for(outcome)
        terminal.press("enter")
        terminal.wait_for("How do you start OpenHands?")
        terminal.press("c")
        terminal.wait_for("clipboard")
        _picture(terminal, past)
        _break(terminal, past)


def _picture(terminal: Terminal, past: Past) -> None:
    pictures = Path(past.environment["PICTURES"])
    before = len([*pictures.iterdir()])
    terminal.press(breakable_wizard.PICTURE)
    until(lambda: len([*pictures.iterdir()]) > before)


def _run_commands(past: Past) -> None:
    """Helps and errors; then listings and changes, with the key in one place after the other."""
    past.run([*([*command.split(), "--help"] for command in COMMANDS), *ERRORS])
    for store in ("file", "config", "keyring"):
        past.run([["key", "move", "--store", store], ["key", "status", "--json"], *LISTINGS])
        past.handed_over.append(past.is_handed_over())
        if store == "file":
            assert leaking_files(past.home, KEY) == [past.home / ".config/llm-setup" / _private_file(past)]
        if store == "config":
            assert past.home / ".openhands/config.toml" in leaking_files(past.home, KEY)


def _private_file(past: Past) -> str:
    origin = past.server.base_url.removesuffix("/v1").replace(":", "%3A").replace("/", "%2F")
    return f"openai_compatible@{origin}.env"


def _break_everywhere(past: Past) -> None:
    """The wizard breaks on every screen, with a typed key in it; and where it cannot read a file with a key in it."""
    config = past.home / ".openhands/config.toml"
    config.write_text(CONFIG.format(base_url=past.server.base_url))
    config.chmod(0o600)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda screen: _break_on(screen, past), ["Overview", *STEPS, *DIALOGS]))
    past.service.lock()
    with _with_a_key(past, "Unlock") as terminal:
        terminal.press("enter")
        terminal.wait_for("Enter unlocks it here")
        terminal.press("enter")
        terminal.wait_for("Unlock GNOME Keyring")
        terminal.type(KEY)
        _break(terminal, past)
    config.write_text(f'[llm]\napi_key = "{KEY}"\nbroken\n')
    with past.open() as terminal:
        terminal.wait_for("cannot be used as it is")
        _break(terminal, past)
    config.unlink()


def _break_on(screen: str, past: Past) -> None:
    with _with_a_key(past, screen) as terminal:
        terminal.press("escape")
        terminal.wait_for(HOME_PAGE, "typed, not saved yet")
        if screen in STEPS:
            terminal.press(*["up"] * len(STEPS), *["down"] * [*STEPS].index(screen), "enter")
            terminal.wait_for(STEPS[screen], "esc Back")
        elif screen in DIALOGS:
            key, there = DIALOGS[screen]
            terminal.press(key)
            terminal.wait_for(there)
        _break(terminal, past)


@contextmanager
def _with_a_key(past: Past, screen: str) -> Iterator[Terminal]:
    """The Key step, with a key pasted; in a home of its own, for what is typed is kept there when it breaks."""
    home = past.home / "homes" / screen
    for folder in (".openhands", ".config"):
        shutil.copytree(past.home / folder, home / folder)
    with past.open_again(home) as terminal:
        terminal.wait_for(HOME_PAGE)
        terminal.press("home", "down", "enter")
        terminal.wait_for("Keep it in")
        terminal.press("down")
        terminal.wait_for_cursor("API key")
        terminal.paste(KEY)
        terminal.wait_for(f"•••{KEY[-4:]}")
        yield terminal


def _break(terminal: Terminal, past: Past) -> None:
    terminal.press(breakable_wizard.BREAK)
    end = terminal.wait_for_end()
    assert (end.attributes, end.left) == (True, [])
    assert end.status != 0
    assert "RuntimeError: broken with" in terminal.normal_text
    past.terminals.append(terminal.raw)


def test_it_would_be_found() -> None:
    for form in forms(KEY):
        assert leaks(b"before " + form + b" after", KEY)


def test_it_is_where_it_belongs(past: Past) -> None:
    assert [request["headers"]["Authorization"] for request in past.server.requests()] == [f"Bearer {KEY}"] * 3
    assert past.handed_over == [True] * 3


def test_nothing_was_sent_before_it_was_sent(past: Past) -> None:
    assert past.sent_while_typing == 0


def test_who_was_redirected_to_got_no_request(past: Past) -> None:
    assert past.other.requests() == []


def test_no_terminal_received_it(past: Past) -> None:
    assert len(past.terminals) == len(STEPS) + len(DIALOGS) + 4
    for raw in past.terminals:
        assert not leaks(raw, KEY)


def test_nothing_was_copied_but_the_line(past: Past) -> None:
    (line,) = [text for raw in past.terminals for text in copied(raw)]
    assert line.startswith(b"llm-setup exec -- ")
    assert not leaks(line, KEY)


def test_no_command_printed_it(past: Past) -> None:
    assert b"usage: llm-setup key move" in b"".join(past.outputs)
    assert b"LLM_MODEL=openai/gpt-test" in b"".join(past.outputs)
    for output in past.outputs:
        assert not leaks(output, KEY)


def test_no_file_holds_it(past: Past) -> None:
    assert len([*past.home.rglob("*.svg")]) >= 7
    assert [*past.home.rglob("config.toml.*")] or [*past.home.rglob("backups/*")]
    assert leaking_files(past.home, KEY) == []
    assert not (past.home / "textual.log").exists()


def test_no_process_was_given_it(past: Past) -> None:
    assert any(b"tui.trial.probe" in words for words in past.processes.seen)
    assert past.processes.unreadable == set()
    assert past.processes.leaking == []
