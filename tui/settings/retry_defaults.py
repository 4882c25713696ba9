"""The four retry settings where a file leaves them out: what OpenHands takes then, and what a new table gets.

Their defaults changed from release to release, so they are written all four: with the values that OpenHands used until
then, or, in a file or group that we make, with those that OpenHands documents.
"""

from collections.abc import Mapping

from tui.config_file.reading import ConfigText
from tui.settings.effective import Source, effective
from tui.settings.field import Value
from tui.settings.fields import BY_KEY, RETRY_KEYS
from tui.settings.groups import DEFAULT, own_keys, path_of


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
    path, llm = path_of(group), dict(config.table(DEFAULT))
    table = llm if group == DEFAULT else dict(config.table(*path))
    for key, value in edits.items():
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value
    data = {**config.data, DEFAULT: table if group == DEFAULT else {**llm, path[-1]: table}}
    return ConfigText(config.path, "", exists=True, data=data)
