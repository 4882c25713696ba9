"""What went wrong, said to a person."""

from enum import IntEnum

from tui.base.translation import together


class Status(IntEnum):
    """How the command ends; other programs rely on these numbers."""

    DONE = 0
    NO = 1
    """The answer is no: the check found errors, the test failed, there is no key."""
    USAGE = 2
    """Wrong usage, or a value that is wrong in itself."""
    UNUSABLE = 3
    """The file or the store cannot be used, or a required key cannot be had."""
    CONFLICT = 4
    """Somebody else changed the file meanwhile."""
    INTERRUPTED = 130


class SetupError(Exception):
    """Raised where a problem is understood: `message` says what is wrong and where, `hint` what to do about it.

    `field` is the TOML key of the setting it belongs to, where there is one. Neither text may contain a secret or
    anything that the user typed into a secret field.
    """

    def __init__(
        self, message: str, hint: str = "", *, field: str | None = None, status: Status = Status.UNUSABLE
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.field = field
        self.status = status

    def __str__(self) -> str:
        return together(self.message, self.hint)
