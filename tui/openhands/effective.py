"""The settings that OpenHands ends up with, and where each comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from tui.base.secret import Secret
from tui.config_file.document import ConfigText
from tui.openhands.field import Field, Kind, Value
from tui.openhands.fields import BY_KEY, RETRY_KEYS
from tui.openhands.groups import DEFAULT, KNOWN, offending_keys, own_keys, own_values, table_path
from tui.openhands.misplaced_keys import is_misplaced_key, without_parts_like_keys
from tui.openhands.types import from_variable

__all__ = ["Setting", "Source", "effective", "tables_of"]


class Source(StrEnum):
    """Where a value comes from."""

    FILE = "file"
    """The group's own table."""
    INHERITED = "inherited"
    """`[llm]`, for another group."""
    ENVIRONMENT = "environment"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Setting:
    """One value as OpenHands takes it; a key is a `Secret`, and None is no value at all."""

    value: Value | Secret | None
    source: Source
    line: int | None = None
    """The line of the file, from 1, that it comes from."""


Settings = dict[str, Setting]


def effective(config: ConfigText, environ: Mapping[str, str], group: str = DEFAULT) -> Settings:
    """All fields of a group, by key, as OpenHands 0.51 to 1.6 would have them when started with `environ`.

    The environment reaches the default group only. `[llm.llm]` is laid over the default group and takes its place. For
    a group that OpenHands drops or cannot find it takes the default one.
    """
    name = table_path(group)[-1]
    if name != DEFAULT and (name not in config.groups() or offending_keys(config, group)):
        return _inherited(effective(config, environ))
    base = {} if offending_keys(config, DEFAULT) else _own(config, DEFAULT)
    if name != DEFAULT:
        return _complete(_inherited(base) | _own(config, group), config)
    twin = f"{DEFAULT}.{DEFAULT}"
    if DEFAULT in config.groups() and not offending_keys(config, twin):
        base = _inherited(base) | _own(config, twin)
    return _complete(base | _from_environment(environ), config)


def tables_of(config: ConfigText, environ: Mapping[str, str], group: str = DEFAULT) -> dict[str, Value]:
    """The settings that are tables, as `effective` has them, those without a value left out: they are not edited."""
    settings = effective(config, environ, group)
    found = {key: settings[key].value for key, field in KNOWN.items() if field.kind is Kind.TABLES}
    return {key: value for key, value in found.items() if isinstance(value, list | dict)}


def fit_to_show(settings: Settings) -> Settings:
    """The same with each key that stands in another's field as a `Secret`, or as dots in it. For showing alone."""

    def fit(key: str, setting: Setting) -> Setting:
        value = setting.value
        if not isinstance(value, str) or key not in KNOWN:
            return setting
        if is_misplaced_key(KNOWN[key], value):
            return replace(setting, value=Secret(value))
        return replace(setting, value=without_parts_like_keys(KNOWN[key], value))

    return {key: fit(key, setting) for key, setting in settings.items()}


def _own(config: ConfigText, group: str) -> Settings:
    path = table_path(group)
    return {
        key: Setting(_held(KNOWN[key], value), Source.FILE, config.line(*path, key))
        for key, value in own_values(config, group).items()
    }


def _inherited(settings: Settings) -> Settings:
    return {
        key: replace(setting, source=Source.INHERITED) if setting.source is Source.FILE else setting
        for key, setting in settings.items()
    }


def _from_environment(environ: Mapping[str, str]) -> Settings:
    found = {key: from_variable(field, environ.get(field.variable, "")) for key, field in KNOWN.items()}
    return {
        key: Setting(_held(KNOWN[key], value), Source.ENVIRONMENT) for key, value in found.items() if value is not None
    }


def _complete(settings: Settings, config: ConfigText) -> Settings:
    """All fields in the order of the table, those without a value by default; then what stands there beside them."""
    defaults = {key: config.defaults.get(key, field.default) for key, field in KNOWN.items()}
    found = {key: settings.get(key) or Setting(default, Source.DEFAULT) for key, default in defaults.items()}
    more = {key: Setting(value, Source.FILE, config.line(DEFAULT, key)) for key, value in config.further.items()}
    return found | more


def _held(field: Field, value: Value) -> Value | Secret:
    return Secret(str(value)) if field.kind is Kind.SECRET else value


# -- the four retry settings where a file leaves them out: what OpenHands takes then, and what a new table gets
# Their defaults changed from release to release, so they are written all four: with the values that OpenHands used
# until then, or, in a file or group that we make, with those that OpenHands documents.


def for_new_table(config: ConfigText) -> dict[str, Value | None]:
    """Those of an `[llm]` or `[llm.NAME]` that we make: as in `[llm]` where it says any of them, else as documented."""
    settings = effective(config, {})
    if all(settings[key].source is Source.DEFAULT for key in RETRY_KEYS):
        return {key: BY_KEY[key].documented for key in RETRY_KEYS}
    return retries_of(config, DEFAULT)


def retries_of(config: ConfigText, group: str, environ: Mapping[str, str] | None = None) -> dict[str, Value | None]:
    """Those that OpenHands ends up with for a group of the file, by key."""
    settings = effective(config, environ or {}, group)
    return {key: settings[key].value for key in RETRY_KEYS}  # type: ignore[misc]  # none of them is a secret


def left_out(config: ConfigText, group: str) -> dict[str, Value | None]:
    """Those that stand neither in the group nor in what it inherits, each with the value that OpenHands takes."""
    settings, own = effective(config, {}, group), own_keys(config, group)
    return {key: BY_KEY[key].default for key in RETRY_KEYS if key not in own and settings[key].source is Source.DEFAULT}


def with_edits(config: ConfigText, group: str, edits: Mapping[str, Value | None]) -> ConfigText:
    """The file as it is with `edits` in a group, None for a key that goes: its data alone, without text and lines."""
    path, llm = table_path(group), dict(config.table(DEFAULT))
    table = llm if group == DEFAULT else dict(config.table(*path))
    for key, value in edits.items():
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value
    data = {**config.data, DEFAULT: table if group == DEFAULT else {**llm, path[-1]: table}}
    return replace(config, text="", exists=True, data=data, refused=config.refused - edits.keys(), backup=None)
