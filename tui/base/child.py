"""A library that may hang, crash or take seconds, kept in a process of its own and asked in JSON lines."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any, Final

from tui.base import processes
from tui.base.errors import SetupError
from tui.base.foreign import why
from tui.base.held_files import HeldFolder
from tui.base.language import PASSED
from tui.base.processes import Process
from tui.base.translation import _, spoken

LONGEST_LINE: Final = 4 * 1024 * 1024
"""Bytes of one answer; a child that sends more is broken."""
PASSED_ON: Final = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "USER", "LOGNAME")
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
    With `replaceable`, the module serves by forks of itself: after a failure only the fork is replaced.
    """

    def __init__(self, module: str, environment: Mapping[str, str] | None = None, *, replaceable: bool = False) -> None:
        self._module = module
        self._replaceable = replaceable
        self._life: int | None = None
        """Which fork it is; None before the first one."""
        self._renewed = asyncio.Event()
        own = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        self._environment = {**own, "PYTHONIOENCODING": "utf-8", PASSED: spoken(), **(environment or {})}
        self._process: Process | None = None
        self._folder: HeldFolder | None = None
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
            try:
                self._process = await self._started()
            except OSError as error:  # too many files, processes or no memory
                reason = why(error)
                raise ChildLost(_("A helper process cannot be started: {reason}.").format(reason=reason)) from None
            self._life = None
            self._renewed.set()
            listener = asyncio.create_task(self._listen(self._process))
            self._listeners.add(listener)
            listener.add_done_callback(self._listeners.discard)

    async def _started(self) -> Process:
        self._folder = self._folder or HeldFolder()
        return await processes.start(
            sys.executable, "-P", "-m", self._module,
            stdin=processes.PIPE, stdout=processes.PIPE, cwd=self._folder.path, env=self._environment,
            limit=LONGEST_LINE,
        )  # fmt: skip

    async def ask(self, order: Mapping[str, Any], *, limit: float) -> dict[str, Any]:
        """Send one order and wait at most `limit` seconds for its answer.

        Cancelling the call cancels the order in the child. Raises Refused, ChildSilent or ChildLost; the last one also
        where no process can be started.
        """
        await self.start()
        self._number += 1
        number = self._number
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(limit):
                await self._renewed.wait()
                self._waiting[number] = answer
                self._send({**order, "id": number})
                return await answer
        except TimeoutError:
            self._replace()
            raise ChildSilent(_("No answer within {limit:g} s.").format(limit=limit)) from None
        except asyncio.CancelledError:
            self._send({"cancel": number})
            raise
        finally:
            self._waiting.pop(number, None)

    def kill(self) -> None:
        """End the process at once; the next order starts a new one."""
        if self._process:
            self._process.kill()
        self._process = None
        self._fail_all()

    def renew(self) -> None:
        """Let the next order find a fork that has done nothing yet. Not while something is being asked."""
        if self._life is not None and self._renewed.is_set() and not self._waiting:
            self._replace()

    def _replace(self) -> bool:
        """End the fork, or the process where it has none; whether the process goes on."""
        process = self._process
        # one that is asked again before there is a new fork does not even replace it
        if self._life is None or not self._renewed.is_set() or not process or process.returncode is not None:
            self.kill()
            return False
        self._renewed.clear()
        process.send_signal(signal.SIGUSR1)
        self._fail_all()
        return True

    async def close(self) -> None:
        """Kill the process and wait until it is gone, and those killed before it."""
        async with self._starting:  # one whose start was cancelled is not gone before that
            self.kill()
        if self._listeners:
            await asyncio.wait(self._listeners)
        if self._folder:
            self._folder.remove()
            self._folder = None

    def _send(self, order: Mapping[str, Any]) -> None:
        if self._process and self._process.stdin and not self._process.stdin.is_closing():
            life = {"life": self._life} if self._life is not None else {}
            self._process.stdin.write(json.dumps({**order, **life}).encode() + b"\n")

    async def _listen(self, process: Process) -> None:
        """Deliver what `process` says until it ends; what talks nonsense or closes its output is killed."""
        assert process.stdout  # noqa: S101 - asked for in start()
        while True:
            try:
                line = await process.stdout.readline()
                if not line:
                    break
                if not (self._replaceable and self._is_of_forks(line)):
                    self._deliver(json.loads(line))
            except (ValueError, KeyError, TypeError):  # not JSON, not ours, or a line without end
                if process is not self._process or (self._renewed.is_set() and not self._replace()):
                    break
        if process is self._process:
            self.kill()
        await process.wait()

    def _is_of_forks(self, line: bytes) -> bool:
        """Take note of a new fork. What was ordered of the one before is lost, as is what it left half said."""
        if not line.strip():
            return True
        said = json.loads(line)
        if not isinstance(said, dict) or "life" not in said:
            return False
        first, self._life = self._life is None, int(said["life"])
        if not first:
            self._fail_all()
        self._renewed.set()
        return True

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
