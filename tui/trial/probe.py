"""The child process that imports litellm and sends one request an order: `python -P -m tui.trial.probe`."""

import asyncio
import importlib
import importlib.util
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final

from tui.base.child import Refused
from tui.base.child_service import serve, serve_replaceably
from tui.base.memory import bound_memory
from tui.base.redaction import presentable
from tui.base.secret import Secret
from tui.base.translation import _
from tui.retry.retried import NO_CHOICES
from tui.trial import bounds, wire
from tui.trial.arguments import limit_name, output_limit
from tui.trial.failure import cause_of, inner_status, retry_after, said, status_of, text_of, words_of
from tui.trial.own_origins import own_origins
from tui.trial.reply import LONGEST_TEXT, LONGEST_WORDS

NEEDS_DUMMY: Final = frozenset({"openai", "litellm_proxy", "text-completion-openai", "custom_openai"})
"""Routes on which litellm refuses to call without a key, also a server that wants none."""
DUMMY: Final = "none"
NOWHERE: Final = ()
"""The origins that the warming up may reach."""
_LOGINS: Final = frozenset({"github_copilot", "chatgpt"})
_PACKAGES: Final = {"vertex_ai": ("google.auth", "google-auth"), "bedrock": ("boto3", "boto3")}


def _litellm() -> Any:
    """The library; the first time takes seconds. By name, so that type checkers need not read its 2,000 files.

    Raises Refused where it, or what it needs, is not there: no second try would fare better.
    """
    try:
        return importlib.import_module("litellm")
    except ImportError as error:
        sentence = _("The Python package {package} is not installed beside llm-setup, or is broken.")
        raise Refused("no-litellm", sentence.format(package=error.name or "litellm")) from error


async def warm(_order: dict[str, Any]) -> dict[str, Any]:
    """Import litellm, and do what its first call would do, without a request."""
    litellm = _litellm()
    litellm.suppress_debug_info = True
    litellm.telemetry = False
    wire.begin(NOWHERE)
    output_limit("openai/none")
    order = {"modify_params": True, "secrets": {}, "family": "openai", "arguments": {"model": "openai/none"}}
    with suppress(importlib.import_module("openai").OpenAIError):  # the wire lets nothing through
        await _send({**order, "prompt": "?"})
    return {}


async def call(order: dict[str, Any]) -> dict[str, Any]:
    """Send one request and tell what came of it; the fields are those of `Reply`.

    The order: "model" as in the settings, "arguments" for litellm, "secrets" by TOML key, "prompt", "family", "origins"
    (None for the own ones of the provider that litellm names), "logins", "environment", "hidden" (values to keep out of
    texts), "modify_params", "limit" in seconds.
    """
    hidden = [Secret(value) for value in order["hidden"]]
    _check_callable(order["family"])
    _complete(order["arguments"], order["model"])
    seen = wire.begin(_origins(order), order["logins"])
    begun = time.monotonic()
    try:
        with _environment(order["environment"]):
            async with asyncio.timeout(order["limit"]):
                answer = await _send(order)
        told = {"status": seen.response.status_code if seen.response is not None else None, **_told_answer(answer)}
    except Exception as error:  # noqa: BLE001 - litellm lets through whatever its 100 providers' code raises
        told = _told_failure(error, seen)
    told["seconds"] = time.monotonic() - begun
    told["requests"] = seen.requests
    told["message"] = presentable(told.get("message", ""), hidden)
    told["words"] = presentable(told.get("words", ""), hidden, limit=LONGEST_WORDS)
    told["text"] = presentable(told.get("text", ""), hidden, limit=LONGEST_TEXT)
    return told


async def _send(order: dict[str, Any]) -> Any:
    litellm = _litellm()
    litellm.modify_params = order["modify_params"]
    given = order["arguments"]
    secrets = {name: value for name, value in order["secrets"].items() if value}
    if "api_key" not in secrets and order["family"] in NEEDS_DUMMY:
        secrets["api_key"] = DUMMY
    ours: dict[str, Any] = {"messages": [{"role": "user", "content": order["prompt"]}]}
    ours |= {"max_retries": 0, "num_retries": 0}
    if given.get("stream"):  # OpenHands cannot read a stream either
        ours["stream"] = False
    return await litellm.acompletion(**{**given, **secrets, **ours})


def _complete(arguments: dict[str, Any], model: str) -> None:
    """Add the longest answer, if it is not set. Not done by our own side, which had rather not hold the list."""
    name = limit_name(arguments["model"])
    limit = None if name in arguments else output_limit(model)
    if limit is not None:
        arguments[name] = limit


def _origins(order: dict[str, Any]) -> Sequence[str]:
    """Where the request may go; none for a model that litellm does not know, which it says itself."""
    if order["origins"] is not None:
        return list(order["origins"])
    try:
        _model, provider, *_rest = _litellm().get_llm_provider(model=order["arguments"]["model"])
    except Exception:  # noqa: BLE001 - it is asked again by the call
        return NOWHERE
    return own_origins(str(provider))


def _check_callable(family: str) -> None:
    if family in _LOGINS:
        sentence = _("{provider} needs a login in a browser, which a test does not start.")
        raise Refused("login", sentence.format(provider=family))
    module, package = _PACKAGES.get(family, ("", ""))
    if module and not _is_installed(module):
        sentence = _("Calls to {provider} need the Python package {package}, which is not installed beside llm-setup.")
        raise Refused("missing-package", sentence.format(provider=family, package=package))


def _is_installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # the parent package is missing
        return False


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """The chosen provider's own variables, for the time of the call only."""
    os.environ.update(variables)
    try:
        yield
    finally:
        for name in variables:
            os.environ.pop(name, None)


def _told_answer(answer: Any) -> dict[str, Any]:
    if not getattr(answer, "choices", None):
        return {"error": NO_CHOICES, "cause": "empty-answer", "message": _("The answer has no choices.")}
    text = text_of(answer)
    usage = getattr(answer, "usage", None)
    prompt, completion = getattr(usage, "prompt_tokens", 0), getattr(usage, "completion_tokens", 0)
    told = {"text": text, "prompt_tokens": prompt or None, "completion_tokens": completion or None}
    if prompt:
        told["cost_usd"] = answer._hidden_params.get("response_cost")
    if not text.strip():
        told |= {"cause": "empty-answer", "message": _("The answer has no text.")}
    return told


def _told_failure(error: Exception, seen: wire.Watch) -> dict[str, Any]:
    return {
        "status": status_of(error, seen),
        "error": "Timeout" if isinstance(error, TimeoutError) else type(error).__name__,
        "message": said(error, seen),
        "cause": cause_of(error, seen),
        "words": words_of(seen.response),
        "inner_status": inner_status(seen.response),
        "retry_after": retry_after(seen.response),
    }


def prepare() -> None:
    """All that takes seconds. What fails here will fail again when it is ordered, and is told then."""
    with suppress(Exception):
        asyncio.run(warm({}))


if __name__ == "__main__":
    bound_memory()
    bounds.install()
    wire.install()
    handlers = {"warm": warm, "call": call}
    if sys.platform == "darwin":  # its system libraries, asked for a proxy, end a fork
        serve(handlers)
    serve_replaceably(handlers, prepare)
