"""What the parts of the wizard may do here: the same few things as in the app, as lines."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.base.translation import _
from tui.commands.gate import hide
from tui.lines.talk import Back, InputEnded, Jump, Leave, Live, Option, Talk
from tui.screens.dialogs import ChoiceDialog, ClashDialog, NameDialog
from tui.screens.programs import AlikeDialog, ProgramsDialog
from tui.screens.unlock import CreateDialog, UnlockDialog, WindowDialog
from tui.wizard.host import as_setup_error
from tui.wizard.navigation import destination

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
        self.next = destination(self._desk, move)

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
        if isinstance(dialog, WindowDialog):
            return await dialog.opened()
        answers: tuple[tuple[type, Callable[[Any], Any]], ...] = (
            (ClashDialog, self._keeps_theirs), (ChoiceDialog, self._yes), (NameDialog, self._name),
            (ProgramsDialog, self._programs), (AlikeDialog, self._alike), (CreateDialog, self._new_password),
            (UnlockDialog, self._password),
        )  # fmt: skip
        return next((answer(dialog) for kind, answer in answers if isinstance(dialog, kind)), None)

    def _keeps_theirs(self, _dialog: ClashDialog) -> bool:
        return not self._talk.agrees(_("Keep what was typed here?"), default=True)

    def _yes(self, dialog: ChoiceDialog) -> bool:
        return self._talk.agrees(_("{does}?").format(does=dialog.answers[1]), default=False)

    def _name(self, dialog: NameDialog) -> str:
        while True:
            name = self._talk.ask(_("Name"), default=dialog.name_before)
            try:
                dialog.require_free(name)
            except SetupError as error:
                self._talk.say(str(error))
            else:
                return name

    def _programs(self, dialog: ProgramsDialog) -> list[str]:
        """Their names, with commas between them."""
        self._talk.say(*(f"{name}: {label}" for name, label in dialog.known.items()))
        while True:
            answer = self._talk.ask(_("Names, with commas between them"), default=",".join(dialog.chosen))
            names = [name.strip() for name in answer.split(",")]
            if set(names) <= set(dialog.known):
                return [name for name in dialog.known if name in names]
            self._talk.say(_("Type some of these names."))

    def _alike(self, dialog: AlikeDialog) -> str:
        """The name of one."""
        options = [Option(use.target.name, use.target.short, use.words, (use.target.name,)) for use in dialog.uses]
        return self._talk.choose(_("Whose settings"), options, default=dialog.uses[0].target.name)

    def _password(self, _dialog: UnlockDialog) -> Secret | None:
        text = self._talk.hidden(_("Password"))
        hide([Secret(text)] if text else [])
        return Secret(text) if text else None

    def _new_password(self, dialog: CreateDialog) -> Secret | None:
        """Twice the same."""
        first = self._talk.hidden(_("Password"))
        if not first:
            return None
        hide([Secret(first)])
        if self._talk.hidden(_("Repeat the password")) == first:
            return Secret(first)
        self._talk.say(_("The two are not the same. Type both again."))
        return self._new_password(dialog)

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
