"""Orders and filters of the Model step."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.catalog.model import Model, typical_task_cost
from tui.catalog.models import Arrangement, Catalogue, SortOrder

NEEDS = ("vision", "tools", "caching", "reasoning")
ARRANGEMENTS = st.builds(
    Arrangement,
    st.sampled_from(SortOrder),
    st.frozensets(st.sampled_from(NEEDS)),
    st.none() | st.sampled_from([0.1, 1, 5]),
)


def test_as_it_is_made_it_changes_nothing(catalogue: Catalogue, day: date) -> None:
    assert Arrangement().of(catalogue.models, day) == list(catalogue.models)


@given(ARRANGEMENTS)
def test_what_passes_and_in_which_order(catalogue: Catalogue, day: date, arrangement: Arrangement) -> None:
    shown = arrangement.of(catalogue.models, day)
    for model in shown:
        assert all(getattr(model, need) is True for need in arrangement.needs)
        if arrangement.task_at_most is not None:
            assert typical_task_cost(model) <= arrangement.task_at_most
    if arrangement.order is not SortOrder.BEST:
        gone = [model.retired(day) for model in shown]
        assert gone == sorted(gone)
        current = [model for model in shown if not model.retired(day)]
        values = [_value(model, arrangement.order) for model in current]
        assert values == sorted(values)


def _value(model: Model, order: SortOrder) -> object:
    if order is SortOrder.NAME:
        return model.name.lower()
    if order is SortOrder.CONTEXT:
        return -(model.context or 0)
    cost = typical_task_cost(model)
    return float("inf") if cost is None else cost


@pytest.mark.parametrize(
    ("order", "first"),
    [(SortOrder.BEST, "b"), (SortOrder.PRICE, "a"), (SortOrder.CONTEXT, "c"), (SortOrder.NAME, "a")],
)
def test_first(order: SortOrder, first: str) -> None:
    models = [
        Model("x/b", "x", "b", 5, input_per_million=2, output_per_million=2),
        Model("x/a", "x", "a", None, input_per_million=1, output_per_million=1),
        Model("x/c", "x", "c", 9),
        Model("x/0", "x", "0", 99, input_per_million=0, output_per_million=0, retired_on=date(2020, 1, 1)),
    ]
    assert Arrangement(order).of(models, date(2026, 1, 1))[0].name == first
