"""Keeping what this process holds in its memory out of files."""

import contextlib
import sys
from typing import Final

_PR_SET_DUMPABLE: Final = 4
MOST: Final = 360 * 1024 * 1024
"""Bytes of data that a child may hold, of which litellm takes 200: with the libraries' code it is below 400 MB."""
STACK: Final = 2 * 1024 * 1024
"""Bytes of a thread's stack: all of it counts as data, and eight megabytes for each would soon use up the limit."""
_limits: list[tuple[int, int]] = []
"""What the core limit was, once it has been lowered: soft and hard, in bytes."""


def keep_out_of_core_dumps() -> None:
    """No core file of this process, and on Linux no look into its memory by other processes of the same user.

    The limit alone does not do: where cores are piped to a program, the kernel pays no heed to a limit of 0. Only the
    soft limit goes, since nobody but root could raise the hard one again.
    """
    import resource

    with contextlib.suppress(OSError, ValueError):
        limits = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, limits[1]))
        _limits[:] = _limits or [limits]
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def bound_memory(most: int = MOST) -> None:
    """Hold this process and its forks to `most` bytes of data: then MemoryError is raised, and the machine goes on.

    Only Linux counts all of a process's own memory there. The address space is no measure: threads reserve of it what
    they never touch.
    """
    import resource
    import threading

    threading.stack_size(STACK)
    with contextlib.suppress(OSError, ValueError):
        _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (lowest, hard))


def restore_core_limit() -> None:
    """Give the program that this process is about to become the limit that we found.

    Whether memory may be looked at need not be restored: that begins anew with a new program.
    """
    if _limits:
        import resource

        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, _limits[0])
