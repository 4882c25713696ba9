"""Over the Model step: in which order, and which not."""

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.base.translation import _
from tui.catalog.models import Arrangement, Order
from tui.widgets.choice import Choice

ORDERS: Final = {
    Order.BEST: _("the best first"),
    Order.PRICE: _("the cheapest first"),
    Order.CONTEXT: _("the largest context first"),
    Order.NAME: _("by name"),
}
NEEDS: Final = {
    "vision": _("sees images"),
    "tools": _("calls tools"),
    "caching": _("caches prompts"),
    "reasoning": _("reasons"),
}
_COSTS: Final = ("0.10", "0.50", "1", "2", "5", "10")
_MUST: Final = "must"


class ArrangingDialog(ModalScreen[Arrangement]):
    """One row a choice; Enter takes them, Escape leaves all as it is."""

    AUTO_FOCUS = "#order"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", _("Apply"), show=False),
        Binding("escape", "leave", _("Cancel"), show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self, present: Arrangement) -> None:
        super().__init__()
        self._present = present

    def compose(self) -> ComposeResult:
        """Order, abilities, price."""
        present = self._present
        with Vertical(classes="dialog"):
            yield Static(_("Order and filter"), classes="title", markup=False)
            orders = Choice([*ORDERS], present.order, id="order", names=[*ORDERS.values()])
            yield from self._row(_("Show"), orders)
            for need, words in NEEDS.items():
                value = _MUST if need in present.needs else ""
                yield from self._row(
                    words, Choice(["", _MUST], value, id=need, empty=_("or not"), names=["", _("must")])
                )
            cost = "" if present.task_at_most is None else next(c for c in _COSTS if float(c) == present.task_at_most)
            names = ["", *(_("at most ${dollars}").format(dollars=cost) for cost in _COSTS)]
            yield from self._row(
                _("a task costs"), Choice(["", *_COSTS], cost, id="cost", empty=_("anything"), names=names)
            )
            yield Static(_("← → change, ↑ ↓ move, Enter applies, Esc cancels."), classes="foot", markup=False)

    @staticmethod
    def _row(label: str, choice: Choice) -> ComposeResult:
        with Horizontal(classes="choice-row"):
            yield Static(label, classes="choice-label", markup=False)
            yield choice

    def action_take(self) -> None:
        """As it stands."""
        values = {choice.id: choice.value for choice in self.query(Choice)}
        cost = values["cost"]
        needs = frozenset(need for need in NEEDS if values[need])
        self.dismiss(Arrangement(Order(values["order"]), needs, float(cost) if cost else None))

    def action_leave(self) -> None:
        """As it was."""
        self.dismiss(self._present)
