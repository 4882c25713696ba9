"""The texts of one group's fields as typed, beside what the file says."""

from collections.abc import Mapping
from typing import Any

from tui.catalog.providers import Provider
from tui.config_file.document import ConfigText
from tui.drafts.own_settings import OwnSettings
from tui.openhands.effective import for_new_table
from tui.openhands.field import Field, Kind, Value
from tui.openhands.fields import BY_KEY, FIELDS, RETRY_KEYS
from tui.openhands.groups import DEFAULT, offending_keys, own_keys, table_path
from tui.openhands.routes import provider_in
from tui.openhands.types import text_as_taken


class GroupTexts:
    """What stands in the fields of `[llm]` or `[llm.NAME]`, where it was read from, and what it means."""

    old_layout: tuple[str, ...] = ()
    """Names of the lines above all tables that were taken over, and go when the draft is saved."""

    def __init__(self, config: ConfigText, own: OwnSettings, environ: Mapping[str, str], group: str = DEFAULT) -> None:
        self.config = config
        self.own = own
        self.environ = environ
        self.group = group
        self._load()

    def _load(self) -> None:
        table = self.table()
        beside = self.own.beside(self.config.path)
        plain = [field for field in FIELDS if field.kind is not Kind.SECRET]
        self.loaded = {
            field.key: text_as_taken(field, (beside if field.ours else table).get(field.key)) for field in plain
        }
        above = {} if self.is_default or offending_keys(self.config, DEFAULT) else own_keys(self.config, DEFAULT)
        self.inherited = {field.key: text_as_taken(field, above.get(field.key)) for field in plain}
        """What a group has from `[llm]` where it says nothing itself; empty for `[llm]`, and where that is dropped."""
        self.absent = [key for key in RETRY_KEYS if key not in table] if self.is_default or self.is_new else []
        """Retry settings that `[llm]`, or a new group, leaves out: they are written along."""
        if self.first_run or self.is_new:
            offered = for_new_table(self.config)
            self.loaded.update({key: BY_KEY[key].text(offered[key]) for key in self.absent})
        self.texts = dict(self.loaded)
        self.taken: dict[str, str] = {}
        """Texts that count as they stand, spaces at their ends included, as those of the file do: OpenHands' own."""

    def _provider_of_file(self) -> Provider | None:
        keys = ("model", "base_url", "custom_llm_provider")
        said: dict[str, Value] = {key: self.loaded[key] or self.inherited[key] for key in keys}
        return provider_in(said) if said["model"] else None

    @property
    def file_name(self) -> str:
        """What the file is called in sentences."""
        return self.config.path.name if self.config.private else "config.toml"

    @property
    def is_default(self) -> bool:
        """Whether it is `[llm]` itself, which the environment reaches, and not a group."""
        return self.group == DEFAULT

    @property
    def is_new(self) -> bool:
        """Whether it is a group that was begun, and is not in the file yet."""
        return not self.is_default and table_path(self.group)[-1] not in self.config.groups()

    def table(self) -> dict[str, Any]:
        """What stands in the group's own table of the file."""
        return own_keys(self.config, self.group)

    @property
    def first_run(self) -> bool:
        """Whether the file says nothing of an LLM yet."""
        return not self.config.has("llm") and not self.old_layout

    def field_text(self, key: str) -> str:
        """The text of a field, as typed."""
        return self.texts[key]

    def effective_text(self, key: str) -> str:
        """What holds in the end: as typed, without the spaces around it, or as it stands in the file; else inherited.

        OpenHands strips nothing.
        """
        text = self.texts[key]
        stands = text in (self.loaded[key], self.taken.get(key))
        return (text if stands else text.strip()) or self.inherited[key]

    def shown_text(self, key: str) -> str:
        """What is seen in a field: as typed, or faintly what OpenHands takes where it is empty."""
        return self.effective_text(key) or BY_KEY[key].text(BY_KEY[key].default)

    def value(self, key: str) -> Value | None:
        """What a field's text means. Raises SetupError with `field` set."""
        return BY_KEY[key].parse(self.texts[key])

    def effective_value(self, key: str) -> Value | None:
        """What holds in the end for a field. Raises SetupError with `field` set."""
        text = self.effective_text(key)
        return text if _has_spaces_around(BY_KEY[key], text) else BY_KEY[key].parse(text)


def _has_spaces_around(field: Field, text: str) -> bool:
    """Whether a text is none that can be typed: OpenHands takes it with its spaces."""
    return field.kind in (Kind.TEXT, Kind.CHOICE) and text != text.strip()
