"""Walks through the wizard, key by key: latency, bytes, idle lines and memory."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from installation import Installation, environment, furnish
from processes import memory, settle
from terminal import Answer, Terminal

IDLE = 3.0
"""Seconds that each page is listened to while nothing happens."""

PAGES = {
    "Provider": "Which provider", "Key": "Keep it in", "Model": "of", "Options": "top_p", "Retries": "Multiplier",
    "Review": "config.toml", "Test": "Rehearse",
}  # fmt: skip
"""The steps in the order of Overview's rows, each with a text that is on its page."""


class Log:
    """What was measured on all walks together, by name."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = defaultdict(list)
        self.numbers: dict[str, list[float]] = defaultdict(list)


class Walk:
    """One run of the program that is walked through."""

    def __init__(self, installed: Installation, home: Path, log: Log, first: str, key: Mapping[str, str]) -> None:
        self._terminal = Terminal((installed.script,), {**environment(home), **key}, home)
        self._log = log
        self._terminal.wait_text(first)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is going on in the background."""
        settle(self._terminal.process.pid, self._terminal.listen)

    def press(self, name: str, keys: Sequence[str]) -> None:
        """Press keys, and note the answers under `name`. A key that changes nothing on the screen has none."""
        answers = (self._terminal.press(key) for key in keys)
        self._log.answers[name] += [answer for answer in answers if answer]

    def idle(self, page: str) -> None:
        """Listen to a page at rest."""
        self._log.numbers[f"idle {page}"].append(self._terminal.listen(IDLE) / IDLE)

    def weigh(self, name: str) -> None:
        """Note the memory of the program itself and of its children."""
        own, children = memory(self._terminal.process.pid)
        self._log.numbers[f"memory {name}"].append(own)
        self._log.numbers[f"children {name}"].append(children)

    def open(self, page: str) -> None:
        """From Overview to a step."""
        self._terminal.press("home")
        for _row in range(list(PAGES).index(page)):
            self._terminal.press("down")
        self.press("change of step", ["enter"])
        self._terminal.wait_text(PAGES[page])

    def back(self) -> None:
        """To Overview."""
        self.press("change of step", ["escape"])
        self._terminal.wait_text("New group")

    def send_a_test(self) -> None:
        """From its first attempt to the wait for the second."""
        self._terminal.press("enter")
        self._terminal.wait_text("Send it")  # a key of the environment goes nowhere unasked
        self._terminal.press("tab")
        self._terminal.press("enter")
        self._terminal.wait_text("waiting")

    def quit(self) -> None:
        """Leave, the question about unsaved changes answered by the same key."""
        self._terminal.press("ctrl+q")
        self._terminal.send("ctrl+q")
        self._log.numbers["quit"].append(self._terminal.wait_exit())

    def close(self) -> None:
        """Whatever happened."""
        self._terminal.close()


def walk_first_run(installed: Installation, home: Path, log: Log) -> None:
    """The first page: search, list, memory, rest."""
    walk = Walk(installed, furnish(home, configured=False), log, "Provider", {})
    try:
        walk.weigh("first page")
        walk.idle("first page")
        walk.press("Provider: search", [*"mistral", *["backspace"] * 7])
        walk.press("Provider: list", [*["down"] * 18, *["up"] * 6])
    finally:
        walk.close()


def walk_all_steps(installed: Installation, home: Path, log: Log) -> None:
    """Every step from Overview, with typing on those that are typed on most."""
    walk = Walk(installed, furnish(home, configured=True), log, "Overview", {})
    try:
        walk.idle("Overview")
        for page in PAGES:
            walk.open(page)
            walk.settle()
            walk.idle(page)
            _TYPING.get(page, lambda _walk: None)(walk)
            walk.back()
        walk.weigh("after all steps")
        walk.quit()
    finally:
        walk.close()


def walk_waiting(installed: Installation, home: Path, log: Log) -> None:
    """A test that waits for its next attempt: what nobody answers at is tried again after 15 s."""
    furnish(home, configured=True)
    config = home / ".openhands" / "config.toml"
    config.write_text(config.read_text().replace("num_retries", 'base_url = "http://127.0.0.1:9"\nnum_retries'))
    walk = Walk(installed, home, log, "Overview", {"LLM_API_KEY": "sk-measured-0123456789"})
    try:
        walk.open("Test")
        walk.send_a_test()
        walk.idle("while a test waits")
    finally:
        walk.close()


def _on_model(walk: Walk) -> None:
    walk.weigh("Model list")
    walk.press("Model: list", [*["down"] * 18, *["up"] * 6])
    walk.press("Model: search", [*"sonnet", *["backspace"] * 6])
    walk.weigh("Model list searched")


def _on_options(walk: Walk) -> None:
    walk.press("Options: Tab", ["tab"] * 6)  # to the seed, a plain field
    walk.press("Options: first character", ["2"])
    walk.press("Options: field", [*"02412017", *["backspace"] * 6])
    walk.press("Options: Tab", ["tab"] * 6)


def _on_retries(walk: Walk) -> None:
    walk.press("Retries: field", ["backspace", "1", "2", "backspace", "backspace", "6", "backspace", "8"])


_TYPING: dict[str, Callable[[Walk], None]] = {"Model": _on_model, "Options": _on_options, "Retries": _on_retries}


def walk_all(installed: Installation, runs: int, folder: Path, tell: Callable[[str], None]) -> Log:
    """Both walks, `runs` times. Raises Missed with the screen when a page does not come."""
    log = Log()
    for run in range(runs):
        tell(f"walk {run + 1} of {runs}")
        walk_first_run(installed, folder / f"first-{run}", log)
        walk_all_steps(installed, folder / f"all-{run}", log)
        walk_waiting(installed, folder / f"waiting-{run}", log)
    return log
