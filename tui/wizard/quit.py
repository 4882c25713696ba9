"""Leaving: the question when something is unsaved, the last line on the normal screen, and an end from outside."""

import asyncio
import os
import sys
from typing import TYPE_CHECKING, Protocol

from tui.base.errors import Status
from tui.base.translation import _, many
from tui.openhands.groups import header
from tui.terminal.signals import Ending, is_gone, status

if TYPE_CHECKING:
    from tui.screens.desk import Desk
    from tui.screens.dialogs import QuitDialog
    from tui.wizard.host import Host
    from tui.wizard.resume import Resume
    from tui.wizard.save import Save


class Exit(Protocol):
    """Ends the app, which leaves a line on the normal screen."""

    def __call__(self, result: str, return_code: int = 0) -> None: ...


class Quit:
    """Asks when something is unsaved; the second time it leaves at once."""

    def __init__(self, desk: "Desk", host: "Host", resume: "Resume", save: "Save", end: Exit) -> None:
        self._desk = desk
        self._host = host
        self._resume = resume
        self._save = save
        self._end = end
        self.ending = Ending(self._end_for, resume.keep, end_helpers)
        self._question: QuitDialog | None = None
        self._leaving = False

    async def quit(self) -> None:
        """Ctrl+Q."""
        from tui.screens.dialogs import QuitAnswer, QuitDialog

        asked_again = self._question is not None and self._question.is_current
        if not asked_again and self._desk.drafts.dirty:
            self._question = QuitDialog(self._unsaved(), self._names(), saves=self._can_save())
            answer = await self._host.ask(self._question)
            saved = answer is QuitAnswer.SAVE and await self._save.save(leaving=True)
            if not saved and answer is not QuitAnswer.LEAVE:
                return
        self._leave()

    def _can_save(self) -> bool:
        """Whether all that is unsaved is this group's, and nothing in it is wrong; Review lets the same be saved."""
        from tui.checks.problems import problems

        draft = self._desk.draft
        return self._desk.drafts.dirty == [draft] and not any(problem.blocks for problem in problems(draft))

    def _unsaved(self) -> list[str]:
        unsaved, count = self._desk.drafts.dirty, self._desk.drafts.unsaved
        where = ", ".join(header(draft.group) for draft in unsaved)
        words = many("{count} change is not saved: {{where}}.", "{count} changes are not saved: {{where}}.", count)
        said = [words.format(where=where)]
        said += [_("A key was typed and is not stored.")] if any(d.typed_secrets() for d in unsaved) else []
        said += [_("Another place was chosen for the key.")] if any(d.moves or d.chooses for d in unsaved) else []
        return said

    def _names(self) -> str:
        """The settings that are not saved."""
        return ", ".join(change.field.key for draft in self._desk.drafts.dirty for change in draft.changes())

    def _leave(self) -> None:
        if not self._leaving:
            self._leaving = True
            self._resume.leave()
            self._end(self.last_line())

    def last_line(self) -> str:
        """What was saved where; "" for nothing."""
        saved = self._desk.last_save
        if saved is None:
            return ""
        from tui.handover.farewell import farewell

        desk = self._desk
        along = desk.paths_saved_along
        unsaved = desk.drafts.unsaved
        return farewell(desk.draft, saved.store, desk.saved_groups, unsaved, start=desk.start, along=along)

    # -- an end from outside

    def _end_for(self, number: int) -> None:
        """A signal came, or the terminal has gone: what was typed is kept, and nothing is asked."""
        self._resume.keep()
        if is_gone():
            self._dying = asyncio.create_task(self._die(status(number)))
        else:
            kept = _("Ended from outside. What was typed is kept: the next llm-setup goes on with it.")
            self._end(kept if self._resume.holds_input() else "", return_code=status(number))

    async def _die(self, code: int) -> None:
        """Without a terminal there is nothing to put in order but a save and our children."""
        await self._save.finish()
        await self._desk.close()
        os._exit(code)

    def end_unheard(self, times: int) -> None:
        """Ctrl+Q on a terminal that takes nothing: what is unsaved could not be asked about, so it takes two."""
        if times > 1 or not self._desk.drafts.dirty:
            self.ending.end_now(Status.DONE)


def end_helpers() -> None:
    """End what is still there of other processes; loaded only where there was one."""
    if processes := sys.modules.get("tui.base.processes"):
        processes.end_all()
