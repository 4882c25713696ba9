"""What is said of a provider: in the pane of its step, and in that of Overview."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from tui.base.translation import _, many
from tui.catalog.providers import Provider
from tui.credentials.identity import host_of
from tui.drafts.provider_choice import needs
from tui.screens.model_words import not_known
from tui.widgets.explanation import Heading, PaneRow, pair
from tui.widgets.tone import Piece, cut_middle, left

if TYPE_CHECKING:
    from tui.catalog.model import Model
    from tui.catalog.models import Catalogue

_BEST: Final = 5
_LABEL: Final = 13


def brief(provider: Provider) -> Piece:
    """The most important of it, in two lines of a narrow screen."""
    return (unknown, "look-out") if (unknown := not_known(provider)) else (provider.note, "muted")


def models_in_words(provider: Provider, catalogue: "Catalogue | None") -> str:
    """How many of its models the catalogue has; "" where there is no telling."""
    if catalogue is None or not provider.prefix:
        return ""
    return str(len(catalogue.of(provider.family)) or _("any"))


def in_full(provider: Provider, catalogue: "Catalogue | None") -> tuple[list[PaneRow], Piece]:
    """The whole of it, for the pane, and what stands beside its name there."""
    rows: list[PaneRow] = [[(provider.note, "muted")]] if provider.note else []
    if unknown := not_known(provider):
        rows += [[], [(unknown, "look-out")]]
    rows += _part(
        _("What it takes"), [[(left(name, _LABEL), "muted"), (text, "plain")] for name, text in _facts(provider)]
    )
    rows += _part(_("Best known with OpenHands"), _best(provider, catalogue))
    rows += _part(_("Its pages"), [_page(page) for page in pages(provider)])
    count = len(catalogue.of(provider.family)) if catalogue and provider.family else 0
    return rows, (many("{count} model", "{count} models", count) if count else "", "muted")


def _part(title: str, rows: list[PaneRow]) -> list[PaneRow]:
    return [[], Heading(title), *rows] if rows else []


def _facts(provider: Provider) -> Iterator[tuple[str, str]]:
    yield _("Needs"), needs(provider)
    if provider.prefix:
        yield _("Written as"), f"{provider.prefix}…"
    if provider.default_base_url:
        yield _("Sent to"), host_of(provider.default_base_url)
    if provider.needs_environment:
        yield _("Environment"), ", ".join(provider.needs_environment)


def _page(page: str) -> PaneRow:
    """An address that is longer than the pane goes on in the next line, after a slash."""

    def drawn(width: int) -> Sequence[Piece]:
        at = page.rfind("/", 0, width) + 1
        return [(page if cell_len(page) <= width or not at else f"{page[:at]}\n  {page[at:]}", "key")]

    return drawn


def pages(provider: Provider) -> list[str]:
    """Where its keys, limits, bill and documentation are."""
    named = (provider.key_page, provider.limits_page, provider.spending_page, provider.docs)
    return [*dict.fromkeys(page for page in named if page)]


def _best(provider: Provider, catalogue: "Catalogue | None") -> list[PaneRow]:
    """The first of its models that OpenHands was verified with, and what they cost."""
    if catalogue is None or not provider.family:
        return []
    best = [model for model in catalogue.of(provider.family) if model.verified and not model.retired(catalogue.today)]
    rows: list[PaneRow] = [_model_line(model) for model in best[:_BEST]]
    return [*rows, pair("", _("in / out, per million tokens"), tone="faint")] if rows else []


def _model_line(model: "Model") -> PaneRow:
    known = model.input_per_million is not None and model.output_per_million is not None
    price = f"${model.input_per_million:,.2f} / ${model.output_per_million:,.2f}" if known else ""
    return lambda width: [
        (left(cut_middle(model.name, width - cell_len(price) - 2), width - cell_len(price)), "plain"),
        (price, "muted"),
    ]
