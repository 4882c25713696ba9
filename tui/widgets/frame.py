"""The three rows above every page: what is edited, where we are, and a hairline."""

from collections.abc import Collection, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _, many
from tui.drafts.draft import Draft
from tui.openhands.groups import header
from tui.widgets.steps import ORDER, Journey, Step, title
from tui.widgets.tone import Piece, apart, ending, line, lines, masked

EDGE = 2
"""The column at which everything begins, and as many are free at the end."""


class TopBar(Widget):
    """The program's name, the file and group, and how many changes wait to be saved."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._shown = Content()

    def renew(self) -> None:
        """Paint it again if its words are others now: this is asked after every key that is typed."""
        if self._line() != self._shown:
            self.refresh()

    def render(self) -> Content:
        """One line."""
        self._shown = self._line()
        return self._shown

    def _line(self) -> Content:
        badge = f" {many('{count} change', '{count} changes', self._draft.count)} " if self._draft.dirty else ""
        name, gap = "llm-setup", "  " if badge else ""
        group = f"  {header(self._draft.group)}"
        room = self.size.width - len(name) - cell_len(badge) - len(gap) - 2
        path = _ending(clean(tilde(self._draft.config.path)), room - cell_len(group))
        file: list[Piece] = [(path, "muted"), (group, "plain"), (gap, "plain"), (badge, "changes")]
        return line(*apart([(name, "strong")], file, self.size.width))


def _ending(text: str, cells: int) -> str:
    """The end of `text`, where it is longer: that is what tells one file from another."""
    if cell_len(text) <= cells:
        return text
    return "…" + ending(masked(text), cells - 1)


class TitleBar(Widget):
    """The name of a page that is no step, and what there is to say of it at the right edge."""

    def __init__(self, name: str, said: Sequence[Piece] = ()) -> None:
        super().__init__()
        self._words = name
        self._said = said

    def say(self, *said: Piece) -> None:
        """Say something else."""
        if said != tuple(self._said):
            self._said = said
            self.refresh()

    def render(self) -> Content:
        """The name underlined."""
        room = self.size.width - 2 * EDGE
        return _underlined(apart([(self._words, "here")], self._said, room), 0, self._words, self.size.width)


class StepBar(Widget):
    """The steps in order: passed ones with a tick, or `!` where they lack something; the present one underlined."""

    def __init__(self, journey: Journey, current: Step, unfinished: Collection[str]) -> None:
        """`unfinished` are the steps that need something yet, though they may be behind us."""
        super().__init__()
        self._unfinished = unfinished
        self._journey = journey
        self._current = current

    def render(self) -> Content:
        """Two lines; on a narrow screen only the present step and its number."""
        room, name = self.size.width - 2 * EDGE, title(self._current)
        pieces, start = self._steps()
        if sum(cell_len(text) for text, _tone in pieces) > room:
            place = _("step {number} of {count}").format(number=ORDER.index(self._current) + 1, count=len(ORDER))
            pieces, start = apart([(name, "here")], [(place, "muted")], room), 0
        return _underlined(pieces, start, name, self.size.width)

    def _steps(self) -> tuple[list[Piece], int]:
        """All of them, and the cell at which the present one begins."""
        pieces: list[Piece] = []
        start = 0
        for step in ORDER:
            name = title(step)
            if step is self._current:
                start = sum(cell_len(text) for text, _tone in pieces)
                pieces += [(name, "here"), ("    ", "plain")]  # and room for a mark: no name moves with the step
            else:
                pieces += [(f"{name} ", "muted" if self._journey.is_open(step) else "faint"), self._mark(step)]
                pieces.append(("  ", "plain"))
        return pieces[:-1], start

    def _mark(self, step: Step) -> Piece:
        if step not in self._journey.passed:
            return " ", "plain"
        return ("!", "look-out-strong") if step in self._unfinished else ("✓", "good")


def _underlined(pieces: Sequence[Piece], start: int, name: str, width: int) -> Content:
    """A row, and the hairline below it, which is heavy below `name`."""
    before, below = EDGE + start, cell_len(name)
    hairline: list[Piece] = [("─" * before, "rule"), ("━" * below, "here"), ("─" * (width - before - below), "rule")]
    return lines([[(" " * EDGE, "plain"), *pieces], hairline])
