"""Going on where one was cut off: what is typed is kept on the disk, without secrets, until it is saved."""

from typing import TYPE_CHECKING, Final

from tui.base.foreign import why
from tui.base.translation import _
from tui.drafts.draft import Draft
from tui.drafts.session import Session
from tui.screens.step import StepScreen
from tui.widgets.steps import Step
from tui.wizard.model_lists import ListingApp

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.base.held_file import LeftFile
    from tui.drafts.unfinished import Position, UnfinishedDraft
    from tui.screens.messages import StoppedAnswered
    from tui.screens.resume import ResumeScreen

SOON: Final = 0.4
"""Seconds after a key at which the draft is on the disk at the latest."""


class ResumingApp(ListingApp):
    """Keeps the draft on the disk while it is edited, and goes on from one that was left there."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.session = Session(draft.config.path)
        self._keeping: Timer | None = None
        self._again = False
        self._keeps = True
        self._over = False
        left, self._others = self.session.look()
        self._left: LeftFile | None = None
        self.stopped: UnfinishedDraft | None = self._read(left) if left else None

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
        """Say that somebody else has the same file open."""
        if self._others:
            words = _(
                "It is open in another llm-setup as well. Both can save: changes to different settings merge. If that "
                "one is left from a lost connection: kill {number}, start again, and go on with what was typed there."
            )
            self.notify(words.format(number=self._others[0]), timeout=15)

    def keep_soon(self) -> None:
        """Something may have been edited. Not at every key: a few times a second are enough."""
        if self._keeping is None:
            self._keeping = self.set_timer(SOON, self._keep_and_again)
        else:
            self._again = True

    def _keep_and_again(self) -> None:
        """A key that came just before may not have reached its field yet."""
        again, self._keeping, self._again = self._again, None, False
        self.keep()
        if again:
            self.keep_soon()

    def keep(self) -> None:
        """Write the draft to the disk now, if it is another one than there."""
        if not (self._over or self.stopped):  # as long as nothing is decided, what was left is still where it was
            self._write(begun=True)

    def _write(self, *, begun: bool) -> None:
        from tui.drafts.unfinished import written

        try:
            self.session.keep(written(self.desk.drafts, self._position(begun=begun), str(self.draft.config.path)))
        except OSError as error:
            if self._keeps:
                self._keeps = False
                reason = why(error)
                words = _("What you type is not kept if the line drops: {reason}.").format(reason=reason)
                self.notify(words, severity="warning", markup=False)

    def _position(self, *, begun: bool) -> "Position":
        from tui.drafts.unfinished import Position

        screen = next((s for s in reversed(self.screen_stack) if isinstance(s, StepScreen)), None)
        step = screen.STEP if screen else Step.TEST
        return Position(step, tuple(self.journey.passed), screen.begun_text() if screen and begun else "")

    def holds_input(self) -> bool:
        """Whether there is anything that the next start could go on with."""
        from tui.drafts.unfinished import has_input

        return not self.stopped and any(map(has_input, self.desk.drafts.opened))

    def leave_sitting(self) -> None:
        """The user leaves: what was typed and not saved stays on the disk, and nothing else does."""
        if not self._over and self.holds_input():
            self._write(begun=False)
            self.session.leave(keep=True)
        elif not self._over:
            self.session.leave(keep=False)
        self._over = True

    # -- the next start

    def resume_screen(self, stopped: "UnfinishedDraft") -> "ResumeScreen":
        """What was left unfinished, as the first page."""
        from tui.screens.resume import ResumeScreen

        drafts = stopped.drafts(self.draft)
        return ResumeScreen(stopped, drafts, stopped.meanwhile(drafts))

    def on_stopped_answered(self, event: "StoppedAnswered") -> None:
        """Go on with it, or begin anew."""
        stopped, self.stopped = self.stopped, None
        if stopped is None:
            return
        step = Step.PROVIDER if self.draft.first_run else Step.OVERVIEW
        if event.go_on:
            self.desk.drafts = event.drafts
            step = self._take_up(stopped)
        self.show(step)
        self.keep()
        if self._left:  # only now: it was not in two places, but it was never in none
            self._left.remove()
        if event.go_on and stopped.key:
            self.notify(_("The API key was not kept: type it again on Key."), severity="warning", timeout=8)

    def _take_up(self, stopped: "UnfinishedDraft") -> Step:
        where = stopped.where
        if self.journey.first_run:
            known = {Step(step) for step in where.passed if step in set(Step)}
            self.journey.passed |= known - ({Step.KEY} if stopped.key else set())
        step = Step(where.step) if where.step in set(Step) else Step.OVERVIEW
        if step is Step.OVERVIEW and self.draft.first_run:
            step = Step.PROVIDER
        self.desk.begun = (step, where.begun)
        return step
