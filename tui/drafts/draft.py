"""What the user is about to save."""

from collections.abc import Mapping
from dataclasses import dataclass

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.config_file.document import ConfigText
from tui.credentials.store import GIVING, Store
from tui.drafts.further_texts import FurtherTexts
from tui.drafts.group_keys import GroupKeys
from tui.drafts.own_settings import OwnSettings
from tui.drafts.removals import leaving_keys, removals
from tui.openhands.effective import Source, effective, with_edits
from tui.openhands.field import Field, Kind, Value
from tui.openhands.fields import BY_KEY, FIELDS, RETRY_KEYS
from tui.openhands.groups import DEFAULT, KNOWN, table_path
from tui.openhands.routes import provider_in


@dataclass(frozen=True, slots=True)
class Change:
    """One setting that differs from the file; both texts as they may be shown."""

    field: Field
    before: str
    after: str


class Draft(GroupKeys):
    """The text of every field as typed, beside what the file says; screens are rebuilt from it and write through to it.

    Fields are those of `GroupTexts`, keys those of `GroupKeys`; here is what follows from them for the file.
    """

    def __init__(self, config: ConfigText, own: OwnSettings, environ: Mapping[str, str], group: str = DEFAULT) -> None:
        super().__init__(config, own, environ, group)
        self.retries_accepted = False
        self.further = FurtherTexts()
        self.dropped: set[str] = set()
        """Keys of the group that are no settings, and go when it is saved."""

    def all_secrets(self) -> list[Secret]:
        """With what was typed as an object, in which there may be keys."""
        return [*super().all_secrets(), *self.further.secrets()]

    @property
    def unknown_keys(self) -> list[str]:
        """Keys of the group that are no settings: for each of them OpenHands drops all of it."""
        return [key for key in self.table() if key not in KNOWN and key not in self.dropped]

    @property
    def lacks_retries(self) -> bool:
        """Whether retry settings are missing in the table, and nobody has said what they shall be."""
        return bool(self.absent) and not self.retries_accepted and not any(map(self._differs, RETRY_KEYS))

    def changes(self) -> list[Change]:
        """The settings that differ from the files, secrets not included, in the order of the Field table.

        With any of them, and in a group that is new, the retry settings are written that are missing.
        """
        changed = self.own_changes()
        if self.retries_accepted or self.is_new or any(not change.field.ours for change in changed):
            along = [key for key in self.absent if not self._differs(key)]
            changed += [Change(BY_KEY[key], "", self._written(key)) for key in along]
        return sorted(changed, key=lambda change: FIELDS.index(change.field))

    def own_changes(self) -> list[Change]:
        """Those of them that the user made."""
        fields = [f for f in FIELDS if f.key in self.texts and self._differs(f.key)]
        return [Change(f, "" if f.key in self.absent else self.loaded[f.key], self._written(f.key)) for f in fields]

    @property
    def count(self) -> int:
        """How many changes the user made; the retry settings that are written along are none of his."""
        mine = self.changes() if self.retries_accepted else self.own_changes()
        return len(mine) + len(self.typed_secrets()) + len(self.dropped) + len(self.further) or int(self.dirty)

    def _differs(self, key: str) -> bool:
        """Whether a field will change; a group does not repeat what it inherits."""
        if key in self.absent:
            return self.texts[key].strip() != self.loaded[key]
        written = self._written(key)
        repeats = not self.loaded[key] and written == self.inherited[key]
        return written != self.loaded[key] and not repeats

    def _written(self, key: str) -> str:
        """The text that will stand for a field; an empty retry setting of `[llm]` as OpenHands takes it."""
        kept = key in RETRY_KEYS and (self.is_default or key in self.absent)
        if kept:
            return self.shown_text(key)
        stands = self.texts[key] == self.loaded[key]
        return self.texts[key] if stands else self.texts[key].strip()

    def outlook(self) -> ConfigText:
        """What the file will say of this group: data alone. Raises SetupError for a retry setting that means nothing.

        Other texts that mean nothing are left as the file has them: they stand in the way of saving.
        """
        edits: dict[str, Value | None] = dict.fromkeys(self.dropped)
        for key in {*self.absent, *(change.field.key for change in self.changes() if not change.field.ours)}:
            try:
                edits[key] = BY_KEY[key].parse(self._written(key))
            except SetupError:
                if key in RETRY_KEYS:
                    raise
        return with_edits(self.config, self.group, edits)

    @property
    def dirty(self) -> bool:
        """Whether anything would be saved."""
        keeps = {} if self.store in GIVING else self.typed_secrets()
        more = self.changes() or keeps or self.dropped or len(self.further)
        return bool(more or self.moves or self.chooses or self.is_new or removals(self))

    @property
    def chooses(self) -> bool:
        """Whether it was chosen anew what gives the key that we do not keep."""
        if self.store is Store.COMMAND and self.new_commands():
            return True
        return self.store in GIVING and self.store is not self.remembered_store

    @property
    def moves(self) -> bool:
        """Whether another place was chosen for the key than the one where it is."""
        copied = self.store is Store.CONFIG and self.config.private  # another program's file: the place stays as well
        return self.store is not None and self.remembered_store not in (None, self.store) and not copied

    def edits(self) -> dict[str, Value | None]:
        """The keys of the group to write, None for those to remove. Raises SetupError for a text that means nothing."""
        edits = {c.field.key: c.field.parse(c.after) for c in self.changes() if not c.field.ours}
        edits |= removals(self).get(table_path(self.group), {})
        edits |= dict.fromkeys(self.dropped)
        edits |= self.further.edits()
        if (self.store or self.remembered_store) is Store.CONFIG:
            typed = {key: self.typed_secret(key) for key in self.secret_keys()}
            edits |= {key: secret.reveal() for key, secret in typed.items() if secret}
        return edits

    def preview(self, fetched: Mapping[str, Secret] | None = None) -> str:
        """The text that config.toml will have, with the secrets `fetched` for it from elsewhere. Raises SetupError."""
        from tui.config_file.key_removal import without_in_comments  # only for those who save

        own = self.edits() | {key: secret.reveal() for key, secret in (fetched or {}).items()}
        edits = {path: keys for path, keys in {**removals(self), table_path(self.group): own}.items() if keys}
        if not edits and not self.is_new:
            return self.config.text
        tables = [("core",), *([table_path(self.group)] if self.is_new else [])]
        text = self.config.rewritten(edits, ensure=tables, together=[RETRY_KEYS])
        return text if self.config.private else without_in_comments(text, [*leaving_keys(self).values()])

    def saved(self, config: ConfigText) -> None:
        """Go on from what was written."""
        self.config = config
        self.retries_accepted = False
        self.further.forget()
        self.dropped.clear()
        self.old_layout = ()
        self._load()

    def rebase(self, config: ConfigText) -> None:
        """Go on from another state of the file, with what was typed."""
        typed = {key: text for key, text in self.texts.items() if text != self.loaded[key]}
        with self._place_left():
            self.config = config
            self.dropped &= set(self.table())
            self._load()
            self.texts.update(typed)


# -- a draft as OpenHands would be started with it: what the environment says counts, and nothing is going to be saved


def take_effective(draft: Draft) -> None:
    """Let the draft say what OpenHands would end up with, and whose key that wants."""
    for key, setting in effective(draft.config, draft.environ, draft.group).items():
        field = BY_KEY.get(key)
        if field and field.kind not in (Kind.SECRET, Kind.TABLES):
            text = "" if setting.source is Source.DEFAULT else field.text(setting.value)
            draft.edit(key, text)
            draft.taken[key] = text
    names = {key: draft.effective_text(key) for key in ("model", "base_url", "custom_llm_provider")}
    draft.provider = provider_in(dict(names)) if names["model"] else None
