"""Another program in our terminal, such as an editor: a signal for us ends it too, and the terminal is ours again."""

import contextlib
import signal
import subprocess
import termios
from collections.abc import Mapping, Sequence
from types import FrameType
from typing import Final

from tui.terminal.signals import restore

_PATIENCE: Final = 2.0
"""Seconds for the other program to end in order."""
_PASSED_ON: Final = (signal.SIGHUP, signal.SIGTERM)
_ITS_OWN: Final = (signal.SIGINT, signal.SIGQUIT)
"""They come from its keyboard; system(3) leaves them alone as well."""


def run(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run `command` until it ends. Raises OSError if it cannot be started, SystemExit if a signal was to end us."""
    attributes = None
    with contextlib.suppress(termios.error):
        attributes = termios.tcgetattr(0)
    came: list[int] = []
    with subprocess.Popen(command, env=environment) as guest:

        def pass_on(number: int, _frame: FrameType | None) -> None:
            came.append(number)
            guest.send_signal(number)

        before = {number: signal.signal(number, pass_on) for number in _PASSED_ON}
        before |= {number: signal.signal(number, signal.SIG_IGN) for number in _ITS_OWN}
        try:
            _wait(guest, came)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            if attributes is not None:  # it may have been killed
                with contextlib.suppress(termios.error):
                    termios.tcsetattr(0, termios.TCSADRAIN, attributes)
    if came:
        restore(0, attributes)
        raise SystemExit(128 + came[0])


def _wait(guest: "subprocess.Popen[bytes]", came: Sequence[int]) -> None:
    while guest.returncode is None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            guest.wait(_PATIENCE)
            return
        if came:
            guest.kill()
