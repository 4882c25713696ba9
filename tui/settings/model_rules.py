"""What is wrong with the name of a model: nothing, no provider, one that litellm does not know, too few parts."""

from collections.abc import Iterator

from tui.base.foreign import clean
from tui.base.translation import _
from tui.catalog.provider import Provider
from tui.openhands.carried import unknown_up_to
from tui.settings.fault import Fault, Values
from tui.settings.fields import BY_KEY
from tui.settings.finding import Code
from tui.settings.near_providers import named_like, with_provider, without_vendor
from tui.settings.routes import Route, is_bare_model, is_known, provider_in


def model_faults(values: Values, route: Route, provider: Provider | None) -> Iterator[Fault]:
    """The rules that the model breaks; `provider` is the one that was chosen, or that the model names."""
    model, url = str(values.get("model", "")).strip(), str(values.get("base_url", ""))
    if not model:
        message = _("{name} needs {label}.").format(name=provider.name, label=BY_KEY["model"].label) if provider else ""
        message = message or _("No model is set.")
        yield Fault(Code.NO_MODEL, "model", message, _("Set model, such as anthropic/claude-sonnet-4-5."), severe=True)
    elif not route.named:
        yield from _bare(model, url, route)
    elif not route.provider and not is_known(route.named):
        yield _unknown(model, url, route.named, is_custom=bool(values.get("custom_llm_provider")))
    elif (meant := without_vendor(model)) and not values.get("custom_llm_provider"):
        message = _(
            "litellm takes the first “openrouter/” away and asks OpenRouter for “{name}”, which it does not have."
        )
        message = message.format(name=clean(model.partition("/")[2], limit=60))
        yield Fault(Code.NO_VENDOR, "model", message, _write(meant), severe=True)
    elif release := unknown_up_to(route.named):
        yield _too_new(model, route.named, release)


def _bare(model: str, url: str, route: Route) -> Iterator[Fault]:
    shown = clean(model, limit=60)
    if route.provider and route.provider.id == "vertex_ai":
        message = _("“{model}” without a prefix goes to Vertex AI, not to Google AI Studio.").format(model=shown)
        hint = _("Write gemini/{model} for an API key, vertex_ai/{model} for Vertex AI.").format(model=shown)
        yield Fault(Code.NO_PROVIDER_PREFIX, "model", message, hint, severe=False)
    elif not route.provider and not is_bare_model(model):
        message = _("“{model}” does not say whose model it is, and litellm cannot tell.").format(model=shown)
        hint = _("Write the provider in front: provider/{model}.").format(model=shown)
        if meant := with_provider(model, url):
            hint = _write(meant)
        yield Fault(Code.NO_PROVIDER_PREFIX, "model", message, hint, severe=True)


def _unknown(model: str, url: str, named: str, *, is_custom: bool) -> Fault:
    message = _("“{name}” is no provider that litellm knows.").format(name=clean(named, limit=40))
    hint = _("A model is written provider/model; a server of your own is openai/NAME with its base_url.")
    meant = "" if is_custom else named_like(model, url)
    key = "custom_llm_provider" if is_custom else "model"
    return Fault(Code.UNKNOWN_PROVIDER, key, message, _write(meant) if meant else hint, severe=bool(meant))


def _too_new(model: str, named: str, release: str) -> Fault:
    message = _("openhands-ai up to {release} cannot call it: its litellm does not know the provider {name}.")
    message = message.format(release=release, name=clean(named, limit=40))
    hint = _("Take a newer OpenHands, or a provider that this one knows.")
    provider = provider_in({"model": model, "custom_llm_provider": named})
    if provider and provider.default_base_url:
        hint = _("Take a newer OpenHands, or write openai/{name} and set base_url to {url}.").format(
            name=clean(model.partition("/")[2], limit=80), url=provider.default_base_url
        )
    return Fault(Code.PROVIDER_TOO_NEW, "model", message, hint, severe=False, until=release)


def _write(model: str) -> str:
    return _("Write {model}.").format(model=clean(model, limit=120))
