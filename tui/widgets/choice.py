"""A choice of a few words in one row, one of them shown or all side by side: left and right, or space, change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from tui.base.translation import _
from tui.widgets.tone import Piece, line


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


class Segments(Choice):
    """`Docker   Command line   From source`, the chosen one on a ground of its own. Left, right and space change it.

    Where they have no room side by side it looks like any other choice. It has the width that it is given.
    """

    DEFAULT_CLASSES = "segments"

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """What all of them need."""
        return self._needed

    @property
    def _needed(self) -> int:
        return sum(cell_len(name) + 2 for name in self._shown) + max(len(self._shown) - 1, 0)

    @property
    def _shown(self) -> list[str]:
        return [self.name_of(value) for value in self._values]

    def render(self) -> Content:
        """All of them, or the chosen one."""
        if self._needed > self.size.width:
            return super().render()
        pieces: list[Piece] = []
        for value in self._values:
            tone = "muted" if value != self.value else "badge-here" if self.has_focus else "badge"
            pieces += [(f" {self.name_of(value)} ", tone), (" ", "plain")]
        shown = line(*pieces[:-1])
        if not self.app.no_color or self.has_focus:
            return shown
        start = sum(cell_len(name) + 3 for name in self._shown[: self._values.index(self.value)])
        return shown.stylize("underline", start, start + cell_len(self.name_of(self.value)) + 2)

    def on_click(self, event: events.Click) -> None:
        """The one that is clicked."""
        if self._needed > self.size.width:
            super().on_click(event)
            return
        event.stop()
        event.prevent_default()
        start = 0
        for value, name in zip(self._values, self._shown, strict=True):
            if start <= event.x < start + cell_len(name) + 2:
                self.choose(value)
            start += cell_len(name) + 3
