"""Answers the orders of `tui.credentials.keyring_client`.

Each answer holds the fields of a `KeyringLook`; only when that says "open" has anything else been done. `look` does
no more. `store` takes "entries", `fetch` and `delete` an "entry", each of the shape {"service", "name", "value"};
`fetch` answers with "value", null where there is none. What an open keyring could not do is told by "failure", a code
of `entries.Failure`, and "reason", a type of error: never the error's own words, which may hold the key.
"""

import asyncio
import threading
from collections.abc import Callable
from typing import Any, Final

from tui.base.serving import Handler, serve
from tui.credentials.keyring_child import entries
from tui.credentials.keyring_child.looking import look
from tui.credentials.keyring_child.memory import keep_out_of_core_dumps
from tui.credentials.keyring_state import KeyringLook, KeyringState

Answer = dict[str, Any]
_one_at_a_time: Final = threading.Lock()
"""Two calls at once have aborted gnome-keyring; a cancelled order still runs to its end."""


def _fields(seen: KeyringLook) -> Answer:
    return {"state": seen.state, "backend": seen.backend, "bus": seen.bus}


def _when_open(act: Callable[[entries.Backend, Answer], Answer], order: Answer) -> Answer:
    """Look, and touch the keyring only when it is open: else the call would wait for somebody to type a password."""
    with _one_at_a_time:
        seen, name = look()
        if seen.state is not KeyringState.OPEN:
            return _fields(seen)
        try:
            return {**_fields(seen), **act(entries.load(name), order)}
        except entries.Failed as failure:
            return {**_fields(seen), "failure": failure.code, "reason": failure.reason}
        except Exception as error:  # noqa: BLE001 - backends let through whatever their libraries raise
            if entries.locked_meanwhile(error):
                return {**_fields(seen), "state": KeyringState.LOCKED}
            return {**_fields(seen), "failure": entries.Failure.FAILED, "reason": entries.reason(error)}


def _in_thread(act: Callable[[entries.Backend, Answer], Answer]) -> Handler:
    async def handle(order: Answer) -> Answer:
        return await asyncio.to_thread(_when_open, act, order)

    return handle


def _store(backend: entries.Backend, order: Answer) -> Answer:
    entries.store(backend, [entries.Entry(**entry) for entry in order["entries"]])
    return {}


def _fetch(backend: entries.Backend, order: Answer) -> Answer:
    return {"value": entries.read(backend, entries.Entry(**order["entry"]))}


def _delete(backend: entries.Backend, order: Answer) -> Answer:
    entries.remove(backend, entries.Entry(**order["entry"]))
    return {}


async def _look(_order: Answer) -> Answer:
    def in_turn() -> Answer:
        with _one_at_a_time:
            return _fields(look()[0])

    return await asyncio.to_thread(in_turn)


async def _ready(_order: Answer) -> Answer:
    return {}


if __name__ == "__main__":
    keep_out_of_core_dumps()
    serve(
        {
            "ready": _ready,
            "look": _look,
            "store": _in_thread(_store),
            "fetch": _in_thread(_fetch),
            "delete": _in_thread(_delete),
        }
    )
