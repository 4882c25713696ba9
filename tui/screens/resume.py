"""The first page when the last time was cut off: what was left, and what changed meanwhile."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button, Static

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.drafts.draft_set import Drafts
from tui.drafts.unfinished import ChangedSetting, UnfinishedDraft
from tui.screens import resume_words
from tui.screens.messages import ResumeAnswered
from tui.widgets.file_views import FileView
from tui.widgets.frame import TitleBar, TopBar
from tui.widgets.key_bar import KeyBar
from tui.widgets.remark import Remark
from tui.widgets.tone import line, lines

NAME = 20
TALL = 30
"""Rows of a terminal from which on the file is shown."""


class ResumeScreen(Screen[None]):
    """Continue, which has the focus, or start over. Leaving the program here changes nothing."""

    AUTO_FOCUS = "#continue"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.leave_by_escape", _("Quit"), show=False),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
        Binding("f1,question_mark", "app.explain", show=False),
    ]

    def __init__(self, stopped: UnfinishedDraft, drafts: Drafts, meanwhile: Iterable[ChangedSetting]) -> None:
        super().__init__(name="stopped")
        self._stopped = stopped
        self._drafts = drafts
        self._meanwhile = [*meanwhile]

    def compose(self) -> ComposeResult:
        """What was left, what changed, two answers."""
        yield TopBar(self._drafts.current)
        yield TitleBar(self.heading)
        with Vertical(id="body", classes="grid"):
            yield Static(line((resume_words.headline(self._stopped), "strong")), classes="title")
            with VerticalScroll(id="left", can_focus=False):
                yield from self._rows()
            with Horizontal(id="answers"):
                yield Button(_("Continue"), id="continue", variant="primary", compact=True)
                yield Button(_("Start over"), id="over", compact=True)
            yield FileView(id="file")
        yield KeyBar(
            (
                ("enter", _("Take it"), ""), ("← →", _("Choose"), ""),
                ("esc", _("Quit, and decide later"), "app.quit"), ("f1", _("Help"), "app.explain"),
            )
        )  # fmt: skip

    def on_resize(self) -> None:
        """A tall screen shows the file as it is now, which Start over leads to."""
        from tui.config_file.diff import shown_lines

        config, view = self._drafts.current.config, self.query_one(FileView)
        view.display = self.app.size.height >= TALL and config.exists
        if view.display:
            view.show(clean(tilde(config.path)), shown_lines(config.shown))

    def _rows(self) -> Iterator[Widget]:
        yield Static(lines(list(resume_words.typed(self._stopped, self._drafts))), classes="block")
        if self._meanwhile:
            yield Remark(_("The file was changed meanwhile:"), id="meanwhile")
            yield Static(lines(map(resume_words.changed, self._meanwhile)), classes="block")
        yield from map(Remark, resume_words.not_kept(self._stopped))

    @on(Button.Pressed)
    def _answer(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(ResumeAnswered(self._drafts, go_on=event.button.id == "continue"))

    @property
    def heading(self) -> str:
        """What the page is called."""
        return _("Left unfinished")

    def help_text(self) -> str:
        """What F1 says."""
        return _(
            "What you typed is kept on the disk until it is saved, but for keys. Continue opens the step on which you "
            "were. Start over forgets it, and shows the file as it is."
        )
