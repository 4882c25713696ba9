"""Becoming another program, with settings and key in its environment only."""

import os
from collections.abc import Mapping, Sequence
from typing import NoReturn

from tui.base.errors import SetupError, Status
from tui.base.foreign import clean
from tui.base.memory import restore_core_limit
from tui.base.translation import _


def become(command: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
    """Replace this process by `command`. Raises CommandNotFound, or SetupError for one that cannot be started."""
    restore_core_limit()
    try:
        os.execvpe(command[0], [*command], environment)  # noqa: S606 - no shell: that is the point
    except FileNotFoundError:
        raise CommandNotFound(command[0]) from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
        raise SetupError(
            _("{command} cannot be started: {reason}.").format(command=clean(command[0]), reason=reason)
        ) from None


class CommandNotFound(SetupError):
    """There is no such command; the status is the shell's 127."""

    def __init__(self, command: str) -> None:
        super().__init__(_("{command}: command not found.").format(command=clean(command)), status=Status.UNUSABLE)
