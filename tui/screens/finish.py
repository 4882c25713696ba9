"""After the test, or without one: the one line that starts OpenHands with what was set up."""

import os
from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui.base.translation import _, many
from tui.drafts.draft import Draft
from tui.handover.clipboard import copied_words
from tui.handover.start import Launcher, Release, Start, explain_line, start_line
from tui.screens.finish_words import SetUpRow, good_to_know, set_up_row, who_reads_what, without_a_person
from tui.screens.messages import FinishLeft, LauncherChosen, Move
from tui.screens.step import StepScreen
from tui.widgets.choice import Choice, Segments
from tui.widgets.command_card import CommandCard
from tui.widgets.details import Details
from tui.widgets.explanation import Explanation
from tui.widgets.frame import TitleBar, TopBar
from tui.widgets.headings import Section
from tui.widgets.key_bar import Hint, KeyBar
from tui.widgets.remark import Band, Remark
from tui.widgets.row import Row
from tui.widgets.steps import Step
from tui.widgets.tone import line, lines

ROOMY: Final = 30
"""Rows of a terminal from which on other commands stand below the line."""


class FinishScreen(Screen[None]):
    """What was set up, two questions, one line. Enter leaves the wizard."""

    AUTO_FOCUS = "#launcher"
    HORIZONTAL_BREAKPOINTS = StepScreen.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = StepScreen.VERTICAL_BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", _("Back"), show=False),
        Binding("enter", "leave", _("Leave"), show=False),
        Binding("c", "copy", _("Copy"), show=False),
        Binding("ctrl+s", "save", _("Review and save"), show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("pageup", "scroll_page(-1)", show=False),
        Binding("pagedown", "scroll_page(1)", show=False),
        Binding("f1,question_mark", "app.explain", show=False),
    ]

    def __init__(
        self,
        draft: Draft,
        launcher: Launcher,
        release: Release,
        unsaved: int = 0,
        *,
        rows: Sequence[SetUpRow] = (),
        others: Sequence[Start] = (),
        asks: bool = True,
        passed: bool = True,
    ) -> None:
        """`rows` are what was set up, `others` how what stands beside config.toml is started. `asks`: whether there is
        an OpenHands that reads config.toml, of which one has to know how it is started.
        """
        super().__init__(name="finish")
        self._passed = passed
        self._unsaved = unsaved
        """Changes that were tried and not saved yet."""
        self._draft = draft
        self._launcher = launcher
        self._release = release
        self._set_up = rows
        self._others = others
        self._asks = asks

    def compose(self) -> ComposeResult:
        """What was set up, questions and answer."""
        yield TopBar(self._draft)
        saved = (_("not all is saved"), "look-out") if self._unsaved else (_("everything is saved"), "good")
        yield TitleBar(self.heading, [saved])
        with Horizontal(id="middle"):
            with Vertical(id="body", classes="grid"):
                yield from self._body()
            yield Explanation(id="explanation")
        yield KeyBar(self._hints())

    def _body(self) -> Iterable[Widget]:
        yield self._band()
        yield SetUpTable(self._set_up)
        if self._asks:
            yield Section(_("How do you start OpenHands?"), id="question")
            names = [_("Docker"), _("Command line"), _("From source")]
            yield Row(_("With"), Segments([*Launcher], self._launcher, id="launcher", names=names), cells=0)
            names = [_("up to 1.6"), _("1.7 or later")]
            yield Row(_("Release"), Segments([*Release], self._release, id="release", names=names), cells=0)
            yield CommandCard(id="line", copies=True)
            yield Static(id="why", markup=False)
        for start in self._others:
            section = Section(start.name)
            section.add_class("other")
            yield section
            if start.line:
                yield CommandCard(start.line, copies=start.line == self._line)
            yield Static(line((start.said, "muted")), classes="said", markup=False)
        yield Remark(id="copied", tone="good")
        yield Details(id="more")

    def _band(self) -> Band:
        if self._unsaved:
            words = many(
                "{count} change is not saved yet: ^s reviews it.",
                "{count} changes are not saved yet: ^s reviews them.",
                self._unsaved,
            )
            return Band("look-out", (words, "plain"))
        note = _("tested") if self._passed else _("not tested yet")
        return Band("good", (_("OpenHands has its model."), "strong"), note=note)

    def _hints(self) -> Sequence[Hint]:
        change: Sequence[Hint] = (("↑ ↓", _("Move"), ""), ("← →", _("Change"), "")) if self._asks else ()
        return (
            ("esc", _("Back"), "screen.back"), ("enter", _("Leave"), "screen.leave"),
            *([("c", _("Copy the line"), "screen.copy")] if self._line else ()), *change,
            *([("^s", _("Save"), "screen.save")] if self._unsaved else []),
            ("f1", _("Help"), "app.explain"), ("^p", _("Commands"), "app.command_palette"),
            ("^q", _("Quit"), "app.quit"),
        )  # fmt: skip

    def on_mount(self) -> None:
        """Show the line."""
        self.query_one(Explanation).explain(_("What reads what"), who_reads_what())
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """More is said where there is room."""
        rows = good_to_know() if event.size.height >= ROOMY else ()
        self.query_one(Details).show(rows)

    @on(Choice.Chosen)
    def _answer(self, event: Choice.Chosen) -> None:
        event.stop()
        if event.choice.id == "launcher":
            self._launcher = Launcher(event.value)
        else:
            self._release = Release(event.value)
        self._show()
        self.post_message(LauncherChosen(self._launcher, self._release))

    def _show(self) -> None:
        if self._asks:
            self.query_one("#line", CommandCard).show(self._line)
            said = explain_line(self._draft, self._launcher, self._release)
            self.query_one("#why", Static).update(line((said, "muted")))
        self.query_one("#copied", Remark).say("")

    @property
    def _line(self) -> str:
        """What starts the first of them; "" for nothing."""
        if self._asks:
            return start_line(self._draft, self._launcher, self._release)
        return next((start.line for start in self._others if start.line), "")

    @property
    def heading(self) -> str:
        """What the page is called."""
        return _("Finish") if self._unsaved else _("Done")

    def help_text(self) -> str:
        """What F1 says."""
        said = [explain_line(self._draft, self._launcher, self._release)] if self._asks else []
        return "\n\n".join([*said, *(f"{start.name}: {start.said}" for start in self._others), without_a_person()])

    def action_copy(self) -> None:
        """Put the line on the terminal's clipboard; it holds no key."""
        if self._line:
            self.app.copy_to_clipboard(self._line)
            said = self.query_one("#copied", Remark)
            said.say(copied_words(os.environ), "good")
            self.call_after_refresh(said.scroll_visible, animate=False)  # it may lie below the page

    def action_save(self) -> None:
        """What was tried is looked at, and saved."""
        self.post_message(Move(Step.REVIEW))

    def action_leave(self) -> None:
        """Enter: what is shown is the answer."""
        self.post_message(LauncherChosen(self._launcher, self._release))
        self.post_message(FinishLeft())

    def action_scroll_page(self, way: int) -> None:
        """What has no room on a short page."""
        body = self.query_one("#body")
        body.scroll_relative(y=way * (body.size.height - 2), animate=False)

    def action_back(self) -> None:
        """Escape: back to the test."""
        self.post_message(Move(Step.TEST))


class SetUpTable(Widget):
    """A line for each thing that was set up."""

    def __init__(self, rows: Sequence[SetUpRow]) -> None:
        super().__init__(id="set-up")
        self._rows = rows
        self.styles.height = len(rows)

    def render(self) -> Content:
        """All of them."""
        return lines([set_up_row(row, self.size.width) for row in self._rows])
