"""How long it takes until one can begin, beside the floor in the same run."""

import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from figures import Figure, median
from installation import Installation, environment, furnish
from processes import settle, worked
from terminal import Terminal

HELLO = Path(__file__).with_name("hello.py")
FIRST_FRAMES = 0.05
"""Seconds without output that end the first page. Textual paints hello-world twice, about 25 ms apart."""


TEXT, PAINTED, WORK = 1.25, 1.15, 1.7
"""Goals, as multiples of hello-world's: text on the screen, painted, processor time until it rests."""
CATALOGUE = 60
"""Ms at most from the painted page to the catalogue on it."""
Pair = tuple[dict[str, float], dict[str, float]]
"""What was seen of ours, and of the floor that was started right before it."""


@dataclass(frozen=True)
class Program:
    """Something to start, and the text by which one sees that it is there."""

    words: tuple[str, ...]
    text: str
    configured: bool = False


def measure_starts(installed: Installation, runs: int, folder: Path, tell: Callable[[str], None]) -> Iterator[Figure]:
    """Start each beside the floor, one pair after the other, `runs` times after a warm-up."""
    hello = Program((installed.python, str(HELLO)), "Hello")
    ours = {
        "first page": Program((installed.script,), "Provider"),
        "Overview": Program((installed.script,), "Overview", configured=True),
    }
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for run in range(runs + 1):
        tell(f"start {run} of {runs}")
        for name, program in ours.items():
            floor = _start(hello, folder / f"start-floor-{name}-{run}")
            pair = _start(program, folder / f"start-{name}-{run}"), floor
            if run:
                pairs[name].append(pair)
    for name, started in pairs.items():
        yield _compared(f"{name}: text on the screen", "ms", started, "text", TEXT)
        yield _compared(f"{name}: painted", "ms", started, "painted", PAINTED)
        if name == "first page":  # the list of all providers is the last that is painted on it
            late = median([one["rest"] - one["painted"] for one, _floor in started])
            yield Figure(f"{name}: catalogue shown, after that", "ms", late, goal=CATALOGUE)
        yield _compared(f"{name}: bytes until then", "B", started, "bytes")
        yield replace(_compared(f"{name}: bytes until it rests", "B", started, "all bytes"), goal=9 * 1024, ratios=())
        yield _compared(f"{name}: processor time until it rests", "ms", started, "work", WORK)
        yield replace(_compared(f"{name}: Ctrl+Q until it has ended", "ms", started, "quit"), goal=500)


def _compared(name: str, unit: str, pairs: Sequence[Pair], key: str, goal: float | None = None) -> Figure:
    """Medians, and the ratio of each pair; a goal is one of the ratio."""
    ours, floor = [one[key] for one, _ in pairs], [one[key] for _, one in pairs]
    ratios = tuple(one / other for one, other in zip(ours, floor, strict=True))
    return Figure(name, unit, median(ours), median(floor), goal, relative=goal is not None, ratios=ratios)


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
