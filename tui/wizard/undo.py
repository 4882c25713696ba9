"""Putting the file back as it was before the last save."""

from typing import TYPE_CHECKING

from tui.base.errors import SetupError
from tui.base.translation import _, many
from tui.widgets.steps import Step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui.config_file.document import ConfigText
    from tui.screens.desk import Desk
    from tui.widgets.tone import Piece
    from tui.wizard.host import Host


class Undo:
    """From the palette; what was typed and not saved stays."""

    def __init__(self, desk: "Desk", host: "Host") -> None:
        self._desk = desk
        self._host = host

    async def undo(self) -> None:
        """Say how much changes back, and do it after a yes."""
        from tui.config_file.undo import before_last_save, restore
        from tui.saving.file_update import holds_key

        path = self._desk.draft.config.path
        try:
            if not await self._may_restore(before_last_save(path)):
                return
            restore(path, parse=self._parse, private=holds_key)
            _forget(self._desk.draft.config.kind, path)
            left = [*self._restore_others()]
            self._desk.drafts.rebase(self._desk.draft.config.reread())
        except SetupError as error:
            self._host.notify(str(error), severity="warning")
        else:
            self._begin_again()
            for reason in left:
                self._host.notify(_("Not put back: {reason}").format(reason=reason), severity="warning")

    def _restore_others(self) -> "Iterator[str]":
        """Put back what was saved along; gives why one stays as it is. The draft's file is put back already."""
        from tui.config_file.undo import restore
        from tui.saving.file_update import holds_key

        for each in self._desk.saved_along:
            try:
                restore(each.update.before.path, parse=each.target.parse, private=holds_key)
                _forget(each.target.name, each.update.before.path)
            except SetupError as error:
                yield error.message

    def _parse(self, path: "Path", text: str, *, exists: bool) -> "ConfigText":  # noqa: ARG002 - it is the draft's
        return self._desk.draft.config.revised(text, exists=exists)

    async def _may_restore(self, earlier: str | None) -> bool:
        from tui.config_file.diff import counts, diff
        from tui.screens.dialogs import ChoiceDialog

        words = _("There was no file before it: the file is removed.")
        if earlier is not None:
            count = counts(diff(self._desk.draft.config.text, earlier))[0]
            words = many("{count} line changes back.", "{count} lines change back.", count)
        kept = _("What you changed here and did not save stays. What is undone is kept in the folder of backups.")
        rows: list[list[Piece]] = [[(words, "plain")], [(kept, "muted")]]
        dialog = ChoiceDialog(_("Undo the last save?"), rows, no=_("Leave the file"), yes=_("Put it back"))
        return await self._host.ask(dialog) or False

    def _begin_again(self) -> None:
        desk = self._desk
        desk.last_save, desk.saved_groups, desk.saved_along = None, [], ()
        config = desk.draft.config
        desk.journey.first_run = not config.has("llm")
        self._host.show(Step.PROVIDER if desk.journey.first_run else Step.OVERVIEW)
        words = _("The file is as it was before the last save. A key that was moved out of it stays out.")
        self._host.notify(words if config.exists else _("The file was removed: it did not exist before the last save."))


def _forget(program: str, path: "Path") -> None:
    """What was written last to the CLI's file is not what it shall say."""
    from tui.openhands.targets.target import CLI
    from tui.saving.target_update import forget

    if program == CLI:
        forget(path)
