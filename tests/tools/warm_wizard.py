"""Walks through the wizard that need not import it: forks of one process of the tests that has done so.

Each is in a terminal and a session of its own and begins where the installed script begins, with the environment,
the folder and the words that it was given. What is about the start itself, or about variables that Python or Textual
read when they are imported, is started in full: see `serving()`.
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tools import terminal_session

TESTS = str(Path(__file__).parents[1])
_READ_ONCE = ("TEXTUAL", "PYTHON", "ESCDELAY", "NO_COLOR", "LC_")
"""Beginnings of variables that are read when something is imported."""
CAN_FORK = sys.platform == "linux"
_LONGEST = 65536
_serving: dict[str, socket.socket] = {}
"""By the program's path: where somebody listens who has imported it."""


@contextlib.contextmanager
def kept(program: str, warm_probe: str, module: str = "tools.unwarmed") -> Iterator[None]:
    """Let `Terminal` fork what has imported `program` for as long as a `with` lasts.

    What is forked calls `main(warm_probe)` of `module`. That of `unwarmed` is for a program of `unwarmed.install`.
    """
    if not CAN_FORK:
        yield
        return
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-P", __file__, str(theirs.fileno()), warm_probe, module]
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": TESTS}
    with ours, subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()]):
        theirs.close()
        _serving[program] = ours
        try:
            yield
        finally:
            del _serving[program]
            ours.shutdown(socket.SHUT_RDWR)


def serving(command: Sequence[str], environment: Mapping[str, str]) -> socket.socket | None:
    """Who can fork this command; None where it has to be started in full."""
    plain = environment.get("LANG") == "C.UTF-8" and not any(name.startswith(_READ_ONCE) for name in environment)
    return _serving.get(command[0]) if plain else None


def start(
    nursery: socket.socket, command: Sequence[str], environment: Mapping[str, str], folder: Path | str | None,
    tty: int, report: int, control: int,
) -> None:  # fmt: skip
    """Let `nursery` fork a session as `terminal_session` leads it, in the terminal `tty`."""
    order = {"command": command, "environment": dict(environment), "folder": str(folder or os.getcwd())}
    socket.send_fds(nursery, [json.dumps(order).encode()], [tty, report, control])


def _serve(nursery: socket.socket) -> None:
    """Fork until nobody is left who could ask. Returns in a fork that is to be the program."""
    while True:
        order, descriptors, _flags, _address = socket.recv_fds(nursery, _LONGEST, 3)
        with contextlib.suppress(ChildProcessError):  # those that have ended; all of them at the end
            while os.waitpid(-1, os.WNOHANG if order else 0)[0]:
                pass
        if not order:
            os._exit(0)
        if not os.fork():
            break
        for descriptor in descriptors:
            os.close(descriptor)
    nursery.close()
    _lead(json.loads(order), *descriptors)


def _lead(order: dict[str, object], tty: int, report: int, control: int) -> None:
    os.setsid()
    for number in range(3):
        os.dup2(tty, number)
    os.close(tty)
    os.chdir(str(order["folder"]))
    os.environ.clear()
    os.environ.update(order["environment"])

    def fork() -> int:
        if program := os.fork():
            return program
        os.close(report)
        os.close(control)
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        sys.argv = list(order["command"])
        raise _IsProgramError

    try:
        terminal_session.lead(report, control, fork)
    except _IsProgramError:
        return
    os._exit(0)


class _IsProgramError(Exception):
    """Raised in the fork that is to be the program."""


def _import_all() -> None:
    import pkgutil

    for name in ("tui.wizard", "tui.screens", "tui.widgets", "tui.terminal"):
        for module in pkgutil.iter_modules(importlib.import_module(name).__path__, f"{name}."):
            importlib.import_module(module.name)
    from tui import app
    from tui.commands import inputs

    assert app
    assert inputs
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    warm_probe, module = sys.argv[2:]
    main = importlib.import_module(module).main
    _import_all()
    _serve(socket.socket(fileno=int(sys.argv[1])))
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True)
    sys.exit(main(warm_probe))
