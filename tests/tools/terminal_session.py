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
import subprocess
import sys
import termios

PR_SET_CHILD_SUBREAPER = 36


def main(report: int, control: int, command: list[str]) -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)  # what the program leaves behind comes to us
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
        signal.signal(number, lambda *_: None)  # meant for the program; a handler is not inherited, "ignored" is
    before = termios.tcgetattr(0)
    program = subprocess.Popen(command)
    os.write(report, json.dumps({"pid": program.pid}).encode() + b"\n")
    status = program.wait()
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
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
