"""One setting in one row: label, input, unit, TOML name and a few words."""

from dataclasses import dataclass
from dataclasses import field as dataclass_field

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from tui.base.cells import filled
from tui.base.translation import _
from tui.openhands.field import NO, YES, Field, Kind
from tui.openhands.targets.further import CONFIDENTIAL
from tui.widgets.choice import Choice
from tui.widgets.row import LABEL, Row
from tui.widgets.text_input import KeyInput, PasswordInput, TextInput
from tui.widgets.tone import Piece, apart, fitting, left, lines

UNIT = 4
NAME = 19
"""Cells of the TOML name."""
NARROW = 20
"""Cells of an input that leaves room for unit and name."""


def _seconds() -> str:
    """As a person writes them behind a number."""
    return _("{number} s").format(number="").strip()


class FieldRow(Row):
    """A label and an input that writes through."""

    @dataclass
    class Edited(Message):
        """The text of a field changed."""

        field: Field
        text: str = dataclass_field(repr=False)
        """It may be a key: no log or traceback shows it."""

    def __init__(self, field: Field, text: str, *, words: str = "", placeholder: str = "", cells: int = 10) -> None:
        self.field = field
        self._text = text
        self._words = words
        self._placeholder = placeholder
        self._tone = "muted"
        self._height = 1
        self._name_cells = max(NAME, len(field.key) + 1)
        super().__init__(field.label, self._control(), cells=cells, id=f"row-{field.key}")

    def _control(self) -> Widget:
        match self.field.kind:
            case Kind.SECRET:
                return KeyInput(self._text, placeholder=self._placeholder, id=self.field.key)
            case Kind.SWITCH:
                return Choice(["", YES, NO], self._text, id=self.field.key, empty=self._placeholder)
            case Kind.CHOICE:
                return Choice(["", *self.field.choices], self._text, id=self.field.key, empty=self._placeholder)
            case Kind.OBJECT if self.field.key in CONFIDENTIAL:
                return PasswordInput(self._text, placeholder=self._placeholder, id=self.field.key)
            case _:
                control = TextInput(self._text, placeholder=self._placeholder, id=self.field.key)
                control.refuses = self._is_key
                return control

    def _is_key(self, text: str) -> bool:
        from tui.base.key_shapes import looks_like_key
        from tui.openhands.misplaced_keys import is_misplaced_key  # a paste is rare

        return looks_like_key(text) or (self.field.kind is not Kind.OBJECT and is_misplaced_key(self.field, text))

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
            self._fit()
            self.refresh()

    def on_resize(self) -> None:
        """Words wrap elsewhere."""
        self._fit()

    def _fit(self) -> None:
        """As many lines as the words need that have to stand there whole."""
        height = 1 + len(self._lines_below())
        if height != self._height:
            self._height = self.styles.height = height

    def _lines_below(self) -> list[str]:
        """The words, where they have no room at the end of the row; those that only explain are cut there instead."""
        room = self.room - (UNIT if 0 < self._cells <= NARROW else 0)
        if self._tone == "muted" or cell_len(self._words) <= room or not self.size.width:
            return []
        return filled(self._words, max(self.size.width - LABEL - 2, 10))

    def render(self) -> Content:
        """What stands around the input."""
        shows_name = self.field.kind is not Kind.SECRET and 0 < self._cells <= NARROW and self._tone == "muted"
        below = self._lines_below()
        behind: list[Piece] = [
            (
                left(_seconds() if self.field.unit == "s" else self.field.unit, UNIT)
                if 0 < self._cells <= NARROW
                else "",
                "muted",
            ),
            (left(self.field.key, self._name_cells) if shows_name else "", "key"),
            ("" if below else self._words, self._tone),
        ]
        row = [*self._head(), *fitting(behind, self.room)]
        return lines([row, *([(" " * (2 + LABEL) + text, self._tone)] for text in below)])

    @on(Input.Changed)
    def _take_text(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Edited(self.field, event.value))

    @on(Choice.Chosen)
    def _take_choice(self, event: Choice.Chosen) -> None:
        event.stop()
        self.post_message(self.Edited(self.field, event.value))


CELLS = 9


class RetryRow(FieldRow):
    """Label, number, unit, swatch, TOML name; what the number means at the right edge."""

    def __init__(self, field: Field, text: str, *, placeholder: str, swatch: str = "") -> None:
        """`swatch` is the tone of its bars; "" for none."""
        self._swatch = swatch
        super().__init__(field, text, placeholder=placeholder, cells=CELLS)

    def render(self) -> Content:
        """What stands around the input."""
        below = self._lines_below()
        seconds = _seconds()
        cells = cell_len(seconds) + 1
        unit: list[Piece] = [
            (left(seconds if self.field.unit == "s" else self.field.unit, cells), "muted"),
            ("■ " if self._swatch else "  ", self._swatch or "muted"),
        ]
        if self._tone == "muted":
            fits = self.room >= cells + 2 + len(self.field.key) + 2 + cell_len(self._words)
            row = apart([*unit, (self.field.key if fits else "", "key")], [(self._words, "muted")], self.room)
        else:
            row = apart([*unit, ("" if below else self._words, self._tone)], (), self.room)
        return lines([[*self._head(), *row], *([(" " * (1 + LABEL) + text, self._tone)] for text in below)])
