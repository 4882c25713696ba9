"""Unlocking the keyring from the Key step."""

from typing import TYPE_CHECKING, Any

from textual import work
from textual.worker import Worker

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _
from tui.credentials.keyring_state import KeyringLook
from tui.flows.grouping import GroupingApp

if TYPE_CHECKING:
    from tui.screens.key import KeyScreen


class UnlockingApp(GroupingApp):
    """A wrong password is said in words, and asked for again as often as the user likes."""

    def on_key_screen_unlock_requested(self, _event: "KeyScreen.UnlockRequested") -> None:
        """The locked keyring was chosen."""
        self._ask_for_password("")

    def _ask_for_password(self, problem: str) -> None:
        from tui.screens.unlock import UnlockDialog

        name = clean(self.desk.look.backend, limit=40) if self.desk.look else ""
        dialog = UnlockDialog(name or _("the keyring"), problem)
        self.push_screen(dialog, self._take_password)

    def _take_password(self, password: Secret | None) -> None:
        if password:
            self._unlock(password)

    @work(group="unlock", exclusive=True, exit_on_error=False, description="unlock the keyring")
    async def _unlock(self, password: Secret) -> KeyringLook | str:
        """What the keyring is like now, or why it could not be unlocked."""
        try:
            await self.desk.keyring.unlock(password)
        except SetupError as error:
            return str(error)
        return await self.desk.keyring.look()

    def take_result(self, worker: Worker[Any]) -> None:
        """Unlocked, or asked again."""
        if worker.group != "unlock":
            super().take_result(worker)
        elif isinstance(worker.result, KeyringLook):
            self.desk.look = worker.result
            self.show_keyring()
        else:
            self._ask_for_password(str(worker.result))

    def show_keyring(self) -> None:
        """Tell the Key step, if it is shown; it goes on when it was waiting."""
        from tui.screens.key import KeyScreen

        if self.desk.look and isinstance(self.screen, KeyScreen):
            self.screen.show_keyring(self.desk.look)
