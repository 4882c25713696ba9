"""Keeping what this process holds in its memory out of files."""

import contextlib
import sys

_PR_SET_DUMPABLE = 4


def keep_out_of_core_dumps() -> None:
    """No core file of this process, and on Linux no look into its memory by other processes of the same user."""
    if sys.platform == "win32":
        return
    import resource  # not on Windows

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
