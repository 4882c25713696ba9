"""A choice of a few words in one row: left and right, or space, change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.base.translation import _
from tui.widgets.tone import line


class Choice(Widget, can_focus=True):
    """One of several values. The empty value is shown as `empty`, faint: it means "not set"."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", _("Previous"), show=False),
        Binding("right,space", "turn(1)", _("Next"), show=False),
    ]

    @dataclass
    class Chosen(Message):
        """Another value was chosen."""

        choice: "Choice"
        value: str

        @property
        def control(self) -> "Choice":
            """The sender."""
            return self.choice

    def __init__(
        self,
        values: Sequence[str],
        value: str,
        *,
        id: str,  # noqa: A002
        empty: str = "",
        names: Sequence[str] = (),
    ) -> None:
        super().__init__(id=id)
        self._values = [*values] if value in values else [*values, value]
        self._names = dict(zip(values, names, strict=False))
        self._empty = empty or _("not set")
        self.value = value

    def name_of(self, value: str) -> str:
        """What a value is called."""
        return self._names.get(value, value) or self._empty

    @property
    def others(self) -> list[str]:
        """What the values are called that are not chosen."""
        return [self.name_of(value) for value in self._values if value != self.value]

    def choose(self, value: str) -> None:
        """Show another value; one that is not among the values is added."""
        if value not in self._values:
            self._values.append(value)
        if value != self.value:
            self.value = value
            self.refresh()
            self.post_message(self.Chosen(self, value))

    def action_turn(self, by: int) -> None:
        """The next or previous value, round and round."""
        self.choose(self._values[(self._values.index(self.value) + by) % len(self._values)])

    def on_click(self, event: events.Click) -> None:
        """The next value."""
        event.stop()
        self.action_turn(1)

    def render(self) -> Content:
        """`‹value›` when focused, the value alone otherwise."""
        shown = (self.name_of(self.value), "plain" if self.value else "muted")
        return line(("‹", "press"), shown, ("›", "press")) if self.has_focus else line((" ", "plain"), shown)
