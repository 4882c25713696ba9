"""From Review to the test, to Finish, and back when somebody else saved meanwhile."""

from typing import TYPE_CHECKING, Any

from textual import work
from textual.worker import Worker, WorkerState

from tui.base.errors import SetupError
from tui.base.translation import _, many
from tui.config_file.document import read_config
from tui.drafts.draft import Draft
from tui.screens.messages import LauncherChosen, Move, TrialConcluded
from tui.widgets.steps import ORDER, Step
from tui.wizard.journey import MovingApp

if TYPE_CHECKING:
    from tui.saving.transaction import Saved
    from tui.widgets.tone import Piece


class SavingApp(MovingApp):
    """Saves in a worker; what goes wrong is said where the user is."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.saved: Saved | None = None
        self.saved_groups: list[str] = []

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker of the app's own ended."""
        if event.state is WorkerState.ERROR:
            self.report(event.worker.error)
        elif event.state is WorkerState.SUCCESS:
            self.take_result(event.worker)

    def take_result(self, worker: Worker[Any]) -> None:
        """Go on with what a worker brought."""
        if worker.group == "save":
            self.saved = worker.result
            self._after_saving()

    def report(self, error: BaseException | None) -> None:
        """Say what went wrong; a conflict is settled first."""
        from tui.config_file.conflict import Conflict
        from tui.config_file.replacement import NeedsInPlace

        if isinstance(error, Conflict):
            self._meet()
            return
        if isinstance(error, NeedsInPlace):
            self._ask_for_in_place(error)
            return
        problem = (
            error
            if isinstance(error, SetupError)
            else SetupError(_("Unexpected error: {what}.").format(what=type(error).__name__))
        )
        if not self.desk.save_failed.publish(problem):
            self.notify(str(problem), severity="error", markup=False)

    def on_save_requested(self) -> None:
        """Save; nothing to save goes on to the test. One that is under way is enough."""
        if self.under_way():
            return
        if self.draft.first_run:
            self.draft.retries_accepted = True
        if self.draft.dirty:
            if self.desk.tried and not self.desk.tried.holds_for(self.draft):
                self.desk.tried = None  # afterwards a key that was typed is no longer at hand to be compared
            self._save()
        else:
            self.on_move(Move(Step.TEST, passed=Step.REVIEW))

    def on_changes_changed(self) -> None:
        """Show it anew."""
        self.show(Step.REVIEW)

    def under_way(self) -> list[Worker[Any]]:
        """The save that has begun, if there is one."""
        return [worker for worker in self.workers if worker.group == "save" and not worker.is_finished]

    @work(group="save", exit_on_error=False, description="save")
    async def _save(self, *, in_place: bool = False) -> "Saved":
        from tui.saving.transaction import save

        return await save(self.draft, self.desk.keyring, in_place=in_place)

    def _ask_for_in_place(self, problem: SetupError) -> None:
        """The file cannot be replaced by a new one: writing into it is possible, and asked for."""
        from tui.screens.dialogs import ChoiceDialog

        def answer(yes: bool | None) -> None:  # noqa: FBT001
            if yes:
                self._save(in_place=True)

        rows: list[list[Piece]] = [[(str(problem), "plain")], [(_("A backup is kept before."), "muted")]]
        dialog = ChoiceDialog(_("Write in place?"), rows, no=_("Do not save"), yes=_("Write in place"))
        self.push_screen(dialog, answer)

    def action_undo(self) -> None:
        """Put the file back as it was before the last save, after a yes."""
        from tui.config_file.diff import counts, diff
        from tui.config_file.undo import before_last_save
        from tui.screens.dialogs import ChoiceDialog

        try:
            earlier = before_last_save(self.draft.config.path)
        except SetupError as error:
            self.notify(str(error), severity="warning", markup=False)
            return
        words = _("There was no file before it: the file is removed.")
        if earlier is not None:
            count = counts(diff(self.draft.config.text, earlier))[0]
            words = many("{count} line changes back.", "{count} lines change back.", count)
        kept = _("What you changed here and did not save stays. What is undone is kept in the folder of backups.")
        rows: list[list[Piece]] = [[(words, "plain")], [(kept, "muted")]]
        dialog = ChoiceDialog(_("Undo the last save?"), rows, no=_("Leave the file"), yes=_("Put it back"))
        self.push_screen(dialog, lambda yes: self._undo() if yes else None)

    def _undo(self) -> None:
        from tui.config_file.undo import restore
        from tui.saving.file_update import holds_key

        try:
            restore(self.draft.config.path, private=holds_key)
            self.desk.drafts.rebase(read_config(self.draft.config.path))
        except SetupError as error:
            self.notify(str(error), severity="warning", markup=False)
            return
        self.saved, self.saved_groups = None, []
        config = self.draft.config
        self.journey.first_run = not config.has("llm")
        self.show(Step.PROVIDER if self.journey.first_run else Step.OVERVIEW)
        words = _("The file is as it was before the last save. A key that was moved out of it stays out.")
        self.notify(words if config.exists else _("The file was removed: it did not exist before the last save."))

    def _after_saving(self) -> None:
        if self.draft.group not in self.saved_groups:
            self.saved_groups.append(self.draft.group)
        self.desk.drafts.rebase(self.draft.config)
        self.journey.first_run = False
        self.journey.passed = set(ORDER[:-1])
        from tui.handover.farewell import saved_words

        self.desk.saved_words = saved_words(self.draft, self.saved.store if self.saved else None, [self.draft.group])
        self.show(Step.TEST)
        if self.saved and self.saved.remark:
            self.notify(self.saved.remark, severity="warning", markup=False)

    def _meet(self) -> None:
        """Somebody else saved meanwhile: go on from there, and ask where both changed the same."""
        from tui.drafts.draft_set import merge, take_theirs
        from tui.screens.dialogs import ClashDialog

        drafts = self.desk.drafts
        try:
            merged = merge(drafts, read_config(self.draft.config.path))
        except SetupError as error:
            self.report(error)
            return

        def settle(theirs_wins: bool | None) -> None:  # noqa: FBT001
            for clash in merged.clashes if theirs_wins else ():
                take_theirs(clash, drafts)
            self._review_again(len(merged.taken))

        if merged.clashes:
            self.push_screen(ClashDialog(merged.clashes), settle)
        else:
            self._review_again(len(merged.taken))

    def _review_again(self, taken: int) -> None:
        """Nothing was written yet: the user looks at what would be, now."""
        self.desk.remark = many(
            "Somebody else saved the file meanwhile; {count} change of theirs is in it. Look, and save again.",
            "Somebody else saved the file meanwhile; {count} changes of theirs are in it. Look, and save again.",
            taken,
        )
        self.show(Step.REVIEW)

    def on_trial_concluded(self, event: TrialConcluded) -> None:
        """It is there when one comes back, from Finish or from a save."""
        self.desk.tried = event.tried

    def on_trial_passed(self) -> None:
        """The test passed."""
        from tui.handover.start import Launcher, Release
        from tui.screens.finish import FinishScreen

        own = self.draft.own
        launcher = own.preference("launcher")
        release = own.preference("release")
        chosen = Launcher(launcher) if launcher in set(Launcher) else Launcher.DOCKER
        since = Release(release) if release in set(Release) else Release.FROM_1_7
        self.switch_screen(FinishScreen(self.draft, chosen, since, self.desk.drafts.unsaved))

    def on_launcher_chosen(self, event: LauncherChosen) -> None:
        """Remember how OpenHands is started."""
        try:
            self.draft.own.save({("preferences",): {"launcher": event.launcher.value, "release": event.release.value}})
        except SetupError as error:
            self.notify(str(error), severity="warning", markup=False)

    def on_finish_returned(self) -> None:
        """Back to the test."""
        self.show(Step.TEST)

    async def on_finish_left(self) -> None:
        """Done."""
        await self.action_quit()
