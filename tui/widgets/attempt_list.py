"""The attempts of a test, one line each, all of them from the start, and the countdown to the next."""

import math
import time
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.base.translation import _, together
from tui.retry.policy import RetryPolicy
from tui.retry.schedule import clock, in_words
from tui.trial.attempt_words import so_far
from tui.trial.events import Attempt, AttemptStarted, Event, Outcome, Waiting
from tui.trial.runner import AS_OPENHANDS, TrialOptions
from tui.widgets.attempt_rows import Columns, Row, coming, going, gone, head, progress, waiting_left, waits_between
from tui.widgets.tone import Piece, apart, differing, lines

MOST = 12
"""Rows at most while a test goes on; afterwards all attempts are shown, and the page scrolls."""


class AttemptList(Widget, can_focus=True):
    """Repaints once a second while something is going on, and not at all otherwise."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "hurry", _("Retry now"), show=False),
        Binding("s", "stop", _("Stop"), show=False),
    ]

    class Hurried(Message):
        """The user does not want to wait for the next attempt."""

    class Stopped(Message):
        """The user wants it to end."""

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(id="attempts")
        self._now = now
        self.attempts: list[Attempt] = []
        self.target = ""
        """What is called, and where."""
        self.host = ""
        """Who is asked."""
        self._schedule: list[float] = []
        self._going: AttemptStarted | Waiting | None = None
        self._preparing = ""
        self._usual = 0.0
        self._is_running = False
        self._shown: list[Row] = []
        self._since = 0.0
        self._begun = 0.0
        self._longest_call = 0.0
        self._heeds_the_provider = False
        self._time_limit: float | None = None

    def on_mount(self) -> None:
        """The clock runs only while a test does."""
        self._clock = self.set_interval(1.0, self._tick, pause=True)

    def on_resize(self) -> None:
        """The columns have other widths."""
        self.refresh()

    def begin(self, policy: RetryPolicy, longest_call: float, trial_options: TrialOptions = AS_OPENHANDS) -> None:
        """A new test, each request of which may take `longest_call` seconds."""
        self.attempts, self._going, self._preparing = [], None, ""
        self._schedule = policy.waits()
        self._is_running = True
        self._time_limit = trial_options.time_limit
        self._longest_call, self._heeds_the_provider = longest_call, trial_options.obeys_retry_after
        self._begun = self._since = self._now()
        self._clock.reset()
        self._clock.resume()
        self._fit()

    def prepare(self, words: str, usual: float = 0.0) -> None:
        """Say what is done before the first request, which usually takes `usual` seconds; 0 for no time at all."""
        self._preparing, self._usual, self._since = words, usual, self._now()
        self.refresh()

    def recall(self, policy: RetryPolicy, attempts: Sequence[Attempt]) -> None:
        """Show the attempts of a test that is over."""
        self._schedule = policy.waits()
        self.attempts = [*attempts]
        self.rest()

    def take(self, event: Event) -> None:
        """Show what happened."""
        self._preparing = ""
        if isinstance(event, Attempt):
            self.attempts.append(event)
            self._going = None
        elif isinstance(event, Outcome):
            self.rest()
        else:
            self._going, self._since = event, self._now()
            if isinstance(event, AttemptStarted) and event.number == 1:
                self._begun = self._since - event.at
            self._clock.reset()
        self._fit()

    def rest(self) -> None:
        """Nothing is going on any more."""
        self._going, self._preparing = None, ""
        self._is_running = False
        self._clock.pause()
        self._fit()

    def _fit(self) -> None:
        """As high as its rows, so that what is said below stands right below."""
        attempts = min(len(self._schedule) + 1, MOST) if self._is_running else len(self.attempts)
        self.styles.height = attempts + (6 if self._is_running else 1 if attempts else 0)
        self.refresh()

    def action_hurry(self) -> None:
        """R."""
        self.post_message(self.Hurried())

    def action_stop(self) -> None:
        """S."""
        self.post_message(self.Stopped())

    def _tick(self) -> None:
        """A second has passed: what it changes is sent, and no line beside it."""
        changed = [*differing(self._shown, self._rows(), self.size.width)]
        if changed:
            self.refresh(*changed)

    def render(self) -> Content:
        """What was, what is going on, what would come."""
        self._shown = self._rows()
        return lines(self._shown)

    def _rows(self) -> list[Row]:
        columns = Columns.of(self._schedule, self.size.width)
        waits = waits_between(self.attempts, self._schedule)
        rows = [gone(columns, attempt, wait) for attempt, wait in zip(self.attempts, waits, strict=False)]
        if not self._is_running:
            return [head(columns), *rows] if rows else []
        number = len(rows) + 1
        if number <= len(self._schedule) + 1:
            rows.append(self._present(columns, number))
        rows += self._planned(columns)
        first: Row = [(self.target, "plain")]
        return [self._headline(), first, [], head(columns), *_around(rows, number - 1), [], self._left()]

    def _headline(self) -> Row:
        """What the attempts so far came to, which one is next, and how long it has been going on."""
        number, _at = self._latest()
        count = len(self._schedule) + 1
        words = (
            _("Getting ready for attempt {number} of {count}.")
            if self._preparing
            else _("Attempt {number} of {count}.")
        )
        if isinstance(self._going, Waiting):
            words = _("Waiting for attempt {number} of {count}.")
        past = so_far(self.attempts)
        present = words.format(number=min(number, count), count=count)
        said: Row = [(past, "strong"), (together(past, present).removeprefix(past), "here")]
        if not (self._going or self.attempts):
            return said
        passed = clock(self._now() - self._begun)
        note = _("{passed} so far").format(passed=passed)
        room = self.size.width - sum(cell_len(text) for text, _tone in said) - 2
        return apart(said, [(note if cell_len(note) <= room else passed, "muted")], self.size.width)

    def _planned(self, columns: Columns) -> list[Row]:
        """The attempts that may still come, at the times they would be made."""
        number, at = self._latest()
        waits = self._schedule[number - 1 :]
        times = accumulate(waits, initial=at)
        next(times)
        return [
            coming(columns, later, when, wait)
            for later, (when, wait) in enumerate(zip(times, waits, strict=True), start=number + 1)
        ]

    def _latest(self) -> tuple[int, float]:
        """The attempt that goes on or comes next, and when it began or will begin."""
        if isinstance(self._going, Waiting):
            return self._going.after + 1, self._since - self._begun + self._going.seconds
        if isinstance(self._going, AttemptStarted):
            return self._going.number, self._going.at
        last = self.attempts[-1] if self.attempts else None
        return (last.number + 1, last.at + last.seconds) if last else (1, 0.0)

    def _left(self) -> Row:
        """How much waiting there may be yet, which nobody knows where the provider decides, and what a request that
        hangs may add. It changes with what happens, and not with the clock: a wait sends one clock and one bar.
        """
        if self._time_limit is not None:
            return [(_("The time limit ends it at {clock}.").format(clock=clock(self._time_limit)), "muted")]
        if self._heeds_the_provider:
            return [(_("It waits as long as the provider asks for; OpenHands would not."), "muted")]
        number, _at = self._latest()
        waits = self._schedule[number - 1 :]
        left = waiting_left(waits, self._longest_call, between=isinstance(self._going, Waiting))
        return [(left, "muted")]

    def _present(self, columns: Columns, number: int) -> Row:
        """What is going on, in the row of the attempt that it is for."""
        passed = self._now() - self._since
        at = self._latest()[1]
        if isinstance(self._going, Waiting):
            whole = self._going.seconds
            done = min(passed / whole, 1.0) if whole else 1.0
            said = progress(columns, done, max(whole - passed if math.isinf(whole) else round(whole - passed), 0))
            return going(columns, number, at, whole, said)
        waited = self._schedule[number - 2] if number > 1 else 0.0
        return going(columns, number, at, waited, self._asking(passed))

    def _asking(self, passed: float) -> list[Piece]:
        """Who is asked, and for how long already; or what is done before."""
        if self._preparing and self._usual:
            left = math.ceil(self._usual - passed)
            words = _("{what}, {left} s left of usually {usual:g}") if left > 0 else _("{what}, {passed} s so far")
            said = words.format(what=self._preparing, left=left, usual=self._usual, passed=int(passed))
            return [(said, "strong")]
        if self._preparing:
            return [(self._preparing, "strong")]
        asking = _("asking {host}").format(host=self.host) if self.host else _("asking")
        return [(asking, "strong"), (f"  {in_words(int(passed))}" if passed >= 1 else "", "here")]


def _around(rows: list[Row], present: int) -> list[Row]:
    """At most `MOST` rows: of many, those around what is going on, and the last one."""
    if len(rows) <= MOST:
        return rows
    first = min(max(present - MOST // 2, 0), len(rows) - MOST)
    return [*rows[first : first + MOST - 1], rows[-1]]
