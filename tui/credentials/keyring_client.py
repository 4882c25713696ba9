"""The system's keyring, asked through a child process with limits of time: what the screens and commands use."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.base.translation import _
from tui.credentials.identity import Credential
from tui.credentials.keyring_state import KeyringState, KeyringStatus

if TYPE_CHECKING:
    import asyncio

    from tui.base.child import Child

# -- what the keyring child needs of our environment to find the user's keyring, and no more

_PASSED_ON: Final = ("XDG_RUNTIME_DIR", "XDG_CURRENT_DESKTOP", "XDG_CONFIG_HOME", "PYTHON_KEYRING_BACKEND")
"""The last two only say which backend the user set. Never DISPLAY or WAYLAND_DISPLAY: nothing may open a window."""


def has_display(environ: Mapping[str, str]) -> bool:
    """Whether the user sits before the desktop on which a keyring opens its window; over SSH it is another one's."""
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")) and not environ.get("SSH_CONNECTION")


def keyring_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The variables to add to the child's environment."""
    passed_on = {name: environ[name] for name in _PASSED_ON if environ.get(name)}
    address = environ.get("DBUS_SESSION_BUS_ADDRESS") or _usual_address(environ)
    return {**passed_on, "DBUS_SESSION_BUS_ADDRESS": address} if address else passed_on


def _usual_address(environ: Mapping[str, str]) -> str:
    """The bus in the user's runtime folder, which systemd starts for SSH sessions too but does not always announce."""
    socket = Path(environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}", "bus")
    try:
        status = socket.stat()
    except OSError:
        return ""
    ours = stat.S_ISSOCK(status.st_mode) and status.st_uid == os.getuid()
    return f"unix:path={quote(str(socket))}" if ours else ""


__all__ = ["Keyring", "KeyringState", "KeyringStatus"]

MODULE: Final = "tui.credentials.keyring_child"
LOOK_LIMIT: Final = 3.0
LIMIT: Final = 5.0
"""Seconds; an open keyring answers in 0.2."""
WINDOW_LIMIT: Final = 600.0
"""Seconds for the user to find the keyring's own window and to type."""
START_LIMIT: Final = 20.0
"""Seconds until the child is there to be asked: a cold disk is not a wedged keyring."""


class Keyring:
    """One keyring, one child process, started by the first question and replaced after it had to be killed.

    `look` always answers. The others raise SetupError, with a sentence and what to do, unless the keyring is open;
    they look first, so a locked keyring is never touched and no dialog ever opens on a far-away desktop.
    """

    def __init__(self, *, look_limit: float = LOOK_LIMIT, limit: float = LIMIT) -> None:
        self._look_limit = look_limit
        self._limit = limit
        self._child: Child | None = None
        self._turn: asyncio.Lock | None = None

    @property
    def pid(self) -> int | None:
        """The process id of the child, while it runs."""
        return self._child.pid if self._child else None

    async def start(self) -> None:
        """Start the child ahead of the first question; what is wrong with it, that question will tell."""
        await self._ask("ready", START_LIMIT)

    async def look(self) -> KeyringStatus:
        """The state of the keyring; a missing or wedged one is a state as well."""
        return _look_in(await self._ask("look", self._look_limit))

    async def store(self, keys: Mapping[Credential, Secret]) -> None:
        """Keep all `keys`, each read back, or none. Raises SetupError."""
        seen = await self.look()
        if seen.state is not KeyringState.OPEN:
            raise SetupError(seen.sentence, seen.hint)
        entries = [{**_entry(credential), "value": secret.reveal()} for credential, secret in keys.items()]
        answer = await self._ask("store", self._limit, entries=entries)
        if answer["state"] is KeyringState.UNRESPONSIVE and "failure" not in answer:
            raise _failure("silent", seen.backend, "")
        _require_success(answer)

    async def fetch(self, credential: Credential) -> Secret | None:
        """The key that is kept, None when there is none. Raises SetupError."""
        value = (await self._use("fetch", entry=_entry(credential)))["value"]
        return Secret(value) if value else None

    async def delete(self, credential: Credential) -> None:
        """Remove the key; one that is not there is fine. Raises SetupError."""
        await self._use("delete", entry=_entry(credential))

    async def unlock(self, password: Secret) -> None:
        """Unlock the keyring with the password that was typed; one that is open already is fine. Raises SetupError."""
        await self._use("unlock", password=password.reveal())

    async def unlock_in_its_window(self) -> None:
        """Wait until the user has unlocked the keyring in a window of its own; cancelled, the child ends.

        Only for those who sit before that desktop. Raises SetupError.
        """
        try:
            answer = await self._ask("window", WINDOW_LIMIT)
        except BaseException:  # it would wait on, and let nobody else ask
            self.kill()
            raise
        _require_success(answer)

    async def create(self, password: Secret) -> None:
        """Make the first keyring, locked with this password from now on, and open. Raises SetupError."""
        if not password:
            raise SetupError(_("Without a password it would be readable text."), _("Type one."))
        await self._use("create", password=password.reveal())

    def kill(self) -> None:
        """End the child at once, whatever it is doing."""
        if self._child:
            self._child.kill()

    async def close(self) -> None:
        """End the child, and wait until it is gone."""
        if self._child:
            await self._child.close()

    async def _use(self, op: str, **order: Any) -> dict[str, Any]:
        return _require_success(await self._ask(op, self._limit, **order))

    async def _ask(self, op: str, limit: float, **order: Any) -> dict[str, Any]:
        """The child's answer; where there is none in time, the one that says so."""
        from tui.base.child import ChildLost, ChildSilent, Refused  # brings asyncio along

        child, turn = self._started()
        async with turn:
            try:
                if child.pid is None:
                    await child.ask({"op": "ready"}, limit=START_LIMIT)
                return await child.ask({"op": op, **order}, limit=limit)
            except (ChildSilent, ChildLost):
                return {"state": KeyringState.UNRESPONSIVE, "backend": "", "bus": True}
            except Refused as refusal:  # a mistake of ours: told by its type
                unknown = {"state": KeyringState.UNRESPONSIVE, "backend": _("The keyring"), "bus": True}
                return {**unknown, "failure": refusal.code, "reason": refusal.message}

    def _started(self) -> "tuple[Child, asyncio.Lock]":
        if self._child is None or self._turn is None:
            import asyncio

            from tui.base.child import Child

            self._child, self._turn = Child(MODULE, keyring_environment(os.environ)), asyncio.Lock()
        return self._child, self._turn


class KeyringNotOpen(SetupError):
    """Raised where a keyring is needed that is locked, not there, or does not answer; `look` is what it is like."""

    def __init__(self, look: KeyringStatus) -> None:
        super().__init__(look.sentence, look.hint)
        self.look = look


def _entry(credential: Credential) -> dict[str, str]:
    return {"service": credential.service, "name": credential.name}


def _look_in(answer: Mapping[str, Any]) -> KeyringStatus:
    return KeyringStatus(
        KeyringState(answer["state"]), answer["backend"], bus=answer["bus"], foreign=answer.get("foreign", False)
    )


def _require_success(answer: dict[str, Any]) -> dict[str, Any]:
    seen = _look_in(answer)
    if "failure" in answer:
        raise _failure(str(answer["failure"]), seen.backend, str(answer["reason"]))
    if seen.state is not KeyringState.OPEN:
        raise KeyringNotOpen(seen)
    return answer


def _failure(code: str, backend: str, reason: str) -> SetupError:
    """`code` is one of the child's `Failure`s, or "silent" when it stopped answering in the middle."""
    elsewhere = _("Choose another place for the key.")
    sentences = {
        "not-kept": (_("{keyring} returned something other than it was given."), elsewhere),
        "half": (
            _("{keyring} failed halfway ({reason}); what it holds now is not certain."),
            _("Look into it with its own program, and choose another place for the key."),
        ),
        "silent": (
            _("{keyring} does not answer any more; it may have taken the key all the same."),
            _("Try again when it answers, or choose another place for the key."),
        ),
        "wrong-password": (
            _("That is not the password of {keyring}."),
            _("It is usually the one you log in with; type it again, or choose another place for the key."),
        ),
        "dismissed": (
            _("{keyring} is still locked: its window was closed."),
            _("Try again, or choose another place for the key."),
        ),
        "not-from-here": (
            _("{keyring} asks for its password in its own dialog only."),
            _("Open it on its desktop, or choose another place for the key."),
        ),
    }
    message, hint = sentences.get(code, (_("{keyring} failed ({reason})."), elsewhere))
    return SetupError(message.format(keyring=backend, reason=reason), hint)
