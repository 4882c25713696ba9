"""Unlocking the keyring from the Key step, or making the first one."""

from typing import Any

from textual import work
from textual.worker import Worker

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _
from tui.credentials.keyring_state import MACOS, KeyringLook
from tui.widgets.steps import Step
from tui.wizard.groups import GroupingApp


class UnlockingApp(GroupingApp):
    """A wrong password is said in words, and asked for again as often as the user likes."""

    @work(group="keyring", exit_on_error=False, description="look at the keyring")
    async def look_at_keyring(self) -> KeyringLook:
        """Its state may have changed since: somebody unlocked it elsewhere, or the session is gone."""
        return await self.desk.keyring.look()

    def on_look_requested(self) -> None:
        """The Key step was opened, or the user asked."""
        self.look_at_keyring()

    def on_offer_accepted(self) -> None:
        """It may be another provider's step now."""
        self.show(Step.KEY)

    def on_unlock_requested(self) -> None:
        """A keyring was chosen that is locked, or not made yet."""
        look = self.desk.look
        if look and look.backend == MACOS:
            self._unlock_in_terminal()
        elif look and look.asks_itself:
            self._wait_for_its_window(clean(look.backend, limit=40))
        else:
            self._ask_for_password("")

    def _unlock_in_terminal(self) -> None:
        """Step aside for Apple's own program."""
        from tui.credentials.keychain import unlock_in_terminal

        problem = ""
        with self.suspend():
            try:
                unlock_in_terminal()
            except SetupError as error:  # raised through, it would keep Textual from coming back
                problem = str(error)
        if problem:
            self.notify(problem, severity="warning", markup=False)
        self.desk.keyring.kill()  # the child took it for locked
        self.look_at_keyring()

    def _wait_for_its_window(self, name: str) -> None:
        from tui.screens.unlock import WindowDialog

        waiting = self._unlock_in_its_window()
        self.push_screen(WindowDialog(name), lambda _none: waiting.cancel())

    @work(group="window", exclusive=True, exit_on_error=False, description="wait for the keyring's own window")
    async def _unlock_in_its_window(self) -> KeyringLook:
        try:
            await self.desk.keyring.unlock_in_its_window()
        except SetupError as error:
            self.notify(str(error), severity="warning", markup=False)
        return await self.desk.keyring.look()

    def _ask_for_password(self, problem: str) -> None:
        from tui.screens.unlock import CreateDialog, UnlockDialog

        look = self.desk.look
        name = (clean(look.backend, limit=40) if look else "") or _("the keyring")
        if look and look.creatable:
            self.push_screen(CreateDialog(name, problem), lambda password: self._open_with(password, create=True))
        else:
            self.push_screen(UnlockDialog(name, problem), lambda password: self._open_with(password, create=False))

    def _open_with(self, password: Secret | None, *, create: bool) -> None:
        if password:
            self._open_keyring(password, create=create)
        else:
            self.look_at_keyring()

    @work(group="unlock", exclusive=True, exit_on_error=False, description="open the keyring")
    async def _open_keyring(self, password: Secret, *, create: bool) -> KeyringLook | str:
        """What the keyring is like now, or why it could not be opened."""
        keyring = self.desk.keyring
        try:
            await (keyring.create(password) if create else keyring.unlock(password))
        except SetupError as error:
            return str(error)
        return await keyring.look()

    def take_result(self, worker: Worker[Any]) -> None:
        """Open, or asked again."""
        if worker.group not in {"unlock", "keyring", "window"}:
            super().take_result(worker)
        elif isinstance(worker.result, KeyringLook):
            self._close_waiting(worker)
            self.desk.put_look(worker.result)
        else:
            self._ask_for_password(str(worker.result))

    def _close_waiting(self, worker: Worker[Any]) -> None:
        from tui.screens.unlock import WindowDialog

        if worker.group == "window" and isinstance(self.screen, WindowDialog):
            self.pop_screen()
