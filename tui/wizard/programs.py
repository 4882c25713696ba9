"""For which programs the wizard sets up: chosen over Overview, remembered, and told to the draft."""

import os
from typing import TYPE_CHECKING

from tui.base.errors import SetupError
from tui.base.translation import _
from tui.openhands.groups import DEFAULT
from tui.widgets.steps import Step

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        from tui.openhands.targets.target import targets
        from tui.screens.programs import ProgramsDialog, names_of

        known = targets()
        before = names_of(self._desk.programs)
        names = await self._host.ask(ProgramsDialog([*known.values()], before))
        if names is None or names == before:
            return
        try:
            self._take([known[name] for name in names])
        except SetupError as error:
            self._host.notify(str(error), severity="error")
            return
        self._remember(names)
        self._host.show(Step.PROVIDER if self._desk.journey.first_run else Step.OVERVIEW)

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
