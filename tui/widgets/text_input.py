"""One-line inputs: plain, and for keys."""

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.actions import SkipAction
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from tui.base.errors import SetupError
from tui.base.foreign import clean, visible
from tui.terminal.keyboard import UnmarkedPaste
from tui.widgets.tone import left

if TYPE_CHECKING:
    from collections.abc import Callable


class CleanInput(Input):
    """An input in which foreign text keeps each of its characters, and none reaches the terminal that would obey it."""

    @property
    def _value(self) -> Text:
        """What is shown of the value; Textual's own is its very characters."""
        if self.password or self.value.isprintable():
            return super()._value
        return Text(visible(self.value), no_wrap=True, overflow="ignore", end="")

    def render_line(self, y: int) -> Strip:
        """A placeholder without room ends in an ellipsis; Textual's own breaks it at a word, and shows one line."""
        whole, room = self.placeholder, self.scrollable_content_region.width
        if self.value or not room or cell_len(whole) <= room:
            return super().render_line(y)
        self.set_reactive(Input.placeholder, left(whole, room))
        try:
            return super().render_line(y)
        finally:
            self.set_reactive(Input.placeholder, whole)

    def _position_to_cell(self, position: int) -> int:
        """Where a character of the value is shown."""
        return cell_len(visible(self.value[:position]))


class TextInput(CleanInput):
    """A compact input. Its cursor does not blink: blinking sends bytes over an idle line."""

    @dataclass
    class KeyPasted(Message):
        """A key was pasted into a field that would show it; it was not taken."""

        text: str = field(repr=False)

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None, classes: str = "") -> None:  # noqa: A002
        super().__init__(value, placeholder=placeholder, compact=True, id=id, classes=classes)
        self.cursor_blink = False
        self.refuses: Callable[[str], bool] = _looks_like_key
        """Whether a text that is pasted is a key, which would be readable here."""
        self._selects = False
        """Whether the user selected something, and not the focus."""

    def on_focus(self) -> None:
        """Input selects all of it now, so that the next letter replaces it; that is no selection to be copied."""
        self._selects = False

    def on_key(self, event: events.Key) -> None:
        """With shift, the user selects."""
        self._selects = self._selects or "shift+" in event.key

    def on_mouse_down(self) -> None:
        """With the mouse as well."""
        self._selects = True

    def action_copy(self) -> None:
        """Ctrl+C: with nothing to copy it is what it is on the page, and else in the program."""
        if not (self._selects and self.selected_text):
            raise SkipAction
        super().action_copy()
        from tui.handover.clipboard import copied_words  # few copy what they typed

        self.notify(copied_words(os.environ))

    def _on_paste(self, event: events.Paste) -> None:
        """Input's own handler runs as well, unless this one says no."""
        if self.refuses(event.text) or _halves(event.text):
            event.stop()
            event.prevent_default()
            self.post_message(self.KeyPasted(event.text))
        elif not event.text.isprintable():  # colours of a terminal's output, or worse
            lines = event.text.splitlines()
            event.text = "\n".join(clean(line, limit=len(line) + 1, keep_spaces=True) for line in lines)


class PasswordInput(CleanInput):
    """An input for what nobody may see: bullets only, and nothing to copy."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(value, placeholder=placeholder, password=True, compact=True, id=id)
        self.cursor_blink = False

    def action_copy(self) -> None:
        """Never: a copied key would go to the terminal's clipboard in the clear. Ctrl+C is what it is on the page."""
        raise SkipAction

    def action_cut(self) -> None:
        """Never, for the same reason."""


class KeyInput(PasswordInput):
    """An input for a key: a pasted one comes in whole and clean, and of a typed one the clean form counts."""

    @dataclass
    class PairPasted(Message):
        """Both halves of an AWS key were pasted at once into the field of one; by setting."""

        halves: dict[str, str] = field(repr=False)

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(value, placeholder=placeholder, id=id)
        self.remark = ""
        """What was left out of what was pasted or typed, in a sentence."""
        self.refused: SetupError | None = None
        """Why what was pasted or typed is no key."""
        self._understood = value, value

    def key(self) -> str:
        """The key in what stands there; "" where there is none."""
        if self.value != self._understood[0]:
            self.refused, self.remark, key = None, "", ""
            try:
                key, self.remark = _cleaned(self.value) if self.value else ("", "")
            except SetupError as error:
                self.refused = error
            self._understood = self.value, key
        return self._understood[1]

    def take(self, text: str) -> None:
        """Take a paste whole, where Input takes its first line; one that is no key changes nothing but `refused`."""
        halves = _halves(text)
        if self.id in halves:
            self.post_message(self.PairPasted(halves))
            return
        try:
            key, remark = _cleaned(text)
        except SetupError as error:
            self.refused, self.remark = error, ""
            self.post_message(Input.Changed(self, self.value))
            return
        self._understood = key, key
        self.refused, self.remark = None, remark
        if key == self.value:
            self.post_message(Input.Changed(self, key))
        self.value = key
        self.cursor_position = len(key)

    def _on_paste(self, event: events.Paste) -> None:
        if isinstance(event, UnmarkedPaste):  # typed, or a part of a paste without marks: it goes behind what is there
            return
        event.stop()
        event.prevent_default()
        self.take(event.text)


def _looks_like_key(text: str) -> bool:
    from tui.base.key_shapes import looks_like_key  # a paste is rare

    return looks_like_key(text)


def _cleaned(text: str) -> tuple[str, str]:
    from tui.credentials.pasted_key import clean_key  # its patterns are compiled when the first key comes

    return clean_key(text)


def _halves(text: str) -> dict[str, str]:
    from tui.credentials.pasted_key import halves_in

    return halves_in(text)
