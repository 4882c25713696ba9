"""How long it takes until one can begin, beside the floor in the same run."""

import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from figures import Figure, median
from installation import Installation, environment, furnish
from processes import settle, worked
from terminal import Terminal

HELLO = Path(__file__).with_name("hello.py")
FIRST_FRAMES = 0.05
"""Seconds without output that end the first page. Textual paints hello-world twice, about 25 ms apart."""


@dataclass(frozen=True)
class Program:
    """Something to start, and the text by which one sees that it is there."""

    words: tuple[str, ...]
    text: str
    configured: bool = False


def programs(installed: Installation) -> dict[str, Program]:
    """The floor and ours."""
    return {
        "hello": Program((installed.python, str(HELLO)), "Hello"),
        "first page": Program((installed.script,), "Provider"),
        "Overview": Program((installed.script,), "Overview", configured=True),
    }


def measure_starts(installed: Installation, runs: int, folder: Path, tell: Callable[[str], None]) -> Iterator[Figure]:
    """Start each, one after the other, `runs` times after a warm-up."""
    seen: dict[str, list[dict[str, float]]] = defaultdict(list)
    for run in range(runs + 1):
        tell(f"start {run} of {runs}")
        for name, program in programs(installed).items():
            one = _start(program, folder / f"start-{name}-{run}")
            if run:
                seen[name].append(one)
    middle = {name: {key: median([one[key] for one in all_]) for key in all_[0]} for name, all_ in seen.items()}
    floor = middle.pop("hello")
    for name, ours in middle.items():
        yield Figure(f"{name}: text on the screen", "ms", ours["text"], floor["text"])
        yield Figure(f"{name}: painted", "ms", ours["painted"], floor["painted"], 1.20, relative=True)
        if name == "first page":  # the list of all providers is the last that is painted on it
            yield Figure(f"{name}: catalogue shown, after that", "ms", ours["rest"] - ours["painted"], goal=120)
        yield Figure(f"{name}: bytes until then", "B", ours["bytes"], floor["bytes"])
        yield Figure(f"{name}: bytes until it rests", "B", ours["all bytes"], floor["all bytes"], 9 * 1024)
        yield Figure(f"{name}: processor time until it rests", "ms", ours["work"], floor["work"])
        yield Figure(f"{name}: Ctrl+Q until it has ended", "ms", ours["quit"], floor["quit"], 500)


def _start(program: Program, home: Path) -> dict[str, float]:
    terminal = Terminal(program.words, environment(furnish(home, configured=program.configured)), home)
    try:
        terminal.wait_bytes(program.text)
        painted = terminal.wait_quiet(FIRST_FRAMES)
        seen = {"painted": painted, "bytes": float(terminal.received())}
        seen["text"] = terminal.drawn_at(program.text)
        settle(terminal.process.pid, terminal.listen)
        seen["work"] = worked(terminal.process.pid)
        seen["rest"] = terminal.last()
        seen["all bytes"] = float(terminal.received())
        terminal.send("ctrl+q")
        return {**seen, "quit": terminal.wait_exit()}
    finally:
        terminal.close()


def measure_commands(installed: Installation, runs: int, folder: Path) -> Iterator[Figure]:
    """The commands that only print, above a Python that does nothing."""
    commands = {
        "bare": (installed.python, "-c", "pass"),
        "--version": (installed.script, "--version"),
        "--help": (installed.script, "--help"),
        "env": (installed.script, "env", "--format", "dotenv", "--show-secrets"),
        "exec": (installed.script, "exec", "--", "true"),
    }
    home = furnish(folder / "commands", configured=True)
    keep = (installed.script, "key", "set", "--store", "file")
    key = b"sk-ant-api03-measured-0123456789\n"
    subprocess.run(keep, env=environment(home), cwd=home, check=True, capture_output=True, input=key)
    took: dict[str, list[float]] = defaultdict(list)
    for run in range(runs + 1):
        for name, words in commands.items():
            ms = _run(words, home)
            if run:
                took[name].append(ms)
    bare = median(took.pop("bare"))
    yield Figure("python -c pass", "ms", bare)
    for name, times in took.items():
        yield Figure(f"{name}, above that", "ms", median(times) - bare, goal=60 if name.startswith("--") else 100)


def _run(words: Sequence[str], home: Path) -> float:
    began = time.perf_counter()
    subprocess.run(words, env=environment(home), cwd=home, check=True, capture_output=True)
    return (time.perf_counter() - began) * 1000
