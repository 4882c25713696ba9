"""Being stopped without warning, and going on: SIGSTOP and SIGCONT, as a debugger or an administrator sends them."""

import asyncio
import contextlib
import termios
from typing import TYPE_CHECKING, Any, Final, cast

from textual.app import App
from textual.constants import DISABLE_KITTY_KEY
from textual.driver import Driver

if TYPE_CHECKING:
    from textual.drivers.linux_driver import LinuxDriver

_MOUSE: Final = "\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h"
_MODES: Final = "\x1b[?1049h\x1b[?25l\x1b[?1004h\x1b[?2004h\x1b[?7l"
"""The other screen, no cursor, reports of focus, bracketed paste, no wrapping: as Textual begins."""
_KEYS: Final = "\x1b[=25u"
"""The flags of the Kitty protocol that Textual uses, set and not put on top of others."""


class ResumableDriver:
    """Goes before a driver in the order of its methods."""

    fileno: int
    attrs_before: list[Any] | None
    _mouse: bool
    _loop: asyncio.AbstractEventLoop
    _app: App[Any]
    _began_with: list[Any] | None = None
    """How the terminal was before the first start."""
    _raw: list[Any] | None = None
    """How it is while it is ours."""

    def start_application_mode(self) -> None:
        """Begin, for the first time or after it was left."""
        super().start_application_mode()  # type: ignore[misc]
        if self._began_with is None:
            self._began_with = self.attrs_before
        self.attrs_before = self._began_with
        with contextlib.suppress(termios.error):
            self._raw = termios.tcgetattr(self.fileno)

    def stop_application_mode(self) -> None:
        """Leave the terminal to others, or for good."""
        super().stop_application_mode()  # type: ignore[misc]
        self._raw = None

    def _sigcont_application(self, *arguments: object) -> None:
        if self._raw is None:
            super()._sigcont_application(*arguments)  # type: ignore[misc]
        else:
            self._loop.call_soon_threadsafe(self._go_on)

    def _go_on(self) -> None:
        """Ask for all modes again: a shell may have used the terminal meanwhile."""
        if self._raw is None:
            return
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self.fileno, termios.TCSANOW, self._raw)
        mouse, keys = _MOUSE if self._mouse else "", "" if DISABLE_KITTY_KEY else _KEYS
        driver = cast("LinuxDriver", self)
        driver.write(_MODES + mouse + keys)
        self._app.post_message(driver.SignalResume())


def resumable(driver: type[Driver]) -> type[Driver]:
    """`driver`, which goes on after a SIGCONT that no SIGTSTP was before.

    Textual's begins a second time: with a second reader of keys, and with a raw terminal for the one to go back to.
    """
    if not hasattr(driver, "_sigcont_application"):
        return driver
    return type("OurDriver", (ResumableDriver, driver), {})
