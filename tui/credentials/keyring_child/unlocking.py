"""Unlocking GNOME Keyring with a password that was typed on our own screen, without any dialog.

It has an interface of its own for this, meant for the login (pam_gnome_keyring). Other programs do not have it, and a
later GNOME Keyring may lose it: then nothing happens, and we say so.
"""

from contextlib import closing
from typing import Final

from jeepney import DBusAddress, DBusErrorResponse  # type: ignore[import-untyped]
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

from tui.credentials.keyring_child.entries import Failed, Failure
from tui.credentials.keyring_child.session_bus import NAME, SECRETS, asking

_INTERFACE: Final = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"
_MISSING: Final = tuple(f"org.freedesktop.DBus.Error.Unknown{what}" for what in ("Method", "Interface", "Object"))
_ACCESS_DENIED: Final = "org.freedesktop.DBus.Error.AccessDenied"
_WRONG: Final = "org.gnome.keyring.Error.Denied"


def unlock(password: str) -> None:
    """Unlock the default collection. Raises Failed for a wrong password, and where it cannot be done from here."""
    from secretstorage.util import format_secret, open_session  # cryptography behind it: a look does not need it

    with closing(open_dbus_connection()) as connection:
        ask = asking(connection)
        collection = ask(DBusAddress(SECRETS, NAME, "org.freedesktop.Secret.Service"), "ReadAlias", "s", "default")[0]
        secret = format_secret(open_session(connection), password.encode(), "text/plain")
        try:
            ask(DBusAddress(SECRETS, NAME, _INTERFACE), "UnlockWithMasterPassword", "o(oayays)", collection, secret)
        except DBusErrorResponse as error:
            raise Failed(_failure(error.name), error.name) from None


def _failure(name: str) -> Failure:
    if name == _WRONG:
        return Failure.WRONG_PASSWORD
    return Failure.NOT_FROM_HERE if name in (*_MISSING, _ACCESS_DENIED) else Failure.FAILED
