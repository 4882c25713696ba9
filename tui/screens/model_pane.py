"""What the pane beside the models says of the highlighted one."""

from collections.abc import Sequence
from typing import Final

from tui.base.translation import _
from tui.catalog.model import TASK_CACHED, TASK_INPUT, TASK_OUTPUT
from tui.catalog.models import Catalogue, Model, typical_task_cost
from tui.catalog.provider import Provider
from tui.catalog.reputation import makers_name
from tui.screens.model_rows import ShortNames, price, tokens
from tui.screens.model_words import fate, told
from tui.widgets.bars import Bar
from tui.widgets.explanation import Heading, PaneRow, graph
from tui.widgets.row import LABEL
from tui.widgets.tone import Piece, left

SIBLINGS: Final = 4


def detail(model: Model, catalogue: Catalogue, provider: Provider | None) -> list[PaneRow]:
    """When it goes, what a task costs, beside others of its provider, what it can, and what is known of it."""
    when, tone = fate(model, catalogue.today)
    rows: list[PaneRow] = [[(when, tone)]] if when else []
    rows += [[(said, "muted")] for said in told(model)]
    rows += [[]] if rows else []
    rows += [*task(model), *siblings(model, catalogue), *abilities(model)]
    return [*rows, *pages(provider)] if provider else rows


def task(model: Model) -> list[PaneRow]:
    """A typical task, by what is paid for."""
    cost = typical_task_cost(model)
    if cost is None or model.input_per_million is None or model.output_per_million is None:
        return [Heading(_("A task of OpenHands"), _("price unknown")), []]
    cached = model.input_per_million if model.cached_per_million is None else model.cached_per_million
    parts = (
        (_("tokens in"), TASK_INPUT * (1 - TASK_CACHED), model.input_per_million, "bar"),
        (_("cached"), TASK_INPUT * TASK_CACHED, cached, "bar-rest"),
        (_("tokens out"), TASK_OUTPUT, model.output_per_million, "bar"),
    )
    most = max(count * dollars for _name, count, dollars, _tone in parts) or 1.0
    bars = [
        Bar(name, count * dollars / most, f"{tokens(round(count))} × ${price(dollars)}/1M", tone)
        for name, count, dollars, tone in parts
    ]
    return [Heading(_("A task of OpenHands"), _("about ${cost:,.2f}").format(cost=cost), "strong"), *graph(bars), []]


def siblings(model: Model, catalogue: Catalogue) -> list[PaneRow]:
    """The same task with the provider's verified models, the dearest first."""
    costs: dict[str, float] = {}
    taken: set[int | None] = {model.place}
    for other in (model, *catalogue.of(model.family)):
        cost = typical_task_cost(other)
        alike = other is not model and (other.place is None or other.place in taken)
        if cost is None or alike or other.retired(catalogue.today) or len(costs) > SIBLINGS:
            continue
        taken.add(other.place)
        costs[other.name] = cost
    if len(costs) < 2:
        return []
    most = max(costs.values()) or 1.0
    short = ShortNames(makers_name(model.family, name) for name in costs)
    bars = [
        Bar(
            short.of(makers_name(model.family, name), LABEL - 1),
            cost / most,
            f"${cost:,.2f}",
            strong=name == model.name,
        )
        for name, cost in sorted(costs.items(), key=lambda pair: -pair[1])
    ]
    return [Heading(_("The same task with")), *graph(bars), []]


def abilities(model: Model) -> list[PaneRow]:
    """In words what the dots say, and the limits."""
    words = {True: _("yes"), False: _("no"), None: _("unknown")}
    limits = _("{context} in, {output} out").format(
        context=tokens(model.context) or "?", output=tokens(model.max_output) or "?"
    )
    facts = (
        (_("Context"), limits),
        (_("Sees images"), words[model.vision]),
        (_("Calls tools"), words[model.tools]),
        (_("Caches prompts"), words[model.caching]),
        (_("Reasons"), words[model.reasoning]),
    )
    return [Heading(_("What it can do")), *(_fact(name, said) for name, said in facts)]


def pages(provider: Provider) -> list[PaneRow]:
    """Where its limits and its bill are looked at."""
    if not provider.costs:
        return []
    page = provider.spending_page or _("with your provider")
    rows: list[PaneRow] = [[], Heading(_("Set a limit before you start")), [(page, "key")]]
    return [*rows, [], Heading(_("Rate limits")), [(provider.limits_page, "key")]] if provider.limits_page else rows


def _fact(name: str, said: str) -> Sequence[Piece]:
    return [(left(name, 16), "muted"), (said, "plain")]
