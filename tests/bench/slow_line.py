"""The same over a simulated line: 56,000 baud, 300 ms there and back.

Nothing is really slowed down: each byte's arrival is worked out from the moment at which the program wrote it. That is
exact as long as what is under way fits into the buffers of sshd and TCP, and the wizard never sends so much at once.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from figures import Figure, high, median
from installation import Installation, environment, furnish
from processes import settle
from terminal import Terminal

BAUD, ROUND_TRIP = 56_000, 0.3
PER_BYTE, HALF = 10 / BAUD, ROUND_TRIP / 2


class FarTerminal(Terminal):
    """Knows when what the program wrote is on the screen at the far end."""

    def seen(self, since: int = 0, upto: int | None = None) -> list[float]:
        """The moments at which the chunks since number `since` have arrived whole."""
        free, moments = 0.0, []
        for at, data in self._chunks[:upto]:
            free = max(free, at) + len(data) * PER_BYTE
            moments.append(free + HALF)
        return moments[since:]

    def press_far(self, key: str) -> list[float]:
        """Seconds from the press at the far end until each chunk of the answer is seen there; empty without one."""
        mark, pressed = len(self._chunks), time.perf_counter()
        time.sleep(HALF)
        self.send(key)
        if not self.read(0.5):
            return []
        self.wait_quiet()
        return [moment - pressed for moment in self.seen(mark)]


def measure_slow_line(
    installed: Installation, runs: int, folder: Path, tell: Callable[[str], None]
) -> Iterator[Figure]:
    """First page, echo of keys, and leaving, as somebody far away sees them."""
    pages, echoes, leaving = [], [], []
    for run in range(runs):
        tell(f"slow line {run + 1} of {runs}")
        home = furnish(folder / f"far-{run}", configured=False)
        terminal = FarTerminal((installed.script,), environment(home), home)
        try:
            terminal.wait_bytes("Provider")
            terminal.wait_quiet(0.09)
            pages.append(terminal.seen()[-1] - terminal.began)
            settle(terminal.process.pid, terminal.listen)
            for key in "mistral":
                echoes += terminal.press_far(key)[:1]
                terminal.listen(1.5)  # one key after the other, once the list is there
            mark, pressed = len(terminal._chunks), time.perf_counter()
            time.sleep(HALF)
            terminal.send("ctrl+q")
            terminal.wait_exit()
            terminal.read(0.01)
            leaving.append(max([time.perf_counter(), *terminal.seen(mark)]) - pressed)
        finally:
            terminal.close()
    yield Figure("56k, 300 ms: first page", "s", median(pages), goal=2.2)
    yield Figure("56k, 300 ms: echo of a key p95", "s", high(echoes), goal=0.45)
    yield Figure("56k, 300 ms: Ctrl+Q", "s", median(leaving), goal=1)
