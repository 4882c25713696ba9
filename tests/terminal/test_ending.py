"""A signal that comes when the app is over already, and its children are being closed."""

import signal
import subprocess
import sys

import pytest
from tools.patience import LIMIT

from tui.terminal.signals import SIGNALS

LEAVING = """
import asyncio, os, sys, time
from tui.terminal.signals import Ending

async def run():
    ending = Ending(lambda number: print("ended"), lambda: print("kept"), lambda: print("discarded", flush=True))
    ending.watch()
    ending.over()

asyncio.run(run())
os.kill(os.getpid(), int(sys.argv[1]))
if sys.argv[2] == "hang":
    time.sleep(600)
os._exit(0)
"""


def leaving(number: int, *, hang: bool) -> tuple[int, list[str]]:
    command = [sys.executable, "-c", LEAVING, str(int(number)), "hang" if hang else ""]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, timeout=LIMIT, check=False
    )
    return done.returncode, done.stdout.split()


@pytest.mark.parametrize("number", [*SIGNALS[:4], signal.SIGUSR1])
def test_a_signal_does_not_end_a_program_that_is_ending_before_it_has_closed_what_it_opened(number: int) -> None:
    assert leaving(number, hang=False) == (0, [])


def test_a_program_that_cannot_end_by_itself_discards_what_it_opened() -> None:
    assert leaving(signal.SIGQUIT, hang=True) == (128 + signal.SIGQUIT, ["kept", "discarded"])
