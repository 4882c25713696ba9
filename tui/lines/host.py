"""What the parts of the wizard may do here: the same few things as in the app, as lines."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.base.translation import _
from tui.commands.gate import hide
from tui.lines.talk import Back, InputEnded, Jump, Leave, Live, Talk
from tui.screens.dialogs import ChoiceDialog, ClashDialog, NameDialog
from tui.screens.unlock import CreateDialog, UnlockDialog, WindowDialog
from tui.wizard.host import as_setup_error
from tui.wizard.navigation import arrive

if TYPE_CHECKING:
    from tui.screens.desk import Desk
    from tui.screens.messages import Move
    from tui.widgets.steps import Step


class LineHost:
    """Stands where the app's Host does. A job that a part begins is done when `finish_jobs` is awaited."""

    def __init__(self, desk: "Desk", talk: Talk) -> None:
        self._desk = desk
        self._talk = talk
        self._jobs: list[Callable[[], Awaitable[object]]] = []
        self.next: Step | None = None
        """The step that a part wants to be shown."""
        self.over: Leave | InputEnded | None = None
        """What ended the conversation in the middle of a question of a part."""

    def show(self, step: "Step") -> None:
        """Ask about that step next."""
        self.next = step

    def go(self, move: "Move") -> None:
        """The same, or about the first that is missing before it."""
        self.next = arrive(self._desk, move)

    def open(self, page: object) -> None:
        """There are no other pages."""

    async def ask(self, dialog: Any) -> Any:
        """Ask what a dialog asks; `<` is its Escape. That nobody answers any more is for the journey to heed."""
        try:
            return await self._asked(dialog)
        except (Leave, InputEnded) as over:
            self.over = over
        except (Back, Jump, Live):
            pass
        return None

    async def _asked(self, dialog: Any) -> Any:
        self._talk.say(*filter(None, dialog.sentences))
        if isinstance(dialog, ClashDialog):
            return not self._talk.agrees(_("Keep what was typed here?"), default=True)
        if isinstance(dialog, ChoiceDialog):
            return self._talk.agrees(_("{does}?").format(does=dialog.answers[1]), default=False)
        if isinstance(dialog, NameDialog):
            return self._name(dialog)
        if isinstance(dialog, CreateDialog):
            return self._password(twice=True)
        if isinstance(dialog, UnlockDialog):
            return self._password(twice=False)
        return await dialog.opened() if isinstance(dialog, WindowDialog) else None

    def _name(self, dialog: NameDialog) -> str:
        while True:
            name = self._talk.ask(_("Name"), default=dialog.name_before)
            try:
                dialog.require_free(name)
            except SetupError as error:
                self._talk.say(str(error))
            else:
                return name

    def _password(self, *, twice: bool) -> Secret | None:
        first = self._talk.hidden(_("Password"))
        if not first:
            return None
        if twice and self._talk.hidden(_("Repeat the password")) != first:
            self._talk.say(_("The two are not the same. Type both again."))
            return self._password(twice=True)
        hide([Secret(first)])
        return Secret(first)

    def notify(self, message: str, severity: str = "information", seconds: float | None = None) -> None:  # noqa: ARG002
        """Say a sentence."""
        self._talk.say(message)

    def begin(self, job: Callable[[], Awaitable[object]], group: str, *, exclusive: bool = False) -> None:  # noqa: ARG002
        """Keep a job for later."""
        self._jobs.append(job)

    async def finish_jobs(self) -> None:
        """Do what was begun."""
        while self._jobs:
            try:
                await self._jobs.pop(0)()
            except Exception as error:  # noqa: BLE001 - a job catches its own; what nobody foresaw ends no program
                self.notify(str(as_setup_error(error)))

    def suspend(self) -> AbstractContextManager[None]:
        """Another program may have the terminal as it is."""
        return nullcontext()
