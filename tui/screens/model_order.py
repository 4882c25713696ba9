"""Over the Model step: in which order, and which not."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.base.translation import _
from tui.catalog.models import Arrangement, SortOrder
from tui.screens.dialog import Dialog
from tui.widgets.choice import Choice
from tui.widgets.key_bar import Hint
from tui.widgets.row import Row

ORDERS: Final = {
    SortOrder.BEST: _("the best first"),
    SortOrder.PRICE: _("the cheapest first"),
    SortOrder.CONTEXT: _("the largest context first"),
    SortOrder.NAME: _("by name"),
}
NEEDS: Final = {
    "vision": _("sees images"),
    "tools": _("calls tools"),
    "caching": _("caches prompts"),
    "reasoning": _("reasons"),
}
_COSTS: Final = ("0.10", "0.50", "1", "2", "5", "10")
_MUST: Final = "must"
CELLS: Final = 28


class ArrangingDialog(Dialog[Arrangement]):
    """One row a choice; Enter takes them, Escape leaves all as it is."""

    AUTO_FOCUS = "#order"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", _("Apply"), show=False),
        Binding("escape", "leave", _("Cancel"), show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self, present: Arrangement) -> None:
        super().__init__(_("Order and filter"))
        self._present = present

    def content(self) -> Iterable[Widget]:
        """Order, abilities, price."""
        present = self._present
        yield _row(_("Show"), Choice([*ORDERS], present.order, id="order", names=[*ORDERS.values()]))
        for need, words in NEEDS.items():
            value = _MUST if need in present.needs else ""
            yield _row(words, Choice(["", _MUST], value, id=need, empty=_("does not matter"), names=["", _("must")]))
        cost = "" if present.task_at_most is None else next(c for c in _COSTS if float(c) == present.task_at_most)
        names = ["", *(_("at most ${dollars}").format(dollars=cost) for cost in _COSTS)]
        yield _row(_("a task costs"), Choice(["", *_COSTS], cost, id="cost", empty=_("anything"), names=names))

    def hints(self) -> Sequence[Hint]:
        """Changing, moving, taking, leaving."""
        return (
            ("enter", _("Apply"), "screen.take"), ("← →", _("Change"), ""), ("↑ ↓", _("Move"), ""),
            ("esc", _("Cancel"), "screen.leave"),
        )  # fmt: skip

    def action_take(self) -> None:
        """As it stands."""
        values = {choice.id: choice.value for choice in self.query(Choice)}
        cost = values["cost"]
        needs = frozenset(need for need in NEEDS if values[need])
        self.dismiss(Arrangement(SortOrder(values["order"]), needs, float(cost) if cost else None))

    def action_leave(self) -> None:
        """As it was."""
        self.dismiss(self._present)


def _row(label: str, choice: Choice) -> Row:
    return Row(label, choice, cells=CELLS)
