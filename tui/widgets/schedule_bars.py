"""The waits of a retry policy as bars, and the presets beside each other."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from tui.base.cells import filled
from tui.base.translation import _
from tui.retry.policy import PRESETS, Preset, RetryPolicy
from tui.retry.schedule import MINUTE, ScheduleRow, clock, in_seconds, in_words, remarks, rows, share
from tui.widgets.bars import sparkline
from tui.widgets.row import LABEL
from tui.widgets.tone import Piece, apart, bar, differing, left, lines, right, rule

TONES = {"floor": "bar-floor", "grows": "bar", "ceiling": "bar-ceiling"}
"""Of the setting that makes a wait as long as it is; the swatch beside its field has the same."""
_VALUE, _AT, _MARK = 9, 8, 9
"""Cells of a wait, of the time by then, and of the minutes that have passed."""

Line = Sequence[Piece]


class ScheduleBars(Widget):
    """One line for each wait: grey where the shortest wait holds, blue where it grows, bright at the longest.

    Above them what they come to, below what is worth a remark, and the presets where there is room. It takes the rest
    of the page, so that another number of lines moves nothing, and sends only the parts of lines that differ: it is
    drawn anew with every key.
    """

    def __init__(self, most: int = 8) -> None:
        super().__init__()
        self._most = most
        self._policy: RetryPolicy | None = None
        self._chosen: Preset | None = None
        self._caution = ""
        self._stale = False
        self._rows: list[Line] = []
        self._least = 0

    def draw(
        self, policy: RetryPolicy, caution: str = "", *, stale: bool = False, chosen: Preset | None = None
    ) -> None:
        """Draw another policy's waits; `caution` is a sentence to be known before them, "" for none.

        `stale` ones are faint: what was typed since means nothing. `chosen` is the preset that the fields are.
        """
        self._policy, self._caution, self._stale, self._chosen = policy, caution, stale, chosen
        room = self._room
        drawn = [*self._lines(policy, self.size.width, room)]
        if stale:
            drawn = [[(text, "faint") for text, _tone in row] for row in drawn]
        before, self._rows = self._rows, [*_sentence(caution, self.size.width, "wrong"), *drawn]
        presets = [*_presets(self._chosen, self.size.width)]
        close = [row for row in self._rows if row]
        if len(self._rows) > room or len(close) + len(presets) == room:
            self._rows = close
        if len(self._rows) + len(presets) <= room:
            self._rows += presets
        least = len(self._rows) if len(self._rows) > room else 0
        if least != self._least:
            self._least = self.styles.min_height = least
        changed = [*differing(before, self._rows, self.size.width)]
        if changed:
            self.refresh(*changed)

    def on_resize(self) -> None:
        """Bars and remarks have another width."""
        if self._policy:
            self.draw(self._policy, self._caution, stale=self._stale, chosen=self._chosen)

    def render(self) -> Content:
        """All lines; which of them are sent is settled by `draw`."""
        return lines(self._rows)

    @property
    def _room(self) -> int:
        """Lines that there are for it without scrolling."""
        page = self.parent
        return page.content_region.height - self.virtual_region.y if isinstance(page, Widget) else 0

    def _lines(self, policy: RetryPolicy, width: int, room: int) -> Iterator[Line]:
        """The total, of many waits the first few and the last, and the remarks."""
        schedule = rows(policy)
        said = [line for sentence in remarks(policy) for line in _sentence(sentence, width, "look-out")]
        most = max(self._most, room - len(said) - 2)
        shown = schedule if len(schedule) <= most else [*schedule[: most - 2], schedule[-1]]
        drawn = [*_rows(shown, width)]
        if left_out := len(schedule) - len(shown):
            drawn.insert(-1, [(_("… {count} more").format(count=left_out), "faint")])
        yield rule(_("Then it waits"), width, [(total_in_words(policy), "strong")])
        yield from drawn
        if said:
            yield []
        yield from said


def _rows(shown: Sequence[ScheduleRow], width: int) -> Iterator[Line]:
    """One line each; what long waits need more for their figures, the bars have less."""
    longest = max((row.wait for row in shown), default=0)
    texts = [(in_seconds(row.wait), _("at {clock}").format(clock=clock(row.at)), _minutes(row)) for row in shown]
    least = _VALUE, _AT, _MARK
    cells = [max(few, *(cell_len(each[column]) + 2 for each in texts), 0) for column, few in enumerate(least)]
    if sum(cells) >= width - LABEL:  # of waits of months nobody counts the minutes
        texts = [(value, at, "") for value, at, _mark in texts]
        cells[2] = 0
    room = max(width - LABEL - sum(cells), 1)
    for row, (value, at, mark) in zip(shown, texts, strict=True):
        yield [
            (left(_("for attempt {number}").format(number=row.attempt), LABEL), "muted"),
            (left(bar(share(row.wait, longest), room), room), TONES[row.kind]),
            (right(value, cells[0]), "strong"),
            (right(at, cells[1]), "muted"),
            (right(mark, cells[2]), "good"),
        ]


def _minutes(row: ScheduleRow) -> str:
    return _("{count} min passed").format(count=row.minutes_passed) if row.minutes_passed else ""


def _sentence(sentence: str, width: int, tone: str) -> Iterator[Line]:
    for number, part in enumerate(filled(sentence, max(width - 2, 20)) if sentence else ()):
        yield [("  " if number else "! ", tone), (part, tone)]


def total_in_words(policy: RetryPolicy) -> str:
    """How long the policy goes on waiting at most."""
    if policy.attempts == 1:
        return _("One attempt, and no wait.")
    return _("Gives up after {total} of waiting").format(total=in_words(policy.total()))


# -- the presets side by side


def _presets(chosen: Preset | None, width: int) -> Iterator[Line]:
    longest = max(max(preset.policy.waits()) for preset in PRESETS)
    yield []
    yield rule(_("The presets side by side"), width, [(_("attempts · shortest · longest · multiplier"), "faint")])
    for preset in PRESETS:
        yield _preset(preset, longest, width, present=preset is chosen)


def _preset(preset: Preset, longest: float, width: int, *, present: bool) -> Line:
    policy = preset.policy
    numbers = (policy.num_retries, policy.retry_min_wait, policy.retry_max_wait, policy.retry_multiplier)
    total = policy.total()
    outlasts = (_("over 1 min"), "good") if total >= MINUTE else (_("under 1 min"), "muted")
    beginning = [
        (left(preset.name, LABEL + 2), "strong" if present else "plain"),
        ("● " if present else "  ", "here"),
        (left(sparkline(policy.waits(), longest), 10), "bar" if present else "muted"),
        (left(" · ".join(f"{number:g}" for number in numbers), 18), "muted"),
        (right(clock(total), 5), "strong" if present else "plain"),
    ]
    return apart(beginning, [outlasts], width)
