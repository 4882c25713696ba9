"""The models whose names are near the one that the provider does not have: Enter takes one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.message import Message

from tui.base.foreign import clean
from tui.base.translation import _
from tui.catalog.models import Model
from tui.screens.model_rows import price, tokens
from tui.widgets.pick_list import PickList
from tui.widgets.tone import Piece, left, right

OTHER: Final = ""
"""The row that leads to the whole list."""


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
        super().__init__(_row, id="near")
        self.models: Sequence[Model] = ()

    def offer(self, models: Sequence[Model]) -> None:
        """Offer these; none hides it."""
        self.models = models
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


def _row(model: Model | str, width: int) -> Sequence[Piece]:
    if isinstance(model, str):
        return [(left(_("another one …"), width - 16), "muted"), (right(_("the whole list"), 16), "muted")]
    both = model.input_per_million is not None and model.output_per_million is not None
    prices = f"${price(model.input_per_million)} / ${price(model.output_per_million)}" if both else ""
    facts = right(tokens(model.context), 8) + right(prices, 18)
    return [(left(clean(model.name), width - len(facts)), "plain"), (facts, "muted")]
