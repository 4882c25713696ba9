"""What a failed test means for the user: what happened, what to do, and which setting mends it."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tui.base.foreign import clean
from tui.base.translation import _
from tui.catalog.first_class import first_class
from tui.credentials.identity import origin_of
from tui.retry.schedule import in_words
from tui.trial import clues
from tui.trial.order import REHEARSED, Order
from tui.trial.reply import Reply
from tui.trial.sentences import REASONS, SENTENCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.catalog.models import Catalogue


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`code` never changes and is never translated; `field` is the TOML key to mend, None when no setting helps."""

    code: str
    message: str
    hint: str
    field: str | None = None


CODES: Final = frozenset(SENTENCES)

_BY_CAUSE: Final = {
    "refused": "no-connection", "reset": "no-connection", "unreachable": "no-connection", "dns": "dns", "tls": "tls",
    "proxy": "proxy", "timeout": "timeout", "redirected": "redirected", "foreign-origin": "foreign-origin",
    "web-page": "web-page", "not-an-llm": "not-an-llm", "empty-answer": "empty-answer",
    "no-provider": "unknown-provider", "no-key": "no-key", "login": "unknown-provider",
    "missing-package": "unknown-provider", "probe-crashed": "probe-crashed",
}  # fmt: skip
_BY_STATUS: Final = {
    401: "bad-key", 402: "payment", 403: "forbidden", 404: "unknown-model", 407: "proxy", 408: "timeout",
    413: "context", 429: "rate-limited", 503: "overloaded", 504: "timeout", 511: "web-page", 529: "overloaded",
}  # fmt: skip
# Providers say these things with statuses that mean something else; asked in this order.
_BY_WORDS: Final = {
    "quota": r"insufficient_quota|per.?day|\b(RPD|TPD)\b|(monthly|daily).{0,20}(limit|quota)",
    "payment": r"credit balance|insufficient (balance|credits|funds)|payment",
    "bad-key": r"(invalid|incorrect|expired).{0,20}(api.?key|token)|api.?key.{0,20}(invalid|not valid|expired)",
    "unknown-model": r"not a valid model|model.{0,80}not (found|exist|supported)|(no such|unknown|invalid) model",
}


def _no_catalogue() -> None:
    return None


def diagnose(reply: Reply, order: Order, catalogue: "Callable[[], Catalogue | None]" = _no_catalogue) -> Diagnosis:
    """Why the last call failed. The catalogue is only asked for where a model is not known."""
    if reply.cause in ("login", "missing-package"):
        hint = _("Choose another provider, or install what is missing.")
        return Diagnosis("unknown-provider", reply.message, hint, "model")
    code = _code(reply, order)
    reason, said = _most_telling(code, reply, order, catalogue)
    return explain(reason, order, said)


def _most_telling(
    code: str, reply: Reply, order: Order, catalogue: "Callable[[], Catalogue | None]"
) -> tuple[str, str]:
    """The code, or a reason that says more; with what fills its sentences."""
    reason, said = code, reply.message
    match code:
        case "bad-key" if owner := clues.other_owner(order):
            reason, said = "key-of-another", owner
        case "unknown-model" if near := clues.near_models(order, catalogue):
            reason, said = "near-names", ", ".join(near)
        case "timeout" if reply.cause == "timeout" and not order.options.get("timeout"):
            reason, said = "no-timeout-set", in_words(round(reply.seconds))
        case "rate-limited" if reply.retry_after:
            reason, said = "asks-to-wait", in_words(reply.retry_after)
        case "no-connection" if clues.is_own_container(order):
            reason = "in-container"
        case "dns" if clues.is_name_of_containers(order):
            reason = "only-in-containers"
        case "dns" if not order.called_url:
            reason = "no-network"
    return reason, said


def explain(reason: str, order: Order, said: str = "") -> Diagnosis:
    """The sentences for a code or a reason, also when no call was made: no-key, proxy-before-local, cancelled."""
    code, message, hint, field = REASONS[reason] if reason in REASONS else (reason, *SENTENCES[reason])
    values = {
        "model": clean(order.model), "provider": _name(order), "host": _host(order), "name": clean(order.host) or "–",
        "said": said or "–",
    }  # fmt: skip
    if reason == "bad-request":
        field = clues.named_setting(said) or field
    if field == "api_key" and order.family == "bedrock":
        field = "aws_access_key_id"
    if field == "base_url" and not order.base_url:
        field = None
    said_so = message.format(**values)
    if order.model == REHEARSED:
        said_so = said_so[:1].upper() + said_so[1:]
    return Diagnosis(code, said_so, hint.format(**values), field)


def _host(order: Order) -> str:
    """Host and port of the base URL; the provider's name where litellm knows the address."""
    if order.model == REHEARSED:
        return _("the rehearsal")
    origin = origin_of(order.called_url)
    return clean(origin.partition("://")[2]) if origin else _name(order)


def _name(order: Order) -> str:
    """The provider as people call it; whose address stands for many is called by its address."""
    origin = origin_of(order.called_url)
    if order.family == "openai" and order.base_url and origin:
        return clean(origin.partition("://")[2])
    return next((p.name for p in first_class() if order.family in (p.family, p.id)), clean(order.family))


def _code(reply: Reply, order: Order) -> str:
    if reply.cause:
        return _BY_CAUSE.get(reply.cause, "server-error")
    if reply.error == "ContextWindowExceededError":
        return "context"
    by_words = _by_words(reply)
    if by_words:
        return by_words
    if reply.status == 404 and order.base_url and not re.search("model|deployment", reply.message, re.IGNORECASE):
        return "not-an-llm"
    if reply.error == "Timeout":
        return "timeout"
    status = reply.status or 500
    return _BY_STATUS.get(status, "bad-request" if status < 500 else "server-error")


def _by_words(reply: Reply) -> str | None:
    if reply.status is None or reply.status >= 500:
        return None
    return next((code for code, words in _BY_WORDS.items() if re.search(words, reply.message, re.IGNORECASE)), None)
