"""One draft a group, all of the same file."""

from tui.config_file.reading import ConfigText
from tui.settings.draft import Draft
from tui.settings.fields import RETRY_KEYS
from tui.settings.groups import DEFAULT
from tui.settings.naming import insist_on_free, name_taken


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
        self.insist_on_free(name)
        model = self._by_group.get(like) or self.open(like) if like else None
        draft = self.open(f"{DEFAULT}.{name}")
        if model:
            draft.texts.update({key: text for key, text in model.texts.items() if model.group != DEFAULT and text})
            if model.group != DEFAULT:
                draft.texts.update({key: model.shown_text(key) for key in RETRY_KEYS})
            draft.provider = model.provider
        return draft

    def insist_on_free(self, name: str) -> None:
        """Raise SetupError for a name that no new group can have."""
        insist_on_free(self.current.config, name)
        if f"{DEFAULT}.{name}" in self._by_group:
            raise name_taken(name)

    def rename(self, draft: Draft, name: str) -> None:
        """Call a group that is not in the file yet by another name. Raises SetupError for a bad one."""
        self.insist_on_free(name)
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
