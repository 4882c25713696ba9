"""Opening, adding, copying, renaming and removing groups of settings."""

from typing import TYPE_CHECKING

from tui.base.errors import SetupError
from tui.base.translation import _
from tui.config_file.document import ConfigText, read_config
from tui.openhands.groups import DEFAULT, header, path_of
from tui.screens.messages import GroupRequested, Move
from tui.widgets.steps import Step
from tui.wizard.save import SavingApp

if TYPE_CHECKING:
    from tui.widgets.tone import Piece


class GroupingApp(SavingApp):
    """A new group is in the file once it is saved; renaming and removing happen at once."""

    def on_group_requested(self, event: GroupRequested) -> None:
        """Open a group at once; the rest needs a name or a yes first."""
        from tui.screens.dialogs import NameDialog

        match event.what:
            case "open":
                self._show_group(event.group)
            case "add":
                words = _("It has what [llm] has, until you change it. Esc cancels.")
                dialog = NameDialog(_("New group"), words, self.desk.drafts.require_free)
                self.push_screen(dialog, lambda name: self._begin_group(name, None))
            case "copy":
                title = _("Copy of {group}").format(group=header(event.group))
                words = _("It begins with the same settings, but for the key. Esc cancels.")
                dialog = NameDialog(title, words, self.desk.drafts.require_free)
                self.push_screen(dialog, lambda name: self._begin_group(name, event.group))
            case "rename":
                self._ask_for_name(path_of(event.group)[-1])
            case "remove":
                self._ask_to_remove(path_of(event.group)[-1])

    def _begin_group(self, name: str | None, like: str | None) -> None:
        if name:
            self.desk.drafts.add(name, like=like)
            self.on_move(Move(Step.PROVIDER))

    def _ask_for_name(self, name: str) -> None:
        from tui.screens.dialogs import NameDialog

        title = _("New name for {group}").format(group=header(f"{DEFAULT}.{name}"))
        words = _("Enter writes it to the file at once. Esc cancels.")
        if self._is_new(name):
            words = _("It is not in the file yet. Esc cancels.")
        dialog = NameDialog(title, words, self.desk.drafts.require_free, name)
        self.push_screen(dialog, lambda new: self._change_groups(name, new))

    def _is_new(self, name: str) -> bool:
        return name not in self.draft.config.groups()

    def _ask_to_remove(self, name: str) -> None:
        from tui.screens.dialogs import ChoiceDialog

        title = _("Remove {group}?").format(group=header(f"{DEFAULT}.{name}"))
        words = _("It goes from the file now, with all that stands in it.")
        if self._is_new(name):
            words = _("It is not in the file yet; what you set in it is forgotten.")
        rows: list[list[Piece]] = [[(words, "plain")]]
        dialog = ChoiceDialog(title, rows, no=_("Keep it"), yes=_("Remove it"))
        self.push_screen(dialog, lambda yes: self._change_groups(name, None) if yes else None)

    def _change_groups(self, name: str, new: str | None) -> None:
        """Rename a group at once, or remove it; what still names it is said."""
        if new in {"", name}:
            return
        if self._is_new(name):
            self._change_new_group(name, new)
            return
        from tui.saving.file_update import update
        from tui.saving.group_edits import references, with_name, without_group

        def change(_first: ConfigText, present: ConfigText) -> str:
            return with_name(present, name, new) if new else without_group(present, name)

        try:
            done = update(self.draft.config.path, change)
        except SetupError as error:
            self.report(error)
            return
        self.desk.drafts.forget(f"{DEFAULT}.{name}")
        self.desk.drafts.rebase(read_config(self.draft.config.path))
        self._show_group(f"{DEFAULT}.{new}" if new else DEFAULT)
        for sentence in references(done.after, name):
            self.notify(sentence, severity="warning", markup=False)

    def _change_new_group(self, name: str, new: str | None) -> None:
        draft = self.desk.drafts.open(f"{DEFAULT}.{name}")
        if new:
            self.desk.drafts.rename(draft, new)
        else:
            self.desk.drafts.forget(draft.group)
        self.show(Step.OVERVIEW)

    def _show_group(self, group: str) -> None:
        self.desk.drafts.open(group)
        self.show(Step.OVERVIEW)
