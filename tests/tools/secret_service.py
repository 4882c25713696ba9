"""A private D-Bus session with a private gnome-keyring, in the states in which users' computers are.

    with SecretService("locked") as environment: ...      # variables to set for whoever shall find it
    python tests/tools/secret_service.py locked COMMAND…  # the same around a command

Needs the programs dbus-daemon and gnome-keyring-daemon; no root, no systemd, no display. Nothing of the user's own
session is touched, and no dialog can appear: the bus knows no program that would show one.
"""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, DBusErrorResponse, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from tools.patience import LIMIT

MODES = ("unlocked", "locked", "nodefault", "noservice", "nobus", "wedged", "stale", "silent", "activatable")
"""nobus: no session at all; stale: an address where nobody listens any more; silent: a bus that says nothing;
noservice: a bus without a keyring; nodefault: a keyring without a collection; wedged: a keyring that was stopped;
activatable: a keyring that the bus starts when it is asked for, and that never comes."""

SECRETS = DBusAddress("/org/freedesktop/secrets", "org.freedesktop.secrets", "org.freedesktop.Secret.Service")
BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
LOGIN = "/org/freedesktop/secrets/collection/login"
_BUS_CONFIGURATION = """<busconfig><type>session</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
{services}
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>"""


class SecretService:
    """Entered, it gives the environment; left, all that it started is gone."""

    def __init__(self, mode: str = "unlocked") -> None:
        assert mode in MODES, mode
        self.mode = mode
        self.password = secrets.token_urlsafe(12)
        self.daemon: subprocess.Popen[bytes] | None = None
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> dict[str, str]:
        with self._stack:
            self._folder = Path(tempfile.mkdtemp(prefix="keyring-"))  # short: a socket's path has 107 bytes at most
            self._stack.callback(shutil.rmtree, self._folder, ignore_errors=True)
            self._socket = self._folder / ("bus" if self.mode not in ("stale", "silent") else "old")
            self.environment = {"XDG_RUNTIME_DIR": str(self._folder)}
            if self.mode != "nobus":
                self.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={self._socket}"
                self._start()
            self._stack = self._stack.pop_all()
        return self.environment

    def __exit__(self, *_exception: object) -> None:
        self._stack.close()

    def connect(self) -> DBusConnection:
        """A connection to the bus, to be closed by the caller."""
        return open_dbus_connection(self.environment["DBUS_SESSION_BUS_ADDRESS"], auth_timeout=LIMIT)

    def lock(self) -> None:
        """Lock the default collection."""
        self._call(SECRETS, "Lock", "ao", [self._default_collection()])

    def wedge(self) -> None:
        """Stop the keyring's process in its tracks: it keeps its name on the bus and answers nobody."""
        os.kill(self.daemon.pid, signal.SIGSTOP)

    def revoke(self) -> None:
        """End the session: the address leads nowhere from now on."""
        self._stack.close()

    def _start(self) -> None:
        if self.mode in ("stale", "silent"):
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(str(self._socket))
            if self.mode == "stale":
                listener.close()
                return
            listener.listen()
            self._stack.callback(listener.close)
            return
        self._start_bus()
        if self.mode not in ("noservice", "activatable"):
            self._start_keyring()
        if self.mode == "locked":
            self.lock()
        if self.mode == "wedged":
            self.wedge()

    def _start_bus(self) -> None:
        configuration = self._folder / "bus.conf"
        services = self._never_coming() if self.mode == "activatable" else ""
        configuration.write_text(_BUS_CONFIGURATION.format(socket=self._socket, services=services))
        # should the tests be killed, the bus goes with them, and the keyring with the bus
        lifeline = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
        self._spawn([*lifeline, "dbus-daemon", f"--config-file={configuration}", "--nofork", "--nopidfile"])
        self._wait(self._bus_answers, "dbus-daemon")

    def _never_coming(self) -> str:
        """A program that the bus starts for a keyring, and that does nothing."""
        program, started = self._folder / "never", self._folder / "started"
        program.write_text(f"#!/bin/sh\necho $$ >> {started}\nexec sleep 600\n")
        program.chmod(0o700)
        services = self._folder / "services"
        services.mkdir()
        text = f"[D-BUS Service]\nName={SECRETS.bus_name}\nExec={program}\n"
        (services / "secrets.service").write_text(text)
        self._stack.callback(_end_all, started)
        return f"<servicedir>{services}</servicedir>"

    def _start_keyring(self) -> None:
        arguments = ["--foreground", "--components=secrets", f"--control-directory={self._folder}/control"]
        with_login = self.mode != "nodefault"
        self.daemon = self._spawn(["gnome-keyring-daemon", *arguments, *(["--unlock"] if with_login else [])])
        if with_login:
            self.daemon.stdin.write(self.password.encode())
        self.daemon.stdin.close()
        # not "its name is taken": the collection comes a bit later
        self._wait(lambda: self._default_collection() == (LOGIN if with_login else "/"), "gnome-keyring-daemon")

    def _spawn(self, command: list[str]) -> subprocess.Popen[bytes]:
        own = {"PATH": os.environ["PATH"], "HOME": str(self._folder), "XDG_DATA_HOME": str(self._folder / "data")}
        process = subprocess.Popen(
            command, env={**own, **self.environment}, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, bufsize=0,
        )  # fmt: skip
        self._stack.callback(_end, process)
        return process

    def _bus_answers(self) -> bool:
        with contextlib.suppress(OSError):  # the socket is not there yet, or nobody listens at it yet
            self.connect().close()
            return True
        return False

    def _default_collection(self) -> str | None:
        with contextlib.suppress(DBusErrorResponse):
            if self._call(BUS, "NameHasOwner", "s", SECRETS.bus_name)[0]:
                return self._call(SECRETS, "ReadAlias", "s", "default")[0]
        return None

    def _call(self, address: DBusAddress, method: str, signature: str, *arguments: Any) -> tuple[Any, ...]:
        with self.connect() as connection:
            message = new_method_call(address, method, signature, arguments)
            reply = connection.send_and_get_reply(message, timeout=LIMIT)
            if reply.header.message_type == MessageType.error:
                raise DBusErrorResponse(reply)
            return reply.body

    def _wait(self, ready: Callable[[], bool], program: str) -> None:
        deadline = time.monotonic() + LIMIT
        while not ready():
            assert time.monotonic() < deadline, f"{program} is not ready after {LIMIT} s"
            time.sleep(0.02)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()  # ends a stopped one too
    process.wait()
    process.stdin.close()


def _end_all(pids: Path) -> None:
    for pid in pids.read_text().split() if pids.exists() else ():
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)


if __name__ == "__main__":
    with SecretService(sys.argv[1]) as around:
        without = {name: value for name, value in os.environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
        sys.exit(subprocess.call(sys.argv[2:], env={**without, **around}))
