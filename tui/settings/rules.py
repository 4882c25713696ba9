"""The rules between fields, for the wizard's draft and for any file alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tui.base.foreign import clean
from tui.base.translation import _
from tui.catalog.endpoints import NEEDS_ENDPOINT
from tui.catalog.providers import Provider
from tui.settings.addresses import names_user, no_address, odd_ending
from tui.settings.field import Kind, Value
from tui.settings.fields import BY_KEY
from tui.settings.finding import Code
from tui.settings.routes import Route, is_bare_model, is_known, route_of

Values = Mapping[str, Value]
"""Values that OpenHands would take, by key; a key without a value is missing, or has an empty text."""

NEEDED: Final = {"base_url": Code.NEEDS_BASE_URL, "api_version": Code.NEEDS_API_VERSION}


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken rule. `key` is the field to mend; `severe` when no call can be made."""

    code: Code | None
    """None for what only the wizard asks for: it may come from elsewhere."""
    key: str
    message: str
    hint: str
    severe: bool


def faults(values: Values, provider: Provider | None = None) -> list[Fault]:
    """The rules that some settings break; `provider` is the one that was chosen, else it is told by the model."""
    route = route_of(values)
    chosen = provider or route.provider
    return [
        *_model(values, route, chosen),
        *_needs(values, chosen),
        *([] if chosen else _less_common(values, route)),
        *_base_url(values, chosen),
        *_waits(values),
    ]


def _model(values: Values, route: Route, provider: Provider | None) -> Iterator[Fault]:
    model = str(values.get("model", "")).strip()
    if not model:
        message = _("{name} needs {label}.").format(name=provider.name, label=BY_KEY["model"].label) if provider else ""
        message = message or _("No model is set.")
        yield Fault(Code.NO_MODEL, "model", message, _("Set model, such as anthropic/claude-sonnet-4-5."), severe=True)
    elif not route.named:
        yield from _bare(model, route)
    elif not route.provider and not is_known(route.named):
        key = "custom_llm_provider" if values.get("custom_llm_provider") else "model"
        message = _("“{name}” is no provider that litellm knows.").format(name=clean(route.named, limit=40))
        hint = _("A model is written provider/model; a server of your own is openai/NAME with its base_url.")
        yield Fault(Code.UNKNOWN_PROVIDER, key, message, hint, severe=False)


def _bare(model: str, route: Route) -> Iterator[Fault]:
    shown = clean(model, limit=60)
    if route.provider and route.provider.id == "vertex_ai":
        message = _("“{model}” without a prefix goes to Vertex AI, not to Google AI Studio.").format(model=shown)
        hint = _("Write gemini/{model} for an API key, vertex_ai/{model} for Vertex AI.").format(model=shown)
        yield Fault(Code.NO_PROVIDER_PREFIX, "model", message, hint, severe=False)
    elif not route.provider and not is_bare_model(model):
        message = _("“{model}” does not say whose model it is, and litellm cannot tell.").format(model=shown)
        hint = _("Write the provider in front: provider/{model}.").format(model=shown)
        yield Fault(Code.NO_PROVIDER_PREFIX, "model", message, hint, severe=True)


def _needs(values: Values, provider: Provider | None) -> Iterator[Fault]:
    for need in provider.needs if provider else ():
        field = BY_KEY[need.key]
        if need.required and field.kind is not Kind.SECRET and not str(values.get(need.key, "")).strip():
            message = _("{name} needs {label}.").format(name=provider.name, label=field.label)  # type: ignore[union-attr]
            hint = _("Set {key}, such as {example}.").format(key=need.key, example=need.example)
            yield Fault(NEEDED.get(need.key), need.key, message, hint, severe=True)


def _less_common(values: Values, route: Route) -> Iterator[Fault]:
    example = NEEDS_ENDPOINT.get(route.named)
    if example and not values.get("base_url"):
        message = _("{name} needs {label}.").format(name=route.named, label=BY_KEY["base_url"].label)
        hint = _("Set {key}, such as {example}.").format(key="base_url", example=example)
        yield Fault(Code.NEEDS_BASE_URL, "base_url", message, hint, severe=True)


def _base_url(values: Values, provider: Provider | None) -> Iterator[Fault]:
    url = str(values.get("base_url", ""))
    if not url or (provider and provider.id == "openhands"):  # OpenHands puts its own address there
        return
    if message := no_address(url):
        hint = _("Write it in full, such as https://example.com/v1.")
        yield Fault(Code.BASE_URL_SCHEME, "base_url", message, hint, severe=True)
    elif names_user(url):
        message = _("There is a user name or password in the base URL, readable, and it is sent in place of the key.")
        hint = _("Take out of base_url what stands before the @.")
        yield Fault(Code.KEY_IN_FILE, "base_url", message, hint, severe=False)
    elif message := odd_ending(url, provider):
        hint = _("Change the end of base_url, or leave it if you know the server to be different.")
        yield Fault(Code.BASE_URL_SUFFIX, "base_url", message, hint, severe=False)


def _waits(values: Values) -> Iterator[Fault]:
    least, most = values.get("retry_min_wait"), values.get("retry_max_wait")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        message = _("The shortest wait is above the longest, and wins: every wait is {least} s.").format(least=least)
        hint = _("Lower retry_min_wait, or raise retry_max_wait.")
        yield Fault(Code.MIN_ABOVE_MAX, "retry_min_wait", message, hint, severe=False)
