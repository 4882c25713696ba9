"""Somebody else's save of the same file."""

from pathlib import Path

from tui.base.errors import SetupError, Status
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _


class Conflict(SetupError):
    """The file is not the one that was read: somebody else changed, made or removed it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint, status=Status.CONFLICT)


def conflict(path: Path, old: bytes | None, present: bytes | None) -> Conflict:
    """What there is to say of the file at `path` that was read as `old` and is `present` now; None for no file."""
    if present is None:
        message = _("{path} was removed since it was read.")
    elif old is None:
        message = _("{path} was created meanwhile.")
    else:
        message = _("{path} was changed since it was read.")
    hint = _("Nothing was written. Read it again, then repeat your change.")
    return Conflict(message.format(path=clean(tilde(path))), hint)
