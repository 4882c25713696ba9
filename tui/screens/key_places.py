"""The part of the Key step that says where a key is kept."""

from dataclasses import dataclass
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from tui.base.translation import _
from tui.catalog.providers import Provider
from tui.credentials.environment_keys import found_in
from tui.credentials.keyring_state import KeyringStatus
from tui.credentials.private_file import key_file_path
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.drafts.key_place import preselected
from tui.openhands.fields import BY_KEY
from tui.screens import key_words
from tui.widgets.choice_list import PlaceRow, Places
from tui.widgets.headings import Section
from tui.widgets.remark import Remark
from tui.widgets.row import Row
from tui.widgets.text_input import TextInput

# -- a command whose output is a key, in one row


class CommandRow(Row):
    """A label and an input; `key` is the secret field that the command gives."""

    @dataclass
    class Edited(Message):
        """Another command was typed."""

        key: str
        text: str

    def __init__(self, key: str, label: str, text: str, *, placeholder: str, cells: int) -> None:
        super().__init__(label, TextInput(text, placeholder=placeholder, id=f"command-{key}"), cells=cells)
        self.key = key

    @property
    def control(self) -> TextInput:
        """The input itself."""
        return self.query_one(TextInput)

    def set_text(self, text: str) -> None:
        """Show the command of another address, say."""
        if self.control.value != text:
            self.control.value = text

    @on(Input.Changed)
    def _take_text(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Edited(self.key, event.value))


class KeyPlaces(Vertical):
    """The places, the safest first, and the command where that is the place. Writes the choice to the draft."""

    class Changed(Message):
        """Another place was chosen, or another command typed."""

    def __init__(self, draft: Draft, provider: Provider) -> None:
        super().__init__(id="keeping", classes="grid row")
        self._draft = draft
        self._provider = provider
        self._asked: Path | None = None

    def compose(self) -> ComposeResult:
        """A title, the places, a command for each secret."""
        yield Section(_("Keep it in"), id="keep")
        yield Places(id="places")
        yield Remark(id="committed")
        several = len(self._draft.secret_keys()) > 1
        for key in self._draft.secret_keys():
            label = BY_KEY[key].label if several else _("Command")
            yield CommandRow(
                key, label, self._draft.command(key), placeholder=f"pass show {self._provider.id}", cells=0
            )

    @property
    def places(self) -> Places:
        """The list itself."""
        return self.query_one(Places)

    def show(self, look: KeyringStatus | None) -> None:
        """Show what is possible now; `look` is None while the keyring is looked at."""
        chosen = preselected(self._draft, look)
        self._draft.store = chosen
        self.places.show(self._rows(look), chosen.value if chosen else "")
        self._show_rest()

    def _ask_git(self) -> None:
        """Whether the chosen file would be committed with the key in it; once for each file."""
        files = {Store.FILE: key_file_path(self._draft.credential()), Store.CONFIG: self._draft.config.path}
        path = files.get(self._draft.store) if self._draft.store else None
        if path != self._asked:
            self._asked = path
            self.query_one("#committed", Remark).say("")
            if path:
                self._warn(path)

    @work(group="git", exclusive=True, exit_on_error=False, description="ask git")
    async def _warn(self, path: Path) -> None:
        from tui.credentials.work_tree import committed  # few choose readable text

        self.query_one("#committed", Remark).say(await committed(path))

    def ask_for_command(self) -> None:
        """The first command that is not typed yet."""
        rows = self.query(CommandRow)
        next((row for row in rows if not self._draft.command(row.key).strip()), rows.first()).control.focus()

    def _rows(self, look: KeyringStatus | None) -> list[PlaceRow]:
        draft = self._draft
        found = found_in(draft.environ, self._provider.key_variable)
        if found and not draft.variable:
            draft.variable = found[0].name
        return key_words.place_rows(draft, look, found[0] if found else None)

    @on(Places.Chosen)
    def _choose(self, event: Places.Chosen) -> None:
        event.stop()
        self._draft.store = Store(event.value)
        self._show_rest()
        self.post_message(self.Changed())

    @on(Places.Undecided)
    def _ask_to_choose(self, event: Places.Undecided) -> None:
        event.stop()
        self._show_title()

    @on(CommandRow.Edited)
    def _edit(self, event: CommandRow.Edited) -> None:
        event.stop()
        self._draft.commands[self._draft.credential(event.key)] = event.text
        self.post_message(self.Changed())

    def _show_rest(self) -> None:
        self._ask_git()
        for row in self.query(CommandRow):
            row.display = self._draft.store is Store.COMMAND
            row.set_text(self._draft.command(row.key))
        self._show_title()

    def _show_title(self) -> None:
        asks = self.places.has_focus and self._draft.store is None
        words = _("choose with ↑ ↓: readable text is never taken by itself") if asks else _("↑ ↓ chooses")
        self.query_one("#keep", Section).say(_("Keep it in"), (words, "look-out" if asks else "faint"))
