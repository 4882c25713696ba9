"""Probes that need not import litellm: forks of one process of a test run that has done so.

    python -P -m tools.warm_probe    # in the place of `python -P -m tui.trial.probe`; passes its streams on to a fork

Importing takes seconds of a processor, in each of dozens of tests that are about something else. What is about the
probe's own process, its environment or its start goes without (`tests/trial/test_trial_probe.py` and others).
"""

import contextlib
import fcntl
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

MODULE = "tools.warm_probe"
TESTS = str(Path(__file__).parents[1])
WHERE = "WARM_PROBE"
"""The variable that names the socket at which the process with litellm listens."""
CAN_FORK = sys.platform == "linux"
_LONGEST = 65536
_RENEW = b"u"
_OWN = ("PYTHONPATH", WHERE)


@contextlib.contextmanager
def one_for_all(folder: Path) -> Iterator[str]:
    """The socket of the process that all tests of this run share; it ends with the last of those that hold it."""
    path = str(folder / "warm-probe")
    with open(f"{path}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            held = _connected(path)
        except OSError:
            Path(path).unlink(missing_ok=True)
            _start(path)
            held = _connected(path)
    with held:
        yield path


def lead_to(path: str, patch: Callable[[object, str, object], None] = setattr) -> None:
    """Let each probe of this process be a fork of the one that listens at `path`."""
    from tui.trial import probe_client

    own = probe_client.probe_environment
    patch(probe_client, "MODULE", MODULE)
    patch(probe_client, "probe_environment", lambda environ: {**own(environ), "PYTHONPATH": TESTS, WHERE: path})


def _connected(path: str) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(path)
    except OSError:
        connection.close()
        raise
    return connection


def _start(path: str) -> None:
    from tui.trial.probe_client import probe_environment

    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(64)
    environment = {**probe_environment({}), "PATH": os.environ["PATH"], "HOME": os.path.dirname(path)}
    with listener:
        subprocess.run(
            [sys.executable, "-P", __file__, str(listener.fileno())], env=environment, pass_fds=[listener.fileno()],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True, check=True,
        )  # fmt: skip


def stand_in() -> NoReturn:
    """Let a fork have our streams, folder and environment; end as it ends, and it ends with us."""
    environment = {name: value for name, value in os.environ.items() if name not in _OWN}
    with _connected(os.environ[WHERE]) as connection:
        signal.signal(signal.SIGUSR1, lambda *_: connection.send(_RENEW))
        order = json.dumps({"folder": os.getcwd(), "environment": environment}).encode()
        socket.send_fds(connection, [order], [0, 1, 2])
        for stream in (0, 1):
            os.close(stream)  # whoever reads or writes at the other end is to see when the fork is gone
        os._exit((connection.recv(1) or b"\1")[0])


class _Nursery:
    """The process with litellm: forks for whoever sends it three streams."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._selector = selectors.DefaultSelector()
        self._selector.register(listener, selectors.EVENT_READ)
        self._forks: dict[socket.socket, int] = {}
        """By the connection: its fork, 0 for one that has asked for none."""
        self._warm = False

    def serve(self) -> None:
        """Until nobody is connected any more."""
        while True:
            for key, _events in self._selector.select():
                if key.data:
                    self._tell_end(*key.data)
                elif key.fileobj is self._listener:
                    self._accept()
                elif isinstance(key.fileobj, socket.socket):
                    self._hear(key.fileobj)
            if not self._forks:
                return

    def _accept(self) -> None:
        connection, _address = self._listener.accept()
        self._forks[connection] = 0
        self._selector.register(connection, selectors.EVENT_READ)

    def _hear(self, connection: socket.socket) -> None:
        try:
            order, streams, _flags, _address = socket.recv_fds(connection, _LONGEST, 3)
        except OSError:
            order, streams = b"", []
        fork = self._forks.get(connection)
        if streams:
            self._fork(connection, json.loads(order), streams)
        elif order == _RENEW and fork:
            os.kill(fork, signal.SIGUSR1)
        elif not order:
            if fork:
                os.killpg(fork, signal.SIGKILL)
            self._forget(connection)

    def _fork(self, connection: socket.socket, order: dict[str, dict[str, str]], streams: list[int]) -> None:
        if not self._warm:
            _import_all()
            self._warm = True
        fork = os.fork()
        if not fork:
            try:
                _become_probe(order, streams)
            finally:
                os._exit(1)
        with contextlib.suppress(OSError):
            os.setpgid(fork, fork)  # so that it can be killed before it did so itself
        for stream in streams:
            os.close(stream)
        self._forks[connection] = fork
        self._selector.register(os.pidfd_open(fork), selectors.EVENT_READ, (connection, fork))

    def _tell_end(self, connection: socket.socket, fork: int) -> None:
        _pid, status = os.waitpid(fork, 0)
        for key in [*self._selector.get_map().values()]:
            if key.data == (connection, fork):
                self._selector.unregister(key.fileobj)
                os.close(key.fd)
        if self._forks.get(connection) == fork:
            with contextlib.suppress(OSError):
                connection.send(bytes([os.waitstatus_to_exitcode(status) & 255]))
            self._forget(connection)

    def _forget(self, connection: socket.socket) -> None:
        if self._forks.pop(connection, None) is not None:
            self._selector.unregister(connection)
            connection.close()


def _become_probe(order: dict[str, dict[str, str]], streams: list[int]) -> None:
    """What `tui.trial.probe` does when it is started, in a fork that has been warm before."""
    import litellm

    from tui.base.child_service import serve_replaceably
    from tui.trial import probe

    with contextlib.suppress(PermissionError):
        os.setsid()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.closerange(3, 1024)
    os.chdir(str(order["folder"]))
    os.environ.clear()
    os.environ.update(order["environment"])
    litellm.in_memory_llm_clients_cache.flush_cache()  # they know another environment
    serve_replaceably({"warm": probe.warm, "call": probe.call}, probe.prepare)


def _import_all() -> None:
    """As late as can be: perhaps no test of this run needs it."""
    import gc

    from tui.base.memory import bound_memory
    from tui.trial import bounds, probe, wire

    bound_memory()
    bounds.install()
    wire.install()
    probe.prepare()
    gc.collect()
    gc.freeze()  # what looks at all of it would copy it for each fork


if __name__ == "__main__":
    if len(sys.argv) == 1:
        stand_in()
    if os.fork():
        os._exit(0)  # nobody has to wait for the other, which outlives whoever needed it first
    _Nursery(socket.socket(fileno=int(sys.argv[1]))).serve()
