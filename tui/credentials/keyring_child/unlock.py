"""Opening a locked keyring, or making the first one.

GNOME Keyring takes a password that was typed on our own screen, through an interface of its own that is meant for the
login (pam_gnome_keyring). A later one may lose it: then nothing happens, and we say so. Others ask in
their own windows.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Final

from jeepney import DBusAddress, DBusErrorResponse  # type: ignore[import-untyped]
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

from tui.credentials.keyring_child.entries import Failed, Failure
from tui.credentials.keyring_child.session_bus import NAME, SECRETS, Ask, asking

_INTERFACE: Final = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"
_MISSING: Final = tuple(f"org.freedesktop.DBus.Error.Unknown{what}" for what in ("Method", "Interface", "Object"))
_ACCESS_DENIED: Final = "org.freedesktop.DBus.Error.AccessDenied"
_WRONG: Final = "org.gnome.keyring.Error.Denied"
_SERVICE: Final = DBusAddress(SECRETS, NAME, "org.freedesktop.Secret.Service")
_LABEL: Final = "login"
"""By this name a login (pam_gnome_keyring) knows the one that it opens, if both have the same password."""


def unlock(password: str) -> None:
    """Unlock the default collection. Raises Failed for a wrong password, and where it cannot be done from here."""
    with _session(password) as (ask, secret):
        collection = ask(_SERVICE, "ReadAlias", "s", "default")[0]
        ask(DBusAddress(SECRETS, NAME, _INTERFACE), "UnlockWithMasterPassword", "o(oayays)", collection, secret)


def create(password: str) -> None:
    """Make a collection with this password, and make it the default one. Raises Failed as `unlock` does."""
    label = {"org.freedesktop.Secret.Collection.Label": ("s", _LABEL)}
    with _session(password) as (ask, secret):
        made = ask(DBusAddress(SECRETS, NAME, _INTERFACE), "CreateWithMasterPassword", "a{sv}(oayays)", label, secret)
        ask(_SERVICE, "SetAlias", "so", "default", made[0])


def ask_in_its_window() -> None:
    """Have the keyring ask in a window of its own, and wait until the user is through. Raises Failed if they refuse."""
    from secretstorage.util import add_match_rules, unlock_objects

    with closing(open_dbus_connection()) as connection:
        add_match_rules(connection)
        collection = asking(connection)(_SERVICE, "ReadAlias", "s", "default")[0]
        if unlock_objects(connection, [collection]):
            raise Failed(Failure.DISMISSED)


@contextmanager
def _session(password: str) -> Iterator[tuple[Ask, Any]]:
    """How to ask, and the password as it goes over the bus."""
    from secretstorage.util import format_secret, open_session  # cryptography behind it: a look does not need it

    with closing(open_dbus_connection()) as connection:
        secret = format_secret(open_session(connection), password.encode(), "text/plain")
        try:
            yield asking(connection), secret
        except DBusErrorResponse as error:
            raise Failed(_failure(error.name), error.name) from None


def _failure(name: str) -> Failure:
    if name == _WRONG:
        return Failure.WRONG_PASSWORD
    return Failure.NOT_FROM_HERE if name in (*_MISSING, _ACCESS_DENIED) else Failure.FAILED
