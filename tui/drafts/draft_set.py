"""One draft a group, all of the same file."""

from dataclasses import dataclass

from tui.config_file.document import ConfigText
from tui.drafts.draft import Draft
from tui.openhands.field import Field
from tui.openhands.fields import RETRY_KEYS
from tui.openhands.groups import DEFAULT
from tui.openhands.names import name_taken, require_free


class Drafts:
    """The drafts of the groups that were opened; what was typed for one is kept while another is looked at."""

    def __init__(self, first: Draft) -> None:
        self.current = first
        self._by_group = {first.group: first}

    def open(self, group: str) -> Draft:
        """Go on with another group."""
        if group not in self._by_group:
            now = self.current
            self._by_group[group] = Draft(now.config, now.own, now.environ, group)
        self.current = self._by_group[group]
        return self.current

    def add(self, name: str, *, like: str | None = None) -> Draft:
        """Begin a new group, empty or with the settings of another; it is in the file once it is saved.

        Keys are not copied: each place that a key is kept in is chosen by the user. Raises SetupError for a bad name.
        """
        self.require_free(name)
        template = self._by_group.get(like) or self.open(like) if like else None
        draft = self.open(f"{DEFAULT}.{name}")
        if template:
            if template.group != DEFAULT:
                draft.texts.update({key: text for key, text in template.texts.items() if text})
                draft.texts.update({key: template.shown_text(key) for key in RETRY_KEYS})
            draft.provider = template.provider
        return draft

    def require_free(self, name: str) -> None:
        """Raise SetupError for a name that no new group can have."""
        require_free(self.current.config, name)
        if f"{DEFAULT}.{name}" in self._by_group:
            raise name_taken(name)

    def rename(self, draft: Draft, name: str) -> None:
        """Call a group that is not in the file yet by another name. Raises SetupError for a bad one."""
        self.require_free(name)
        del self._by_group[draft.group]
        draft.group = f"{DEFAULT}.{name}"
        self._by_group[draft.group] = draft

    def rebase(self, config: ConfigText) -> None:
        """Go on from another state of the file; drafts of groups that it no longer has are dropped."""
        here = {DEFAULT, *(f"{DEFAULT}.{name}" for name in config.groups())}
        for group, draft in [*self._by_group.items()]:
            began = draft.is_new
            draft.rebase(config)
            if group not in here and not began and not draft.own_changes():
                self.forget(group)

    def forget(self, group: str) -> None:
        """Drop the draft of a group that is removed or renamed, and go back to `[llm]` if it was the one at hand."""
        self._by_group.pop(group, None)
        if self.current.group == group:
            self.open(DEFAULT)

    def of(self, group: str) -> Draft | None:
        """The draft of a group, if it was opened."""
        return self._by_group.get(group)

    @property
    def opened(self) -> list[Draft]:
        """All drafts there are."""
        return [*self._by_group.values()]

    @property
    def unsaved(self) -> int:
        """How many changes are not saved, in all groups."""
        return sum(draft.count for draft in self.dirty)

    @property
    def dirty(self) -> list[Draft]:
        """The drafts that hold something unsaved."""
        return [draft for draft in self._by_group.values() if draft.dirty]


# -- what is to be done when somebody else saved the file while it was edited here


@dataclass(frozen=True, slots=True)
class Clash:
    """One setting that both changed; texts as shown, empty for none."""

    group: str
    field: Field
    before: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merge:
    """What came of it: settings that only the others changed, by name, and those that both did."""

    taken: tuple[str, ...]
    clashes: tuple[Clash, ...]


def merge(drafts: Drafts, theirs: ConfigText) -> Merge:
    """Go on from the file as it is now, with all that was typed here; nothing of either side is lost.

    Changes to different settings stand together. Where both changed one setting what was typed stays in the draft, and
    the clash is reported; `take_theirs` takes the other's.
    """
    before = {draft.group: dict(draft.loaded) for draft in drafts.opened}
    mine = {draft.group: {c.field.key: c for c in draft.own_changes()} for draft in drafts.opened}
    drafts.rebase(theirs)
    taken: list[str] = []
    clashes: list[Clash] = []
    for draft in drafts.opened:
        for key, old in before[draft.group].items():
            if draft.loaded[key] == old:
                continue
            change = mine[draft.group].get(key)
            if change is None:
                taken.append(key)
            elif change.after != draft.loaded[key]:
                clashes.append(Clash(draft.group, change.field, old, change.after, draft.loaded[key]))
    return Merge(tuple(taken), tuple(clashes))


def take_theirs(clash: Clash, drafts: Drafts) -> None:
    """Take what the other side saved."""
    for draft in drafts.opened:
        if draft.group == clash.group:
            draft.edit(clash.field.key, draft.loaded[clash.field.key])
