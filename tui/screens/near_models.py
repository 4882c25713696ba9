"""The models whose names are near the one that the provider does not have: Enter takes one."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import ClassVar, Final

from rich.cells import cell_len
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.message import Message

from tui.base.foreign import clean
from tui.base.translation import _, many
from tui.catalog.models import Model
from tui.screens.model_rows import price, tokens
from tui.widgets.pick_list import PickList
from tui.widgets.tone import Piece, apart, right

OTHER: Final = ""
"""The row that leads to the whole list."""
FEW: Final = 2
"""Characters in which two names differ so little that one may not see it."""


class NearModels(PickList[Model | str], can_focus=True):
    """A few models, and the way to all the others."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("enter", "take", show=False),
    ]

    @dataclass
    class Taken(Message):
        """This one is to be tried; None for another one, from the whole list."""

        model: Model | None

    def __init__(self) -> None:
        super().__init__(self._row, id="near")
        self.models: Sequence[Model] = ()
        self._asked = ""

    def offer(self, models: Sequence[Model], asked: str) -> None:
        """Offer these in the place of the name that was asked for; none hides it."""
        self.models, self._asked = models, asked
        self.styles.height = len(models) + 1
        self.show([*models, OTHER] if models else [])

    def action_step(self, by: int) -> None:
        """The next row; at an end the focus goes on."""
        before = self.highlighted
        self.move(by)
        if self.highlighted == before:
            raise SkipAction

    def action_take(self) -> None:
        """The highlighted one."""
        chosen = self.chosen
        self.post_message(self.Taken(chosen if isinstance(chosen, Model) else None))

    def on_pick_list_picked(self) -> None:
        """A click takes it as well."""
        self.action_take()

    def _row(self, model: Model | str, width: int) -> Sequence[Piece]:
        if isinstance(model, str):
            return apart([(_("another one …"), "muted")], [(_("the whole list"), "muted")], width)
        both = model.input_per_million is not None and model.output_per_million is not None
        prices = f"${price(model.input_per_million)} / ${price(model.output_per_million)}" if both else ""
        facts = right(tokens(model.context), 8) + right(prices, 18)
        name, said = _compared(self._asked, clean(model.name))
        if sum(cell_len(text) for text, _tone in name) + 3 + cell_len(said) > width - cell_len(facts):
            said = ""
        return apart([*name, (f"   {said}" if said else "", "muted")], [(facts, "muted")], width)


def _compared(asked: str, name: str) -> tuple[list[Piece], str]:
    """`name`, with what differs in it to be looked at where that is little; and how much that is."""
    pieces: list[Piece] = []
    count, digits = 0, True
    for _tag, i1, i2, j1, j2 in SequenceMatcher(None, asked, name, autojunk=False).get_opcodes():
        differs = asked[i1:i2] != name[j1:j2]
        pieces.append((name[j1:j2], "look-out-strong" if differs else "plain"))
        count += max(i2 - i1, j2 - j1) if differs else 0
        digits = digits and (not differs or (asked[i1:i2] + name[j1:j2]).isdigit())
    if not 0 < count <= FEW:
        return [(name, "plain")], ""
    said = many("{count} character differs", "{count} characters differ", count)
    return pieces, _("one digit differs") if digits and count == 1 else said
