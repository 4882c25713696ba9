"""From what was noted on the walks to figures with goals."""

from collections.abc import Iterator

from figures import Figure, high, median
from walks import Log

PLAIN, MOVE, SEARCH, SCHEDULE = 220, 500, 7 * 1024, 2560
"""Bytes a key: into a plain field, in a list, into a search box with its list, and with the schedule drawn anew."""

_KEYS = {
    "Provider: search": SEARCH, "Provider: list": MOVE, "Model: search": SEARCH, "Model: list": MOVE,
    "Options: field": PLAIN, "Options: first character": None, "Options: Tab": None, "Retries: field": SCHEDULE,
}  # fmt: skip
_MEMORY = {"first page": 42, "Model list": 45, "Model list searched": 45, "after all steps": 42}
"""MB."""
STEP = 3.5
"""Times a Tab within a page that a change of step may take."""
REFILTERED, MOVED = 40, 10
"""Ms at most until a search has painted its list, in the middle, and until a move has, at the 95th percentile."""


def figures_of(log: Log) -> Iterator[Figure]:
    """All rows of the walks."""
    for name, limit in _KEYS.items():
        yield from _key(log, name, limit)
    steps = [answer.last for answer in log.answers["change of step"]]
    yield Figure("change of step p50", "ms", median(steps))
    tabs = [answer.last for answer in log.answers["Options: Tab"]]
    yield Figure("change of step p95, beside a Tab's", "ms", high(steps), high(tabs), STEP, relative=True)
    yield Figure("change of step", "B", median([answer.size for answer in log.answers["change of step"]]))
    for name, values in log.numbers.items():
        if name.startswith("idle"):
            yield Figure(name, "B/s", max(values), goal=120 if "waits" in name else 0)
    for name, goal in _MEMORY.items():
        yield Figure(f"memory, {name}", "MB", median(log.numbers[f"memory {name}"]), goal=goal)
        yield Figure(f"memory of the helpers, {name}", "MB", median(log.numbers[f"children {name}"]))
    yield Figure("Ctrl+Q, Ctrl+Q with changes until it has ended", "ms", median(log.numbers["quit"]), goal=500)


def _key(log: Log, name: str, limit: int | None) -> Iterator[Figure]:
    answers = log.answers[name]
    first, last = [answer.first for answer in answers], [answer.last for answer in answers]
    quick = limit is not None  # a change of focus styles two fields anew, and is no typing
    yield Figure(f"{name}: echo p50", "ms", median(first), goal=6 if quick else None)
    yield Figure(f"{name}: echo p95", "ms", high(first), goal=17 if quick else None)
    yield Figure(f"{name}: all p50", "ms", median(last), goal=REFILTERED if limit == SEARCH else None)
    yield Figure(f"{name}: all p95", "ms", high(last), goal=MOVED if limit == MOVE else None)
    sizes = [float(answer.size) for answer in answers]
    at_most = limit in (SEARCH, SCHEDULE)
    yield Figure(f"{name}: p50", "B", median(sizes), goal=None if at_most else limit)
    if limit == MOVE:
        yield Figure(f"{name}: longest", "B", max(sizes), goal=limit)
    else:
        yield Figure(f"{name}: p95", "B", high(sizes), goal=limit)
