"""The keychain of macOS over SSH: Apple's own program opens it, and asks for the password in the terminal."""

import os
import subprocess
from typing import Final

from tui.base.child import PASSED_ON
from tui.base.errors import SetupError
from tui.base.foreign import why
from tui.base.translation import _

COMMAND: Final = ("security", "unlock-keychain")


def unlock_in_terminal() -> None:
    """Let it ask, on the terminal that is ours; it gets no key of the environment. Raises SetupError."""
    environment = {name: os.environ[name] for name in (*PASSED_ON, "TERM") if name in os.environ}
    try:
        status = subprocess.run(COMMAND, env=environment, check=False).returncode
    except OSError as error:
        raise SetupError(
            _("{program} cannot be started: {reason}.").format(program=COMMAND[0], reason=why(error)),
            _("Choose another place for the key."),
        ) from None
    if status != 0:
        raise SetupError(_("The keychain is still locked."), _("Try again, or choose another place for the key."))
