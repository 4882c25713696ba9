"""Going on where one was cut off: what is typed is kept on the disk, without secrets, until it is saved."""

import asyncio
from typing import TYPE_CHECKING, Final

from tui.base.foreign import why
from tui.base.translation import _
from tui.drafts.session import Session
from tui.widgets.steps import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.base.held_files import LeftFile
    from tui.drafts.draft_set import Drafts
    from tui.drafts.unfinished import Position, UnfinishedDraft
    from tui.screens.desk import Desk
    from tui.screens.resume import ResumeScreen
    from tui.wizard.host import Host
    from tui.wizard.navigation import Navigation

SOON: Final = 0.4
"""Seconds after a key at which the draft is on the disk at the latest."""


class Resume:
    """Keeps the drafts on the disk while they are edited, and goes on from what was left there.

    `call_later` calls something after so many seconds.
    """

    def __init__(
        self, desk: "Desk", host: "Host", navigation: "Navigation",
        call_later: "Callable[[float, Callable[[], None]], object]",
    ) -> None:  # fmt: skip
        self._desk = desk
        self._host = host
        self._navigation = navigation
        self._call_later = call_later
        self._session = Session(desk.draft.config.path)
        self._waits = self._again = False
        self._keeps = True
        self._over = False
        left, self._others = self._session.look()
        self._left: LeftFile | None = None
        self.stopped: UnfinishedDraft | None = self._read(left) if left else None
        """What was left unfinished, until it is decided what becomes of it."""

    def _read(self, left: "list[LeftFile]") -> "UnfinishedDraft | None":
        """The latest with something in it; the others stay for later, those with nothing go."""
        from tui.drafts.unfinished import UnfinishedDraft

        found: UnfinishedDraft | None = None
        for file in left:
            stopped = UnfinishedDraft.read(file.data)
            if stopped is None:
                file.remove()
            elif found is None:
                found, self._left = stopped, file
            else:
                file.close()
        return found

    # -- while it runs

    def say_others(self) -> None:
        """Say that somebody else has the same file open, or that OpenHands lives in the same environment."""
        from tui.openhands.targets.installed import shared_environment

        if self._others:
            words = _(
                "It is open in another llm-setup as well. Both can save: changes to different settings merge. If that "
                "one is left from a lost connection: kill {number}, start again, and go on with what was typed there."
            )
            self._host.notify(words.format(number=self._others[0]), seconds=15)
        if sentence := shared_environment():
            self._host.notify(sentence, severity="warning", seconds=15)

    async def sweep(self) -> None:
        """Clear up after one that was killed while it wrote."""
        from tui.config_file.save import sweep_leftovers

        await asyncio.to_thread(sweep_leftovers, self._desk.draft.config.path)
        await asyncio.to_thread(self._session.sweep)

    def keep_soon(self) -> None:
        """Something may have been edited. Not at every key: a few times a second are enough."""
        if self._waits:
            self._again = True
        else:
            self._waits = True
            self._call_later(SOON, self._keep_and_again)

    def _keep_and_again(self) -> None:
        """A key that came just before may not have reached its field yet."""
        again, self._waits, self._again = self._again, False, False
        self.keep()
        if again:
            self.keep_soon()

    def keep(self) -> None:
        """Write the draft to the disk now, if it is another one than there."""
        if not (self._over or self.stopped):  # as long as nothing is decided, what was left is still where it was
            self._write(begun=True)

    def _write(self, *, begun: bool) -> None:
        from tui.drafts.unfinished import written

        where, config = self._position(begun=begun), self._desk.draft.config.path
        try:
            self._session.keep(written(self._desk.drafts, where, str(config)), config)
        except OSError as error:
            if self._keeps:
                self._keeps = False
                reason = why(error)
                words = _("What you type is not kept if the line drops: {reason}.").format(reason=reason)
                self._host.notify(words, severity="warning")

    def _position(self, *, begun: bool) -> "Position":
        from tui.drafts.unfinished import Position

        page = self._navigation.page
        step = page.STEP if page else Step.TEST
        return Position(step, tuple(self._desk.journey.passed), page.begun_text() if page and begun else "")

    def holds_input(self) -> bool:
        """Whether there is anything that the next start could go on with."""
        from tui.drafts.unfinished import has_input

        return not self.stopped and any(map(has_input, self._desk.drafts.opened))

    def leave(self) -> None:
        """The user leaves: what was typed and not saved stays on the disk, and nothing else does."""
        if not self._over and self.holds_input():
            self._write(begun=False)
            self._session.leave(keep=True)
        elif not self._over:
            self._session.leave(keep=False)
            if self.stopped and self._left:  # undecided: it is there for the next start
                self._left.close()
        self._over = True

    def let_go(self) -> None:
        """The program ends, for whatever reason: what is on the disk stays there for the next."""
        self._session.leave(keep=True)

    # -- the next start

    def first_page(self) -> "ResumeScreen | None":
        """What was left unfinished, to be shown first."""
        if self.stopped is None:
            return None
        from tui.screens.resume import ResumeScreen

        drafts = self.stopped.drafts(self._desk.draft)
        return ResumeScreen(self.stopped, drafts, self.stopped.meanwhile(drafts))

    def answer(self, drafts: "Drafts", *, go_on: bool) -> None:
        """Go on with `drafts`, or begin anew."""
        stopped, self.stopped = self.stopped, None
        if stopped is None:
            return
        step = Step.PROVIDER if self._desk.draft.first_run else Step.OVERVIEW
        if go_on:
            self._desk.drafts = drafts
            step = self._take_up(stopped)
        self._host.show(step)
        self.keep()
        if self._left:  # only now: it was not in two places, but it was never in none
            self._left.remove()
        if go_on and stopped.key:
            words = _("The API key was not kept: type it again on Key.")
            self._host.notify(words, severity="warning", seconds=8)

    def _take_up(self, stopped: "UnfinishedDraft") -> Step:
        journey, where = self._desk.journey, stopped.where
        if journey.first_run:
            known = {Step(step) for step in where.passed if step in set(Step)}
            journey.passed |= known - ({Step.KEY} if stopped.key else set())
        step = Step(where.step) if where.step in set(Step) else Step.OVERVIEW
        if step is Step.OVERVIEW and self._desk.draft.first_run:
            step = Step.PROVIDER
        self._desk.begun = (step, where.begun)
        return step
