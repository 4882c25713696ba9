"""Whether work grows with what it is given and no faster; how many seconds it takes says something of the machine."""

import time
from collections.abc import Callable


def is_linear(work: Callable[[str], object], made: Callable[[int], str], count: int) -> bool:
    """Twice `count` takes at most three times as long; what grows with the square of it takes four times as long."""
    some, twice = made(count), made(2 * count)
    return any(_seconds(work, twice) <= 3 * _seconds(work, some) + 0.005 for _again in range(4))


def _seconds(work: Callable[[str], object], text: str) -> float:
    """The least of three: of processor time, which others on the machine do not add to."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        work(text)
        times.append(time.process_time() - begun)
    return min(times)
