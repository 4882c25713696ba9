"""Copying a line out of the wizard, also where it runs in tmux."""

import os

from textual import work
from textual.app import App


class CopyingApp(App[str]):
    """Textual sends the text to the terminal; tmux is told besides."""

    def copy_to_clipboard(self, text: str) -> None:
        """Copy `text`, which must hold no key."""
        super().copy_to_clipboard(text)
        if os.environ.get("TMUX"):
            self._tell_tmux(text)

    @work(group="clipboard", exclusive=True, exit_on_error=False, description="give the line to tmux")
    async def _tell_tmux(self, text: str) -> None:
        from tui.handover.clipboard import give_to_tmux

        await give_to_tmux(text, os.environ)
