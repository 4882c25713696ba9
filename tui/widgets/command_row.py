"""A command whose output is a key, in one row."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from tui.widgets.field_row import LABEL
from tui.widgets.text_input import TextInput
from tui.widgets.tone import left, line


class CommandRow(Widget):
    """A label and an input; `key` is the secret field that the command gives."""

    @dataclass
    class Edited(Message):
        """Another command was typed."""

        key: str
        text: str

    def __init__(self, key: str, label: str, text: str, *, placeholder: str, cells: int) -> None:
        super().__init__()
        self.key = key
        self._label = label
        self._text = text
        self._placeholder = placeholder
        self._cells = cells

    def compose(self) -> ComposeResult:
        """The input, behind the label."""
        control = TextInput(self._text, placeholder=self._placeholder, id=f"command-{self.key}")
        control.styles.width = self._cells
        yield control

    @property
    def control(self) -> TextInput:
        """The input itself."""
        return self.query_one(TextInput)

    def set_text(self, text: str) -> None:
        """Show the command of another address, say."""
        if self.control.value != text:
            self.control.value = text

    def render(self) -> Content:
        """The label."""
        return line((left(self._label, LABEL), "strong" if self.has_focus_within else "plain"))

    def on_descendant_focus(self) -> None:
        """The label of the focused row is bold."""
        self.refresh()

    def on_descendant_blur(self) -> None:
        """And no longer."""
        self.refresh()

    @on(Input.Changed)
    def _take_text(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Edited(self.key, event.value))
