"""The app: composes the parts of the wizard, and gives each message and key to the one that it is for."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.theme import Theme

from tui.base.secret import Secret
from tui.base.translation import _
from tui.drafts.draft import Draft
from tui.screens import messages
from tui.screens.desk import Desk
from tui.terminal import garbage_collection
from tui.terminal.safe_crash import SafeCrashApp
from tui.terminal.terminal_kind import TerminalKind
from tui.terminal.type_ahead import TypeAheadApp
from tui.widgets.steps import Step
from tui.wizard.finish import Finish
from tui.wizard.groups import Groups
from tui.wizard.host import Host
from tui.wizard.key_access import KeyCommandCheck, KeyringUnlock
from tui.wizard.model_lists import CatalogueRefresh, ModelLists
from tui.wizard.navigation import Navigation
from tui.wizard.programs import Programs
from tui.wizard.quit import Quit
from tui.wizard.resume import Resume
from tui.wizard.save import Save
from tui.wizard.undo import Undo

if TYPE_CHECKING:
    from tui.openhands.targets.target import Target

ONE_WRITE: Final = 0.005
"""Seconds in which Textual's own thread sends a page; it would have to wait for what keeps the interpreter busy."""


class SetupApp(SafeCrashApp, TypeAheadApp):
    """The wizard. `run()` returns the line that is left on the normal screen, "" when nothing was saved."""

    TITLE = "llm-setup"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", _("Quit"), show=False, priority=True),
        Binding("ctrl+c", "quit", _("Quit"), show=False),
        Binding("ctrl+o", "choose_programs", _("For which OpenHands"), show=False),
        Binding("ctrl+z", "suspend", _("Suspend"), show=False),
        Binding("ctrl+l", "paint_anew", _("Redraw"), show=False),
    ]

    def __init__(self, draft: Draft, kind: TerminalKind | None = None, programs: "Sequence[Target]" = ()) -> None:
        super().__init__()
        self.desk = desk = Desk.of(draft)
        desk.programs = programs
        self.navigation = Navigation(desk, self.turn_to, self.notify)
        self.host = host = Host(self, self.navigation)
        self.resume = Resume(desk, host, self.navigation, self.set_timer)
        self.catalogue = CatalogueRefresh(desk, host)
        self.groups = Groups(desk, host)
        self.programs = Programs(desk, host)
        self.unlock = KeyringUnlock(desk, host)
        self.key_command = KeyCommandCheck(desk)
        self.lists = ModelLists(desk, host)
        self.save = Save(desk, host)
        self.undo = Undo(desk, host)
        self.finish = Finish(desk, host)
        self.quit = Quit(desk, host, self.resume, self.save, self.exit)
        self.fit(kind or TerminalKind())
        self._begun = False

    # -- what screens ask and tell

    @on(messages.Move)
    def on_move(self, move: messages.Move) -> None:
        """The first move starts the probe: it is warm by the time that the test is reached."""
        if self.desk.probe_started is None:
            self.host.begin(self.desk.warm_probe, "probe")
        self.navigation.go(move)

    @on(messages.PageShown)
    def on_page_shown(self) -> None:
        """A page is painted. After the first it is time for what takes longer."""
        self.cover(self.size)
        self.type_ahead.open()
        if self._begun:
            garbage_collection.forget_pages()
        else:
            self.set_timer(ONE_WRITE, self._begin_slow_work)
        self._begun = True

    @on(messages.ResumeAnswered)
    def _resume(self, event: messages.ResumeAnswered) -> None:
        self.resume.answer(event.drafts, go_on=event.go_on)

    @on(messages.GroupRequested)
    def _change_groups(self, event: messages.GroupRequested) -> None:
        self.host.begin(partial(self.groups.change, event.what, event.group), "groups")

    def action_choose_programs(self) -> None:
        """Ctrl+O, or from the palette."""
        if isinstance(self.screen, ModalScreen):
            return
        self.host.begin(self.programs.choose, "programs", exclusive=True)

    def action_make_alike(self) -> None:
        """From Overview, or from the palette."""
        self.host.begin(self.programs.make_alike, "programs", exclusive=True)

    @on(messages.KeyringStatusRequested)
    def _look_at_keyring(self) -> None:
        self.host.begin(self.unlock.look, "keyring")

    @on(messages.UnlockRequested)
    def _unlock_keyring(self) -> None:
        self.unlock.begin()

    @on(messages.CommandGiven)
    def _check_command(self) -> None:
        self.host.begin(self.key_command.check, "command", exclusive=True)

    @on(messages.KeyEntered)
    def _try_key(self) -> None:
        self.lists.ask_with_typed_key()

    @on(messages.RenewRequested)
    def _renew(self, event: messages.RenewRequested) -> None:
        self.navigation.show(event.step)

    @on(messages.ListRequested)
    def _ask_for_list(self) -> None:
        self.lists.ask()

    @on(messages.SaveRequested)
    def _save(self) -> None:
        self.host.begin(self.save.save, "save")

    @on(messages.TrialConcluded)
    def _keep_result(self, event: messages.TrialConcluded) -> None:
        from tui.trial.record import remember  # a test has loaded all that it needs

        self.desk.last_trial = event.result  # it is there when one comes back, from Finish or from a save
        remember(event.result)

    @on(messages.TrialPassed)
    def _finish(self) -> None:
        self.finish.open(passed=True)

    @on(messages.LauncherChosen)
    def _remember_launcher(self, event: messages.LauncherChosen) -> None:
        self.finish.remember(event.launcher, event.release)

    @on(messages.FinishLeft)
    def action_quit(self) -> None:  # type: ignore[override]
        """Ctrl+Q, or done."""
        self.host.begin(self.quit.quit, "quit")

    def get_default_screen(self) -> Screen[None]:
        """The first page itself, and not on top of an empty one: that would be laid out and painted as well."""
        first = Step.PROVIDER if self.desk.draft.first_run else Step.OVERVIEW
        page = self.navigation.explained = self.resume.first_page() or self.navigation.make(first)
        page._push_result_callback(self, None)  # what push_screen would do, and switch_screen undoes
        return page

    def on_mount(self) -> None:
        """From here on the end may come from outside."""
        if not self.is_headless:
            self.quit.ending.watch()
        if self.resume.stopped:
            self.call_after_refresh(self.type_ahead.open)
        self.app_resume_signal.subscribe(self, lambda _app: self.action_paint_anew())  # the shell has painted over it
        self.app_suspend_signal.subscribe(self, lambda _app: self.resume.keep(), immediate=True)
        self.theme_changed_signal.subscribe(self, self._keep_theme)

    def _keep_theme(self, theme: Theme) -> None:
        from tui.wizard.palette import remember_theme

        remember_theme(self.desk.draft.own, theme)

    def _begin_slow_work(self) -> None:
        garbage_collection.settle()
        self.resume.say_others()
        self.resume.keep()
        self.host.begin(self.catalogue.read, "catalogue")
        self.host.begin(self.lists.find_servers, "servers")
        self.host.begin(self.unlock.look, "keyring")
        self.host.begin(self.resume.sweep, "sweep")
        if not self.desk.draft.first_run:
            self.host.begin(self.desk.warm_probe, "probe")

    def after_input(self) -> None:
        """What was typed is on the disk soon."""
        self.resume.keep_soon()

    def action_explain(self) -> None:
        """F1: a few sentences about the present step."""
        self.navigation.explain(self.push_screen)

    def action_command_palette(self) -> None:
        """Ctrl+P."""
        from tui.screens.palette import open_palette
        from tui.wizard.palette import commands

        open_palette(self, commands(self))

    def search_themes(self) -> None:
        """What Ctrl+P → Theme opens."""
        from tui.screens.palette import open_themes

        open_themes(self)

    def action_choose_language(self) -> None:
        """From the palette: most of what a page says was translated as it was imported, so it is for the next start."""
        from tui.screens.palette import open_languages
        from tui.wizard.palette import remember_language

        open_languages(self, partial(remember_language, self.desk.draft.own, self.host))

    # -- the end

    def action_leave_by_escape(self) -> None:
        """Esc where there is nothing to go back to. It may be half of another key: that would end the program."""
        if self.desk.drafts.dirty:
            self.action_quit()
        else:
            self.escape_delay.begin(self.action_quit)

    async def on_unmount(self) -> None:
        """No process of ours outlives us. A save goes on to its end, but leads nowhere any more."""
        self.quit.ending.over()
        self.resume.let_go()
        self.workers.cancel_group(self, "save")
        await self.save.finish()
        self.workers.cancel_all()
        await self.desk.close()

    def end_unheard(self, times: int) -> None:
        """Ctrl+Q on a terminal that takes nothing."""
        self.quit.end_unheard(times)

    def secrets(self) -> Iterable[Secret]:
        """The keys that a traceback must not show."""
        return [secret for draft in self.desk.drafts.opened for secret in draft.all_secrets()]

    def keep_input(self) -> None:
        """Whatever broke, what was typed is kept."""
        self.resume.keep()
