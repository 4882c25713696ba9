"""What Ctrl+P opens."""

import contextlib

from textual.command import CommandPalette


class Commands(CommandPalette):
    """Textual's own list of commands, which a key pressed before it is laid out does not break."""

    def _action_command_list(self, action: str) -> None:
        with contextlib.suppress(LookupError):
            super()._action_command_list(action)
