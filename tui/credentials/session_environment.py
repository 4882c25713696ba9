"""What the keyring child needs of our environment to find the user's keyring, and no more."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

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
