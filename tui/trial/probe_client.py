"""Our end of the probe: a warm child process that makes one call an order."""

import asyncio
import contextlib
import importlib.util
import os
import time
from collections.abc import Mapping
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from tui.base.child import Child, Refused
from tui.base.errors import SetupError
from tui.base.network import is_loopback, network_environment
from tui.base.translation import _
from tui.trial.arguments import arguments
from tui.trial.own_origins import login_origins
from tui.trial.probe_order import ProbeOrder
from tui.trial.reply import Reply

# -- which environment variables the probe gets: its own settings, the way to the network, and nothing else

_LITELLM: Final = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",  # else it fetches its price list at import
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",  # the same for another list
    "LITELLM_MODE": "PRODUCTION",  # else it loads a stray .env file
    "LITELLM_LOG": "CRITICAL",
    "DISABLE_AIOHTTP_TRANSPORT": "True",  # that transport sends a request again after a connection reset
    "LITELLM_RUST": "False",  # its native code opens sockets that `guard` does not see
    "HF_HUB_OFFLINE": "1",  # else counting the tokens of some models fetches a tokenizer
}
_OF_PROVIDER: Final = {
    "vertex_ai": ("GOOGLE_APPLICATION_CREDENTIALS", "VERTEXAI_PROJECT", "VERTEXAI_LOCATION"),
    "bedrock": ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_REGION_NAME"),
}


def probe_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """What the child process needs from `environ`, beside what every child gets; no key is ever among it."""
    return {**network_environment(environ), **_LITELLM}


def provider_environment(model: str, environ: Mapping[str, str]) -> dict[str, str]:
    """The variables of `environ` that litellm reads for the provider of `model` and that hold no secret."""
    names = _OF_PROVIDER.get(model.partition("/")[0], ())
    return {name: environ[name] for name in names if environ.get(name)}


def proxy_before(url: str, environ: Mapping[str, str]) -> str:
    """The variable of `environ` that sends requests for `url`, a server of this machine, to a proxy; "" for none.

    Our own probe goes past it; OpenHands does not.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if not is_loopback(host):
        return ""
    excluded = (environ.get("no_proxy") or environ.get("NO_PROXY") or "").lower().split(",")
    if {"*", host, f".{host}", f"{host}:{port}"} & {name.strip() for name in excluded}:
        return ""
    names = (form for name in (f"{parts.scheme}_proxy", "all_proxy") for form in (name, name.upper()))
    return next((name for name in names if environ.get(name)), "")


MODULE: Final = "tui.trial.probe"
IMPORT_LIMIT: Final = 90.0
"""Seconds that importing litellm may take: 8 on a quick machine the first time."""
GRACE: Final = 5.0
"""Seconds by which the child may overrun a call's limit before it counts as stuck."""


class Caller(Protocol):
    """Makes one call: the probe, or what stands for it in a test."""

    async def ready(self) -> None:
        """Return once a call can begin at once."""

    async def call(self, order: ProbeOrder, limit: float) -> Reply:
        """Send one request; never raises for a call that failed."""


class Probe:
    """The child process; started in advance, replaced as soon as it is lost. Used from one event loop."""

    def __init__(self) -> None:
        self._child = Child(MODULE, probe_environment(os.environ), replaceable=True)
        self._warming: asyncio.Task[dict[str, Any]] | None = None
        self._warm_pid: int | None = None
        self._family: str | None = None
        """The provider of the last call."""

    @property
    def pid(self) -> int | None:
        """The process id, while it runs."""
        return self._child.pid

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

    async def call(self, order: ProbeOrder, limit: float) -> Reply:
        """Make one call that may take `limit` seconds, the import not counted. Cancelling it closes the socket."""
        begun = time.monotonic()
        try:
            await self._wait_until_warm()
            if self._family not in (None, order.family):
                self._child.renew()  # what litellm loads for each provider, up to 70 MB, would fill it up
            self._family = order.family
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
        said = error.message if isinstance(error, SetupError) else _("Its answer makes no sense.")
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


def _message(order: ProbeOrder, limit: float) -> dict[str, Any]:
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
