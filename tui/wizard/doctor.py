"""The doctor's look at everything, and the report to share, each as a page over the present one."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.base.translation import _
from tui.doctor.examination import Examination
from tui.doctor.observation import lines_of, summary_of
from tui.doctor.setup import SetUp
from tui.doctor.terminal import size_of_terminal
from tui.openhands.targets.found import here
from tui.openhands.targets.target import TOML, targets

if TYPE_CHECKING:
    from tui.screens.desk import Desk
    from tui.wizard.host import Host


class Doctor:
    """From the palette. What is not saved is not looked at; the endpoint gets no key."""

    def __init__(self, desk: "Desk", host: "Host") -> None:
        self._desk = desk
        self._host = host

    async def look(self) -> None:
        """Look, say what was seen, and wait until that is read."""
        from tui.screens.dialogs import HelpDialog

        examination = self._examination()
        said = [text async for area, found in examination.run() for text in lines_of(area, found)]
        await self._host.ask(HelpDialog(summary_of(examination.found), shown(said)))

    async def report(self) -> None:
        """What `llm-setup report` prints; it is read before it can be copied."""
        from tui.report.account import account, lines
        from tui.screens.dialogs import ReportDialog

        examination = self._examination()
        async for _area, _found in examination.run():
            pass
        await self._host.ask(ReportDialog(shown(lines(account(examination.setup, examination.found)))))

    def _examination(self) -> Examination:
        self._host.notify(_("Looking at everything; that takes ten seconds at most."))
        return Examination(self._setup(), self._desk.keyring, size_of_terminal())

    def _setup(self) -> SetUp:
        """The file that is edited, and those of other programs that are there."""
        found = {TOML, *here()}
        meant = [each for name, each in targets().items() if name in found]
        return SetUp(meant, self._desk.draft.config.path)


def shown(said: Iterable[str]) -> str:
    """Without what may be a key in a file's own words."""
    from tui.widgets.tone import line

    return "\n".join(line((text, "plain")).plain for text in said)
