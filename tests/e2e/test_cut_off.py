"""Whatever ends it from outside: what was typed is there at the next start, but for keys, and nothing else remains."""

import os
import shlex
import signal
import stat
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from tools.leaks import leaks
from tools.patience import LIMIT
from tools.ssh import SshServer
from tools.terminal import PASTE, Terminal

KEY = "sk-typed-0123456789abcdef"
CONFIG = """[core]
[llm]
model = "openai/gpt-test"
base_url = "http://127.0.0.1:9/v1"
num_retries = 8
retry_min_wait = 15
retry_max_wait = 120
retry_multiplier = 2
"""
HOME_PAGE = "Next:"


@pytest.fixture
def config(home: Path) -> Path:
    path = home / ".openhands/config.toml"
    path.parent.mkdir()
    path.write_text(CONFIG)
    return path


def drafts(home: Path) -> list[Path]:
    return [*(home / ".state/llm-setup/drafts").glob("*"), *(home / ".local/state/llm-setup/drafts").glob("*")]


def wait_until_kept(home: Path, text: str) -> str:
    """Wait until `text` is in the draft on the disk; all of it."""
    deadline = time.monotonic() + LIMIT
    while not any(text in path.read_text() for path in drafts(home) if path.suffix == ".json"):
        assert time.monotonic() < deadline, [path.read_text() for path in drafts(home)]
        time.sleep(0.02)
    (path,) = drafts(home)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    return path.read_text()


def edit_retries(terminal: Terminal) -> None:
    terminal.wait_for(HOME_PAGE)
    terminal.press("home", *["down"] * 4, "enter")
    terminal.wait_for("Gives up after", "esc Back")
    terminal.type("5")
    terminal.wait_for("1 change")


def sane(terminal: Terminal, status: int) -> None:
    end = terminal.wait_for_end()
    assert (end.status, end.attributes, end.left) == (status, True, [])
    assert terminal.left_on() == []


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_signal_leaves_the_draft_and_a_sane_terminal(wizard, config: Path, home: Path, number: int) -> None:
    terminal = wizard()
    edit_retries(terminal)
    os.kill(terminal.pid, number)  # at once: what was typed last is not on the disk yet
    sane(terminal, 128 + number)
    assert '"num_retries": "5"' in wait_until_kept(home, '"step": "retries"')
    assert "llm-setup goes on with it" in terminal.normal_text


def test_the_next_start_goes_on_there_and_says_what_changed_meanwhile(wizard, config: Path, home: Path) -> None:
    terminal = wizard()
    edit_retries(terminal)
    os.kill(terminal.pid, signal.SIGTERM)
    terminal.wait_for_end()
    config.write_text(CONFIG.replace("num_retries = 8", "num_retries = 9").replace("= 120", "= 90"))
    terminal = wizard()
    terminal.wait_for(
        "Continue where you stopped? That was on Retries",
        "num_retries         9 → 5",
        "num_retries       8 → 9   yours stays: 5",
        "retry_max_wait    120 → 90",
    )
    terminal.press("enter")
    terminal.wait_for("Gives up after", "1 change")
    terminal.press("ctrl+s")
    terminal.wait_for("- num_retries = 9", "+ num_retries = 5")
    terminal.press("enter")
    terminal.wait_for("Prompt", "Send")
    terminal.press("ctrl+q")
    sane(terminal, 0)
    assert drafts(home) == []
    assert config.read_text() == CONFIG.replace("num_retries = 8", "num_retries = 5").replace("= 120", "= 90")


def test_starting_over_forgets_it(wizard, config: Path, home: Path) -> None:
    terminal = wizard()
    edit_retries(terminal)
    terminal.press("ctrl+q")
    terminal.wait_for("Leave without saving?")
    terminal.press("ctrl+q")
    sane(terminal, 0)
    terminal = wizard()
    terminal.wait_for("Continue where you stopped?")
    terminal.press("ctrl+q")  # to decide later
    sane(terminal, 0)
    terminal = wizard()
    terminal.wait_for("Continue where you stopped?")
    terminal.press("right", "enter")
    terminal.wait_for(HOME_PAGE)
    terminal.press("ctrl+q")
    sane(terminal, 0)
    assert drafts(home) == []


def test_a_second_one_on_the_same_file_is_told(wizard, config: Path, home: Path) -> None:
    first = wizard()
    edit_retries(first)
    wait_until_kept(home, '"num_retries": "5"')
    second = wizard()
    second.wait_for(HOME_PAGE, "open in another llm-setup")
    second.press("ctrl+q")
    sane(second, 0)
    first.press("ctrl+q", "ctrl+q")
    sane(first, 0)


CRASHING = """
import sys
from tui import app, cli
def broken(self):
    key = self.desk.draft.typed_secret()
    raise RuntimeError("a crash")
app.SetupApp.action_explain = broken
sys.exit(cli.main([]))
"""


def test_a_crash_leaves_the_draft_and_a_sane_terminal(environment: dict[str, str], config: Path, home: Path) -> None:
    with Terminal([sys.executable, "-P", "-c", CRASHING], environment) as terminal:
        edit_retries(terminal)
        terminal.press("f1")
        sane(terminal, 1)
        assert "RuntimeError: a crash" in terminal.normal_text
    assert '"num_retries": "5"' in wait_until_kept(home, '"step": "retries"')


def test_it_ends_with_its_terminal_where_no_signal_comes(
    unwarmed: str, environment: dict[str, str], config: Path, home: Path
) -> None:
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        ["sh", "-c", f"trap '' HUP; {shlex.quote(unwarmed)}"],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=home,
        env={**environment, "TERM": "xterm", "LANG": "C.UTF-8"}, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    said = b""
    while b"Overview" not in said:
        said += os.read(ours, 65536)
    left = psutil.Process(process.pid).children(recursive=True)
    os.close(ours)
    gone, alive = psutil.wait_procs(left, timeout=LIMIT)
    process.wait()
    assert (bool(gone), alive) == (True, [])


@pytest.mark.parametrize("size", [(24, 80), (0, 0)])
def test_it_ends_where_the_terminal_takes_nothing_any_more(
    unwarmed: str, environment: dict[str, str], config: Path, home: Path, size: tuple[int, int]
) -> None:
    """As behind a connection that hangs."""
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, size)
    before = termios.tcgetattr(theirs)
    termios.tcflow(theirs, termios.TCOOFF)
    process = subprocess.Popen(
        [unwarmed], stdin=theirs, stdout=theirs, stderr=theirs, cwd=home, start_new_session=True,
        env={**environment, "TERM": "xterm", "LANG": "C.UTF-8"},
    )  # fmt: skip
    deadline = time.monotonic() + LIMIT
    while not drafts(home):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.terminate()
    assert process.wait(timeout=LIMIT) == 128 + signal.SIGTERM
    assert termios.tcgetattr(theirs) == before
    os.close(ours)
    os.close(theirs)


def test_a_folder_that_cannot_be_written_to_is_said_and_stops_nobody(
    wizard, environment: dict[str, str], config: Path, home: Path
) -> None:
    (home / "a-file").touch()
    environment["XDG_STATE_HOME"] = str(home / "a-file")
    terminal = wizard()
    terminal.wait_for(HOME_PAGE, "What you type is not kept")
    edit_retries(terminal)
    terminal.press("ctrl+q", "ctrl+q")
    sane(terminal, 0)


def test_to_the_shell_and_back(environment: dict[str, str], unwarmed: str, config: Path, home: Path) -> None:
    with Terminal(["bash", "--norc", "-i"], {**environment, "PS1": "shell: "}) as terminal:
        terminal.wait_for("shell:")
        terminal.type(f"{unwarmed}\n")
        edit_retries(terminal)
        terminal.press("ctrl+z")
        terminal.wait_for("Stopped")
        assert set(terminal.left_on()) <= {PASTE}  # bash asks for it as well
        wait_until_kept(home, '"num_retries": "5"')
        terminal.type("fg\n")
        terminal.wait_for("Gives up after", "1 change")
        terminal.type("1")
        terminal.wait_for("51", "retry_min_wait")
        terminal.press("ctrl+q", "ctrl+q")
        terminal.wait_for("shell:")
        terminal.type("exit\n")
        terminal.wait_for_end()


# -- over SSH


@pytest.fixture(scope="module")
def server() -> Iterator[SshServer]:
    with SshServer() as server:
        yield server


PAGES = [  # each step with what is pressed to get there from Overview, what is typed, and what is seen of it later
    ("overview", 0, "", "3 changes to save"),
    ("provider", 0, "mistr", "mistr"),
    ("key", 1, "http://127.0.0.1:19/v1", "http://127.0.0.1:19/v1"),
    ("model", 2, "sonnet", "sonnet"),
    ("options", 3, "2024", "2024"),
    ("retries", 4, "7", "the first and 6 retries"),
    ("review", 5, "", "+ num_retries = 7"),
    ("test", 6, "Hello there", "Hello there"),
]
SEEN = {
    "overview": HOME_PAGE, "provider": "Which provider", "key": "Keep it in", "model": "$/1M in",
    "options": "drop_params",
    "retries": "Gives up after", "review": "line", "test": "Rehearse",
}  # fmt: skip


SEARCHES = ("provider", "model")
ON_THE_WAY = [PAGES[5], *(page for page in PAGES if page[0] not in ("retries", "overview")), PAGES[0]]


@pytest.mark.parametrize(
    ("before", "order"),
    [("exec", ON_THE_WAY), ("trap '' HUP;", [PAGES[5], PAGES[2], PAGES[7]])],
    ids=["on each step", "with SIGHUP ignored"],
)
def test_a_lost_connection(
    server: SshServer, unwarmed: str, environment: dict[str, str], config: Path, home: Path, before: str, order: list
) -> None:
    """One login after the other, each goes on where the one before was cut off, and is cut off on another step."""
    words = ["env", "-i", "LANG=C.UTF-8", *(f"{name}={value}" for name, value in environment.items())]
    remote = f'cd ~ && {before} {shlex.join(words)} TERM="$TERM" {shlex.quote(unwarmed)}'
    seen = ""
    for step, row, typed, later in order:
        with Terminal([*server.command, remote], environment) as terminal:
            _go_on(terminal, seen)
            _open(terminal, step, row)
            if step == "key":
                terminal.wait_for_cursor("API key")
                terminal.type(KEY)
                terminal.wait_for("•••cdef")
                terminal.press("up")
                terminal.wait_for_cursor("Base URL")
            if step == "options":
                terminal.press(*["down"] * 6)
                terminal.wait_for_cursor("Seed")
            if step == "test":
                terminal.press("up")
                terminal.wait_for_cursor("Prompt")
            terminal.type(typed)
            terminal.wait_for(later, SEEN[step])
            wait_until_kept(home, f'"step": "{step}"')
            kept = wait_until_kept(home, "{" if step in SEARCHES else f'{typed}"')
            assert step not in SEARCHES or typed not in kept, "what is searched for may be a key"
            assert not leaks(kept.encode(), KEY)
            ours = server.find("tui", "llm-setup")
            os.kill(terminal.pid, signal.SIGKILL)
            began = time.monotonic()
            while any(map(_runs, ours)):
                assert time.monotonic() < began + LIMIT
                time.sleep(0.01)
            seen = SEEN[step] if step in SEARCHES else later
    with Terminal([*server.command, remote], environment) as terminal:
        _go_on(terminal, seen)
        terminal.press("ctrl+q", "ctrl+q")


def _go_on(terminal: Terminal, seen: str) -> None:
    if seen:
        terminal.wait_for("Continue where you stopped?")
        terminal.press("enter")
        terminal.wait_for(seen, "esc ", "^q Quit")
    else:
        terminal.wait_for(HOME_PAGE)


def _open(terminal: Terminal, step: str, row: int) -> None:
    if HOME_PAGE not in terminal.screen:
        terminal.press("escape")
        terminal.wait_for(HOME_PAGE)
    if step != "overview":
        terminal.press("home", *["down"] * row, "enter")
        terminal.wait_for(SEEN[step], lambda text: HOME_PAGE not in text)


def _runs(process: psutil.Process) -> bool:
    """Whether it has not ended; one whose parent is gone may stay in the table for a while."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
