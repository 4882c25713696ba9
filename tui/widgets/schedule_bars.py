"""The waits of a retry policy as bars."""

from collections.abc import Iterator

from textual.content import Content
from textual.widgets import Static

from tui.base.translation import _
from tui.retry.policy import RetryPolicy
from tui.retry.schedule import ScheduleRow, in_words, rows
from tui.widgets.tone import Piece, bar, lines

_TONES = {"floor": "bar-floor", "grows": "bar", "ceiling": "bar-ceiling"}
BAR = 25


class ScheduleBars(Static):
    """One line for each wait: grey where the shortest wait holds, blue where it grows, amber at the longest."""

    def __init__(self, most: int = 8) -> None:
        super().__init__()
        self._most = most

    def draw(self, policy: RetryPolicy) -> None:
        """Draw another policy's waits; of many, the first few and the last."""
        schedule = rows(policy)
        longest = max((row.wait for row in schedule), default=0)
        shown = schedule if len(schedule) <= self._most else schedule[: self._most - 2]
        drawn = [self._row(row, longest) for row in shown]
        if len(shown) < len(schedule):
            left_out = len(schedule) - len(shown) - 1
            drawn.append([(_("   … {count} more").format(count=left_out), "faint")])
            drawn.append(self._row(schedule[-1], longest))
        self.update(lines(drawn) if drawn else Content(""))

    def _row(self, row: ScheduleRow, longest: float) -> list[Piece]:
        return list(self._pieces(row, longest))

    def _pieces(self, row: ScheduleRow, longest: float) -> Iterator[Piece]:
        yield _("attempt {number:<3}").format(number=row.attempt), "muted"
        yield f" {bar(row.wait / longest if longest else 0, BAR):{BAR}}", _TONES[row.kind]
        yield f"{row.wait:>7,.4g} s", "strong"
        yield f"{clock(row.at):>8}", "muted"
        if row.minute_passed:
            yield "   " + _("a minute is over"), "good"


def clock(seconds: float) -> str:
    """`4:37`, or `1:02:05`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def total_in_words(policy: RetryPolicy) -> list[Piece]:
    """How long the policy goes on waiting at most."""
    if policy.attempts == 1:
        return [(_("One attempt, and no wait."), "plain")]
    before, _sep, after = _("Gives up after {total} of waiting; request time not counted.").partition("{total}")
    return [(before, "plain"), (in_words(policy.total()), "strong"), (after, "plain")]
