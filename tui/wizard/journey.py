"""The desk with all that the screens need, and the way from step to step."""

from tui.base.translation import _
from tui.credentials.keyring_client import Keyring
from tui.drafts.draft import Draft
from tui.drafts.draft_set import Drafts
from tui.screens.desk import Desk
from tui.screens.factory import screen_for
from tui.screens.messages import Move
from tui.screens.step import StepScreen
from tui.widgets.steps import ORDER, Journey, Step, title
from tui.wizard.clipboard import CopyingApp


class MovingApp(CopyingApp):
    """Shows one step at a time."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        if "LLM_MODEL" in draft.config.data:
            from tui.drafts.old_layout import take_over  # few files have that layout

            take_over(draft)
        self.journey = Journey(first_run=draft.first_run)
        self.desk = Desk(Drafts(draft), self.journey, Keyring())

    @property
    def draft(self) -> Draft:
        """The draft of the group at hand."""
        return self.desk.draft

    def show(self, step: Step, aim: str = "") -> None:
        """Show a step anew, also the one that is shown; with `aim`, begin with that field."""
        screen = screen_for(step, self.desk)
        screen.aim = aim
        self.switch_screen(screen)

    def on_move(self, move: Move) -> None:
        """Go where a step wants to go, or to the first step that is missing before it, and say so."""
        if move.passed:
            self.journey.passed.add(move.passed)
        if isinstance(self.screen, StepScreen) and self.screen.STEP in ORDER:
            self.journey.last = self.screen.STEP
        if move.to is Step.REVIEW and self.draft.lacks_retries:
            self.draft.retries_accepted = True  # whoever goes to save gets all four written; Review shows them
        target = move.to if self.journey.is_open(move.to) else self.journey.first_missing
        if not isinstance(self.screen, StepScreen) or self.screen.STEP is not target:
            self.show(target, move.aim if target is move.to else "")
        if target is not move.to:
            words = _("{step} opens when {missing} is done. Enter goes on from here.")
            self.notify(words.format(step=title(move.to), missing=title(target)))

    def action_move(self, step: str) -> None:
        """The same, from the command palette."""
        self.on_move(Move(Step(step)))
