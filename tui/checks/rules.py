"""The rules between fields, for the wizard's draft and for any file alike."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from tui.base.foreign import clean
from tui.base.translation import _
from tui.catalog.endpoints import NEEDS_ENDPOINT
from tui.catalog.providers import Provider
from tui.checks.agreement import CallTarget, disagreements
from tui.checks.finding import Code, Fault, Values
from tui.checks.model import model_faults
from tui.config_file.mask import mask
from tui.openhands.base_url import names_user, no_address, odd_ending, odd_host
from tui.openhands.field import Field, Kind
from tui.openhands.fields import BY_KEY
from tui.openhands.routes import Route, route_of

# -- characters in a text that nobody meant, and that OpenHands does not strip

_WITHOUT_SPACES: Final = ("api_version", "aws_region_name", "custom_llm_provider", "ollama_base_url")


def stray_character(field: Field, text: str) -> str:
    """What `text` has too much for a plain setting, as a sentence; "" for nothing, or for one that is all blank."""
    if not text.strip():
        return ""
    if text[-1] in "\r\n":
        sentence = _("{key} ends with a line break, which OpenHands does not strip.")
    elif text[0] in "\r\n":
        sentence = _("{key} begins with a line break, which OpenHands does not strip.")
    elif text[-1].isspace():
        sentence = _("{key} ends with a space, which OpenHands does not strip.")
    elif text[0].isspace():
        sentence = _("{key} begins with a space, which OpenHands does not strip.")
    elif any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") for c in text):
        sentence = _("{key} has a character in it that cannot be seen.")
    elif field.key in _WITHOUT_SPACES and any(c.isspace() for c in text):
        sentence = _("{key} has a space inside.")
    else:
        return ""
    return sentence.format(key=field.key)


def without_stray(text: str) -> str:
    """`text` as it was probably meant."""
    return "".join(c for c in text.strip() if unicodedata.category(c) not in ("Cc", "Cf", "Zl", "Zp"))


NEEDED: Final = {"base_url": Code.NEEDS_BASE_URL, "api_version": Code.NEEDS_API_VERSION}


def faults(values: Values, provider: Provider | None = None) -> list[Fault]:
    """The rules that some settings break; `provider` is the one that was chosen, else it is told by the model.

    What stands around a text by mistake is one fault of its own: the rest is judged without it.
    """
    stray = list(_stray(values))
    meant = {**values, **{fault.key: without_stray(str(values[fault.key])) for fault in stray}}
    return [*stray, *_broken(meant, provider)]


def _broken(values: Values, provider: Provider | None) -> list[Fault]:
    route = route_of(values)
    chosen = provider or route.provider
    return [
        *model_faults(values, route, chosen),
        *_needs(values, chosen),
        *([] if chosen else _less_common(values, route)),
        *_base_url(values, chosen),
        *_waits(values),
        *_agreement(values, chosen),
    ]


def _agreement(values: Values, provider: Provider | None) -> Iterator[Fault]:
    texts = ("model", "custom_llm_provider", "base_url", "aws_region_name")
    model, custom, url, region = (str(values.get(key, "")) for key in texts)
    url = "" if provider and provider.id == "openhands" else url
    called = CallTarget(model, custom, url, region, values.get("completion_kwargs"), provider)
    # that it needs a base URL is said already, and that it is no URL
    yield from (fault for fault in disagreements(called) if fault.key != "base_url" or (url and not no_address(url)))


def _stray(values: Values) -> Iterator[Fault]:
    for key, value in values.items():
        field = BY_KEY[key]
        if field.kind is Kind.TEXT and (message := stray_character(field, str(value))):
            hint = _("Write it without.")
            yield Fault(Code.STRAY_CHARACTER, key, message, hint, severe=True)


def _needs(values: Values, provider: Provider | None) -> Iterator[Fault]:
    for need in provider.needs if provider else ():
        field = BY_KEY[need.key]
        if need.required and field.kind is not Kind.SECRET and not str(values.get(need.key, "")).strip():
            message = _("{name} needs {label}.").format(name=provider.name, label=field.label)  # type: ignore[union-attr]
            hint = _("Set {key}, such as {example}.").format(key=need.key, example=need.example)
            if need.key == "base_url" and (listing := str(values.get("ollama_base_url", "")).strip()):
                hint = _("OpenHands uses ollama_base_url for its list of models only. Set base_url to {url} as well.")
                hint = hint.format(url=clean(mask(listing), limit=120))
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
        hint = _("Remove what stands before the @ from base_url.")
        yield Fault(Code.KEY_IN_FILE, "base_url", message, hint, severe=False)
    elif message := odd_ending(url, provider):
        hint = _("Change the end of base_url, or leave it if you know the server to be different.")
        yield Fault(Code.BASE_URL_SUFFIX, "base_url", message, hint, severe=False)
    elif message := odd_host(url):
        hint = _("Write it in full, such as https://example.com/v1, or leave it if this machine knows the name.")
        yield Fault(Code.BASE_URL_HOST, "base_url", message, hint, severe=False)


def _waits(values: Values) -> Iterator[Fault]:
    least, most = values.get("retry_min_wait"), values.get("retry_max_wait")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        message = _("The shortest wait is above the longest, and wins: every wait is {least} s.").format(least=least)
        hint = _("Lower retry_min_wait, or raise retry_max_wait.")
        yield Fault(Code.MIN_ABOVE_MAX, "retry_min_wait", message, hint, severe=False)
