"""A terminal that sends anything, or stops to read, whatever the program is doing."""

import os
import random
import select
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import psutil
import pytest
from textual import events
from tools import unwarmed, wild
from tools.attacks import Attack
from tools.llm_server import LlmServer
from tools.terminal import KEYS, Terminal

from tui.terminal.keyboard import Keyboard

SIZE = 100_000
"""Bytes of one try."""
CONFIG = """[core]
[llm]
model = "openai/gpt-test"
api_key = "sk-of-the-file-0123456789"
base_url = "{base_url}"
num_retries = 8
retry_min_wait = 15
retry_max_wait = 120
retry_multiplier = 2
"""
HOME_PAGE = "Next:"


def test_no_byte_breaks_the_reader_of_keys(tries: Callable[[int], int], attack: Callable[[str], Attack]) -> None:
    tally = attack("100 KB to the reader of keys")
    for number in range(tries(180)):
        sort, chunks = wild.some(number, SIZE)
        tally.hold(_is_read(random.Random(number), chunks), f"{sort}, number {number}")
    tally.close()


def _is_read(chance: random.Random, chunks: list[bytes]) -> bool:
    """Whether all of it gives events that can be shown, and Ctrl+Q is heard afterwards."""
    keyboard, now = Keyboard(0, threading.Event(), lambda _event: None, lambda: 0), 0.0
    for chunk in chunks:
        now += chance.choice([0, 0.01, 0.2, 1.5])
        pieces = [*keyboard._sieve.give_up(now), *keyboard._sieve.feed(chunk, now)]
        for event in keyboard._events(pieces):
            if isinstance(event, events.Key) and event.is_printable:
                (event.character or "").encode()
    for data in (b"", b"\x11"):
        now += 3
        pieces = [*keyboard._sieve.give_up(now), *keyboard._sieve.feed(data, now)]
    last = [*keyboard._events(pieces)][-1:]
    return [getattr(event, "key", "") for event in last] == ["ctrl+q"]


def test_no_byte_ends_the_program(
    tries: Callable[[int], int], attack: Callable[[str], Attack], program: str, environment: dict[str, str],
    home: Path, tmp_path: Path,
) -> None:  # fmt: skip
    tally = attack("100 KB to the program")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment |= {"TMPDIR": str(temporary)}
    path = home / ".openhands/config.toml"
    path.parent.mkdir()
    for number in range(tries(20)):
        path.write_text(CONFIG.format(base_url="http://127.0.0.1:9/v1"))
        sort, chunks = wild.some(number, SIZE)
        with Terminal([program], environment) as terminal:
            terminal.wait_for("esc ")
            _send(terminal, chunks)
            tally.hold(*_ends_in_order(terminal, temporary, f"{sort}, number {number}"))
    tally.close()


def _send(terminal: Terminal, chunks: list[bytes]) -> None:
    """Send them one after the other, unless the program has been left: some keys do that."""
    for chunk in chunks:
        if select.select([terminal._report], [], [], 0.01)[0]:
            return
        while chunk:
            chunk = chunk[os.write(terminal._fd, chunk) :]  # noqa: PLW2901


def _ends_in_order(terminal: Terminal, temporary: Path, case: str) -> tuple[bool, str]:
    """Whether Ctrl+Q ends it and all is as before, and what was told of that."""
    for _time in range(4):  # the first may close a dialog or an answer that had no end
        if not select.select([terminal._report], [], [], 0.5)[0]:
            terminal.press("ctrl+q")
    try:
        end = terminal.wait_for_end()
    except AssertionError as error:
        return False, f"{case}: {error}"
    left = [*map(str, temporary.iterdir())]
    told, said = (end.attributes, end.left, terminal.left_on(), left), terminal.normal_text
    # once the terminal is given back, Ctrl+\ is a signal again, which may overtake the end
    in_order = end.status in (0, 128 + signal.SIGQUIT) and told == (True, [], [], []) and "Traceback" not in said
    return in_order, f"{case}: {end.status} {told} {said[-400:]}"


def test_what_is_typed_before_the_first_page_arrives_whole(
    tries: Callable[[int], int], attack: Callable[[str], Attack], program: str, environment: dict[str, str]
) -> None:
    """One part at once, the other when the program has sent so much: `azure` was `zure`, or stood in another field."""
    tally = attack("names typed ahead of the first page")
    for number in range(tries(40)):
        chance = random.Random(number)
        word = chance.choice(["azure", "mistral", "ollama", "groq", "deepseek", "vertex"])
        cut, bytes_before = chance.randint(0, len(word)), chance.choice([0, 1, 50, 200, 1000, 3000])
        with Terminal([program], environment) as terminal:
            terminal.send(word[:cut].encode())
            terminal.wait_for(partial(_has_sent, terminal, bytes_before))
            terminal.send(word[cut:].encode())
            held = True
            try:
                terminal.wait_for(f"   {word}")
            except AssertionError:
                held = False
            tally.hold(held, f"{word!r} cut at {cut}, after {bytes_before} bytes")
            terminal.press("ctrl+q", "ctrl+q")
            terminal.wait_for_end()
    tally.close()


def _has_sent(terminal: Terminal, least: int, _screen: str) -> bool:
    return len(terminal.raw) >= least


# -- forty endings


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> str:
    return unwarmed.install(tmp_path_factory.mktemp("unwarmed"), "")


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "PATH": os.environ["PATH"], "HTTPS_PROXY": "http://127.0.0.1:9"}


@pytest.fixture(scope="module")
def server() -> Iterator[LlmServer]:
    with LlmServer("hang") as server:
        yield server


def first_page(terminal: Terminal) -> None:
    terminal.wait_for(HOME_PAGE)


def typed(terminal: Terminal) -> None:
    _step(terminal, 4, "Gives up after")
    terminal.type("5")
    terminal.wait_for("1 change")


def dialog(terminal: Terminal) -> None:
    first_page(terminal)
    terminal.press("f1")
    terminal.wait_for("esc Close")


def question(terminal: Terminal) -> None:
    typed(terminal)
    terminal.press("ctrl+q")
    terminal.wait_for("Leave without saving?")


def palette(terminal: Terminal) -> None:
    first_page(terminal)
    terminal.press("ctrl+p")
    terminal.wait_for("Go to Provider")


def running_test(terminal: Terminal) -> None:
    _step(terminal, 6, "Prompt")
    terminal.press("enter")
    terminal.wait_for("asking")


def rehearsal(terminal: Terminal) -> None:
    _step(terminal, 6, "Prompt")
    terminal.press("ctrl+r")
    terminal.wait_for("429", "waiting")


def editor(terminal: Terminal) -> None:
    terminal.wait_for("cannot be used as it is")
    terminal.press("e")
    terminal.wait_for("guest at work")


def stopped_reading(terminal: Terminal) -> None:
    first_page(terminal)
    terminal.pause()
    for _page in range(60):
        terminal.send(b"\x0c")
        threading.Event().wait(0.01)  # keys that come at once would be one flood


def half_a_key(terminal: Terminal) -> None:
    first_page(terminal)
    terminal.send(b"\x1b[200~half a paste")


STATES = [
    first_page, typed, dialog, question, palette, running_test, rehearsal, editor, stopped_reading, half_a_key,
]  # fmt: skip
SIGNALS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT]
EDITOR = r"""#!/bin/sh
stty raw -echo
printf '\033[?1049h\033[?25lguest at work'
exec sleep 600
"""


def _step(terminal: Terminal, row: int, there: str) -> None:
    terminal.wait_for(HOME_PAGE)
    terminal.send(KEYS["home"] + KEYS["down"] * row + KEYS["enter"])
    terminal.wait_for(there, "esc Back")


def test_the_terminal_is_restored_at_every_ending(
    tries: Callable[[int], int], attack: Callable[[str], Attack], program: str, environment: dict[str, str],
    home: Path, tmp_path: Path, server: LlmServer,
) -> None:  # fmt: skip
    tally = attack("endings: signals and states")
    (tmp_path / "vi").write_text(EDITOR)
    (tmp_path / "vi").chmod(0o755)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment |= {"EDITOR": str(tmp_path / "vi"), "TMPDIR": str(temporary)}
    path = home / ".openhands/config.toml"
    path.parent.mkdir()
    cases = [(state, number) for state in STATES for number in SIGNALS]
    chosen = cases[:: len(cases) // tries(len(cases))]
    if stopped_reading not in [state for state, _number in chosen]:
        chosen.append((stopped_reading, signal.SIGTERM))
    for state, number in chosen:
        path.write_text("[llm\n" if state is editor else CONFIG.format(base_url=server.base_url))
        for draft in (home / ".state/llm-setup/drafts", home / ".local/state/llm-setup/drafts"):
            for kept in draft.glob("*"):
                kept.unlink()
        tally.hold(*_ending(state, number, program, environment, temporary))
    tally.close()


def _ending(
    state: Callable[[Terminal], None], number: signal.Signals, program: str, environment: Mapping[str, str],
    temporary: Path,
) -> tuple[bool, str]:  # fmt: skip
    """Whether it ended as it should, and what was tried."""
    with Terminal([program], environment) as terminal:
        try:
            state(terminal)
            os.kill(terminal.pid, number)
            if state is editor and number in (signal.SIGINT, signal.SIGQUIT):  # they are the editor's own
                mark = len(terminal.raw)
                psutil.Process(terminal.pid).children()[0].kill()
                terminal.wait_for(lambda _screen: b"cannot be used as it is" in terminal.raw[mark:])
                os.kill(terminal.pid, number)
            end = terminal.wait_for_end()
        except AssertionError as error:
            return False, f"{number.name} {state.__name__}: {error}"
        terminal.resume()
        left = [*map(str, temporary.iterdir())]
        told = end.status, end.attributes, end.left, terminal.left_on(), left
        return told == (128 + number, True, [], [], []), f"{number.name} {state.__name__}: {told}"
