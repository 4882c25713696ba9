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
        from tui.handover.start import Launcher, Release
        from tui.screens.finish import FinishScreen

        draft = self._desk.draft
        launcher, release = draft.own.preference("launcher"), draft.own.preference("release")
        chosen = Launcher(launcher) if launcher in set(Launcher) else Launcher.DOCKER
        since = Release(release) if release in set(Release) else Release.FROM_1_7
        tried = self._desk.tried
        if passed is None:
            passed = tried is not None and tried.outcome.ok and not tried.plan.is_rehearsal and tried.holds_for(draft)
        self._host.open(
            FinishScreen(draft, chosen, since, self._desk.drafts.unsaved, self._desk.programs, passed=passed)
        )

    def remember(self, launcher: "Launcher", release: "Release") -> None:
        """How OpenHands is started."""
        try:
            self._desk.draft.own.save({("preferences",): {"launcher": launcher.value, "release": release.value}})
        except SetupError as error:
            self._host.notify(str(error), severity="warning")
