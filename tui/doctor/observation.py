"""One thing that was looked at, what it is like, and that as lines of text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Self

from tui.base.errors import SetupError
from tui.base.translation import _, listed, many, sentence

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


_MARKS: Final = {Grade.OK: "✓", Grade.WARNING: "!", Grade.ERROR: "✗"}
_PLAIN: Final = {Grade.OK: "ok", Grade.WARNING: " !", Grade.ERROR: " x"}


def lines_of(area: Area, found: Sequence[Observation], *, ascii_only: bool = False) -> list[str]:
    """A heading, a line for each thing seen, and what to do about it below."""
    marks = _PLAIN if ascii_only else _MARKS
    lines = [area.heading] if found else []
    for each in found:
        lines.append(f"  {marks[each.grade]} {each.message}")
        if each.hint:
            lines.append(" " * (3 + len(marks[each.grade])) + each.hint)
    return lines


def summary_of(found: Sequence[Observation]) -> str:
    """How it is, all in all."""
    counts = {grade: sum(each.grade is grade for each in found) for grade in Grade}
    parts = [
        many("{count} error", "{count} errors", counts[Grade.ERROR]) if counts[Grade.ERROR] else "",
        many("{count} warning", "{count} warnings", counts[Grade.WARNING]) if counts[Grade.WARNING] else "",
    ]
    return sentence(listed(parts)) if any(parts) else _("All is well.")
