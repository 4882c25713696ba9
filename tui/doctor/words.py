"""What was seen, as lines of text."""

from collections.abc import Sequence
from typing import Final

from tui.base.translation import _, many
from tui.doctor.observation import Area, Grade, Observation

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


def summary(found: Sequence[Observation]) -> str:
    """How it is, all in all."""
    counts = {grade: sum(each.grade is grade for each in found) for grade in Grade}
    parts = [
        many("{count} error", "{count} errors", counts[Grade.ERROR]) if counts[Grade.ERROR] else "",
        many("{count} warning", "{count} warnings", counts[Grade.WARNING]) if counts[Grade.WARNING] else "",
    ]
    return ", ".join(filter(None, parts)) + "." if any(parts) else _("All is well.")
