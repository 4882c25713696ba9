"""What the wizard puts right in a draft: keys that are no settings, and the layout of 2024."""

import contextlib
from collections.abc import Sequence

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.config_file.document import ConfigText
from tui.drafts.draft import Draft
from tui.openhands.field import Field, Kind
from tui.openhands.fields import BY_KEY
from tui.openhands.groups import KNOWN
from tui.openhands.names import near_name
from tui.openhands.routes import provider_in
from tui.openhands.types import text_as_taken

_PREFIX = "LLM_"


def dead_settings(config: ConfigText) -> dict[str, Field]:
    """The lines of that layout that were settings of the LLM, by their names: `LLM_MODEL`."""
    named = {
        name: name[len(_PREFIX) :].lower()
        for name, value in config.data.items()
        if name.startswith(_PREFIX) and not isinstance(value, dict | list)
    }
    return {name: BY_KEY[key] for name, key in named.items() if key in BY_KEY}


def take_over(draft: Draft) -> None:
    """Let what those lines say be typed in a draft of a file without `[llm]`; saving takes the lines out."""
    dead = dead_settings(draft.config) if draft.first_run else {}
    if "LLM_MODEL" not in dead:
        return
    values = {field.key: draft.config.data[name] for name, field in dead.items() if field.key in KNOWN}
    plain = [key for key in values if BY_KEY[key].kind not in (Kind.SECRET, Kind.TABLES)]
    draft.texts.update({key: text_as_taken(BY_KEY[key], values[key]) for key in plain})
    draft.provider = provider_in({key: draft.texts[key] for key in ("model", "base_url", "custom_llm_provider")})
    draft.old_layout = tuple(dead)
    for key in draft.secret_keys():
        if isinstance(values.get(key), str) and values[key]:
            draft.edit_secret(key, Secret(values[key]))


def take_out(draft: Draft, only: Sequence[str] | None = None) -> None:
    """Drop the group's strangers; the value of a misspelt one goes to the setting that was meant and is not set.

    All of them, or `only` some.
    """
    table = draft.table()
    for key in draft.unknown_keys if only is None else only:
        meant = near_name(key)
        if meant and meant not in table and not isinstance(table[key], list | dict):
            _move(draft, meant, table[key])
        draft.dropped.add(key)


def _move(draft: Draft, meant: str, value: object) -> None:
    field = BY_KEY[meant]
    if field.kind is Kind.SECRET:
        draft.edit_secret(meant, Secret(str(value)))
        return
    text = text_as_taken(field, value) or str(value)
    with contextlib.suppress(SetupError):  # what the setting cannot be stays out
        field.parse(text)
        draft.edit(meant, text)
