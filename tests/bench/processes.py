"""What a program and its children cost: memory and processor time."""

from collections.abc import Callable
from pathlib import Path

import psutil

QUIET = 0.4
"""Seconds without work after which a program counts as settled."""


def tree(pid: int) -> list[psutil.Process]:
    """A process and all below it; empty when it is gone."""
    try:
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    except psutil.Error:
        return []


def memory(pid: int) -> tuple[float, float]:
    """Memory in MB: resident of the process itself; of all its children together, what they share counted once."""
    first, *others = tree(pid)
    return _resident(first), sum(_share(process) for process in others)


def _share(process: psutil.Process) -> float:
    """Its part of the memory: pages that two processes have count half. All of what is resident where nobody tells."""
    try:
        return float(process.memory_full_info().pss) / 2**20
    except (psutil.Error, AttributeError):
        return _resident(process)


def _resident(process: psutil.Process) -> float:
    try:
        return float(process.memory_info().rss) / 2**20
    except psutil.Error:
        return 0.0


def worked(pid: int) -> float:
    """Processor time in ms that a process has used, all its threads. Of Linux in ns, elsewhere in steps of 10 ms."""
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e6
    except (OSError, ValueError, IndexError):
        used = psutil.Process(pid).cpu_times()
        return float(used.user + used.system) * 1000


def settle(pid: int, listen: Callable[[float], int]) -> None:
    """Wait until the program and its children rest: nothing said, and hardly any processor time used, for a while."""
    for _attempt in range(300):
        before = _all_work(pid)
        if not listen(QUIET) and _all_work(pid) - before < 15:
            return
    raise TimeoutError("the program never came to rest")


def _all_work(pid: int) -> float:
    return sum(_work(process) for process in tree(pid))


def _work(process: psutil.Process) -> float:
    try:
        return worked(process.pid)
    except psutil.Error:
        return 0.0
