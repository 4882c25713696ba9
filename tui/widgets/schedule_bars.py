"""The waits of a retry policy as bars."""

import textwrap
from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget

from tui.base.translation import _
from tui.retry.policy import RetryPolicy
from tui.retry.schedule import ScheduleRow, clock, in_words, remarks, rows
from tui.widgets.tone import Piece, bar, differing, lines

_TONES = {"floor": "bar-floor", "grows": "bar", "ceiling": "bar-ceiling"}
BAR = 25


class ScheduleBars(Widget):
    """One line for each wait: grey where the shortest wait holds, blue where it grows, amber at the longest.

    Below them what they come to, and what is worth a remark. It takes the rest of the page, so that another number of
    lines moves nothing, and sends only the parts of lines that differ: it is drawn anew with every key.
    """

    def __init__(self, most: int = 8) -> None:
        super().__init__()
        self._most = most
        self._policy: RetryPolicy | None = None
        self._caution = ""
        self._stale = False
        self._rows: list[list[Piece]] = []
        self._least = 0

    def draw(self, policy: RetryPolicy, caution: str = "", *, stale: bool = False) -> None:
        """Draw another policy's waits; `caution` is a sentence to be known before them, "" for none.

        `stale` ones are faint: what was typed since means nothing.
        """
        self._policy, self._caution, self._stale = policy, caution, stale
        drawn = [*self._lines(policy, self.size.width)]
        if stale:
            drawn = [[(text, "faint") for text, _tone in row] for row in drawn]
        before, self._rows = self._rows, [*_wrapped(caution, self.size.width, "wrong"), *drawn]
        least = len(self._rows) if len(self._rows) > self._room else 0
        if least != self._least:
            self._least = self.styles.min_height = least
        changed = [*differing(before, self._rows, self.size.width)]
        if changed:
            self.refresh(*changed)

    def on_resize(self) -> None:
        """Remarks wrap elsewhere."""
        if self._policy:
            self.draw(self._policy, self._caution, stale=self._stale)

    def render(self) -> Content:
        """All lines; which of them are sent is settled by `draw`."""
        return lines(self._rows)

    @property
    def _room(self) -> int:
        """Lines that there are for it without scrolling."""
        page = self.parent
        return page.content_region.bottom - self.virtual_region.y - page.region.y if isinstance(page, Widget) else 0

    def _lines(self, policy: RetryPolicy, width: int) -> Iterator[list[Piece]]:
        """Of many waits the first few and the last, then the total and the remarks."""
        schedule = rows(policy)
        longest = max((row.wait for row in schedule), default=0)
        shown = schedule if len(schedule) <= self._most else schedule[: self._most - 2]
        yield from (self._row(row, longest) for row in shown)
        if len(shown) < len(schedule):
            left_out = len(schedule) - len(shown) - 1
            yield [(_("   … {count} more").format(count=left_out), "faint")]
            yield self._row(schedule[-1], longest)
        yield []
        yield total_in_words(policy)
        for sentence in remarks(policy):
            yield from _wrapped(sentence, width, "look-out")

    def _row(self, row: ScheduleRow, longest: float) -> list[Piece]:
        return list(self._pieces(row, longest))

    def _pieces(self, row: ScheduleRow, longest: float) -> Iterator[Piece]:
        yield _("attempt {number:<3}").format(number=row.attempt), "muted"
        yield f" {bar(row.wait / longest if longest else 0, BAR):{BAR}}", _TONES[row.kind]
        yield f"{row.wait:>7,.4g} s", "strong"
        yield f"{clock(row.at):>8}", "muted"
        if row.minutes_passed == 1:
            yield "   " + _("1-min limit reset"), "good"
        elif row.minutes_passed:
            yield "   " + _("{count} minutes passed").format(count=row.minutes_passed), "good"


def _wrapped(sentence: str, width: int, tone: str) -> Iterator[list[Piece]]:
    for number, part in enumerate(textwrap.wrap(sentence, max(width - 2, 20))):
        yield [("  " if number else "! ", tone), (part, tone)]


def total_in_words(policy: RetryPolicy) -> list[Piece]:
    """How long the policy goes on waiting at most."""
    if policy.attempts == 1:
        return [(_("One attempt, and no wait."), "plain")]
    before, _sep, after = _("Gives up after {total} of waiting; request time not counted.").partition("{total}")
    return [(before, "plain"), (in_words(policy.total()), "strong"), (after, "plain")]
