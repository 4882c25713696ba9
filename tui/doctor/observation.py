"""One thing that was looked at, and what it is like."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from tui.base.errors import SetupError
from tui.base.translation import _

if TYPE_CHECKING:
    from tui.doctor.remedies import Remedy


class Area(StrEnum):
    """What is looked at, in this order; other programs rely on these words."""

    PROGRAM = "program"
    TERMINAL = "terminal"
    FILES = "files"
    ENVIRONMENT = "environment"
    KEYRING = "keyring"
    KEYS = "keys"
    NETWORK = "network"
    ENDPOINT = "endpoint"
    POLICY = "policy"
    CATALOGUE = "catalogue"

    @property
    def heading(self) -> str:
        """What stands above what is said of it."""
        return {
            Area.PROGRAM: _("Program"), Area.TERMINAL: _("Terminal"), Area.FILES: _("Files"),
            Area.ENVIRONMENT: _("Environment"), Area.KEYRING: _("Keyring"), Area.KEYS: _("Keys"),
            Area.NETWORK: _("Network"), Area.ENDPOINT: _("Endpoint"), Area.POLICY: _("Retries"),
            Area.CATALOGUE: _("Catalogue"),
        }[self]  # fmt: skip


class Grade(StrEnum):
    """How well it is; other programs rely on these words."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Observation:
    """A sentence, and what to do about it. No text of it holds a secret."""

    area: Area
    grade: Grade
    code: str
    """A word that other programs may rely on; "ok" for what is well."""
    message: str
    hint: str = ""
    remedy: "Remedy | None" = None

    @classmethod
    def well(cls, area: Area, message: str) -> Self:
        """That something is in order."""
        return cls(area, Grade.OK, "ok", message)

    @classmethod
    def of(cls, area: Area, code: str, error: SetupError, grade: Grade = Grade.ERROR) -> Self:
        """What an error says."""
        return cls(area, grade, code, error.message, error.hint)

    def with_remedy(self, remedy: "Remedy | None") -> Self:
        """The same, with what can be done about it from here."""
        return replace(self, remedy=remedy)

    @property
    def is_error(self) -> bool:
        """Whether nothing works, or not as meant, until it is put right."""
        return self.grade is Grade.ERROR
