"""After the test, or without one: the one line that starts OpenHands with what was set up."""

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui.base.translation import _, many
from tui.drafts.draft import Draft
from tui.handover.clipboard import words
from tui.handover.start import Launcher, Release, explain_line, program_line, start_line
from tui.openhands.targets.target import TOML
from tui.screens.messages import FinishLeft, LauncherChosen, Move
from tui.widgets.choice import Choice
from tui.widgets.frame import TitleBar, TopBar
from tui.widgets.key_bar import Hint, KeyBar
from tui.widgets.remark import Remark, remark
from tui.widgets.row import Row
from tui.widgets.steps import Step
from tui.widgets.tone import line

if TYPE_CHECKING:
    from tui.openhands.targets.target import Target


class FinishScreen(Screen[None]):
    """Two questions, one line. Enter leaves the wizard."""

    AUTO_FOCUS = "#launcher"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", _("Back"), show=False),
        Binding("enter", "leave", _("Leave"), show=False),
        Binding("c", "copy", _("Copy"), show=False),
        Binding("ctrl+s", "save", _("Review and save"), show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("f1,question_mark", "app.explain", show=False),
    ]

    def __init__(
        self,
        draft: Draft,
        launcher: Launcher,
        release: Release,
        unsaved: int = 0,
        programs: "Sequence[Target]" = (),
        *,
        passed: bool = True,
    ) -> None:
        super().__init__(name="finish")
        self._passed = passed
        self._unsaved = unsaved
        """Changes that were tried and not saved yet."""
        self._draft = draft
        self._launcher = launcher
        self._release = release
        self._asks = not programs or any(program.name == TOML for program in programs)
        """Whether config.toml is among what was set up: how its OpenHands is started, depends."""
        self._others = [(program, *program_line(draft, program.name)) for program in programs if program.name != TOML]

    def compose(self) -> ComposeResult:
        """Questions and answer."""
        yield TopBar(self._draft)
        said = (_("everything is saved"), "good") if not self._unsaved else (_("not all of it is saved"), "look-out")
        yield TitleBar(_("Finish"), [said])
        with Vertical(id="body", classes="grid"):
            yield from self._body()
        yield KeyBar(self._hints())

    def _body(self) -> Iterable[Widget]:
        question = _("It works. How do you start OpenHands?") if self._passed else _("How do you start OpenHands?")
        yield Static(line((question, "strong")), classes="title")
        if not self._asks:
            if self._unsaved:
                yield Static(remark(self._unsaved_words()))
            yield from self._other_lines()
            return
        names = [_("Docker"), _("Command line"), _("From source")]
        yield Row(_("With"), Choice([*Launcher], self._launcher, id="launcher", names=names), cells=30)
        releases = [_("OpenHands up to 1.6"), _("OpenHands 1.7 or later")]
        yield Row(_("Release"), Choice([*Release], self._release, id="release", names=releases), cells=30)
        yield Static("", classes="gap")
        if self._unsaved:
            yield Static(remark(self._unsaved_words()))
        else:
            yield Static(line((_("Then this line starts it with what you set up:"), "muted")))
        yield Static(id="line", markup=False)
        yield Static(id="why", markup=False)
        yield Remark(id="copied", tone="good")
        yield from self._other_lines()

    def _unsaved_words(self) -> str:
        return many(
            "{count} change is not saved yet: ^s reviews it. Then this line starts it:",
            "{count} changes are not saved yet: ^s reviews them. Then this line starts it:",
            self._unsaved,
        )

    def _other_lines(self) -> Iterable[Widget]:
        """What starts the other programs, each below its name."""
        for program, start, said in self._others:
            yield Static("", classes="gap")
            yield Static(line((program.label, "strong"), (f"   {said}", "muted")))
            if start:
                yield Static(line((f"  {start}", "strong")))
        if not self._asks:
            yield Remark(id="copied", tone="good")

    def _hints(self) -> Sequence[Hint]:
        change = [("← →", _("Change"), "")] if self._asks else []
        save = [("^s", _("Save"), "screen.save")] if self._unsaved else []
        return (
            ("esc", _("Back"), "screen.back"), *change, ("c", _("Copy the line"), "screen.copy"), *save,
            ("enter", _("Leave"), "screen.leave"), ("^q", _("Quit"), "app.quit"),
        )  # fmt: skip

    def on_mount(self) -> None:
        """Show the line."""
        self._show()

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
        if not self._asks:
            return
        self.query_one("#line", Static).update(line((self._line, "strong")))
        self.query_one("#why", Static).update(line((explain_line(self._draft, self._launcher, self._release), "muted")))
        self.query_one("#copied", Remark).say("")

    @property
    def _line(self) -> str:
        """What starts the first of them."""
        if self._asks:
            return start_line(self._draft, self._launcher, self._release)
        return next((start for _program, start, _said in self._others if start), "")

    def help_text(self) -> str:
        """What F1 says."""
        return explain_line(self._draft, self._launcher, self._release)

    def action_copy(self) -> None:
        """Put the line on the terminal's clipboard; it holds no key."""
        self.app.copy_to_clipboard(self._line)
        self.query_one("#copied", Remark).say(words(os.environ), "good")

    def action_save(self) -> None:
        """What was tried is looked at, and saved."""
        self.post_message(Move(Step.REVIEW))

    def action_leave(self) -> None:
        """Enter: what is shown is the answer."""
        self.post_message(LauncherChosen(self._launcher, self._release))
        self.post_message(FinishLeft())

    def action_back(self) -> None:
        """Escape: back to the test."""
        self.post_message(Move(Step.TEST))
