"""A throw-away SSH server on the loopback that lets in whoever runs the tests, and nobody else.

with SshServer() as server:
    Terminal([*server.command, "the remote command"], …)
"""

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import psutil
from tools.patience import LIMIT
from tools.programs import require_program

SERVER = """ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
PrintMotd no
PrintLastLog no
"""
CLIENT = """Host here
HostName 127.0.0.1
Port {port}
User {user}
IdentityFile {folder}/user
IdentitiesOnly yes
UserKnownHostsFile {folder}/known
StrictHostKeyChecking accept-new
LogLevel ERROR
ControlMaster no
"""


class SshServer:
    """Listens while the `with` lasts; then it and all that was started through it are gone."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        """`environment` is set for whoever logs in, HOME included: a server of its own is a host of its own."""
        self._environment = environment or {}

    def __enter__(self) -> Self:
        server, keygen, client = map(require_program, ("sshd", "ssh-keygen", "ssh"))
        with contextlib.ExitStack() as stack:
            folder = Path(tempfile.mkdtemp(prefix="ssh-"))
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            for name in ("host", "user"):
                subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
            if os.geteuid() == 0:
                Path("/run/sshd").mkdir(exist_ok=True)  # where it locks itself in
            port = _free_port()
            set_up = SERVER.format(port=port, folder=folder)
            if self._environment:
                set_up += f"SetEnv {' '.join(f'{name}={value}' for name, value in self._environment.items())}\n"
            (folder / "sshd_config").write_text(set_up)
            (folder / "config").write_text(CLIENT.format(port=port, folder=folder, user=getpass.getuser()))
            with (folder / "log").open("w") as log:
                process = subprocess.Popen([server, "-D", "-e", "-f", folder / "sshd_config"], stderr=log)
            stack.callback(_end, process)
            _wait(port, process, folder / "log")
            self.configuration = folder / "config"
            self.command = [client, "-F", str(folder / "config"), "-tt", "here"]
            self._process = process
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._stack.close()

    def processes(self) -> list[str]:
        """The command lines of all that runs on behalf of who is logged in."""
        return [words for words, _process in self._started()]

    def find(self, *names: str) -> list[psutil.Process]:
        """Those of the processes in whose command lines one of `names` occurs."""
        return [process for words, process in self._started() if any(name in words for name in names)]

    def _started(self) -> list[tuple[str, psutil.Process]]:
        started = psutil.Process(self._process.pid).children(recursive=True)
        with contextlib.suppress(psutil.NoSuchProcess):
            return [(" ".join(process.cmdline()), process) for process in started]
        return self._started()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + LIMIT
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, f"sshd is not ready after {LIMIT} s"
        time.sleep(0.02)


def _end(process: subprocess.Popen[bytes]) -> None:
    sessions = psutil.Process(process.pid).children(recursive=True)
    process.terminate()
    process.wait()
    for session in sessions:
        with contextlib.suppress(psutil.NoSuchProcess):
            session.kill()
