"""Saving from Review: the write itself, the questions that it may need, and the merge when somebody else saved."""

import asyncio
import contextlib
from typing import TYPE_CHECKING

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _, many
from tui.screens.messages import Move
from tui.widgets.steps import ORDER, Step
from tui.wizard.host import as_setup_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.drafts.draft_set import Clash
    from tui.saving.other_files import FilePlan, OtherFile
    from tui.saving.transaction import Saved
    from tui.screens.desk import Desk
    from tui.widgets.tone import Piece
    from tui.wizard.host import Host


class Save:
    """One save at a time; what goes wrong is said where the user is."""

    def __init__(self, desk: "Desk", host: "Host") -> None:
        self._desk = desk
        self._host = host
        self._writing: asyncio.Task[Saved] | None = None

    async def save(self, *, leaving: bool = False) -> bool:
        """Save, then show the test, unless the program is being left.

        True if it was saved or there was nothing to save; False if it was refused, failed, merged with what somebody
        else saved and has to be looked at, or is being saved already.
        """
        draft = self._desk.draft
        if self._writing and not self._writing.done():
            return False
        if draft.first_run:
            draft.retries_accepted = True
        try:
            plan = self._plan()
            if plan is None:
                self._host.go(Move(Step.TEST, passed=Step.REVIEW))
                return True
            saved = await self._write_all(plan)
        except Exception as error:  # noqa: BLE001 - whatever it was, what was typed is still there, and it is said
            self._fail(as_setup_error(error))
            return False
        if saved and not leaving:
            self._go_on(saved)
        return saved is not None

    async def _write_all(self, plan: "FilePlan") -> "Saved | None":
        """The draft's file, then the others; None where nothing was written."""
        if self._desk.last_trial and not self._desk.last_trial.holds_for(self._desk.draft):
            self._desk.last_trial = None  # afterwards a key that was typed is no longer at hand to be compared
        again = not self._desk.draft.dirty  # for the others alone, after one of them could not be saved
        saved = await self._write_or_merge()
        if saved:
            if not again:
                self._desk.saved_along = ()
            self._note(saved)  # now: whatever becomes of the others, this file is saved
            self._write_others(plan)
        return saved

    def _plan(self) -> "FilePlan | None":
        """What the other programs' files get; None where nothing is to be saved at all. Raises SetupError."""
        desk = self._desk
        if not desk.others:
            return [] if desk.draft.dirty else None
        from tui.saving.other_files import carry_out, plan_for

        plan = plan_for(desk.draft, desk.others, alike=desk.alike)
        changes = [each for each in carry_out(plan, write=False) if each.updates]
        return plan if desk.draft.dirty or changes else None

    def _write_others(self, plan: "FilePlan") -> None:
        """Their files, once the draft's is saved. Raises SetupError."""
        if not plan:
            return
        from tui.saving.other_files import carry_out

        path = clean(tilde(self._desk.draft.config.path))
        saved: list[OtherFile] = [*self._desk.saved_along]
        self._desk.saved_along = saved
        try:
            for each in plan:
                saved += (done for done in carry_out([each], write=True) if done.updates)
        except SetupError as error:
            message = _("{path} is saved, but not all of the others. {reason}")
            raise SetupError(message.format(path=path, reason=error.message), error.hint) from None
        self._desk.alike = False

    async def _write_or_merge(self) -> "Saved | None":
        """None where nothing was written: a question was answered by no, or there is something else to look at now."""
        from tui.config_file.locks import Conflict
        from tui.config_file.replacement import NeedsInPlace

        in_place = False
        while True:
            try:
                return await self._write(in_place=in_place)
            except NeedsInPlace as problem:
                in_place = await self._may_write_in_place(problem)
                if not in_place:
                    return None
            except Conflict:
                await self._merge()
                return None

    async def _write(self, *, in_place: bool) -> "Saved":
        """Whoever waits may be cancelled; the write goes on, and `finish` waits for it."""
        from tui.saving.transaction import save

        self._writing = asyncio.create_task(save(self._desk.draft, self._desk.keyring, in_place=in_place))
        return await asyncio.shield(self._writing)

    async def finish(self) -> None:
        """A save that has begun is done in seconds; ended before, its key might be left in two places."""
        if self._writing:
            with contextlib.suppress(Exception):  # nobody is left to be told
                await self._writing

    async def _may_write_in_place(self, problem: "SetupError") -> bool:
        """The file cannot be replaced by a new one: writing into it is possible, and asked for."""
        from tui.screens.dialogs import ChoiceDialog

        rows: list[list[Piece]] = [[(str(problem), "plain")], [(_("A backup is kept before."), "muted")]]
        dialog = ChoiceDialog(_("Write in place?"), rows, no=_("Do not save"), yes=_("Write in place"))
        return await self._host.ask(dialog) or False

    async def _merge(self) -> None:
        """Somebody else saved meanwhile: go on from there, and ask where both changed the same."""
        from tui.drafts.draft_set import merge, take_theirs
        from tui.screens.dialogs import ClashDialog

        drafts = self._desk.drafts
        merged = merge(drafts, self._desk.draft.config.reread())
        taken: Sequence[Clash] = ()
        if merged.clashes:
            theirs_wins = await self._host.ask(ClashDialog(merged.clashes))
            taken = merged.clashes if theirs_wins else ()
            for clash in taken:
                take_theirs(clash, drafts)
        # nothing was written yet: the user looks at what would be, now
        self._desk.remark = many(
            "Somebody else saved the file meanwhile; {count} change of theirs is in it. Look, and save again.",
            "Somebody else saved the file meanwhile; {count} changes of theirs are in it. Look, and save again.",
            len(merged.taken) + len(taken),
        )
        self._host.show(Step.REVIEW)

    def _fail(self, problem: "SetupError") -> None:
        if not self._desk.save_failed.publish(problem):  # Review was left
            self._host.notify(str(problem), severity="error")

    def _note(self, saved: "Saved") -> None:
        desk, draft = self._desk, self._desk.draft
        desk.last_save = saved
        if draft.group not in desk.saved_groups:
            desk.saved_groups.append(draft.group)
        desk.drafts.rebase(draft.config)
        desk.journey.first_run = False
        desk.journey.passed = set(ORDER[:-1])

    def _go_on(self, saved: "Saved") -> None:
        from tui.handover.farewell import saved_words

        self._desk.saved_words = saved_words(
            self._desk.draft,
            saved.store,
            [self._desk.draft.group],
            self._desk.paths_saved_along,
        )
        self._host.show(Step.TEST)
        if saved.remark:
            self._host.notify(saved.remark, severity="warning")
