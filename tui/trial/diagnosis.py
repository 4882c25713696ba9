"""What a failed test means for the user: what happened, what to do, and which setting fixes it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tui.base.foreign import clean
from tui.base.translation import _
from tui.credentials.identity import origin_of
from tui.retry.schedule import in_words
from tui.trial import recognition
from tui.trial.probe_order import REHEARSED, ProbeOrder
from tui.trial.reasons import REASONS
from tui.trial.recognition import reason_of
from tui.trial.reply import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.catalog.models import Catalogue

# -- the sentences of a diagnosis

# code → what happened, what to do, TOML key. {model}, {provider}, {host} and {said} are filled in.
SENTENCES: Final[dict[str, tuple[str, str, str | None]]] = {
    "no-key": (_("There is no API key for {provider}."), _("Enter one, or choose where it is kept."), "api_key"),
    "bad-key": (
        _("{host} does not accept the key."),
        _("Check that it is whole, still valid, and meant for this provider."),
        "api_key",
    ),
    "forbidden": (
        _("{host} knows the key, but does not allow this call: {said}"),
        _("Check what the key may do, and whether the model is open to your account and region."),
        "api_key",
    ),
    "payment": (_("{host} wants to be paid first: {said}"), _("Top up the account, or choose another provider."), None),
    "unknown-model": (_("{host} has no model {model}."), _("Choose one from the provider's own list."), "model"),
    "unknown-provider": (
        _("{model} names no provider that can be called."),
        _("Put the provider before the name, such as openai/… or anthropic/…."),
        "model",
    ),
    "bad-request": (
        _("{host} refuses the request: {said}"),
        _("Look for the setting that it names among the options."),
        "model",
    ),
    "context": (
        _("The prompt does not fit into the context of {model}."),
        _("Use a shorter prompt, or a model with more context."),
        "model",
    ),
    "rate-limited": (
        _("{host} still limits the rate after the last attempt."),
        _("Wait longer between attempts, or make more of them."),
        "retry_max_wait",
    ),
    "quota": (
        _("The quota of this account is used up: {said}"),
        _("Raising the limit or paying helps; retrying does not."),
        None,
    ),
    "server-error": (
        _("{host} failed with an error of its own: {said}"),
        _("Try again later, or choose another model."),
        None,
    ),
    "overloaded": (
        _("{host} is overloaded or not ready."),
        _("Try again later; a local server may still be loading the model."),
        None,
    ),
    "no-connection": (
        _("No connection to {host}: {said}"),
        _("Check that the server runs, and that address and port are right."),
        "base_url",
    ),
    "dns": (_("There is no host named {host}."), _("Check the spelling of the address, and the network."), "base_url"),
    "tls": (
        _("The connection to {host} cannot be trusted: {said}"),
        _("Check the address and the clock; for a company's own certificate set SSL_CERT_FILE."),
        "base_url",
    ),
    "proxy": (
        _("The proxy does not let the request through: {said}"),
        _("Check HTTP_PROXY and HTTPS_PROXY; put {name} into NO_PROXY if it stands in your own network."),
        None,
    ),
    "redirected": (
        _("The request was meant for another address, and the key was not sent there: {said}"),
        _("Enter the final address as base URL."),
        "base_url",
    ),
    "timeout": (_("{host} did not answer in time."), _("Try again, or allow more time."), "timeout"),
    "not-an-llm": (
        _("{host} answers, but not as an LLM does: {said}"),
        _("Check the path of the base URL, and whether a login page is in the way."),
        "base_url",
    ),
    "too-large": (
        _("{host} sends more than an LLM answers: {said}"),
        _("Check the path of the base URL, and what serves there: an answer has a few KB."),
        "base_url",
    ),
    "empty-answer": (
        _("{model} answered without any text."),
        _("Allow more output tokens, or choose another model."),
        "max_output_tokens",
    ),
    "probe-crashed": (
        _("The process that makes the calls was lost: {said}"),
        _("Send again: another one has been started."),
        None,
    ),
    "cancelled": (_("The test was stopped."), _("Send again to restart it."), None),
}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`code` never changes and is never translated; `field` is the TOML key to fix, None when no setting helps."""

    code: str
    message: str
    hint: str
    field: str | None = None


CODES: Final = frozenset(SENTENCES)


def _no_catalogue() -> None:
    return None


def diagnose(reply: Reply, order: ProbeOrder, catalogue: "Callable[[], Catalogue | None]" = _no_catalogue) -> Diagnosis:
    """Why the last call failed. The catalogue is only asked for where a model is not known."""
    if reply.cause in ("login", "missing-package"):
        hint = _("Choose another provider, or install what is missing.")
        return Diagnosis("unknown-provider", reply.message, hint, "model")
    reason, said = _most_telling(reason_of(reply, order), reply, order, catalogue)
    return explain(reason, order, said)


def _most_telling(
    found: str, reply: Reply, order: ProbeOrder, catalogue: "Callable[[], Catalogue | None]"
) -> tuple[str, str]:
    """`found`, or a reason that says more; with what fills its sentences."""
    match found:
        case "bad-key" if owner := recognition.other_owner_name(order):
            return "key-of-another", owner
        case "unknown-model" if near := recognition.near_names(order, catalogue):
            return "near-names", ", ".join(near)
        case "rate-limited" if reply.retry_after:
            return "asks-to-wait", in_words(reply.retry_after)
        case "quota" if recognition.is_daily(reply):
            return "quota-of-day", reply.message
        case "content-filter" if filters := recognition.filters_in(reply.words):
            return found, filters
    return _more_of_the_way(found, reply, order)


def _more_of_the_way(found: str, reply: Reply, order: ProbeOrder) -> tuple[str, str]:
    """The same where no answer came: from the address, the machine and the settings."""
    reason, said = found, reply.message
    match found:
        case "timeout" if reply.cause == "timeout" and not order.options.get("timeout"):
            reason, said = "no-timeout-set", in_words(round(reply.seconds))
        case "no-connection" if reply.cause == "refused" and recognition.is_own_container(order):
            reason = "in-container"
        case "dns" if recognition.is_name_of_containers(order):
            reason = "only-in-containers"
        case "dns" if not order.called_url:
            reason = "no-network"
        case "no-key" if lack := recognition.lack_of_credentials(order):
            reason = lack
    return reason, said


def explain(reason: str, order: ProbeOrder, said: str = "") -> Diagnosis:
    """The sentences for a code or a reason, also when no call was made: no-key, proxy-before-local, cancelled."""
    code, message, hint, field = REASONS[reason] if reason in REASONS else (reason, *SENTENCES[reason])
    values = {
        "model": clean(order.model), "provider": _name(order), "host": _host(order), "name": clean(order.host) or "–",
        "said": said or "–", "bare": clean(order.called_model.partition("/")[2]),
    }  # fmt: skip
    if reason == "bad-request":
        field = recognition.named_setting(said) or field
    if field == "api_key" and order.family == "bedrock":
        field = "aws_access_key_id"
    if field == "base_url" and not order.base_url:
        field = None
    said_so = message.format(**values)
    if order.model == REHEARSED:
        said_so = said_so[:1].upper() + said_so[1:]
    return Diagnosis(code, said_so, hint.format(**values), field)


def _host(order: ProbeOrder) -> str:
    """Host and port of the base URL; the provider's name where litellm knows the address."""
    if order.model == REHEARSED:
        return _("the rehearsal")
    origin = origin_of(order.called_url)
    return clean(origin.partition("://")[2]) if origin else _name(order)


def _name(order: ProbeOrder) -> str:
    """The provider as people call it; whose address stands for many is called by its address."""
    origin = origin_of(order.called_url)
    if order.family in ("openai", "") and order.base_url and origin:
        return clean(origin.partition("://")[2])
    provider = recognition.called_provider(order)
    return provider.name if provider else clean(order.family or order.called_model)
