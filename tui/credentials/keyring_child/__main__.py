"""Answers the orders of `tui.credentials.keyring_client`.

Each answer holds the fields of a `KeyringStatus`; only when that says "open" has anything else been done. `look` does
no more. `store` takes "entries", `fetch` and `delete` an "entry", each of the shape {"service", "name", "value"};
`fetch` answers with "value", null where there is none. `unlock` and `create` take "password"; the one touches a locked
keyring only, the other one that has no default yet. `window` waits for as long as the keyring's own window is open.
What a keyring could not do is told by "failure", a code of `entries.Failure`, and "reason", a type of error: never the
error's own words, which may hold the key.
"""

import asyncio
import threading
from collections.abc import Callable
from typing import Any, Final

from tui.base.child_service import Handler, serve
from tui.credentials.keyring_child import entries
from tui.credentials.keyring_child.backend import LIBSECRET, SECRET_SERVICE, look, note_locked
from tui.credentials.keyring_state import KeyringState, KeyringStatus

Answer = dict[str, Any]
Act = Callable[[str, Answer], Answer]
"""Given the class of the backend and the order."""
_one_at_a_time: Final = threading.Lock()
"""Two calls at once have aborted gnome-keyring; a cancelled order still runs to its end."""


def _fields(seen: KeyringStatus) -> Answer:
    return {"state": seen.state, "backend": seen.backend, "bus": seen.bus, "foreign": seen.foreign}


def _when(needed: KeyringState, act: Act, order: Answer) -> Answer:
    """Look, and act only in the state needed: in another the call could wait for somebody to type a password."""
    with _one_at_a_time:
        seen, name = look()
        if seen.state is not needed:
            return _fields(seen)
        try:
            return {**_fields(seen), **act(name, order)}
        except entries.Failed as failure:
            return {**_fields(seen), "failure": failure.code, "reason": failure.reason}
        except Exception as error:  # noqa: BLE001 - backends let through whatever their libraries raise
            if entries.locked_meanwhile(error):
                note_locked(name)
                return {**_fields(seen), "state": KeyringState.LOCKED}
            return {**_fields(seen), "failure": entries.Failure.FAILED, "reason": entries.reason(error)}


def _in_thread(act: Act, *, needed: KeyringState = KeyringState.OPEN) -> Handler:
    async def handle(order: Answer) -> Answer:
        return await asyncio.to_thread(_when, needed, act, order)

    return handle


def _store(backend: str, order: Answer) -> Answer:
    entries.store(entries.load(backend), [entries.Entry(**entry) for entry in order["entries"]])
    return {}


def _fetch(backend: str, order: Answer) -> Answer:
    return {"value": entries.read(entries.load(backend), entries.Entry(**order["entry"]))}


def _delete(backend: str, order: Answer) -> Answer:
    entries.remove(entries.load(backend), entries.Entry(**order["entry"]))
    return {}


def _unlock(backend: str, order: Answer) -> Answer:
    _require_secret_service(backend)
    from tui.credentials.keyring_child.unlock import unlock  # jeepney: on Linux alone

    unlock(order["password"])
    return _fields(look()[0])


def _create(backend: str, order: Answer) -> Answer:
    _require_secret_service(backend)
    from tui.credentials.keyring_child.unlock import create

    create(order["password"])
    return _fields(look()[0])


def _window(backend: str, _order: Answer) -> Answer:
    _require_secret_service(backend)
    from tui.credentials.keyring_child.unlock import ask_in_its_window

    ask_in_its_window()
    return _fields(look()[0])


def _require_secret_service(backend: str) -> None:
    if backend not in (SECRET_SERVICE, LIBSECRET):
        raise entries.Failed(entries.Failure.NOT_FROM_HERE)


async def _look(_order: Answer) -> Answer:
    def in_turn() -> Answer:
        with _one_at_a_time:
            return _fields(look()[0])

    return await asyncio.to_thread(in_turn)


async def _ready(_order: Answer) -> Answer:
    return {}


if __name__ == "__main__":
    serve(
        {
            "ready": _ready,
            "look": _look,
            "store": _in_thread(_store),
            "fetch": _in_thread(_fetch),
            "delete": _in_thread(_delete),
            "unlock": _in_thread(_unlock, needed=KeyringState.LOCKED),
            "window": _in_thread(_window, needed=KeyringState.LOCKED),
            "create": _in_thread(_create, needed=KeyringState.NO_DEFAULT),
        }
    )
