"""Running the command that is to give a key, before it is relied on."""

from typing import Any

from textual import work
from textual.worker import Worker

from tui.base.errors import SetupError
from tui.wizard.unlock import UnlockingApp


class CommandingApp(UnlockingApp):
    """The command runs when the user has typed it and goes on; what it says is dropped."""

    def on_command_given(self) -> None:
        """A new command was typed."""
        self._run_commands([*self.draft.new_commands().values()])

    @work(group="command", exclusive=True, exit_on_error=False, description="run the command that gives the key")
    async def _run_commands(self, commands: list[str]) -> str:
        """Why there is no key, "" when there is one."""
        from tui.credentials.key_command import run  # few keep their key so

        try:
            for command in commands:
                await run(command)
        except SetupError as error:
            return str(error)
        return ""

    def take_result(self, worker: Worker[Any]) -> None:
        """Tell the Key step, if it is still shown."""
        if worker.group != "command":
            super().take_result(worker)
            return
        self.desk.command_tried.publish(str(worker.result))
