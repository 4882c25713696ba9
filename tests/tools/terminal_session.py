"""Leads the session of a terminal for `terminal.py`, as a user's shell would, and tells what became of the program.

    terminal_session.py REPORT CONTROL PROGRAM ARGUMENT…

Its standard streams are the terminal. To the file descriptor REPORT it writes two JSON lines: `{"pid"}`, and at the
end of the program `{"status", "attributes", "left"}`: the exit status, whether the terminal's attributes are those of
before, and the command lines of processes that outlived the program. Then it waits for the end of CONTROL's input, so
that the terminal is not hung up, kills what is left and ends.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import signal
import sys
import termios
from collections.abc import Callable

PR_SET_CHILD_SUBREAPER = 36


def lead(report: int, control: int, start: Callable[[], int]) -> None:
    """Lead the session; `start` gives the number of the program, a child of this process."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    for descriptor in (report, control):
        os.set_inheritable(descriptor, False)
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)  # what the program leaves behind comes to us
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
        signal.signal(number, lambda *_: None)  # meant for the program; a handler is not inherited, "ignored" is
    before = termios.tcgetattr(0)
    program = start()
    os.write(report, json.dumps({"pid": program}).encode() + b"\n")
    status = os.waitstatus_to_exitcode(os.waitpid(program, 0)[1])
    left = [words for process in _left() if (words := _words(process))]
    told = {"status": status, "attributes": termios.tcgetattr(0) == before, "left": left}
    os.write(report, json.dumps(told).encode() + b"\n")
    os.read(control, 1)
    for process in _left():
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def _left() -> list[int]:
    """Our descendants, without those that have ended already. Not by psutil: to import it takes as long as all else."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    children: dict[int, list[int]] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError), open(f"/proc/{name}/stat", "rb") as stat:
            parent = int(stat.read().rpartition(b")")[2].split()[1])
            children.setdefault(parent, []).append(int(name))
    found, new = [], children.get(os.getpid(), [])
    while new:
        found += new
        new = [child for parent in new for child in children.get(parent, [])]
    return found


def _words(process: int) -> str:
    """Its command line; "" for one that has just ended."""
    with contextlib.suppress(OSError), open(f"/proc/{process}/cmdline", "rb") as words:
        return words.read().rstrip(b"\0").replace(b"\0", b" ").decode(errors="replace")
    return ""


if __name__ == "__main__":
    lead(int(sys.argv[1]), int(sys.argv[2]), lambda: os.spawnvp(os.P_NOWAIT, sys.argv[3], sys.argv[3:]))
