"""Running the command that is to give a key, before it is relied on."""

from typing import TYPE_CHECKING

from tui.base.errors import SetupError

if TYPE_CHECKING:
    from tui.screens.desk import Desk


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
