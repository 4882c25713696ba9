"""A run of the wizard without an app: the desk, and a host that writes down what a part does in it."""

from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from tools.memory_store import MemoryStore

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.catalog.providers import first_class
from tui.config_file.document import read_config
from tui.credentials.keyring_state import KeyringState, KeyringStatus
from tui.drafts.draft import Draft
from tui.drafts.own_settings import OwnSettings
from tui.screens.desk import Desk
from tui.screens.messages import Move
from tui.widgets.steps import Step

KEY = Secret("sk-ant-api03-0123456789abcdef")


class FakeHost:
    """Answers dialogs with what it was given, in order; a callable answer is called with the dialog."""

    def __init__(self, *answers: object) -> None:
        self.answers = deque(answers)
        self.asked: list[object] = []
        self.shown: list[Step] = []
        self.moves: list[Move] = []
        self.opened: list[object] = []
        self.said: list[str] = []
        self.jobs: list[tuple[str, Callable[[], Awaitable[object]]]] = []
        self.suspended = 0

    def show(self, step: Step) -> None:
        self.shown.append(step)

    def go(self, move: Move) -> None:
        self.moves.append(move)

    def open(self, page: object) -> None:
        self.opened.append(page)

    async def ask(self, dialog: object) -> object:
        self.asked.append(dialog)
        answer = self.answers.popleft()
        return answer(dialog) if callable(answer) else answer

    def notify(self, message: str, severity: str = "information", seconds: float | None = None) -> None:
        self.said.append(message)

    def begin(self, job: Callable[[], Awaitable[object]], group: str, *, exclusive: bool = False) -> None:
        self.jobs.append((group, job))

    def suspend(self) -> AbstractContextManager[None]:
        self.suspended += 1
        return nullcontext()

    @property
    def dialogs(self) -> list[str]:
        return [type(dialog).__name__ for dialog in self.asked]

    async def run(self) -> None:
        """Run the jobs that were begun."""
        while self.jobs:
            await self.jobs.pop(0)[1]()


class FakeKeyring(MemoryStore):
    """A keyring that keeps, tells of its state, and is opened by one password."""

    def __init__(self, look: KeyringStatus | None = None, *, password: str = "", refuses: bool = False) -> None:
        super().__init__(refuses=refuses)
        self.state = look or KeyringStatus(KeyringState.OPEN, "GNOME Keyring")
        self.password = password
        self.did: list[str] = []

    async def look(self) -> KeyringStatus:
        return self.state

    async def unlock(self, password: Secret) -> None:
        self._try("unlock", password)

    async def create(self, password: Secret) -> None:
        self._try("create", password)

    def _try(self, how: str, password: Secret) -> None:
        self.did.append(how)
        if password.reveal() != self.password:
            raise SetupError("That password is wrong.")
        self.state = KeyringStatus(KeyringState.OPEN, self.state.backend)

    async def unlock_in_its_window(self) -> None:
        self.did.append("window")
        self.state = KeyringStatus(KeyringState.OPEN, self.state.backend)

    def kill(self) -> None:
        self.did.append("kill")


def draft_at(path: Path) -> Draft:
    return Draft(read_config(path), OwnSettings(), {})


def desk_at(path: Path, keyring: FakeKeyring | None = None, *, key: Secret | None = None) -> Desk:
    """A desk with a draft of the file at `path`; with a key, an Anthropic model is chosen as well."""
    draft = draft_at(path)
    if key:
        draft.choose_provider(first_class()[0])
        draft.edit("model", "anthropic/claude-x")
        draft.edit_secret("api_key", key)
    desk = Desk.of(draft)
    desk.keyring = keyring or FakeKeyring()  # type: ignore[assignment]
    return desk
