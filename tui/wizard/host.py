"""What the parts of the wizard may do in the app: show a page, ask, say, run a job, and no more."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, TypeVar

from tui.base.errors import SetupError
from tui.base.translation import _

if TYPE_CHECKING:
    from textual.app import App
    from textual.notifications import SeverityLevel
    from textual.screen import Screen
    from textual.worker import Worker

    from tui.screens.finish import FinishScreen
    from tui.screens.messages import Move
    from tui.widgets.steps import Step
    from tui.wizard.navigation import Navigation

Answer = TypeVar("Answer")


class Host:
    """The app, as a part sees it. A test gives a fake of these few."""

    def __init__(self, app: "App[str]", navigation: "Navigation") -> None:
        self._app = app
        self._navigation = navigation

    def show(self, step: "Step") -> None:
        """Show a step anew, also the one that is shown."""
        self._navigation.show(step)

    def go(self, move: "Move") -> None:
        """Go to a step, or to the first that is missing before it."""
        self._navigation.go(move)

    def open(self, page: "FinishScreen") -> None:
        """Put a page that is no step in the place of the present one."""
        self._navigation.open(page)

    async def ask(self, dialog: "Screen[Answer]") -> Answer | None:
        """Show a dialog, and wait for its answer. Shielded: Textual gives it also where nobody waits any longer."""
        return await asyncio.shield(self._app.push_screen(dialog, wait_for_dismiss=True))

    def notify(self, message: str, severity: "SeverityLevel" = "information", seconds: float | None = None) -> None:
        """Say a sentence in a corner, as it is."""
        self._app.notify(message, severity=severity, timeout=seconds, markup=False)

    def begin(self, job: Callable[[], Awaitable[object]], group: str, *, exclusive: bool = False) -> None:
        """Run a job in the background; an exclusive one ends the one before it in its group."""

        async def run() -> None:
            try:
                await job()
            except Exception as error:  # noqa: BLE001 - a job catches its own; what nobody foresaw ends no program
                self.notify(str(as_setup_error(error)), severity="error")

        _worker: Worker[None] = self._app.run_worker(
            run, group=group, exclusive=exclusive, exit_on_error=False, description=group
        )

    def suspend(self) -> AbstractContextManager[None]:
        """Leave the terminal to another program for a while."""
        return self._app.suspend()


def as_setup_error(error: Exception) -> SetupError:
    """`error` itself where it was understood, else a sentence for what nobody foresaw."""
    if isinstance(error, SetupError):
        return error
    return SetupError(_("Unexpected error: {what}.").format(what=type(error).__name__))
