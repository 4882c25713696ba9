"""Keys that come faster than the program moves: over a slow line, several arrive at once."""

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Final

from textual import on
from textual.events import Event, Key, MouseUp, Paste
from textual.widgets import Input

from tui.terminal.appearance import TerminalApp
from tui.terminal.keyboard import BURST, MOST, InputDropped, UnmarkedPaste

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import App
    from textual.message_pump import MessagePump

LOOK_EVERY: Final = 0.002
"""Seconds; between two looks everything that is ready to run does run."""
LONGEST: Final = 1.0
"""Seconds that a key is held back at most, on the slowest machine."""
OVERTAKES: Final = 0.3
"""Seconds after which Ctrl+Q waits for nothing any more; what was typed before it is dropped."""
PILED: Final = 16
"""Letters that may wait for their field; with more of them those that follow are put together."""
FLOOD_OVER: Final = 0.1
"""Seconds without a key after which a flood is over."""
_URGENT: Final = ("ctrl+q", "ctrl+c")
_WHILE_COVERED: Final = ("ctrl+q", "ctrl+c", "ctrl+z", "ctrl+l")


class TypeAhead:
    """Lets one key at a time in, and the next when what the one before set going has come to rest.

    Textual gives a key to what has the focus at that moment, and an Enter that leads to another field, step or dialog
    takes its time through several queues. A key pasted right behind it would stand, readable, in the field before.
    Letters typed into a field move nothing, so they need not wait for each other, but whatever follows them does.
    Before `open` nothing is let in: there is no page yet, and the first key would be lost.
    """

    def __init__(self, app: "App[str]") -> None:
        self._app = app
        self._held: deque[Event] = deque()
        self._let_in: Event | None = None
        self._overtaking: Event | None = None
        self._resting: asyncio.Task[None] | None = None
        self._typing = False
        self._closed = True
        self._flooded = float("-inf")
        """When the last key of a flood came."""

    def open(self) -> None:
        """The first page is there."""
        if self._closed:
            self._closed = False
            self._start_rest()

    def holds(self, event: Event) -> bool:
        """Whether `event`, a key or a paste, has to wait; it is posted to the app again when its turn has come."""
        if event in (self._let_in, self._overtaking):
            self._let_in = None if event is self._let_in else self._let_in
            self._overtaking = None
            return False
        urgent = isinstance(event, Key) and event.key in _URGENT
        if not urgent and self._is_flood():
            return True
        idle = self._is_idle()
        if idle and self._may_pass(event):
            return False
        self._held.append(event)
        if idle:
            self._start_rest()
        if urgent:
            asyncio.get_running_loop().call_later(OVERTAKES, self._overtake, event)
        return True

    def given(self, event: Event) -> None:
        """`event` is on its way."""
        self._typing = self._is_letter(event)
        if not self._typing or (self._held and not self._may_pass(self._held[0])):
            self._start_rest()
        else:
            self._let_next_in()

    def forget(self) -> None:
        """Forget what waits: more came than can be followed."""
        self._held.clear()

    def _is_idle(self) -> bool:
        return not self._closed and self._resting is None and self._let_in is None

    def _may_pass(self, event: Event) -> bool:
        """Whether it need not wait for what came before it."""
        if not self._typing:
            return True
        return self._is_letter(event) and (self._app.focused is None or self._app.focused.message_queue_size < PILED)

    def _is_flood(self) -> bool:
        now = asyncio.get_running_loop().time()
        if len(self._held) >= MOST:
            self._app.post_message(InputDropped(pasted=False))
            self.forget()
            self._flooded = now  # the rest of it goes the same way
        elif now - self._flooded < FLOOD_OVER:
            self._flooded = now
        else:
            return False
        return True

    def _overtake(self, event: Event) -> None:
        """Let `event` in, if it still waits."""
        if event in self._held:
            while self._held.popleft() is not event:
                pass
            self._overtaking = event
            self._app.post_message(event)

    def _is_letter(self, event: Event) -> bool:
        return isinstance(event, Key) and event.is_printable and isinstance(self._app.focused, Input)

    def _start_rest(self) -> None:
        if self._resting is None:
            self._resting = asyncio.create_task(self._rest())

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
        if self._held and not self._closed and self._let_in is None:
            self._let_in = self._burst() or self._held.popleft()
            self._app.post_message(self._let_in)

    def _burst(self) -> UnmarkedPaste | None:
        """The letters that wait, as one edit, if there are many."""
        letters: list[str] = []
        for event in self._held:
            if not (isinstance(event, Key) and self._is_letter(event) and event.character):
                break
            letters.append(event.character)
        if len(letters) < BURST:
            return None
        for _letter in letters:
            self._held.popleft()
        return UnmarkedPaste("".join(letters))


class TypeAheadApp(TerminalApp):
    """Takes keys one at a time: those typed ahead are meant for what the one before leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.type_ahead = TypeAhead(self)

    async def on_event(self, event: Event) -> None:
        """Hold back what has to wait, and let nothing in that was typed where nothing can be seen."""
        typed = isinstance(event, Key | Paste) and not event.is_forwarded
        if typed and self.type_ahead.holds(event):
            return
        if not (typed and self._is_blind(event)):
            await super().on_event(event)
        if typed:
            self.type_ahead.given(event)
        if typed or isinstance(event, MouseUp):
            self.after_input()

    def _is_blind(self, event: Event) -> bool:
        """Nobody types on purpose where nothing can be seen."""
        return self.is_covered and not (isinstance(event, Key) and event.key in _WHILE_COVERED)

    @on(InputDropped)
    def _drop_what_waits(self, event: InputDropped) -> None:
        """It belongs to the same flood, which is over: the reader of keys has waited for its end.

        What follows a paste does not belong to it. What is said of both, `TerminalApp` says.
        """
        if not event.pasted:
            self.type_ahead.forget()

    def after_input(self) -> None:
        """Something may have been edited."""
