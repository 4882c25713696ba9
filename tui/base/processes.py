"""The processes that we start, each known from its first moment, so that none of them outlives us."""

import asyncio
import atexit
import contextlib
import errno
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

from tui.base import held_files
from tui.base.uninterrupted import uninterrupted

PIPE: Final = subprocess.PIPE
DEVNULL: Final = subprocess.DEVNULL
DYING: Final = 1.0
"""Seconds that killed processes may take to go, on a busy machine."""
_LINE: Final = 64 * 1024


class Process:
    """What `start` gives: it leads a session of its own, so that all that it starts ends with it.

    As with asyncio's own, `returncode` is None while it runs, and `stdin`, `stdout` and `stderr` unless they were to be
    pipes.
    """

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._loop = asyncio.get_running_loop()
        self._ended = asyncio.Event()
        self._waiting = threading.Thread(target=self._wait, name="waitpid", daemon=True)
        self._waiting.start()
        self.pid = process.pid
        self.stdin: asyncio.WriteTransport | None = None
        self.stdout: asyncio.StreamReader | None = None
        self.stderr: asyncio.StreamReader | None = None

    @property
    def returncode(self) -> int | None:
        """What it ended with."""
        return self._process.returncode

    def kill(self) -> None:
        """End it with all that it started; what has ended already is fine."""
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: of a group that is dead already
                os.killpg(self.pid, signal.SIGKILL)

    def send_signal(self, number: int) -> None:
        """To itself alone."""
        self._process.send_signal(number)

    async def wait(self) -> int:
        """What it ends with."""
        await self._ended.wait()
        if self.stdin and not self.stdin.is_closing():
            self.stdin.abort()  # the others close with what was read to its end
            await asyncio.sleep(0)  # which the loop does in its next turn
        return self._process.returncode

    def join(self, limit: float) -> None:
        """Wait for its end, at most `limit` seconds, from any thread."""
        self._waiting.join(limit)

    def _wait(self) -> None:
        self._process.wait()
        _running.discard(self)
        with contextlib.suppress(RuntimeError):  # the loop is closed
            self._loop.call_soon_threadsafe(self._ended.set)

    async def connect(self, limit: int) -> None:
        """Let the loop read and write its pipes, lines of at most `limit` bytes."""
        if self._process.stdin:
            self.stdin, _protocol = await self._loop.connect_write_pipe(asyncio.Protocol, self._process.stdin)
        for name in ("stdout", "stderr"):
            if pipe := getattr(self._process, name):
                reader = asyncio.StreamReader(limit)
                setattr(self, name, reader)
                await self._loop.connect_read_pipe(partial(asyncio.StreamReaderProtocol, reader), pipe)


_starting = threading.Lock()
"""Held until the number of a new process is known."""
_running: set[Process] = set()
_over = False


async def start(
    *words: str | Path, cwd: str | Path, env: Mapping[str, str], stdin: int = DEVNULL, stdout: int = DEVNULL,
    stderr: int = DEVNULL, limit: int = _LINE,
) -> Process:  # fmt: skip
    """Start a program, without a terminal. Raises OSError, ValueError for words that no program can be given."""
    with _starting:
        if _over:
            raise OSError(errno.ECANCELED, os.strerror(errno.ECANCELED))
        with uninterrupted():
            started = subprocess.Popen(  # noqa: ASYNC220 - as asyncio does it; here its number is known at once
                words, cwd=cwd, env=env, stdin=stdin, stdout=stdout, stderr=stderr, bufsize=0, start_new_session=True
            )
            process = _known(started)
    try:
        await process.connect(limit)
    except BaseException:
        process.kill()
        await process.wait()
        raise
    return process


def _known(started: "subprocess.Popen[bytes]") -> Process:
    try:
        process = Process(started)
    except RuntimeError:  # no thread can be had
        started.kill()
        started.wait()
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from None
    _running.add(process)
    return process


def end_all() -> None:
    """End what still runs, from any thread, and remove the folders that were made for it; nothing starts any more.

    For the end of the program, which may be unable to wait for its own loop.
    """
    global _over  # noqa: PLW0603 - it holds for the process, as its end does
    until = time.monotonic() + DYING
    known = _starting.acquire(timeout=DYING)
    _over = True
    if known:
        _starting.release()
    left = list(_running)
    for process in left:
        process.kill()
    for process in left:
        process.join(max(0, until - time.monotonic()))
    held_files.remove_all()


atexit.register(end_all)
