"""Measure the Test step from inside: its own screen, the real probe, and a server in a process of its own.

    python tests/bench/trying.py [--runs N]

It prints how long after Send the request is at the server, how long a stop takes until the screen says so and until
the server has seen the socket close, by how much waits miss the schedule, and for how long at most the user interface
stands still while litellm is imported and called.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

sys.path.insert(0, str(Path(__file__).parents[1]))

from figures import Figure, high, median, table
from textual.widgets import Button, Static
from tools.llm_server import LlmServer
from tools.pictures import StillApp, draft_of, settled

from tui.retry.policy import RetryPolicy
from tui.screens.messages import Move
from tui.trial.events import AttemptStarted
from tui.trial.probe_client import Probe
from tui.trial.probe_order import ProbeOrder
from tui.trial.runner import Trial
from tui.widgets.steps import Step

TICK = 0.01
CONFIG = '[core]\n[llm]\nmodel = "openai/step-{step}"\nbase_url = "{url}"\nnum_retries = 2\nretry_min_wait = 60\n'


async def longest_stall(work: Awaitable[object]) -> float:
    """Seconds by which a ticker of 10 ms was late at most while `work` went on."""
    worst = 0.0
    task = asyncio.ensure_future(work)
    while not task.done():
        begun = time.perf_counter()
        await asyncio.sleep(TICK)
        worst = max(worst, time.perf_counter() - begun - TICK)
    await task
    return worst


class Bench:
    """The wizard on its Test step, before a server that does `step`."""

    def __init__(self, server: LlmServer, folder: Path, step: str, probe: Probe) -> None:
        self.server = server
        config = folder / "config.toml"
        config.write_text(CONFIG.format(step=step, url=server.base_url))
        self.app = StillApp(draft_of(config, {"LLM_API_KEY": "sk-bench-0123456789", "LLM_BASE_URL": server.base_url}))
        self.app.desk.probe_started = probe
        self.running = self.app.run_test(size=(80, 24))

    async def __aenter__(self) -> Self:
        self.pilot = await self.running.__aenter__()
        await settled(self.pilot)
        self.app.on_move(Move(Step.TEST))
        await settled(self.pilot, lambda: self.app.screen.name == "test" and self.app.screen.focused is not None)
        return self

    async def __aexit__(self, *raised: object) -> None:
        self.app.desk.probe_started = None  # it is used again
        await self.running.__aexit__(*raised)

    @property
    def idle(self) -> bool:
        return self.app.screen._work is None  # type: ignore[attr-defined]

    @property
    def outcome(self) -> str:
        return str(self.app.screen.query_one("#outcome", Static).content)

    async def send(self) -> float:
        """Press Send; seconds until the request was at the server."""
        size, pressed = self.server.size(), time.time()
        self.app.screen.query_one("#send", Button).press()
        await until(lambda: self.server.size() > size)
        return self.server.requests()[-1]["at"] - pressed

    async def stop(self) -> float:
        """Press S; seconds until the screen says that it stopped."""
        pressed = time.time()
        self.app.simulate_key("s")
        await until(lambda: self.idle and "Stopped" in self.outcome)
        return time.time() - pressed


async def until(condition: Callable[[], bool]) -> None:
    """Wait until it is so, looking every millisecond."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.001)


async def measure(runs: int, folder: Path) -> list[Figure]:
    """All figures, in ms."""
    probe = Probe()
    with LlmServer() as server:
        async with Bench(server, folder, "ok", probe) as bench:
            cold = await longest_stall(_cold(bench))
            sends: list[float] = []
            called = [await longest_stall(_timed(bench, sends)) for _run in range(runs)]
        during, closed = [], []
        async with Bench(server, folder, "hang", probe) as bench:
            for _run in range(runs):
                await bench.send()
                pressed = time.time()
                during.append(await bench.stop())
                gone = len(during)
                await until(lambda gone=gone: sum("gone" in line for line in server.lines()) == gone)
                closed.append(max(line["gone"] for line in server.lines() if "gone" in line) - pressed)
        waiting = []
        async with Bench(server, folder, "limited", probe) as bench:
            for _run in range(runs):
                await bench.send()
                await until(lambda: "waiting" in str(bench.app.screen.query_one("#attempts").render()))
                waiting.append(await bench.stop())
        missed = await _missed_waits(probe, server)
    await probe.close()
    return [
        _figure("Send to the request at the server, litellm warm", sends, 30),
        _figure("the same, 95th percentile", [high(sends)], 30),
        _figure("longest stall while litellm is imported and first called", [cold], 20),
        _figure("longest stall while it is called again", called, 20, worst=True),
        _figure("stop during a request until the screen says so", during, 100),
        _figure("stop during a request until the server saw the socket close", closed, 100),
        _figure("stop during a wait until the screen says so", waiting, 100),
        _figure("worst miss of waits of 1, 1, 2 and 3 s", missed, 100, worst=True),
    ]


def _figure(name: str, seconds: list[float], goal: float, *, worst: bool = False) -> Figure:
    return Figure(name, "ms", 1000 * (max(seconds) if worst else median(seconds)), goal=goal)


async def _cold(bench: Bench) -> None:
    await bench.send()
    await until(lambda: bench.idle and "“ready”" in bench.outcome)


async def _timed(bench: Bench, into: list[float]) -> None:
    into.append(await bench.send())
    await until(lambda: bench.idle and "“ready”" in bench.outcome)


async def _missed_waits(probe: Probe, server: LlmServer) -> list[float]:
    policy = RetryPolicy(5, 1, 3, 0.5)
    order = ProbeOrder("openai/step-limited", "?", base_url=server.base_url)
    at, ended = [], []
    async for event in Trial(probe, order, policy).run():
        if isinstance(event, AttemptStarted):
            at.append(event.at)
        elif hasattr(event, "reply"):
            ended.append(event.at + event.seconds)
    real = [begun - end for begun, end in zip(at[1:], ended[:-1], strict=True)]
    return [abs(took - planned) for took, planned in zip(real, policy.waits(), strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20)
    options = parser.parse_args()
    with suppress(KeyboardInterrupt), tempfile.TemporaryDirectory(prefix="bench-") as folder:
        print(table(asyncio.run(measure(options.runs, Path(folder)))))


if __name__ == "__main__":
    main()
