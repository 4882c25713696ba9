"""Asking the D-Bus session, with reading calls only, in which state its keyring is: 5 ms, and never a dialog."""

import importlib.util
import os
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from jeepney import DBusAddress, DBusErrorResponse, MessageType, Properties, new_method_call  # type: ignore[import-untyped]
from jeepney.io.blocking import DBusConnection, open_dbus_connection  # type: ignore[import-untyped]

from tui.credentials.keyring_state import GNOME, KeyringState, KeyringStatus

Ask = Callable[..., tuple[Any, ...]]
"""ask(address, method, signature, *arguments) gives the reply's values; raises DBusErrorResponse."""

_BUS: Final = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
NAME: Final = "org.freedesktop.secrets"
SECRETS: Final = "/org/freedesktop/secrets"
_SERVICE: Final = DBusAddress(SECRETS, NAME, "org.freedesktop.Secret.Service")
_KWALLET: Final = DBusAddress("/modules/kwalletd5", "org.kde.kwalletd5", "org.kde.KWallet")
_PROGRAMS: Final = {
    "org.gnome.keyring": GNOME,
    "org.kde.secretservicecompat": "KWallet",
    "org.kde.kwalletd6": "KWallet",
    "org.kde.kwalletd5": "KWallet",
    "org.keepassxc.KeePassXC.MainWindow": "KeePassXC",
}
"""Other names on the bus by which the program behind the Secret Service is known."""

_PATIENCE: Final = 30
"""Seconds for the bus to greet us: more than the caller has, so that its limit is the one that counts."""


def look(at: Callable[[Ask], KeyringStatus]) -> KeyringStatus:
    """Open the session bus, look `at` one of its services, and close the bus again."""
    try:
        connection = open_dbus_connection(auth_timeout=_PATIENCE)
    except TimeoutError:
        return KeyringStatus(KeyringState.UNRESPONSIVE, "")
    except Exception:  # noqa: BLE001 - no address: KeyError; a bad one: five other types; nobody listens: OSError
        return KeyringStatus(KeyringState.NONE, "", bus=False, foreign=_is_anothers())
    with closing(connection):
        try:
            return at(asking(connection))
        except DBusErrorResponse:  # it cannot be started, or does not know the question
            return KeyringStatus(KeyringState.NONE, "")
        except OSError:
            return KeyringStatus(KeyringState.NONE, "", bus=False)


def _is_anothers() -> bool:
    """Whether the socket that the environment names belongs to another user, who alone may use it."""
    found = re.search(r"unix:path=([^,;]+)", os.environ.get("DBUS_SESSION_BUS_ADDRESS", ""))
    path = Path(unquote(found[1])) if found else None
    try:
        return path is not None and path.stat().st_uid != os.getuid()
    except PermissionError:  # not even its folder may be looked into
        return True
    except OSError:
        return False


def secret_service(ask: Ask) -> KeyringStatus:
    """The state of the default collection of whatever program offers the Secret Service."""
    if not ask(_BUS, "NameHasOwner", "s", NAME)[0] and NAME not in ask(_BUS, "ListActivatableNames", None)[0]:
        return KeyringStatus(KeyringState.NONE, "")
    collection = ask(_SERVICE, "ReadAlias", "s", "default")[0]
    backend = _program(ask)
    if collection == "/":
        return KeyringStatus(KeyringState.NO_DEFAULT, backend)
    question = Properties(DBusAddress(collection, NAME, "org.freedesktop.Secret.Collection")).get("Locked")
    locked = ask(question)[0][1]
    return KeyringStatus(KeyringState.LOCKED if locked else KeyringState.OPEN, backend)


def kwallet(ask: Ask) -> KeyringStatus:
    """The state of KWallet's own interface; keyring reaches it through the package dbus-python alone."""
    if not importlib.util.find_spec("dbus") or not ask(_BUS, "NameHasOwner", "s", _KWALLET.bus_name)[0]:
        return KeyringStatus(KeyringState.NONE, "")
    wallet = ask(_KWALLET, "networkWallet", None)[0]
    opened = ask(_KWALLET, "isOpen", "s", wallet)[0]
    return KeyringStatus(KeyringState.OPEN if opened else KeyringState.LOCKED, "KWallet")


def _program(ask: Ask) -> str:
    owner = ask(_BUS, "GetNameOwner", "s", NAME)
    for name, program in _PROGRAMS.items():
        if ask(_BUS, "NameHasOwner", "s", name)[0] and ask(_BUS, "GetNameOwner", "s", name) == owner:
            return program
    return "Secret Service"


def asking(connection: DBusConnection) -> Ask:
    """Questions through `connection`."""

    def ask(what: Any, method: str = "", signature: str | None = None, *arguments: Any) -> tuple[Any, ...]:
        message = new_method_call(what, method, signature, arguments) if method else what
        reply = connection.send_and_get_reply(message)
        if reply.header.message_type == MessageType.error:
            raise DBusErrorResponse(reply)
        return tuple(reply.body)

    return ask
