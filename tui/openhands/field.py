"""One setting of OpenHands: its name, type, range and default, and how its text is read and written."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from tui.base.errors import SetupError, Status
from tui.base.translation import _, listed

Value = str | int | float | bool | list[object] | dict[str, object]

YES: Final = "true"
NO: Final = "false"
"""OpenHands takes only these two words from the environment, so we use no others anywhere."""


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    SECRET = "secret"  # noqa: S105 - the name of a kind
    INTEGER = "integer"
    NUMBER = "number"
    SWITCH = "switch"
    CHOICE = "choice"
    TABLES = "tables"
    """A list of tables; shown, not edited."""
    OBJECT = "object"
    """One of JSON, typed as such."""


class Place(StrEnum):
    """The step of the wizard where a field is edited."""

    KEY = "key"
    MODEL = "model"
    OPTIONS = "options"
    RETRIES = "retries"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One setting. `key` is its TOML name in `[llm]`; with `ours`, it may not stand there and is kept by ourselves."""

    key: str
    kind: Kind
    label: str
    help: str
    place: Place = Place.OPTIONS
    unit: str = ""
    default: Value | None = None
    """What OpenHands 0.51 to 1.6 takes when the key is missing; None when it has no value then."""
    earlier: Mapping[str, Value] | None = field(default=None, hash=False)
    """Defaults of other releases, by release range."""
    documented: Value | None = None
    """The default that OpenHands' own LLM page names, where it is another one. It is what we offer."""
    minimum: float = -math.inf
    maximum: float = math.inf
    choices: tuple[str, ...] = ()
    ours: bool = False
    since: str = ""

    @property
    def variable(self) -> str:
        """The environment variable that OpenHands reads it from."""
        return f"LLM_{self.key.upper()}"

    @property
    def takes(self) -> str:
        """What it may hold, in a few words: kind or choices, range, unit."""
        kinds = {
            Kind.TEXT: _("text"), Kind.SECRET: _("secret"), Kind.INTEGER: _("integer"), Kind.NUMBER: _("number"),
            Kind.SWITCH: f"{YES} {NO}", Kind.CHOICE: " ".join(self.choices), Kind.TABLES: _("tables"),
        }  # fmt: skip
        limits = [self._range()] if self.minimum > -math.inf else []
        # Translators: a value is given in seconds
        unit = _("s") if self.unit == "s" else self.unit
        return listed([kinds[self.kind], *limits, unit])

    def parse(self, text: str) -> Value | None:
        """The value that `text` means, None for an empty one. Raises SetupError with `field` set."""
        text = text.strip()
        if not text:
            return None
        match self.kind:
            case Kind.SWITCH:
                return self._one_of(text.lower(), (YES, NO)) == YES
            case Kind.CHOICE:
                return self._one_of(text, self.choices)
            case Kind.INTEGER | Kind.NUMBER:
                return self._in_range(self._integer(text) if self.kind is Kind.INTEGER else self._number(text))
            case Kind.OBJECT:
                return self._object(text)
            case _:
                return text

    def text(self, value: object) -> str:
        """The text that stands for a value of the file."""
        if isinstance(value, bool):
            return YES if value else NO
        return "" if value is None else str(value)

    def _one_of(self, text: str, words: tuple[str, ...]) -> str:
        if text not in words:
            raise self._wrong(_("one of {words}").format(words=", ".join(words)))
        return text

    def _integer(self, text: str) -> int:
        try:
            return int(text)
        except ValueError:
            raise self._wrong(_("a whole number")) from None

    def _number(self, text: str) -> int | float:
        try:
            number = float(text)
        except ValueError:
            raise self._wrong(_("a number")) from None
        if not math.isfinite(number):
            raise self._wrong(_("a number")) from None
        return int(text) if text.lstrip("+-").isdigit() else number

    def _object(self, text: str) -> dict[str, object]:
        import json  # hardly any field is one

        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise self._wrong(_("a JSON object, such as {example}").format(example='{"X-Org": "a"}'))
        return found

    def wanted(self, value: Value) -> str:
        """What a value of the right type should be instead, "" for one that is in order."""
        if self.kind is Kind.CHOICE and value not in self.choices:
            return _("one of {words}").format(words=", ".join(self.choices))
        if self.kind in (Kind.INTEGER, Kind.NUMBER) and isinstance(value, int | float):
            if isinstance(value, float) and not math.isfinite(value):
                return _("a number")
            return "" if self.minimum <= value <= self.maximum else self._range()
        return ""

    def _in_range(self, number: float) -> float:
        if wanted := self.wanted(number):
            raise self._wrong(wanted)
        return number

    def _range(self) -> str:
        if self.maximum == math.inf:
            return _("{least:g} or more").format(least=self.minimum)
        return _("between {least:g} and {most:g}").format(least=self.minimum, most=self.maximum)

    def _wrong(self, wanted: str) -> SetupError:
        return SetupError(
            _("{label} must be {wanted}.").format(label=self.label, wanted=wanted), field=self.key, status=Status.USAGE
        )
