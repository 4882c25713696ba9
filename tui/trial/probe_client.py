"""Our end of the probe: a warm child process that makes one call an order."""

import asyncio
import contextlib
import importlib.util
import os
import time
from typing import Any, Final, Protocol

from tui.base.child import Child, Refused
from tui.base.errors import SetupError
from tui.base.translation import _
from tui.trial.arguments import arguments
from tui.trial.environment import probe_environment
from tui.trial.order import Order
from tui.trial.own_origins import login_origins
from tui.trial.reply import Reply

MODULE: Final = "tui.trial.probe"
IMPORT_LIMIT: Final = 90.0
"""Seconds that importing litellm may take: 8 on a quick machine the first time."""
GRACE: Final = 5.0
"""Seconds by which the child may overrun a call's limit before it counts as stuck."""


class Caller(Protocol):
    """Makes one call: the probe, or what stands for it in a test."""

    async def ready(self) -> None:
        """Return once a call can begin at once."""

    async def call(self, order: Order, limit: float) -> Reply:
        """Send one request; never raises for a call that failed."""


class Probe:
    """The child process; started in advance, replaced as soon as it is lost. Used from one event loop."""

    def __init__(self) -> None:
        self._child = Child(MODULE, probe_environment(os.environ), replaceable=True)
        self._warming: asyncio.Task[dict[str, Any]] | None = None
        self._warm_pid: int | None = None

    @property
    def pid(self) -> int | None:
        """The process id, while it runs."""
        return self._child.pid

    def discard(self) -> None:
        """End the child at once, from any thread."""
        self._child.discard()

    @property
    def warm(self) -> bool:
        """litellm is imported: a call begins at once."""
        return self._warm_pid is not None and self._warm_pid == self._child.pid

    async def start(self) -> None:
        """Start the process and let it import litellm in the background; returns as soon as it is spawned."""
        if not _has_litellm():  # a call will tell
            return
        await self._child.start()
        self._begin_warming()

    async def ready(self) -> None:
        """Wait until litellm is imported, so that no attempt counts that time; what is wrong, the call will tell."""
        with contextlib.suppress(SetupError):
            await self._wait_until_warm()

    async def call(self, order: Order, limit: float) -> Reply:
        """Make one call that may take `limit` seconds, the import not counted. Cancelling it closes the socket."""
        begun = time.monotonic()
        try:
            await self._wait_until_warm()
            begun = time.monotonic()
            answer = await self._child.ask(_message(order, limit), limit=limit + GRACE)
            return Reply.of(answer, order.hidden)
        except Refused as refusal:
            return Reply(error=refusal.code, message=refusal.message, cause=_cause(refusal))
        except SetupError as lost:
            return self._replaced(lost, begun)
        except (TypeError, ValueError) as nonsense:
            self._child.kill()
            return self._replaced(nonsense, begun)

    def _replaced(self, error: SetupError | TypeError | ValueError, begun: float) -> Reply:
        """The reply for a lost probe. If calls worked before, another one is warmed at once, for the next test."""
        cause = "probe-failed"
        if self._warm_pid is not None:
            self._warm_pid = None
            self._begin_warming()
            cause = "probe-crashed"
        said = error.message if isinstance(error, SetupError) else _("What it said makes no sense.")
        seconds = time.monotonic() - begun
        return Reply(error=type(error).__name__, message=said, seconds=seconds, cause=cause)

    def kill(self) -> None:
        """End the process at once; the next call starts a new one."""
        self._child.kill()

    async def close(self) -> None:
        """Kill the process and wait until it is gone."""
        if self._warming:
            self._warming.cancel()
            await asyncio.wait([self._warming])
        await self._child.close()

    def _begin_warming(self) -> None:
        if self.warm or (self._warming and not self._warming.done()):
            return
        self._warming = asyncio.create_task(self._child.ask({"op": "warm"}, limit=IMPORT_LIMIT))
        self._warming.add_done_callback(self._note_warmth)

    def _note_warmth(self, warming: "asyncio.Task[dict[str, Any]]") -> None:
        # Reading the exception here keeps asyncio from reporting it as unheard; a call hears it in _wait_until_warm.
        if not warming.cancelled() and warming.exception() is None:
            self._warm_pid = self._child.pid

    async def _wait_until_warm(self) -> None:
        if not _has_litellm():
            sentence = _(
                "The Python package litellm is not installed beside llm-setup; all but the test works without it."
            )
            raise Refused("no-litellm", sentence)
        self._begin_warming()
        if self._warming and not self.warm:
            await asyncio.wait([self._warming])
            self._warming.result()


def _message(order: Order, limit: float) -> dict[str, Any]:
    return {
        "op": "call",
        "model": order.model,
        "arguments": arguments(order),
        "secrets": {name: secret.reveal() for name, secret in order.secrets.items()},
        "prompt": order.prompt,
        "family": order.family,
        "origins": order.allowed_origins,
        "logins": login_origins(order.owner or order.family),
        "environment": dict(order.environment),
        "hidden": [secret.reveal() for secret in order.hidden],
        "modify_params": order.options.get("modify_params", True),
        "limit": limit,
    }


def _has_litellm() -> bool:
    """Whether this is not the small installation, which leaves it out."""
    return importlib.util.find_spec("litellm") is not None


def _cause(refusal: Refused) -> str:
    return refusal.code if refusal.code in ("login", "missing-package", "no-litellm") else "probe-failed"
