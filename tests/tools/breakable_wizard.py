"""The wizard with two more keys, for those who look for traces.

Ctrl+G breaks it, with its keys in local variables and in the error's own words. Ctrl+Y takes a picture of the screen,
as Textual can, and puts it into $PICTURES. With $WITHOUT_PROBE litellm is not loaded.

python -P tests/tools/breakable_wizard.py ARGUMENTS…
"""

import os
import sys
from pathlib import Path

from tui import cli

PICTURE, BREAK = "ctrl+y", "ctrl+g"


def install() -> None:
    """Put the wizard that can be broken in the place of the real one, once the command line has had its say."""
    opened = cli._wizard

    def open_breakable(config: object) -> int:
        cli._refuse_recording()
        from textual.binding import Binding

        from tui import app
        from tui.screens.desk import Desk
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
            from tools.unwarmed import leave_cold

            leave_cold(Desk)
        app.SetupApp, unreadable_file.UnreadableFileApp = SetupApp, UnreadableFileApp
        return opened(config)

    cli._wizard = open_breakable


def main(_warm_probe: str = "") -> int:
    """What the installed script does, with it."""
    install()
    return cli.main()


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).parents[1]))  # where `tools` is
    sys.exit(main())
