"""The attempts of a test, one line each, and the countdown to the next."""

import time
from collections.abc import Callable
from itertools import accumulate
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.base.translation import _
from tui.retry.policy import RetryPolicy
from tui.retry.schedule import in_words
from tui.trial.events import Attempt, AttemptStarted, Event, Outcome, Waiting
from tui.widgets.schedule_bars import clock
from tui.widgets.tone import Piece, bar, left, lines

BAR = 20
MOST = 12
"""Rows at most; of more attempts the last ones are shown."""


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
        self._attempts: list[Attempt] = []
        self._schedule: list[float] = []
        self._going: AttemptStarted | Waiting | None = None
        self._since = 0.0
        self._begun = 0.0

    def on_mount(self) -> None:
        """The clock runs only while a test does."""
        self._clock = self.set_interval(1.0, self.refresh, pause=True)

    def begin(self, policy: RetryPolicy) -> None:
        """A new test."""
        self._attempts, self._going = [], None
        self._schedule = policy.waits()
        self._begun = self._now()
        self._clock.reset()
        self._clock.resume()
        self._fit()

    def take(self, event: Event) -> None:
        """Show what happened."""
        if isinstance(event, Attempt):
            self._attempts.append(event)
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
        rows = len(self._attempts) + (self._going is not None)
        planned = len(self._schedule) + 1 if self._schedule else 0
        self.styles.height = min(max(rows, planned), MOST)
        self.refresh()

    def action_hurry(self) -> None:
        """R."""
        self.post_message(self.Hurried())

    def action_stop(self) -> None:
        """S."""
        self.post_message(self.Stopped())

    def render(self) -> Content:
        """What was, what is going on, what would come."""
        rows = [_attempt_row(attempt) for attempt in self._attempts]
        if self._going:
            rows.append(self._going_row(self._going))
        rows += self._planned()
        return lines(rows[: MOST - 1] + rows[-1:] if len(rows) > MOST else rows)

    def _planned(self) -> list[list[Piece]]:
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
        return (self._attempts[-1].number, self._attempts[-1].at) if self._attempts else (1, 0.0)

    def _going_row(self, going: AttemptStarted | Waiting) -> list[Piece]:
        passed = self._now() - self._since
        if isinstance(going, AttemptStarted):
            said: list[Piece] = [(_(" asking … "), "plain"), (in_words(int(passed)) if passed >= 1 else "", "muted")]
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


def _attempt_row(attempt: Attempt) -> list[Piece]:
    tone = "badge-good" if attempt.reply.ok else "badge-look-out" if attempt.retryable else "badge-wrong"
    status = str(attempt.status) if attempt.status else _("none") if attempt.error else "200"
    asked = _("asks for {wait}").format(wait=in_words(attempt.retry_after)) if attempt.retry_after else ""
    return [
        (f" {attempt.number:<3}", "strong"), (left(clock(attempt.at), 9), "muted"), (f"{status:^5}", tone),
        ("  " + left(reason(attempt), 28), "plain"), (f"{attempt.seconds:>7.2f} s", "muted"), ("   " + asked, "key"),
    ]  # fmt: skip


def reason(attempt: Attempt) -> str:
    """Why an attempt failed, in two or three words."""
    if attempt.reply.ok:
        return _("answered")
    causes = {
        "refused": _("connection refused"), "dns": _("host not found"), "tls": _("no secure connection"),
        "reset": _("connection lost"), "unreachable": _("host not reached"), "proxy": _("stopped by a proxy"),
        "timeout": _("no answer in time"), "redirected": _("redirected, not followed"),
        "foreign-origin": _("other address, not called"), "not-an-llm": _("not a model's answer"),
        "empty-answer": _("an empty answer"), "no-provider": _("unknown provider"),
        "probe-crashed": _("the probe crashed"),
    }  # fmt: skip
    statuses = {
        401: _("key refused"), 402: _("not paid"), 403: _("not allowed"), 404: _("not found"), 429: _("rate limited"),
        500: _("server error"), 502: _("bad gateway"), 503: _("overloaded"), 529: _("overloaded"),
    }  # fmt: skip
    return causes.get(attempt.reply.cause or "") or statuses.get(attempt.status or 0) or attempt.error or _("failed")
