"""The two rows above every step: what is edited, and where we are."""

from collections.abc import Collection

from textual.content import Content
from textual.widget import Widget

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _, many
from tui.drafts.draft import Draft
from tui.openhands.groups import header
from tui.widgets.steps import ORDER, Journey, Step, title
from tui.widgets.tone import Piece, left, line


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
        name = "llm-setup"
        room = self.size.width - len(name) - len(badge) - 4
        file = f"{clean(tilde(self._draft.config.path))}  {header(self._draft.group)}"
        shown = file if len(file) <= room else "…" + file[len(file) - room + 1 :]
        gap = " " * (room - len(shown) + 2)
        return line((name, "here"), (gap, "plain"), (shown, "muted"), ("  ", "plain"), (badge, "changes"))


class StepBar(Widget):
    """The steps in order: behind us with a tick, the present one, and those to come."""

    def __init__(self, journey: Journey, current: Step, unfinished: Collection[str]) -> None:
        """`unfinished` are the steps that need something yet, though they may be behind us."""
        super().__init__()
        self._unfinished = unfinished
        self._journey = journey
        self._current = current

    def render(self) -> Content:
        """One line; on a narrow screen only the present step and its number."""
        if self._current is Step.OVERVIEW:
            return line((_(" Overview "), "badge-here"), (_("   all settings at a glance"), "muted"))
        pieces: list[Piece] = []
        for step in ORDER:
            if step is self._current:
                pieces += [(f" {title(step)} ", "badge-here"), (" ", "plain")]
            elif step in self._journey.passed and step not in self._unfinished:
                pieces += [(f" {title(step)} ", "muted"), ("✓", "good"), (" ", "plain")]
            else:
                pieces += [(f" {title(step)} ", "muted" if self._journey.is_open(step) else "faint"), ("  ", "plain")]
        if sum(len(text) for text, _tone in pieces) > self.size.width:
            place = _("step {number} of {count}").format(number=ORDER.index(self._current) + 1, count=len(ORDER))
            return line((f" {title(self._current)} ", "badge-here"), (left(f"  {place}", 40), "muted"))
        return line(*pieces)
