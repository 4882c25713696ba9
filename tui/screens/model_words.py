"""What the Model step says of a row."""

from datetime import date

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.translation import _
from tui.catalog.live_list import NoList, list_request
from tui.catalog.models import Arrangement, Catalogue, Model, Order, typical_task_cost
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


def in_one_line(model: Model) -> str:
    """What the columns do not say: output limit, price of cached input, a typical task."""
    out = _("{tokens} out").format(tokens=tokens(model.max_output) or "?")
    cost = typical_task_cost(model)
    if cost is None and model.max_output is None:
        return _("Output limit and price unknown.")
    if cost is None:
        return _("{out} · price unknown").format(out=out)
    cached = model.cached_per_million
    middle = _("${cached} cached · ").format(cached=price(cached)) if cached is not None else ""
    return f"{out} · {middle}" + _("a task ${cost:,.2f}").format(cost=cost)


def remarks(model: Model, today: date) -> list[str]:
    """What became of it, and what is known of it: at most two sentences or short paragraphs."""
    fate = ""
    if model.retired_on and not model.retired(today):
        fate = _("Its provider retires it on {day}.").format(day=model.retired_on)
    elif model.retired_on and not model.recommended:
        fate = _("Retired by its provider on {day}.").format(day=model.retired_on)
    said = model.recommended[:1].upper() + model.recommended[1:]
    return [part for part in (" ".join(filter(None, (fate, said))), model.note) if part]


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


def in_full(model: Model, today: date) -> list[list[Piece]]:
    """The whole of it, for the pane."""
    rows: list[list[Piece]] = [
        [(tokens(model.context) or "?", "strong"), (_(" tokens in, "), "muted"),
         (tokens(model.max_output) or "?", "strong"), (_(" out"), "muted")],
        [(_prices(model), "muted")],
    ]  # fmt: skip
    cost = typical_task_cost(model)
    if cost is not None:
        rows.append([(_("A typical OpenHands task: "), "muted"), (_("about ${cost:,.2f}").format(cost=cost), "press")])
        rows.append([(_("1.2 M tokens in, 80 % of them cached, 15 k out"), "faint")])
    if can := _can(model):
        rows += [[("", "plain")], [(can, "muted")]]
    for said in remarks(model, today):
        rows += [[("", "plain")], [(said, "look-out" if model.retired_on and model.retired(today) else "muted")]]
    return rows


def pages(provider: Provider) -> list[list[Piece]]:
    """Where its limits and its bill are looked at."""
    named = ((_("Rate limits"), provider.limits_page), (_("Spending"), provider.spending_page))
    return [[(f"{name}: ", "faint"), (page, "muted")] for name, page in named if page]


def not_known(provider: Provider) -> str:
    """Which OpenHands cannot call it, in a sentence; "" when all can."""
    release = unknown_up_to(provider.prefix.partition("/")[0])
    return _("openhands-ai up to {release} does not know this provider.").format(release=release) if release else ""


def advice(provider: Provider | None) -> str:
    """Which OpenHands cannot call it; else that OpenHands spends money, and where a limit is set."""
    if provider and (unknown := not_known(provider)):
        return unknown
    if provider is None or not provider.costs:
        return ""
    page = f": {provider.spending_page}" if provider.spending_page else _(" with your provider.")
    task = _("A task: 1.2 M tokens in, 80 % cached, 15 k out. Weigh quality and cost.")
    return f"{task}\n" + _("Set a spending limit") + page


def arranged(arrangement: Arrangement) -> str:
    """How the list is arranged, in few words; "" as it is made."""
    orders = {Order.PRICE: _("cheapest"), Order.CONTEXT: _("context"), Order.NAME: _("name")}
    letters = {"vision": "V", "tools": "T", "caching": "C", "reasoning": "R"}
    must = " ".join(letters[need] for need in letters if need in arrangement.needs)
    most = "" if arrangement.task_at_most is None else f"≤ ${arrangement.task_at_most:g}"
    return ", ".join(filter(None, (orders.get(arrangement.order, ""), must, most)))


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
        words = _("{count} live, from the provider's own list; {new} of them are new to {catalogue}.")
        return words.format(count=len(listed), new=new, catalogue=name), "good"
    host = _host(draft)
    asks = _("; ^r asks {host}").format(host=host) if host else ""
    return _("Catalogue of {origin}").format(origin=catalogue.origin) + asks, "faint"


def _host(draft: Draft) -> str:
    """Who would be asked; "" for nobody."""
    if draft.provider is None:
        return ""
    try:
        request = list_request(draft.provider, draft.base_url, draft.effective_text("api_version"))
    except SetupError:
        return ""
    return clean(request.host, limit=30)


def _can(model: Model) -> str:
    able = (
        (model.vision, _("sees images")), (model.tools, _("calls tools")), (model.caching, _("caches prompts")),
        (model.reasoning, _("reasons")),
    )  # fmt: skip
    words = ", ".join(word for can, word in able if can)
    return words[:1].upper() + words[1:] + "." if words else ""


def _prices(model: Model) -> str:
    if model.input_per_million is None or model.output_per_million is None:
        return _("Price unknown.")
    cached = model.cached_per_million
    middle = _("${cached} cached, ").format(cached=price(cached)) if cached is not None else ""
    return _("${input} in, {middle}${output} out per million.").format(
        input=price(model.input_per_million), middle=middle, output=price(model.output_per_million)
    )
