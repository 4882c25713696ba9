"""A library that may hang, crash or take seconds, kept in a process of its own and asked in JSON lines."""

import asyncio
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from typing import Any, Final

from tui.base.errors import SetupError
from tui.base.translation import _

LONGEST_LINE: Final = 4 * 1024 * 1024
"""Bytes of one answer; a child that sends more is broken."""
PASSED_ON: Final = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "USER", "LOGNAME", "SYSTEMROOT", "APPDATA")
"""All that a child gets of our environment; what else it needs, its owner names."""


class ChildLost(SetupError):
    """The child ended, or talked nonsense."""


class ChildSilent(SetupError):
    """The child did not answer within the limit; it was killed."""


class Refused(SetupError):
    """The child's own handler could not do what it was asked; `code` tells which way."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Child:
    """One child process running `python -P -m MODULE`, started by the first order and replaced after a failure.

    Started with -P, in an empty folder of its own: never does code from the current folder run in it. In a session of
    its own without a terminal: it cannot ask or print anything. Orders, secrets included, go through its stdin only.
    """

    def __init__(self, module: str, environment: Mapping[str, str] | None = None) -> None:
        self._module = module
        own = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        self._environment = {**own, "PYTHONIOENCODING": "utf-8", **(environment or {})}
        self._process: asyncio.subprocess.Process | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._listeners: set[asyncio.Task[None]] = set()
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._starting = asyncio.Lock()
        self._number = 0

    @property
    def pid(self) -> int | None:
        """The process id, while it runs."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def start(self) -> None:
        """Start the process if it is not running, so that the first order finds it warm."""
        async with self._starting:
            if self.pid is not None:
                return
            self._folder = self._folder or tempfile.TemporaryDirectory(prefix="llm-setup-")
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-P", "-m", self._module,
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
                cwd=self._folder.name, env=self._environment, start_new_session=True, limit=LONGEST_LINE,
            )  # fmt: skip
            listener = asyncio.create_task(self._listen(self._process))
            self._listeners.add(listener)
            listener.add_done_callback(self._listeners.discard)

    async def ask(self, order: Mapping[str, Any], *, limit: float) -> dict[str, Any]:
        """Send one order and wait at most `limit` seconds for its answer.

        Cancelling the call cancels the order in the child. Raises Refused, ChildSilent or ChildLost.
        """
        await self.start()
        self._number += 1
        number = self._number
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        try:
            self._send({**order, "id": number})
            async with asyncio.timeout(limit):
                return await answer
        except TimeoutError:
            self.kill()
            raise ChildSilent(_("No answer within {limit:g} s.").format(limit=limit)) from None
        except asyncio.CancelledError:
            self._send({"cancel": number})
            raise
        finally:
            self._waiting.pop(number, None)

    def kill(self) -> None:
        """End the process at once; the next order starts a new one."""
        if self._process and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        self._process = None
        self._fail_all()

    async def close(self) -> None:
        """Kill the process and wait until it is gone, and those killed before it."""
        self.kill()
        if self._listeners:
            await asyncio.wait(self._listeners)
        if self._folder:
            self._folder.cleanup()
            self._folder = None

    def _send(self, order: Mapping[str, Any]) -> None:
        if self._process and self._process.stdin and not self._process.stdin.is_closing():
            self._process.stdin.write(json.dumps(order).encode() + b"\n")

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        """Deliver what `process` says until it ends; one that talks nonsense or closes its output is killed."""
        assert process.stdout  # noqa: S101 - asked for in start()
        try:
            while line := await process.stdout.readline():
                self._deliver(json.loads(line))
        except (ValueError, KeyError, TypeError):  # not JSON, not ours, or a line without end
            pass
        if process is self._process:
            self.kill()
        await process.wait()

    def _deliver(self, reply: dict[str, Any]) -> None:
        answer = self._waiting.get(reply["id"])
        if answer is None or answer.done():
            return
        if "refused" in reply:
            answer.set_exception(Refused(str(reply["refused"]), str(reply["message"])))
        else:
            answer.set_result(dict(reply["answer"]))

    def _fail_all(self) -> None:
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(ChildLost(_("The helper process ended before it answered.")))
