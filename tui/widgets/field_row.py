"""One setting in one row: label, input, unit, TOML name and a few words."""

from dataclasses import dataclass
from dataclasses import field as dataclass_field

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from tui.settings.field import NO, YES, Field, Kind
from tui.widgets.choice import Choice
from tui.widgets.text_input import KeyInput, TextInput
from tui.widgets.tone import left, line

LABEL = 18
"""Cells of the label, the gap before the input included."""


NAME = 19
"""Cells of the TOML name."""


class FieldRow(Widget):
    """A label and an input that writes through. The row paints all text itself: two widgets a row, not six."""

    @dataclass
    class Edited(Message):
        """The text of a field changed."""

        field: Field
        text: str = dataclass_field(repr=False)
        """It may be a key: no log or traceback shows it."""

    def __init__(self, field: Field, text: str, *, words: str = "", placeholder: str = "", cells: int = 10) -> None:
        super().__init__(id=f"row-{field.key}")
        self.field = field
        self._text = text
        self._words = words
        self._placeholder = placeholder
        self._cells = cells
        self._tone = "muted"
        self._name_cells = max(NAME, len(field.key) + 1)

    def compose(self) -> ComposeResult:
        """The input, behind the label."""
        control = self._control()
        control.styles.width = self._cells
        yield control

    def _control(self) -> Widget:
        match self.field.kind:
            case Kind.SECRET:
                return KeyInput(self._text, placeholder=self._placeholder, id=self.field.key)
            case Kind.SWITCH:
                return Choice(["", YES, NO], self._text, id=self.field.key, empty=self._placeholder)
            case Kind.CHOICE:
                return Choice(["", *self.field.choices], self._text, id=self.field.key, empty=self._placeholder)
            case _:
                control = TextInput(self._text, placeholder=self._placeholder, id=self.field.key)
                control.refuses = self._is_key
                return control

    def _is_key(self, text: str) -> bool:
        from tui.base.key_shapes import looks_like_key
        from tui.settings.misplaced import is_misplaced_key  # a paste is rare

        return looks_like_key(text) or is_misplaced_key(self.field, text)

    @property
    def control(self) -> Widget:
        """The input itself."""
        return self.query_one(f"#{self.field.key}")

    def set_text(self, text: str) -> None:
        """Put another text into the input, as if typed."""
        control = self.control
        if isinstance(control, Input):
            control.value = text
        elif isinstance(control, Choice):
            control.choose(text)

    def say(self, words: str, tone: str = "muted") -> None:
        """The words at the end of the row; what is not merely explained takes the place of the TOML name."""
        if (words, tone) != (self._words, self._tone):
            self._words, self._tone = words, tone
            self.refresh()

    def render(self) -> Content:
        """What stands around the input."""
        name = (
            ""
            if self.field.kind is Kind.SECRET or self._cells > 20 or self._tone != "muted"
            else left(self.field.key, self._name_cells)
        )
        gap = " " * (self._cells + 1)
        return line(
            (left(self.field.label, LABEL), "strong" if self.has_focus_within else "plain"), (gap, "plain"),
            (left(self.field.unit, 4) if self._cells <= 20 else "", "muted"), (name, "key"),
            (self._words, self._tone),
        )  # fmt: skip

    def on_descendant_focus(self) -> None:
        """The label of the focused row is bold."""
        self.refresh()

    def on_descendant_blur(self) -> None:
        """And no longer."""
        self.refresh()

    @on(Input.Changed)
    def _take_text(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Edited(self.field, event.value))

    @on(Choice.Chosen)
    def _take_choice(self, event: Choice.Chosen) -> None:
        event.stop()
        self.post_message(self.Edited(self.field, event.value))
