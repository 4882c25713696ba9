"""Work that a signal must not cut short, such as a save that has begun: it is heeded when that is done."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Any, Final, NoReturn

_RARE: Final = ("SIGUSR1", "SIGUSR2", "SIGALRM", "SIGVTALRM", "SIGPROF", "SIGXCPU", "SIGIO", "SIGPWR")
"""Nobody sends these to end a program, and they end one that does not heed them: on a limit, or by a mistake."""
SIGNALS: Final = (
    signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT,
    *(signal.Signals[name] for name in _RARE if name in signal.Signals.__members__),
)  # fmt: skip
_changed = threading.Condition()
_under_way = 0
_handlers: dict[int, Any] = {}
"""Those before, while signals wait."""
_came: list[int] = []
_depth = 0
"""How many pieces of such work are under way in the main thread, some beside each other."""


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Until this is left, signals neither end the program nor raise anything in it; then the first one does.

    What takes long must have limits of its own. Signals that are ignored stay so. In another thread than the main one
    only `wait_until_done` knows of it: signals raise nothing there.
    """
    ours = threading.current_thread() is threading.main_thread()
    _count(1)
    if ours:
        _hold()
    try:
        yield
    finally:
        came = _heed() if ours else None
        _count(-1)
        if came:
            signal.raise_signal(came)


def _hold() -> None:
    global _depth  # noqa: PLW0603 - it holds for the process, as its signals do
    _depth += 1
    for number in SIGNALS if _depth == 1 else ():
        if signal.getsignal(number) not in (signal.SIG_IGN, None):
            _handlers[number] = signal.signal(number, _note)


def _note(number: int, _frame: FrameType | None) -> None:
    _came.append(number)


def _heed() -> int | None:
    """The signal that came first, once nothing keeps it waiting any more."""
    global _depth  # noqa: PLW0603 - as above
    _depth -= 1
    if _depth:
        return None
    for number, handler in _handlers.items():
        signal.signal(number, handler)
    came = next(iter(_came), None)
    _handlers.clear()
    _came.clear()
    return came


def wait_until_done(limit: float) -> bool:
    """Wait, at most `limit` seconds, until no such work is under way; whether it is done. From any thread."""
    with _changed:
        return _changed.wait_for(lambda: _under_way == 0, limit)


def _count(more: int) -> None:
    global _under_way  # noqa: PLW0603 - as above
    with _changed:
        _under_way += more
        _changed.notify_all()


# -- a command that is ended from outside closes what it opened


def exit_on_signals() -> None:
    """From now on signals raise SystemExit, as SIGINT raises KeyboardInterrupt; ignored ones stay so."""
    for number in SIGNALS:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _exit)


def _exit(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)
