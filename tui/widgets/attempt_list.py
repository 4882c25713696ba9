"""The attempts of a test, one line each, and the countdown to the next."""

import math
import time
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.base.translation import _
from tui.retry.policy import RetryPolicy
from tui.retry.schedule import in_words
from tui.trial.attempt_words import asked_for, reason, status
from tui.trial.events import Attempt, AttemptStarted, Event, Outcome, Waiting
from tui.trial.runner import AS_OPENHANDS, TrialOptions
from tui.widgets.schedule_bars import clock
from tui.widgets.tone import Piece, bar, differing, left, lines

BAR = 20
MOST = 12
"""Rows at most while a test goes on; afterwards all attempts are shown, and the page scrolls."""

Row = list[Piece]


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
        self._schedule: list[float] = []
        self._going: AttemptStarted | Waiting | None = None
        self._shown: list[Row] = []
        self._since = 0.0
        self._begun = 0.0
        self._longest_call = 0.0
        self._heeds_the_provider = False
        self._time_limit: float | None = None

    def on_mount(self) -> None:
        """The clock runs only while a test does."""
        self._clock = self.set_interval(1.0, self._tick, pause=True)

    def begin(self, policy: RetryPolicy, longest_call: float, trial_options: TrialOptions = AS_OPENHANDS) -> None:
        """A new test, each request of which may take `longest_call` seconds."""
        self.attempts, self._going = [], None
        self._schedule = policy.waits()
        self._time_limit = trial_options.time_limit
        self._longest_call, self._heeds_the_provider = longest_call, trial_options.obeys_retry_after
        self._begun = self._now()
        self._clock.reset()
        self._clock.resume()
        self._fit()

    def recall(self, attempts: Sequence[Attempt]) -> None:
        """Show the attempts of a test that is over."""
        self.attempts = [*attempts]
        self.rest()

    def take(self, event: Event) -> None:
        """Show what happened."""
        if isinstance(event, Attempt):
            self.attempts.append(event)
            self._going = None
        elif isinstance(event, Outcome):
            self.rest()
        else:
            self._going, self._since = event, self._now()
            self._clock.reset()
        self._fit()

    def rest(self) -> None:
        """Nothing is going on any more."""
        self._going = None
        self._schedule = []
        self._clock.pause()
        self._fit()

    def _fit(self) -> None:
        """As high as its rows, so that what is said below stands right below."""
        rows = len(self.attempts) + (self._going is not None)
        planned = len(self._schedule) + 1 if self._schedule else 0
        self.styles.height = min(max(rows, planned), MOST) + 2 if self._going or planned else rows
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
        rows = [_attempt_row(attempt) for attempt in self.attempts]
        if self._going is None:
            return rows
        rows += [self._going_row(self._going), *self._planned()]
        return [*_around(rows, len(self.attempts)), [], self._left()]

    def _planned(self) -> list[Row]:
        """The attempts that may still come, at the times they would be made."""
        number, at = self._latest()
        coming = accumulate(self._schedule[number - 1 :], initial=at)
        next(coming)
        return [
            [(f" {later:<3}", "faint"), (left(clock(when), 9), "faint"), ("  –", "faint")]
            for later, when in enumerate(coming, start=number + 1)
        ]

    def _latest(self) -> tuple[int, float]:
        """The attempt that goes on or comes next, and when it began or will begin."""
        if isinstance(self._going, Waiting):
            return self._going.after + 1, self._since - self._begun + self._going.seconds
        if isinstance(self._going, AttemptStarted):
            return self._going.number, self._going.at
        return (self.attempts[-1].number, self.attempts[-1].at) if self.attempts else (1, 0.0)

    def _left(self) -> Row:
        """How long it has been going on, how much waiting is left, and what a request that hangs may add to it."""
        number, _at = self._latest()
        passed = self._now() - self._begun
        said = _("Attempt {number} of {count}, {passed} passed").format(
            number=number, count=len(self._schedule) + 1, passed=clock(passed)
        )
        if self._time_limit is not None:
            said += _(", time limit in {left}").format(left=clock(max(self._time_limit - passed, 0)))
        elif not self._heeds_the_provider:
            said += self._waiting_left(passed)
        return [(said + ".", "muted")]

    def _waiting_left(self, passed: float) -> str:
        """The waits still to come, to the second, should every attempt fail. Nobody knows them in a test that heeds
        Retry-After, and a time limit cuts them short."""
        number, at = self._latest()
        waiting = sum(self._schedule[number - 1 :])
        if isinstance(self._going, Waiting):
            waiting += max(at - passed, 0.0)
        words = _("; {waiting} of waiting left, requests up to {longest}")
        if not waiting:
            more = number <= len(self._schedule)
            words = _("; requests up to {longest}") if more else _("; request up to {longest}")
        return words.format(waiting=clock(math.ceil(waiting)), longest=clock(math.ceil(self._longest_call)))

    def _going_row(self, going: AttemptStarted | Waiting) -> Row:
        passed = self._now() - self._since
        if isinstance(going, AttemptStarted):
            said: Row = [(_(" asking … "), "plain"), (in_words(int(passed)) if passed >= 1 else "", "muted")]
            return [
                (f" {going.number:<3}", "here"),
                (left(clock(going.at), 9), "muted"),
                (" ··· ", "badge-here"),
                *said,
            ]
        at = self._latest()[1]
        done = min(passed / going.seconds, 1.0) if going.seconds else 1.0
        filled = round(done * BAR)
        rest = max(round(going.seconds - passed), 0)
        return [
            (f" {going.after + 1:<3}", "here"), (left(clock(at), 9), "muted"), (" ··· ", "badge-here"),
            (_("  waiting "), "plain"), (bar(1.0, filled), "bar"), ("░" * (BAR - filled), "bar-rest"),
            (_("  {rest} s of {whole}").format(rest=rest, whole=in_words(going.seconds)), "muted"),
        ]  # fmt: skip


def _around(rows: list[Row], going: int) -> list[Row]:
    """At most `MOST` rows: of many, those around what is going on, and the last one."""
    if len(rows) <= MOST:
        return rows
    first = min(max(going - MOST // 2, 0), len(rows) - MOST)
    return [*rows[first : first + MOST - 1], rows[-1]]


def _attempt_row(attempt: Attempt) -> Row:
    tone = "badge-good" if attempt.reply.ok else "badge-look-out" if attempt.retryable else "badge-wrong"
    return [
        (f" {attempt.number:<3}", "strong"), (left(clock(attempt.at), 9), "muted"), (f"{status(attempt):^5}", tone),
        ("  " + left(reason(attempt), 28), "plain"), (f"{attempt.seconds:>7.2f} s", "muted"),
        ("   " + asked_for(attempt), "key"),
    ]  # fmt: skip
