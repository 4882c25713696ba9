"""What Ctrl+P opens."""

import contextlib

from textual.app import App
from textual.command import CommandPalette
from textual.theme import ThemeProvider

from tui.base.translation import _


class Commands(CommandPalette):
    """Textual's own list of commands, which a key pressed before it is laid out does not break."""

    def _action_command_list(self, action: str) -> None:
        with contextlib.suppress(LookupError):
            super()._action_command_list(action)


def open_palette(app: App[str]) -> None:
    """Ctrl+P, unless it is open."""
    if not any(isinstance(screen, Commands) for screen in app.screen_stack):
        app.push_screen(Commands(id="--command-palette"))


def open_themes(app: App[str]) -> None:
    """What Ctrl+P → Theme opens."""
    app.push_screen(Commands(providers=[ThemeProvider], placeholder=_("Search for themes …")))
