"""Opening, adding, copying, renaming and removing groups of settings."""

from typing import TYPE_CHECKING

from tui.base.errors import SetupError
from tui.base.translation import _
from tui.config_file.document import ConfigText
from tui.openhands.groups import DEFAULT, header, table_path
from tui.openhands.targets.target import TOML
from tui.screens.messages import Move
from tui.widgets.steps import Step

if TYPE_CHECKING:
    from tui.screens.desk import Desk
    from tui.widgets.tone import Piece
    from tui.wizard.host import Host


class Groups:
    """A new group is in the file once it is saved; renaming and removing happen at once."""

    def __init__(self, desk: "Desk", host: "Host") -> None:
        self._desk = desk
        self._host = host

    async def change(self, what: str, group: str) -> None:
        """Do what Overview asks for: open, add, copy, rename or remove."""
        if self._desk.draft.config.kind != TOML and what != "open":
            words = _("Only config.toml has groups. A profile is made by: llm-setup group add --for server NAME")
            self._host.notify(words, severity="warning")
            return
        match what:
            case "open":
                self.open(group)
            case "add":
                await self.add()
            case "copy":
                await self.copy(group)
            case "rename":
                await self.rename(group)
            case "remove":
                await self.remove(group)

    def open(self, group: str) -> None:
        """Go on with another group."""
        self._desk.drafts.open(group)
        self._host.show(Step.OVERVIEW)

    async def add(self) -> None:
        """Begin one with nothing of its own."""
        words = _("It has what [llm] has, until you change it. Esc cancels.")
        self._begin(await self._ask_for_name(_("New group"), words), None)

    async def copy(self, group: str) -> None:
        """Begin one with the settings of another."""
        title = _("Copy of {group}").format(group=header(group))
        words = _("It begins with the same settings, but for the key. Esc cancels.")
        self._begin(await self._ask_for_name(title, words), group)

    async def rename(self, group: str) -> None:
        """Call it otherwise, in the file at once; what still names it is said."""
        name = table_path(group)[-1]
        title = _("New name for {group}").format(group=header(group))
        words = _("Enter writes it to the file at once. Esc cancels.")
        if self._is_new(name):
            words = _("It is not in the file yet. Esc cancels.")
        new = await self._ask_for_name(title, words, name)
        if new and new != name:
            self._change(name, new)

    async def remove(self, group: str) -> None:
        """Take it out of the file at once, after a yes."""
        from tui.screens.dialogs import ChoiceDialog

        name = table_path(group)[-1]
        words = _("It goes from the file now, with all that stands in it.")
        if self._is_new(name):
            words = _("It is not in the file yet; what you set in it is forgotten.")
        rows: list[list[Piece]] = [[(words, "plain")]]
        title = _("Remove {group}?").format(group=header(group))
        if await self._host.ask(ChoiceDialog(title, rows, no=_("Keep it"), yes=_("Remove it"))):
            self._change(name, None)

    async def _ask_for_name(self, title: str, words: str, name: str = "") -> str | None:
        from tui.screens.dialogs import NameDialog

        return await self._host.ask(NameDialog(title, words, self._desk.drafts.require_free, name))

    def _begin(self, name: str | None, like: str | None) -> None:
        if name:
            self._desk.drafts.add(name, like=like)
            self._host.go(Move(Step.PROVIDER))

    def _is_new(self, name: str) -> bool:
        return name not in self._desk.draft.config.groups()

    def _change(self, name: str, new: str | None) -> None:
        """Rename a group, or remove it."""
        try:
            if self._is_new(name):
                self._change_new(f"{DEFAULT}.{name}", new)
            else:
                self._change_file(name, new)
        except SetupError as error:
            self._host.notify(str(error), severity="error")

    def _change_new(self, group: str, new: str | None) -> None:
        draft = self._desk.drafts.open(group)
        if new:
            self._desk.drafts.rename(draft, new)
        else:
            self._desk.drafts.forget(group)
        self._host.show(Step.OVERVIEW)

    def _change_file(self, name: str, new: str | None) -> None:
        from tui.saving.file_update import update
        from tui.saving.group_edits import references, with_name, without_group

        def change(_first: ConfigText, present: ConfigText) -> str:
            return with_name(present, name, new) if new else without_group(present, name)

        path = self._desk.draft.config.path
        done = update(path, change)
        self._desk.drafts.forget(f"{DEFAULT}.{name}")
        self._desk.drafts.rebase(self._desk.draft.config.reread())
        self.open(f"{DEFAULT}.{new}" if new else DEFAULT)
        for sentence in references(done.after, name):
            self._host.notify(sentence, severity="warning")
