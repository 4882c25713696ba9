"""What a terminal may send, or stop to take: the program goes on, can be quit, and leaves the terminal as it was."""

import os
import select
import signal
import termios
import threading
from pathlib import Path

import psutil
import pytest
from tools.patience import LIMIT
from tools.terminal import KEYS, Terminal

from tui.terminal.keyboard import PATIENCE

MOST_WORK = 2.0
"""Seconds of a processor that a flood may cost; 5 ms a letter were 500."""
FIRST_PAGE = "DeepSeek"
HOME_PAGE = "Next:"
CLIPBOARD = "\\u001b]52;c;Y3VybCBldmlsLmV4YW1wbGU=\\u001b\\\\"
CONFIG = """[core]
[llm]
model = "openai/gpt-test"
base_url = "{base_url}"
api_version = "2024-01-01{version}"
num_retries = 8
retry_min_wait = 15
retry_max_wait = 120
retry_multiplier = 2
"""


def write_config(home: Path, *, base_url: str = "http://127.0.0.1:9/v1", version: str = "") -> None:
    path = home / ".openhands/config.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(CONFIG.format(base_url=base_url, version=version))


@pytest.fixture
def opened(wizard, home: Path) -> Terminal:
    """The wizard on Overview."""
    write_config(home)
    terminal = wizard()
    terminal.wait_for(HOME_PAGE)
    return terminal


def flood(terminal: Terminal, data: bytes) -> threading.Thread:
    """Send more than a terminal keeps, without waiting for the program to take it."""

    def send() -> None:
        left = data
        while left:
            left = left[os.write(terminal._fd, left) :]

    sender = threading.Thread(target=send, daemon=True)
    sender.start()
    return sender


def leave(terminal: Terminal) -> None:
    terminal.press("ctrl+q", "ctrl+q")
    end = terminal.wait_for_end()
    assert (end.status, end.attributes, end.left, terminal.left_on()) == (0, True, [], [])
    assert "Traceback" not in terminal.normal_text


def test_the_first_key_typed_before_the_first_page_is_not_lost(wizard) -> None:
    terminal = wizard()
    terminal.send(b"azure")
    terminal.wait_for("   azure")
    leave(terminal)


def test_what_was_typed_behind_the_command_goes_where_it_belongs(environment: dict[str, str], unwarmed: str) -> None:
    with Terminal(["sh"], environment | {"PS1": "shell: "}) as terminal:
        terminal.wait_for("shell:")
        terminal.send(f"{unwarmed}\nollama\n".encode())
        terminal.wait_for(
            "Base URL", "Ollama", lambda screen: "Which provider" not in screen and "shell:" not in screen
        )
        terminal.press("ctrl+q", "ctrl+q")
        terminal.wait_for("shell:")


@pytest.mark.parametrize("pause", [0.12, 0.5])
def test_an_arrow_key_that_was_split_does_not_end_the_program(opened: Terminal, pause: float) -> None:
    opened.press("home")
    opened.send(b"\x1b")
    threading.Event().wait(pause)  # the fault is the time between the two
    opened.send(b"[B")
    opened.press("enter")
    opened.wait_for("Base URL", "Keep it in")
    leave(opened)


def test_escape_on_overview_still_leaves(opened: Terminal) -> None:
    opened.press("escape")
    assert opened.wait_for_end().status == 0


def test_ctrl_q_is_not_dead_after_a_paste_without_end(opened: Terminal) -> None:
    opened.send(b"\x1b[200~sk-1234")
    opened.press("ctrl+q")
    assert opened.wait_for_end().status == 0


@pytest.mark.parametrize("sequence", ["\x1b[99999999999999999999u", "\x1b[97:65;5u", "\x1b[48;0;0;0;0t\x1b[<0;3;3M"])
def test_no_sequence_ends_the_program(opened: Terminal, sequence: str) -> None:
    opened.send(sequence.encode() + KEYS["home"] + KEYS["down"] * 4 + KEYS["enter"])
    opened.wait_for("Gives up after", "esc Back")
    leave(opened)


REPLIES = b"\x1b[24;80R\x1bP>|XTerm(390)\x1b\\\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\\x1b[?1;2c\x1b[>41;354;0c\x1b[?1u"


def test_a_reply_of_a_terminal_types_nothing(wizard) -> None:
    terminal = wizard()
    terminal.wait_for(FIRST_PAGE)
    terminal.send(b"mi" + REPLIES + b"stral")
    terminal.wait_for("   mistral\n")
    leave(terminal)


FLOODS = {
    "2,000 letters": b"y" * 2000, "100 KB of letters": b"x" * 100_000, "arrow keys": KEYS["down"] * 20_000,
    "lines": b"some words\r" * 5_000, "a paste of escapes": b"\x1b[200~" + b"\x1b" * 300_000 + b"\x1b[201~",
    "a mouse": b"\x1b[<35;10;10M" * 5_000,
}  # fmt: skip


@pytest.mark.parametrize("what", FLOODS)
def test_ctrl_q_does_not_wait_behind_a_flood(wizard, what: str) -> None:
    terminal = wizard()
    terminal.wait_for(FIRST_PAGE)
    program = psutil.Process(terminal.pid)
    spent = before = work(program)
    flood(terminal, FLOODS[what] + b"\x11")
    while not select.select([terminal._report], [], [], 0.01)[0]:
        spent = max(spent, work(program))
    assert terminal.wait_for_end().status == 0
    assert spent - before < MOST_WORK


def work(process: psutil.Process) -> float:
    """Seconds of a processor that it has used; it does not matter how busy the machine is."""
    try:
        return sum(process.cpu_times()[:2])
    except psutil.Error:
        return 0.0


def test_letters_that_come_at_once_are_one_edit(opened: Terminal) -> None:
    opened.send(KEYS["home"] + KEYS["down"] * 3 + KEYS["enter"])
    opened.wait_for("drop_params")
    opened.send(KEYS["down"] * 6)
    opened.wait_for_cursor("Seed")
    flood(opened, b"7" * 2000).join()
    opened.wait_for("1 change", "77777777")
    leave(opened)


def test_what_is_too_long_is_said(wizard) -> None:
    terminal = wizard()
    terminal.wait_for(FIRST_PAGE)
    flood(terminal, b"x" * 100_000).join()
    terminal.wait_for("Too much was typed at once", FIRST_PAGE)
    flood(terminal, b"\x1b[200~" + b"x" * 70_000 + b"\x1b[201~").join()
    terminal.wait_for("What was pasted is longer than")
    terminal.type("mistral")
    terminal.wait_for("   mistral\n")
    leave(terminal)


def test_a_file_puts_nothing_into_the_clipboard(wizard, home: Path) -> None:
    write_config(home, base_url=f"http://x/{CLIPBOARD}", version=CLIPBOARD)
    terminal = wizard()
    terminal.wait_for(HOME_PAGE)
    for row, there in ((1, "Base URL"), (3, "drop_params")):
        terminal.press("home", *["down"] * row, "enter")
        terminal.wait_for(there, lambda screen: HOME_PAGE not in screen)
        terminal.press("escape")
        terminal.wait_for(HOME_PAGE)
    assert b"\x1b]52" not in terminal.raw
    leave(terminal)


def test_stopped_and_continued_it_leaves_the_terminal_as_it_was(opened: Terminal) -> None:
    for _time in range(2):
        os.kill(opened.pid, signal.SIGSTOP)
        opened_process = psutil.Process(opened.pid)
        while opened_process.status() != psutil.STATUS_STOPPED:
            threading.Event().wait(0.005)
        mark = len(opened.raw)
        os.kill(opened.pid, signal.SIGCONT)
        opened.wait_for(lambda _screen, mark=mark: HOME_PAGE.encode() in opened.raw[mark:])
    opened.send(KEYS["home"] + KEYS["down"] * 4 + KEYS["enter"])
    opened.wait_for("Gives up after", "esc Back")
    assert psutil.Process(opened.pid).num_threads() < 20
    leave(opened)


@pytest.mark.parametrize(("number", "pages"), [(signal.SIGTERM, 120), (signal.SIGHUP, 12)])
def test_a_terminal_that_stops_reading_is_left_as_it_was(
    program: str, environment: dict[str, str], home: Path, tmp_path: Path, number: int, pages: int
) -> None:
    write_config(home)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    ours, theirs = os.openpty()
    before = termios.tcgetattr(theirs)
    process = psutil.Popen(
        [program], stdin=theirs, stdout=theirs, stderr=theirs, cwd=home, start_new_session=True,
        env={**environment, "TERM": "xterm", "LANG": "C.UTF-8", "TMPDIR": str(temporary)},
    )  # fmt: skip
    said = b""
    while HOME_PAGE.encode() not in said or len(list(temporary.iterdir())) < 2:
        if select.select([ours], [], [], 0.05)[0]:
            said += os.read(ours, 65536)
    fill(process, ours, pages)
    process.send_signal(number)
    assert process.wait(timeout=LIMIT) == 128 + number
    assert termios.tcgetattr(theirs) == before
    assert list(temporary.iterdir()) == []
    os.set_blocking(ours, False)
    left = b"".join(iter(lambda: read(ours), b""))
    for mode in (b"?1000l", b"?1003l", b"?1006l", b"?2004l", b"?1004l", b"?1049l", b"?25h"):
        assert b"\x1b[" + mode in left
    assert left.rindex(b"?1049l") > left.rfind(b"?1049h")
    for descriptor in (ours, theirs):
        os.close(descriptor)


def read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


def fill(process: psutil.Popen, terminal: int, pages: int) -> None:
    """Have so many pages painted anew, and wait until nothing moves any more."""
    for _page in range(pages):
        os.write(terminal, b"\x0c")
        threading.Event().wait(0.01)  # keys that come at once would be one flood
    before = -1.0
    while before != work(process):
        before = work(process)
        threading.Event().wait(0.2)


def stopped_reading(opened: Terminal, *, unsaved: bool) -> None:
    """The terminal takes nothing any more, and the program has more to say than is kept for it."""
    if unsaved:
        opened.send(KEYS["home"] + KEYS["down"] * 4 + KEYS["enter"])
        opened.wait_for("Gives up after", "esc Back")
        opened.type("5")
        opened.wait_for("1 change")
    opened.pause()
    for _page in range(60):
        opened.send(b"\x0c")
        threading.Event().wait(0.01)  # keys that come at once would be one flood


@pytest.mark.parametrize(("unsaved", "presses"), [(False, 1), (True, 2)])
def test_ctrl_q_ends_it_though_the_terminal_takes_nothing(opened: Terminal, presses: int, *, unsaved: bool) -> None:
    stopped_reading(opened, unsaved=unsaved)
    for _press in range(presses):
        opened.send(b"\x11")
        threading.Event().wait(0.1)
    end = opened.wait_for_end()
    opened.resume()
    assert (end.status, end.attributes, end.left, opened.left_on()) == (0, True, [], [])


def test_ctrl_q_once_does_not_end_it_where_something_is_unsaved(opened: Terminal) -> None:
    stopped_reading(opened, unsaved=True)
    opened.send(b"\x11")
    threading.Event().wait(PATIENCE + 0.5)
    opened.resume()
    opened.wait_for("Leave without saving?")
    leave(opened)
    assert opened.wait_for_end().status == 0
