"""The last page: how OpenHands is started, and remembering it."""

from typing import TYPE_CHECKING

from tui.base.errors import SetupError

if TYPE_CHECKING:
    from tui.handover.start import Launcher, Release
    from tui.screens.desk import Desk
    from tui.wizard.host import Host


class Finish:
    """Opens with the answers of the last time."""

    def __init__(self, desk: "Desk", host: "Host") -> None:
        self._desk = desk
        self._host = host

    def open(self, *, passed: bool | None = None) -> None:
        """The test `passed`; None where it is opened from elsewhere, and an earlier one may have."""
        from tui.handover.start import Start, last_start, program_line
        from tui.openhands.targets.target import TOML
        from tui.screens.finish import FinishScreen
        from tui.screens.finish_words import set_up

        desk, draft = self._desk, self._desk.draft
        desk.start = launcher, release = desk.start or last_start(draft.own)
        tried = desk.last_trial
        if passed is None:
            passed = tried is not None and tried.outcome.ok and not tried.plan.is_rehearsal and tried.holds_for(draft)
        others = [program for program in desk.programs if program.name != TOML]
        page = FinishScreen(
            draft,
            launcher,
            release,
            desk.drafts.unsaved,
            rows=set_up(desk, passed=passed),
            others=[Start(program.label, *program_line(draft, program.name)) for program in others],
            asks=len(others) < len(desk.programs) or not others,
            passed=passed,
        )
        self._host.open(page)

    def remember(self, launcher: "Launcher", release: "Release") -> None:
        """How OpenHands is started; shown now, and the next time."""
        self._desk.start = launcher, release
        try:
            self._desk.draft.own.save({("preferences",): {"launcher": launcher.value, "release": release.value}})
        except SetupError as error:
            self._host.notify(str(error), severity="warning")
