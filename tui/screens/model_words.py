"""What the Model step says of a row."""

from datetime import date

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.translation import _, listed, sentence
from tui.catalog.live_list import NoList, list_request
from tui.catalog.models import Arrangement, Catalogue, Model, SortOrder, typical_task_cost
from tui.catalog.provider import Provider
from tui.drafts.draft import Draft
from tui.drafts.model_choice import Typed
from tui.openhands.releases import unknown_up_to
from tui.screens.model_rows import price, tokens
from tui.widgets.tone import Piece

PREFIXES = {
    "gemini": _("gemini/ stands in front of it: without that, requests would go to Vertex AI."),
    "azure": _("azure/ stands in front of it. It is your deployment's name, not the model's behind it."),
    "lm_studio": _("openai/ stands in front of it, also when LM Studio's own id has a slash."),
    "openai_compatible": _("openai/ stands in front of it, and the rest is the name that the server gives it."),
    "litellm_proxy": _("litellm_proxy/ stands in front of it, and the rest is its alias at the proxy."),
    "openhands": _("openhands/ stands in front of it; OpenHands and the test call it through OpenHands' own proxy."),
}


def facts(model: Model) -> list[Piece]:
    """What the columns do not say, in one line: a typical task, cached input, output limit."""
    cost = typical_task_cost(model)
    said: list[Piece] = [(_("price unknown"), "muted")]
    if cost is not None:
        said = [(_("a task "), "muted"), (_("about ${cost:,.2f}").format(cost=cost), "strong")]
    if model.cached_per_million is not None:
        said.append((_("   cached ${price} per 1M tokens").format(price=price(model.cached_per_million)), "muted"))
    if model.max_output is not None:
        said.append((_("   answers to {tokens}").format(tokens=tokens(model.max_output)), "muted"))
    return said


def fate(model: Model, today: date) -> Piece:
    """When it goes, or went."""
    if model.retired_on is None:
        return "", "plain"
    if model.retired(today):
        return _("retired on {day}").format(day=model.retired_on), "muted"
    return _("! retires on {day}").format(day=model.retired_on), "look-out"


def told(model: Model) -> list[str]:
    """What is known of it: at most two sentences or short paragraphs."""
    return [part for part in (model.recommended and sentence(model.recommended), model.note) if part]


def as_typed(row: Typed, provider: Provider | None, live: Catalogue | NoList | None = None) -> list[str]:
    """What becomes of a text that is no model of the catalogue, nor of the provider's own list."""
    written = _("Written to config.toml as {id}.").format(id=clean(row.id))
    if isinstance(live, Catalogue):
        return [written, _("The provider's own list does not have it: a test may fail with “unknown model”.")]
    prefix = provider.prefix if provider else ""
    why = _("{prefix} tells litellm whose model it is.").format(prefix=prefix)
    if provider is None or not row.id.startswith(prefix):
        return [written, _("litellm's catalogue does not know it; that is fine.")]
    return [written, PREFIXES.get(provider.id, why)]


def not_known(provider: Provider) -> str:
    """Which OpenHands cannot call it, in a sentence; "" when all can."""
    release = unknown_up_to(provider.prefix.partition("/")[0])
    return _("openhands-ai up to {release} does not know this provider.").format(release=release) if release else ""


def limit(provider: Provider | None) -> list[Piece]:
    """That OpenHands spends money, and where a limit is set."""
    if provider is None or not provider.costs:
        return []
    page: list[Piece] = [(provider.spending_page, "key")] if provider.spending_page else [(_("your provider"), "muted")]
    return [(_("Set a spending limit before you start: "), "muted"), *page]


def arranged(arrangement: Arrangement) -> str:
    """How the list is arranged, in few words; "" as it is made."""
    orders = {SortOrder.PRICE: _("cheapest"), SortOrder.CONTEXT: _("context"), SortOrder.NAME: _("name")}
    words = {"vision": _("see"), "tools": _("tool"), "caching": _("cache"), "reasoning": _("think")}
    must = " ".join(words[need] for need in words if need in arrangement.needs)
    most = "" if arrangement.task_at_most is None else f"≤ ${arrangement.task_at_most:g}"
    return listed((orders.get(arrangement.order, ""), must, most))


def source(catalogue: Catalogue | None, live: Catalogue | NoList | None, asked: str, draft: Draft) -> tuple[str, str]:
    """Where the list comes from and how old it is, or what came of asking the provider; and its tone."""
    if asked:
        return _("Asking {host} …").format(host=clean(asked, limit=50)), "muted"
    if isinstance(live, NoList):
        return live.message, "good" if live.code == "taken" else "look-out"
    if catalogue is None or catalogue.snapshot is None:
        return "", "faint"
    name = catalogue.snapshot.name
    if isinstance(live, Catalogue):
        listed = [model for model in live.models if model.live]
        new = sum(catalogue.get(model.id) is None for model in listed)
        words = _("{count} live, from the provider's own list, {new} of them new to {catalogue}")
        return words.format(count=len(listed), new=new, catalogue=name), "good"
    host = _host(draft)
    asks = _("; ^r asks {host}").format(host=host) if host else ""
    return _("catalogue of {origin}").format(origin=catalogue.origin) + asks, "faint"


def _host(draft: Draft) -> str:
    """Who would be asked; "" for nobody."""
    if draft.provider is None:
        return ""
    try:
        request = list_request(draft.provider, draft.base_url, draft.effective_text("api_version"))
    except SetupError:
        return ""
    return clean(request.host, limit=30)
