"""What was typed for the settings that only programs with JSON files have. It may hold keys: none of it goes to disk
but into the file itself."""

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.base.translation import _
from tui.config_file.document import ConfigText
from tui.openhands.field import Field, Kind, Value
from tui.openhands.targets.further import FURTHER, names_in, wrong_object
from tui.openhands.targets.target import TOML

NONE = "{}"
"""What is typed to remove an object."""


class FurtherTexts:
    """The objects among them, by key; an empty text leaves what is in the file."""

    def __init__(self) -> None:
        self._typed: dict[str, str] = {}

    def edit(self, key: str, text: str) -> None:
        """Take a text as typed."""
        self._typed[key] = text.strip()
        if not self._typed[key]:
            del self._typed[key]

    def forget(self) -> None:
        """It is saved."""
        self._typed.clear()

    def __len__(self) -> int:
        return len(self._typed)

    def edited(self) -> list[str]:
        """The keys of those for which something was typed."""
        return [*self._typed]

    def typed(self, key: str) -> str:
        """What was typed; "" for nothing."""
        return self._typed.get(key, "")

    def wrong(self, key: str) -> str:
        """What is wrong with what was typed, in a sentence; "" for nothing."""
        try:
            self._parsed(key)
        except SetupError as error:
            return error.message
        return ""

    def edits(self) -> dict[str, Value | None]:
        """What is to be written, None for what goes. Raises SetupError."""
        return {key: self._parsed(key) for key in self._typed}

    def secrets(self) -> list[Secret]:
        """What must be seen nowhere."""
        return [Secret(text) for text in self._typed.values()]

    def _parsed(self, key: str) -> Value | None:
        field = FURTHER[key]
        value = field.parse(self.typed(key)) or None
        if wrong := wrong_object(key, value):
            message = _("{label}: {wrong}").format(label=field.label, wrong=wrong)
            raise SetupError(message, field=key)
        return value


def objects_of(config: ConfigText) -> list[Field]:
    """The settings of that kind that the program of the file has."""
    if config.kind == TOML:
        return []
    from tui.openhands.targets.schema import further  # most edit a config.toml

    has = further(config.kind)
    return [field for key, field in FURTHER.items() if key in has and field.kind is Kind.OBJECT]


def present(config: ConfigText, key: str) -> str:
    """What the file has of one, by its names alone; "" for nothing."""
    return names_in(config.further.get(key))
