"""Which keys go out of config.toml when it is saved."""

from collections.abc import Mapping, Sequence
from typing import Any

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _
from tui.config_file.document import ConfigText
from tui.credentials.store import Store
from tui.drafts.group_keys import GroupKeys
from tui.openhands.field import Value
from tui.openhands.fields import BY_KEY, SECRET_KEYS
from tui.openhands.groups import group_ids, own_keys, table_path


def leaving_keys(draft: GroupKeys) -> dict[str, Secret]:
    """The keys for which a better place than config.toml was chosen, by field."""
    if draft.store in (None, Store.CONFIG):
        return {}
    found = {key: draft.secret_in_file(key) or _old_secret(draft, key) for key in draft.secret_keys()}
    return {key: secret for key, secret in found.items() if secret}


def removals(draft: GroupKeys) -> dict[tuple[str, ...], dict[str, Value | None]]:
    """By table, what goes: keys that leave, from all groups that have the same, and keys for another host."""
    gone = {secret.reveal() for secret in leaving_keys(draft).values()}
    tables = {table_path(group): own_keys(draft.config, group) for group in group_ids(draft.config)}
    found: dict[tuple[str, ...], dict[str, Value | None]] = {
        path: dict.fromkeys(key for key in _secrets(table) if table[key] in gone) for path, table in tables.items()
    }
    own = _secrets(draft.table())
    if any(draft.secret_in_file(key) is None for key in own):
        found[table_path(draft.group)] = dict.fromkeys(own)
    here = draft.store in (None, Store.CONFIG)
    unread = [key for key in sorted(draft.config.encrypted) if not (here and draft.is_encrypted_in_file(key))]
    if unread:
        found[table_path(draft.group)] = {**found.get(table_path(draft.group), {}), **dict.fromkeys(unread)}
    found[()] = dict.fromkeys(name for name in draft.old_layout if _is_taken_over(draft, name))
    return {path: keys for path, keys in found.items() if keys}


def _old_secret(draft: GroupKeys, key: str) -> Secret | None:
    """The key in a line that was taken over."""
    name = BY_KEY[key].variable
    return Secret(str(draft.config.data[name])) if name in draft.old_layout and name in draft.config.data else None


def _is_taken_over(draft: GroupKeys, name: str) -> bool:
    """Whether a line above all tables is not needed any more: its key stays as long as none is kept elsewhere."""
    secrets = {BY_KEY[key].variable: key for key in SECRET_KEYS}
    return name in draft.config.data and (name not in secrets or draft.typed_secret(secrets[name]) is not None)


def still_there(config: ConfigText, keys: Sequence[Secret]) -> str:
    """What is said of `keys` that left config.toml and still stand in it, where they are no setting of ours, or in
    copies beside it."""
    from tui.config_file.key_removal import copies_with, lines_with  # only where a key has left

    said = []
    if lines := lines_with(config, keys):
        words = _("The key still stands in {path}, line {lines}, where llm-setup changes nothing: remove it there.")
        said.append(words.format(path=clean(tilde(config.path)), lines=", ".join(map(str, lines))))
    if copies := copies_with(config.path, keys):
        words = _("Copies of {path} hold the key as well: {copies}.")
        said.append(
            words.format(
                path=clean(tilde(config.path)), copies=", ".join(clean(tilde(path), limit=200) for path in copies)
            )
        )
    return " ".join(said)


def _secrets(table: Mapping[str, Any]) -> list[str]:
    return [key for key in SECRET_KEYS if _is_key(table.get(key))]


def _is_key(value: object) -> bool:
    return isinstance(value, str) and bool(value)
