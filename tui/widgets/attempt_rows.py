"""The rows of a test in columns: number, time, the wait before it as a bar, the answer, how long that took."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rich.cells import cell_len

from tui.base.translation import _
from tui.retry.schedule import clock, in_seconds, share
from tui.trial.attempt_words import asked_for, reason, status
from tui.trial.events import Attempt
from tui.widgets.tone import Piece, bar, centred, fitting, left, right

Row = list[Piece]
BADGE: Final = 5
_PROGRESS: Final = 4, 24
"""Cells that the bar of a wait may have."""
_TOOK: Final = 9
_ASKS: Final = 15
"""Cells of what the provider asks for, with the gap before it."""
_INEXACT: Final = 0.5
"""Seconds by which a wait may differ from its plan, and nobody wants to know."""
_REASON: Final = 12
"""Cells of a reason at least, where what a request took stands beside it."""


@dataclass(frozen=True, slots=True)
class Columns:
    """How wide each column is in `width` cells; by the schedule alone, so that none moves while a test goes on."""

    width: int
    number: int
    at: int
    bar: int
    wait: int
    longest: float
    """Seconds of the longest wait: the full bar."""

    @classmethod
    def of(cls, waits: Sequence[float], width: int) -> "Columns":
        """For a test with these waits."""
        number = max(len(str(len(waits) + 1)), 2)
        at = max(len(clock(sum(waits))), 4)
        wait = max((cell_len(in_seconds(seconds)) for seconds in waits), default=0)
        return cls(width, number, at, max(6, min(12 + (width - 74) // 2, 32)), wait, max(waits, default=0.0))

    @property
    def answer(self) -> int:
        """The cell at which the answer begins."""
        return self.number + 2 + self.at + 2 + (self.bar + 1 + self.wait + 2 if self.wait else 0)

    @property
    def room(self) -> int:
        """Cells behind the status."""
        return max(self.width - self.answer - BADGE - 1, 0)


def head(columns: Columns) -> Row:
    """What the columns are called."""
    cells = columns.bar + 1 + columns.wait
    waited = _("after a wait of")
    waited = left(waited if cell_len(waited) <= cells else _("waited"), cells) + "  " if columns.wait else ""
    begin = left("#", columns.number) + "  " + left(_("at"), columns.at) + "  "
    room = columns.room + BADGE - (_ASKS if columns.room >= _REASON + _TOOK + _ASKS else 0)
    took = right(_("took"), _TOOK) if columns.room >= _REASON + _TOOK + _ASKS else ""
    answer = " " + left(_("answer"), max(room - cell_len(took), 1)) + took
    return [(begin + waited + answer, "faint")]


def coming(columns: Columns, number: int, at: float, wait: float) -> Row:
    """An attempt that may be made."""
    return [
        (right(str(number), columns.number) + "  " + left(clock(at), columns.at) + "  ", "faint"),
        *_waited(columns, wait, "bar-to-come", "faint"),
    ]


def going(columns: Columns, number: int, at: float, wait: float, said: Sequence[Piece]) -> Row:
    """The one that goes on, or is waited for; `said` stands where the answer will be."""
    return [
        (right(str(number), columns.number), "here"), ("  " + left(clock(at), columns.at) + "  ", "muted"),
        *_waited(columns, wait, "bar", "plain"),
        (" ··· ", "badge-here"), (" ", "plain"), *fitting(said, columns.room),
    ]  # fmt: skip


def gone(columns: Columns, attempt: Attempt, wait: float) -> Row:
    """One that was made."""
    tone = "badge-good" if attempt.reply.ok else "badge-look-out" if attempt.retryable else "badge-wrong"
    return [
        (right(str(attempt.number), columns.number), "strong"),
        ("  " + left(clock(attempt.at), columns.at) + "  ", "muted"),
        *_waited(columns, wait, "bar-floor", "muted"),
        (centred(status(attempt), BADGE), tone), (" ", "plain"), *_answer(attempt, columns.room),
    ]  # fmt: skip


def progress(columns: Columns, done: float, rest: float) -> Row:
    """How far a wait has come, and the seconds that are left."""
    before, after = _("waiting ").rstrip() + " ", " " + _("{rest} more").format(rest=in_seconds(rest))
    least, most = _PROGRESS
    cells = max(
        least,
        min(
            columns.room
            - cell_len(before)
            - max(cell_len(after), cell_len(after) - cell_len(in_seconds(rest)) + cell_len(in_seconds(100))),
            most,
        ),
    )
    drawn = bar(done, cells)
    return [(before, "strong"), (drawn, "bar"), ("░" * (cells - len(drawn)), "bar-rest"), (after, "here")]


def waits_between(attempts: Sequence[Attempt], planned: Sequence[float]) -> list[float]:
    """Seconds before each attempt: as planned, unless it was cut short or the provider asked for more."""
    passed = [max(one.at - before.at - before.seconds, 0.0) for before, one in pairwise(attempts)]
    plans = [*planned, *passed[len(planned) :]]
    return [0.0, *(plan if abs(plan - was) < _INEXACT else was for plan, was in zip(plans, passed, strict=False))]


def _waited(columns: Columns, wait: float, bar_tone: str, tone: str) -> Row:
    if not columns.wait:
        return []
    said = in_seconds(wait) if wait else ""
    return [
        (left(bar(share(wait, columns.longest), columns.bar), columns.bar), bar_tone),
        (" " + right(said, columns.wait), tone),
        ("  ", "plain"),
    ]


def _answer(attempt: Attempt, room: int) -> Row:
    """What came, how long it took, what the provider asks for; of the last two, where room is short, one."""
    asks = asked_for(attempt)
    asked = "  " + left(asks, _ASKS - 2)
    took = right(_("{number} s").format(number=f"{attempt.seconds:.2f}"), _TOOK)
    if room < _REASON + _TOOK + _ASKS:
        took, asked = ("", f"  {asks}") if asks and room >= _REASON + 2 + cell_len(asks) else (took, "")
    if not asks and cell_len(reason(attempt)) > room - _TOOK - _ASKS:
        asked = ""
    took = took if room >= _REASON + _TOOK else ""
    why = left(reason(attempt), max(room - cell_len(took) - cell_len(asked), 1))
    return [(why, "strong" if attempt.reply.ok else "plain"), (took, "muted"), (asked, "key")]


def waiting_left(waits: Sequence[float], longest_call: float, *, between: bool) -> str:
    """How long it may take yet should every attempt fail: `waits` are those after the attempt that goes on or comes.

    `between`: whether it is the turn of a wait, and not of a request.
    """
    waiting = sum(waits)
    if between:
        words = _("Then at most {waiting} of waiting, each request up to {longest}.")
        if not waits:
            words = _("Then the last request, up to {longest}.")
    elif waiting or not waits:
        words = _("At most {waiting} of waiting left, each request up to {longest}.")
        if not waiting:
            words = _("This request may take up to {longest}.")
    else:
        words = _("Each request may take up to {longest}.")
    whole = math.ceil(waiting) if math.isfinite(waiting) else waiting
    return words.format(waiting=clock(whole), longest=clock(math.ceil(longest_call)))
