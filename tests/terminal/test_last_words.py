"""A terminal that takes nothing any more is told how to be left all the same, and nobody waits for it."""

import os
import termios
import threading

import pytest
from tools.patience import LIMIT

CHILD = """
import sys, threading, time
from tui.terminal.signals import restore_terminal
import termios
before = termios.tcgetattr(0)
raw = termios.tcgetattr(0)
raw[3] = 0
termios.tcsetattr(0, termios.TCSANOW, raw)
def write():
    while True:
        sys.__stderr__.write("\\x1b[?1049h" + "page" * 1000)
        sys.__stderr__.flush()
if sys.argv[1] == "stopped":
    termios.tcflow(0, termios.TCOOFF)
threading.Thread(target=write, daemon=True).start()
time.sleep(0.5)  # by now it waits for room
import os
os._exit(0 if restore_terminal(0, before) else 1)
"""


@pytest.mark.parametrize("how", ["unread", "stopped"])
def test_modes_and_attributes_are_restored_though_another_thread_waits_for_room(how: str) -> None:
    import subprocess
    import sys

    ours, theirs = os.openpty()
    before = termios.tcgetattr(theirs)
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, how], stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    assert child.wait(timeout=LIMIT) == 0
    assert termios.tcgetattr(theirs) == before
    left = bytearray()
    reader = threading.Thread(target=lambda: left.extend(read_all(ours)))
    reader.start()
    os.close(theirs)
    reader.join(10)
    os.close(ours)
    tail = bytes(left).rpartition(b"page")[2]
    for mode in (b"?1000l", b"?1003l", b"?1006l", b"?2004l", b"?1004l", b"?7h", b"?1049l", b"?25h"):
        assert b"\x1b[" + mode in tail


def read_all(descriptor: int) -> bytes:
    data = b""
    try:
        while more := os.read(descriptor, 65536):
            data += more
    except OSError:
        pass
    return data
