"""Getting at a key that is kept: the keyring looked at and opened, the command that is to give one run beforehand."""

from typing import TYPE_CHECKING

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.translation import _
from tui.credentials.keyring_state import MACOS, KeyringStatus

if TYPE_CHECKING:
    from tui.base.secret import Secret
    from tui.screens.desk import Desk
    from tui.wizard.host import Host


class KeyringUnlock:
    """Opens the keyring in the way that it can be opened, and says on the desk what it is like then."""

    def __init__(self, desk: "Desk", host: "Host") -> None:
        self._desk = desk
        self._host = host
        self._opening = False

    def begin(self) -> None:
        """A keyring was chosen that is not open. While one is being opened another request for it changes nothing."""
        if not self._opening:
            self._host.begin(self.unlock, "unlock", exclusive=True)

    async def look(self) -> None:
        """Its state may have changed since: somebody unlocked it elsewhere, or the session is gone."""
        self._desk.put_keyring_status(await self._desk.keyring.look())

    async def unlock(self) -> None:
        """Open it, or make the first one, and look what came of it."""
        look = self._desk.keyring_status
        if look and look.backend == MACOS:
            self._unlock_in_terminal()
            await self.look()
        elif look and look.asks_itself:
            await self._wait_for_its_window()
        else:
            await self._unlock_by_password()
            await self.look()

    def _unlock_in_terminal(self) -> None:
        """Step aside for Apple's own program."""
        from tui.credentials.keychain import unlock_in_terminal

        problem = ""
        with self._host.suspend():
            try:
                unlock_in_terminal()
            except SetupError as error:  # raised through, it would keep Textual from coming back
                problem = str(error)
        if problem:
            self._host.notify(problem, severity="warning")
        self._desk.keyring.kill()  # the child took it for locked

    async def _wait_for_its_window(self) -> None:
        """Say where to look, until it is over or the user waits no longer."""
        from tui.screens.unlock import WindowDialog

        look = await self._host.ask(WindowDialog(self._name(), self._unlock_in_its_window))
        if look:
            self._desk.put_keyring_status(look)

    async def _unlock_in_its_window(self) -> KeyringStatus:
        try:
            await self._desk.keyring.unlock_in_its_window()
        except SetupError as error:
            self._host.notify(str(error), severity="warning")
        return await self._desk.keyring.look()

    async def _unlock_by_password(self) -> None:
        """Ask for it. A wrong one is said in words, and asked for again as often as the user likes."""
        problem: str | None = ""
        while problem is not None:
            create = bool(self._desk.keyring_status and self._desk.keyring_status.creatable)
            password = await self._ask_for_password(problem, create=create)
            problem = await self._open_with(password, create=create) if password else None

    async def _ask_for_password(self, problem: str, *, create: bool) -> "Secret | None":
        from tui.screens.unlock import CreateDialog, UnlockDialog

        dialog = CreateDialog if create else UnlockDialog
        return await self._host.ask(dialog(self._name() or _("the keyring"), problem))

    async def _open_with(self, password: "Secret", *, create: bool) -> str | None:
        """Why it could not be opened, None for it could."""
        keyring = self._desk.keyring
        self._opening = True
        try:
            await (keyring.create(password) if create else keyring.unlock(password))
        except SetupError as error:
            return str(error)
        finally:
            self._opening = False
        return None

    def _name(self) -> str:
        look: KeyringStatus | None = self._desk.keyring_status
        return clean(look.backend, limit=40) if look else ""


class KeyCommandCheck:
    """The command runs when the user has typed it and goes on; what it prints is dropped."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    async def check(self) -> None:
        """Run each command that was typed, and tell the Key step why there is no key, or that there is one."""
        from tui.credentials.key_command import run  # few keep their key so

        problem = ""
        try:
            for command in self._desk.draft.new_commands().values():
                await run(command)
        except SetupError as error:
            problem = str(error)
        self._desk.command_tried.publish(problem)
