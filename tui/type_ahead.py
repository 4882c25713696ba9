"""Keys that come faster than the program moves: over a slow line, several arrive at once."""

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Final

from textual.events import Event, Key
from textual.widgets import Input

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import App
    from textual.message_pump import MessagePump

LOOK_EVERY: Final = 0.002
"""Seconds; between two looks everything that is ready to run does run."""
LONGEST: Final = 1.0
"""Seconds that a key is held back at most, on the slowest machine: nothing that hangs may keep Ctrl+Q from us."""


class TypeAhead:
    """Lets one key at a time in, and the next when what the one before set going has come to rest.

    Textual gives a key to what has the focus at that moment, and an Enter that leads to another field, step or dialog
    takes its time through several queues. A key pasted right behind it would stand, readable, in the field before.
    Letters typed into a field move nothing, so they need not wait for each other, but whatever follows them does.
    """

    def __init__(self, app: "App[str]") -> None:
        self._app = app
        self._held: deque[Event] = deque()
        self._let_in: Event | None = None
        self._resting: asyncio.Task[None] | None = None
        self._typing = False

    def holds(self, event: Event) -> bool:
        """Whether `event`, a key or a paste, has to wait; it is posted to the app again when its turn has come."""
        if event is self._let_in:
            self._let_in = None
            return False
        idle = self._resting is None and self._let_in is None
        if idle and (not self._typing or self._is_letter(event)):
            return False
        self._held.append(event)
        if idle:
            self._resting = asyncio.create_task(self._rest())
        return True

    def given(self, event: Event) -> None:
        """`event` is on its way."""
        self._typing = self._is_letter(event)
        if not self._typing or (self._held and not self._is_letter(self._held[0])):
            self._resting = asyncio.create_task(self._rest())
        else:
            self._let_next_in()

    def _is_letter(self, event: Event) -> bool:
        return isinstance(event, Key) and event.is_printable and isinstance(self._app.focused, Input)

    async def _rest(self) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + LONGEST
        seen: object = None
        while loop.time() < until:
            await asyncio.sleep(LOOK_EVERY)
            before, seen = seen, self._at_rest()
            if seen and seen == before:
                break
        self._resting, self._typing = None, False
        self._let_next_in()

    def _at_rest(self) -> object:
        """Where the focus is, None while there is something in a queue between there and the app."""
        if not self._app.screen_stack:
            return None
        screen, focused = self._app.screen, self._app.focused
        path: Iterable[MessagePump] = (focused or screen).ancestors_with_self
        return None if any(pump.message_queue_size for pump in path) else (screen, focused)

    def _let_next_in(self) -> None:
        if self._held:
            self._let_in = self._held.popleft()
            self._app.post_message(self._let_in)
