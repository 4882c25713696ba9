"""One rule that some settings break."""

from collections.abc import Mapping
from dataclasses import dataclass

from tui.settings.field import Value
from tui.settings.finding import Code

Values = Mapping[str, Value]
"""Values that OpenHands would take, by key; a key without a value is missing, or has an empty text."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken rule. `key` is the field to fix; `severe` when no call can be made."""

    code: Code | None
    """None for what only the wizard asks for: it may come from elsewhere."""
    key: str
    message: str
    hint: str
    severe: bool
    until: str = ""
    """The newest release of OpenHands that it concerns; "" for all."""
