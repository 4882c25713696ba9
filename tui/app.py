"""The app: owns the draft and what is slow to come by, moves between the steps, and quits cleanly."""

import asyncio
import contextlib
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events, on, work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme
from textual.worker import Worker, WorkerError

from tui.base.errors import SetupError, Status
from tui.base.secret import Secret
from tui.base.translation import _, many
from tui.drafts.draft import Draft
from tui.openhands.groups import header
from tui.screens.factory import screen_for
from tui.screens.messages import Move
from tui.screens.step import StepScreen
from tui.terminal import garbage_collection
from tui.terminal.appearance import TerminalApp
from tui.terminal.keyboard import Dropped
from tui.terminal.safe_crash import DiscreetApp
from tui.terminal.signals import Ending, is_gone, status
from tui.terminal.terminal_kind import TerminalKind
from tui.terminal.type_ahead import TypeAhead
from tui.widgets.steps import ORDER, Step, title
from tui.wizard.resume import ResumingApp

if TYPE_CHECKING:
    from tui.catalog.models import Catalogue


ONE_WRITE: Final = 0.005
"""Seconds in which Textual's own thread sends a page; it would have to wait for what keeps the interpreter busy."""
WHILE_COVERED: Final = ("ctrl+q", "ctrl+c", "ctrl+z", "ctrl+l")


class SetupApp(DiscreetApp, TerminalApp, ResumingApp):
    """The wizard. `run()` returns the line that is left on the normal screen, "" when nothing was saved."""

    TITLE = "llm-setup"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", _("Quit"), show=False, priority=True),
        Binding("ctrl+c", "quit", _("Quit"), show=False),
        Binding("ctrl+z", "suspend", _("Suspend"), show=False),
        Binding("ctrl+l", "paint_anew", _("Redraw"), show=False),
    ]

    def __init__(self, draft: Draft, kind: TerminalKind | None = None) -> None:
        super().__init__(draft)
        self.fit(kind or TerminalKind())
        self._type_ahead = TypeAhead(self)
        self._ending = Ending(self._end_for, self.keep, end_helpers)
        self._leaving = False
        self._begun = False

    def get_default_screen(self) -> Screen[None]:
        """The first page itself, and not on top of an empty one: that would be laid out and painted as well."""
        first = Step.PROVIDER if self.draft.first_run else Step.OVERVIEW
        screen: Screen[None] = self.resume_screen(self.stopped) if self.stopped else screen_for(first, self.desk)
        screen._push_result_callback(self, None)  # what push_screen would do, and switch_screen undoes
        return screen

    def on_page_shown(self) -> None:
        """A page is painted. After the first it is time for what takes longer."""
        self.cover(self.size)
        self._type_ahead.open()
        if self._begun:
            garbage_collection.forget_pages()
        else:
            self._begun = True
            self.set_timer(ONE_WRITE, self._begin_slow_work)

    def on_mount(self) -> None:
        """From here on the end may come from outside."""
        if not self.is_headless:
            self._ending.watch()
        if self.stopped:
            self.call_after_refresh(self._type_ahead.open)
        self.app_resume_signal.subscribe(self, self._paint_all)
        self.theme_changed_signal.subscribe(self, self._remember_theme)

    def _remember_theme(self, theme: Theme) -> None:
        """The next start looks the same."""
        with contextlib.suppress(SetupError):  # it is a preference: not worth a word
            self.draft.own.save({("preferences",): {"theme": theme.name}})

    def _paint_all(self, _app: App[str]) -> None:
        """Back from the shell: nothing of the page is on the terminal any more."""
        self.action_paint_anew()

    def _begin_slow_work(self) -> None:
        garbage_collection.settle()
        self.say_others()
        self._say_neighbour()
        self.keep()
        self._read_catalogue()
        self.look_for_servers()
        self.look_at_keyring()
        self._sweep()
        if not self.draft.first_run:
            self._warm_probe()

    def _say_neighbour(self) -> None:
        from tui.openhands.own_environment import shared_environment

        if sentence := shared_environment():
            self.notify(sentence, severity="warning", timeout=15)

    # -- what is slow to come by

    @work(thread=True, group="catalogue", exit_on_error=False, description="read the catalogue")
    def _read_catalogue(self) -> "Catalogue":
        from tui.catalog.models import load_catalogue

        return load_catalogue()

    @work(thread=True, group="refresh", exclusive=True, exit_on_error=False, description="fetch a newer catalogue")
    def action_refresh_catalogue(self) -> "Catalogue | None":
        """From the palette: the source is asked now, and never by itself."""
        from tui.catalog.models import load_catalogue
        from tui.catalog.refresh import refresh, source_of, told

        try:
            said = told(refresh(source_of(self.draft.environ, self.draft.own.preference("catalogue"))))
        except SetupError as error:
            self.call_from_thread(self.notify, str(error), severity="warning", markup=False)
            return None
        self.call_from_thread(self.notify, "\n".join(said), markup=False)
        return load_catalogue()

    @work(thread=True, group="sweep", exit_on_error=False, description="clear up after a killed save")
    def _sweep(self) -> None:
        from tui.config_file.save import sweep

        sweep(self.draft.config.path)
        self.session.sweep()

    @work(group="probe", exit_on_error=False, description="warm the probe")
    async def _warm_probe(self) -> None:
        await self.desk.probe.start()

    def take_result(self, worker: Worker[Any]) -> None:
        """What came is shown by the present screen, if it is about it."""
        match worker.group:
            case "catalogue" | "refresh":
                if worker.result:
                    self.desk.put_catalogue(worker.result)
            case _:
                super().take_result(worker)

    def on_move(self, move: Move) -> None:
        """The first move starts the probe: it is warm by the time that the test is reached."""
        if self.desk.probe_started is None:
            self._warm_probe()
        super().on_move(move)

    # -- keys, help, palette, quitting

    async def on_event(self, event: events.Event) -> None:
        """Take keys one at a time: those typed ahead are meant for what the one before leads to."""
        typed = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        if typed and self._type_ahead.holds(event):
            return
        if not (typed and self._is_blind(event)):
            await super().on_event(event)
        if typed:
            self._type_ahead.given(event)
        if typed or isinstance(event, events.MouseUp):
            self.keep_soon()

    def _is_blind(self, event: events.Event) -> bool:
        """Whether it was typed where nothing can be seen: nobody does that on purpose."""
        return self.is_covered and not (isinstance(event, events.Key) and event.key in WHILE_COVERED)

    def action_explain(self) -> None:
        """F1: a few sentences about the present step."""
        from tui.screens.dialogs import HelpDialog

        screen = self.screen
        if isinstance(screen, StepScreen):
            self.push_screen(HelpDialog(title(screen.STEP), screen.help_text()))

    def action_command_palette(self) -> None:
        """Ctrl+P."""
        from tui.screens.palette import Commands

        if not any(isinstance(screen, Commands) for screen in self.screen_stack):
            self.push_screen(Commands(id="--command-palette"))

    def search_themes(self) -> None:
        """What Ctrl+P → Theme opens."""
        from textual.theme import ThemeProvider

        from tui.screens.palette import Commands

        self.push_screen(Commands(providers=[ThemeProvider], placeholder=_("Search for themes …")))

    @on(Dropped)
    def _drop_what_waits(self, event: Dropped) -> None:
        """It belongs to the same flood; what is said of it, `TerminalApp` says. What follows a paste does not."""
        if not event.pasted:
            self._type_ahead.drop()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """What Ctrl+P offers: every step and action, the theme, quitting."""
        for step in (Step.OVERVIEW, *ORDER):
            if self.journey.is_open(step):
                yield SystemCommand(title(step), _("Go to this step"), lambda step=step: self.on_move(Move(step)))
        yield SystemCommand(_("Undo the last save"), _("Put the file back as it was"), self.action_undo)
        words = _("Ask for a newer list of models and prices")
        yield SystemCommand(_("Refresh the catalogue"), words, self.action_refresh_catalogue)
        yield SystemCommand(_("Theme"), _("Change the colours"), self.action_change_theme)
        yield SystemCommand(_("Help"), _("Explain this step"), self.action_explain)
        yield SystemCommand(_("Quit"), _("Leave llm-setup"), self.action_quit)

    async def action_quit(self) -> None:
        """Ask when something is unsaved; the second time leave at once."""
        from tui.screens.dialogs import QuitDialog

        unsaved = self.desk.drafts.dirty
        if isinstance(self.screen, QuitDialog) or not unsaved:
            await self._leave()
        else:
            count = self.desk.drafts.unsaved
            where = ", ".join(header(draft.group) for draft in unsaved)
            said = [many("{count} change is not saved", "{count} changes are not saved", count) + f": {where}."]
            said += [_("A key was typed and is not stored.")] if any(d.typed_secrets() for d in unsaved) else []
            said += [_("Another place was chosen for the key.")] if any(d.moves or d.chooses for d in unsaved) else []
            self.push_screen(QuitDialog(said), self._answer_quit)

    async def action_leave_by_escape(self) -> None:
        """Esc where there is nothing to go back to. It may be half of another key: that would end the program."""
        if self.desk.drafts.dirty:
            await self.action_quit()
        else:
            self.hesitation.begin(self.action_quit)

    async def _answer_quit(self, leave: bool | None) -> None:  # noqa: FBT001 - the dialog's result
        if leave:
            await self._leave()

    async def _leave(self) -> None:
        if not self._leaving:
            self._leaving = True
            self.leave_sitting()
            self.exit(self._last_line())

    def _last_line(self) -> str:
        if self.saved is None:
            return ""
        from tui.handover.farewell import farewell

        return farewell(self.draft, self.saved.store, self.saved_groups, self.desk.drafts.unsaved)

    async def on_unmount(self) -> None:
        """No process of ours outlives us."""
        self._ending.over()
        self.session.leave(keep=True)
        await self._finish_saving()
        self.workers.cancel_all()
        await self._close_helpers()

    async def _finish_saving(self) -> None:
        """A save that has begun is done in seconds; its key would be left in two places."""
        for worker in self.under_way():
            with contextlib.suppress(WorkerError):
                await worker.wait()

    async def _close_helpers(self) -> None:
        probe = self.desk.probe_started
        children = [self.desk.keyring.close(), *([probe.close()] if probe else [])]
        await asyncio.gather(*children)

    def secrets(self) -> Iterable[Secret]:
        """The keys that a traceback must not show."""
        return [secret for draft in self.desk.drafts.opened for secret in draft.all_secrets()]

    def _end_for(self, number: int) -> None:
        """A signal came, or the terminal has gone: what was typed is kept, and nothing is asked."""
        self.keep()
        if is_gone():
            self._dying = asyncio.create_task(self._die(status(number)))
        else:
            kept = _("Ended from outside. What was typed is kept: the next llm-setup goes on with it.")
            self.exit(kept if self.holds_input() else "", return_code=status(number))

    async def _die(self, code: int) -> None:
        """Without a terminal there is nothing to put in order but a save and our children."""
        await self._finish_saving()
        await self._close_helpers()
        os._exit(code)

    def end_unheard(self, times: int) -> None:
        """Ctrl+Q on a terminal that takes nothing: what is unsaved could not be asked about, so it takes two."""
        if times > 1 or not self.desk.drafts.dirty:
            self._ending.end_now(Status.DONE)

    def action_suspend(self) -> None:
        """Ctrl+Z: to the shell, if there is one that can bring us back."""
        if os.getpgrp() == os.getsid(0):  # nobody started us as a job
            self.notify(_("There is no shell here to come back from."))
            return
        self.keep()
        self.action_suspend_process()

    def _fatal_error(self) -> None:
        """Whatever broke, what was typed is kept."""
        with contextlib.suppress(Exception):
            self.keep()
        super()._fatal_error()


def end_helpers() -> None:
    """End what is still there of other processes; loaded only where there was one."""
    if processes := sys.modules.get("tui.base.processes"):
        processes.end_all()
