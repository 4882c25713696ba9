"""For which programs the wizard sets up: chosen over Overview, remembered, and told to the draft."""

import os
from typing import TYPE_CHECKING

from tui.base.errors import SetupError
from tui.base.translation import _
from tui.openhands.groups import DEFAULT
from tui.widgets.steps import Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.drafts.draft import Draft
    from tui.openhands.targets.target import Target
    from tui.screens.desk import Desk
    from tui.wizard.host import Host


class Programs:
    """The file of the first is edited; the others are saved along, and say the same then."""

    def __init__(self, desk: "Desk", host: "Host") -> None:
        self._desk = desk
        self._host = host

    async def choose(self) -> None:
        """Ask, and go on with what was answered; what was typed stays."""
        from tui.openhands.targets.found import programs
        from tui.openhands.targets.target import targets
        from tui.screens.programs import ProgramsDialog, names_of

        known = targets()
        before = names_of(self._desk.programs)
        names = await self._host.ask(ProgramsDialog(programs(before)))
        if names is None or names == before:
            return
        try:
            self._take([known[name] for name in names])
        except SetupError as error:
            self._host.notify(str(error), severity="error")
            return
        self._remember(names)
        self._host.show(Step.PROVIDER if self._desk.journey.first_run else Step.OVERVIEW)

    async def make_alike(self) -> None:
        """Ask whose settings all shall have, and show in Review what that changes."""
        from tui.checks.differing import in_words, uses_of
        from tui.screens.programs import AlikeDialog

        uses = uses_of(self._desk.programs, os.environ)
        if not in_words(uses):
            self._host.notify(_("They have the same already."))
            return
        there = [use for use in uses if use.present]
        name = there[0].target.name if len(there) == 1 else await self._host.ask(AlikeDialog(there))
        if name is None:
            return
        draft = self._desk.drafts.open(DEFAULT)
        if name != draft.config.kind:
            _take_over(draft, next(use.target for use in there if use.target.name == name))
        self._desk.alike = True
        self._host.show(Step.REVIEW)

    def _take(self, programs: "Sequence[Target]") -> None:
        """The order of `programs` says whose file is edited. Raises SetupError for one that cannot be read."""
        desk, first = self._desk, programs[0]
        if first.name != desk.draft.config.kind:
            config = first.read(first.locate())
            desk.drafts.open(DEFAULT).environ = first.environment(os.environ)
            desk.drafts.rebase(config)
            desk.journey.first_run = desk.draft.first_run
            desk.last_save = desk.last_trial = None
        desk.programs = programs

    def _remember(self, names: "Sequence[str]") -> None:
        from tui.openhands.targets.found import REMEMBERED

        try:
            self._desk.draft.own.save({("preferences",): {REMEMBERED: ",".join(names)}})
        except SetupError as error:
            self._host.notify(_("This choice is not remembered. {reason}").format(reason=error), severity="warning")


def _take_over(draft: "Draft", target: "Target") -> None:
    """Let the draft say what the file of another program says, but for its key: that stays where it is."""
    from tui.drafts.draft import Draft
    from tui.openhands.effective import retries_of
    from tui.openhands.field import Kind
    from tui.openhands.fields import FIELDS

    theirs = Draft(target.read(target.locate()), draft.own, target.environment(os.environ))
    retries = retries_of(theirs.config, DEFAULT)
    for field in FIELDS:
        if not field.ours and field.kind not in (Kind.SECRET, Kind.TABLES) and target.has(field.key):
            text = field.text(retries[field.key]) if field.key in retries else theirs.loaded[field.key]
            draft.edit(field.key, text)
    draft.provider = theirs.provider
