"""The wizard with two more keys, for those who look for traces.

Ctrl+G breaks it, with its keys in local variables and in the error's own words. Ctrl+Y takes a picture of the screen,
as Textual can, and puts it into $PICTURES. With $WITHOUT_PROBE litellm is not loaded.

python -P tests/tools/breakable_wizard.py ARGUMENTS…
"""

import os
import sys

from tui import cli

PICTURE, BREAK = "ctrl+y", "ctrl+g"


def install() -> None:
    """Put the wizard that can be broken in the place of the real one, once the command line has had its say."""
    opened = cli._wizard

    def open_breakable(config: object) -> int:
        cli._refuse_recording()
        from textual.binding import Binding

        from tui import app
        from tui.wizard import unreadable_file

        class Breakable:
            def action_break(self) -> None:
                keys = [secret.reveal() for secret in self.secrets()]
                raise RuntimeError(f"broken with {keys}")

            def action_picture(self) -> None:
                self.save_screenshot(path=os.environ["PICTURES"])

        more = [Binding(BREAK, "break", priority=True), Binding(PICTURE, "picture", priority=True)]

        class SetupApp(Breakable, app.SetupApp):
            BINDINGS = more

        class UnreadableFileApp(Breakable, unreadable_file.UnreadableFileApp):
            BINDINGS = more

        if os.environ.get("WITHOUT_PROBE"):
            SetupApp._warm_probe = lambda _self: None
        app.SetupApp, unreadable_file.UnreadableFileApp = SetupApp, UnreadableFileApp
        return opened(config)

    cli._wizard = open_breakable


if __name__ == "__main__":
    install()
    sys.exit(cli.main())
