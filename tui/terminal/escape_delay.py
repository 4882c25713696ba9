"""An Esc that would end the program may be the first third of an arrow key: it waits for the rest."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual.app import App

from tui.terminal.sieve import ESCAPE_DELAY, PATIENCE

if TYPE_CHECKING:
    from textual.timer import Timer

DELAY: Final = PATIENCE - ESCAPE_DELAY
"""Seconds; with those in which it was told to be an Esc, as long as the rest of a key is waited for."""


class EscapeDelay:
    """Leaves a little later, or at once when it is asked a second time, or not at all when another key comes."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._timer: Timer | None = None
        self._leave: Callable[[], object] | None = None

    def begin(self, leave: Callable[[], object]) -> None:
        """Leave, unless a key says otherwise."""
        if self._timer is None:
            self._leave = leave
            self._timer = self._app.set_timer(DELAY, self._go)
        else:
            self._go()

    def heed(self, event: events.Event) -> None:
        """A key other than Esc, or a paste: who gives one wants to stay."""
        if isinstance(event, events.Key | events.Paste) and getattr(event, "key", "") != "escape":
            self._stop()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _go(self) -> None:
        self._stop()
        if self._leave is not None:
            self._app.call_later(self._leave)
