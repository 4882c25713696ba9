"""One setting in a row of a table: its own value bold and marked, a default muted, its TOML name at the right edge."""

from typing import Final

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.widgets import Input

from tui.base.translation import _
from tui.openhands.field import NO, YES, Field, Kind
from tui.widgets.choice import Choice
from tui.widgets.field_row import FieldRow
from tui.widgets.row import LABEL
from tui.widgets.tone import MARGIN, Piece, apart, left, lines

OWN: Final = "●"
UNITS: Final = {"tok": _("tokens"), "s": _("seconds"), "$": _("$ per token")}


class OptionRow(FieldRow):
    """Only the row with the focus is tinted; a choice spreads there what else there is to choose."""

    def on_mount(self) -> None:
        """A value of one's own is bold."""
        self._was_own = self.is_own
        self._controls[0].set_class(self.is_own, "-own")

    @property
    def is_own(self) -> bool:
        """Whether it holds a value, and not OpenHands' own."""
        control = self._controls[0]
        return isinstance(control, Input | Choice) and bool(control.value.strip())

    @property
    def room(self) -> int:
        """Its right edge is that of the row: the margin is outside of it."""
        return super().room + len(MARGIN)

    def render(self) -> Content:
        """What stands around the input."""
        here, below = self.has_focus_within, self._lines_below()
        head: list[Piece] = [
            (MARGIN if here else " ", "here"),
            (left(self._label, LABEL - len(OWN)), "strong" if here or self.is_own else "plain"),
            (OWN if self.is_own else " " * len(OWN), "own"),
            (" " * (self.covered + 1), "plain"),
        ]
        row = [*head, *self._behind_it(said=bool(self._words) and self._tone != "muted" and not below)]
        return lines([row, *([(" " * (2 + LABEL) + text, self._tone)] for text in below)])

    def _behind_it(self, *, said: bool) -> list[Piece]:
        """What is wrong with it, or what else there is to choose, or its unit; and its name where that has room."""
        here, control = self.has_focus_within, self._controls[0]
        tone, ways = "muted", [unit(self.field)]
        if said:
            tone, ways = self._tone, [self._words]
        elif here and isinstance(control, Choice):
            ways = self._others(control)
        name: Piece = (self.field.key, "key" if self.is_own else "muted" if here else "faint")
        room = self.room - 2 - cell_len(name[0])
        words = next((words for words in ways if cell_len(words) <= room), ways[-1])
        return apart([(words, tone)], [name] if cell_len(words) <= room else [], self.room)

    def _others(self, control: Choice) -> list[str]:
        """What else there is to choose, in two ways, the longer first: of a switch, whose default may be either, that
        it would hold for ever.
        """
        short = "   ".join(control.others)
        if self.field.kind is not Kind.SWITCH:
            return [short]
        values = [each for each in control.others if each in (YES, NO)]
        rest = [each for each in control.others if each not in (YES, NO)]
        return ["   ".join([_("always {value}").format(value="/".join(values)), *rest]), short]

    @on(Input.Changed)
    @on(Choice.Chosen)
    def _mark(self) -> None:
        """It is one's own value now, or no longer. A letter more in it changes nothing around it."""
        if isinstance(self._controls[0], Choice) or self.is_own != self._was_own:
            self._was_own = self.is_own
            self._controls[0].set_class(self.is_own, "-own")
            self.refresh()

    _was_own = False


def unit(field: Field) -> str:
    """The word for it."""
    return _("characters") if field.key.endswith("_chars") else UNITS.get(field.unit, field.unit)
