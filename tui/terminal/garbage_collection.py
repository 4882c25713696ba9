"""When Python looks for what nobody needs any more: not while the program starts, and after each page."""

import contextlib
import gc
import sys
from typing import Final

_M_TRIM_THRESHOLD: Final = -1
_M_ARENA_MAX: Final = -8
"""Of glibc's malloc.h."""


def begin() -> None:
    """Nothing that a start makes is to be thrown away: looking for it would cost 10 ms."""
    gc.disable()
    if sys.platform == "linux":
        import ctypes

        # one heap for all threads, of which only one ever runs Python, and what is free at its end goes back: 0.6 MB
        with contextlib.suppress(AttributeError):  # another libc
            mallopt = ctypes.CDLL(None).mallopt
            mallopt(_M_ARENA_MAX, 1)
            mallopt(_M_TRIM_THRESHOLD, 64 * 1024)


def settle() -> None:
    """The first page is painted. Modules and classes stay: nobody needs to look through them again."""
    gc.collect()
    gc.freeze()
    gc.enable()


def forget_pages() -> None:
    """Let go of the pages that were left: 1 to 3 MB each, and a few ms to find them.

    Textual 8.2 keeps each widget's painted lines for ever: `get_inner_outer` has a cache of 1,024 calls, and lacks the
    `classmethod` that would keep the widget's own cache out of its arguments.
    """
    from textual._styles_cache import StylesCache

    StylesCache.get_inner_outer.cache_clear()
    gc.collect()
