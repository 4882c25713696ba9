"""What a failed test means for the user: what happened, what to do, and which setting fixes it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tui.base.foreign import clean
from tui.base.translation import _
from tui.catalog.first_class import first_class
from tui.credentials.identity import origin_of
from tui.retry.schedule import in_words
from tui.trial import clues
from tui.trial.order import REHEARSED, Order
from tui.trial.reasons import REASONS
from tui.trial.recognition import reason_of
from tui.trial.reply import Reply
from tui.trial.sentences import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.catalog.models import Catalogue


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


def diagnose(reply: Reply, order: Order, catalogue: "Callable[[], Catalogue | None]" = _no_catalogue) -> Diagnosis:
    """Why the last call failed. The catalogue is only asked for where a model is not known."""
    if reply.cause in ("login", "missing-package"):
        hint = _("Choose another provider, or install what is missing.")
        return Diagnosis("unknown-provider", reply.message, hint, "model")
    reason, said = _most_telling(reason_of(reply, order), reply, order, catalogue)
    return explain(reason, order, said)


def _most_telling(
    found: str, reply: Reply, order: Order, catalogue: "Callable[[], Catalogue | None]"
) -> tuple[str, str]:
    """`found`, or a reason that says more; with what fills its sentences."""
    match found:
        case "bad-key" if owner := clues.other_owner(order):
            return "key-of-another", owner
        case "unknown-model" if near := clues.near_models(order, catalogue):
            return "near-names", ", ".join(near)
        case "rate-limited" if reply.retry_after:
            return "asks-to-wait", in_words(reply.retry_after)
        case "quota" if clues.is_daily(reply):
            return "quota-of-day", reply.message
        case "content-filter" if filters := clues.filters_in(reply.words):
            return found, filters
    return _more_of_the_way(found, reply, order)


def _more_of_the_way(found: str, reply: Reply, order: Order) -> tuple[str, str]:
    """The same where no answer came: from the address, the machine and the settings."""
    reason, said = found, reply.message
    match found:
        case "timeout" if reply.cause == "timeout" and not order.options.get("timeout"):
            reason, said = "no-timeout-set", in_words(round(reply.seconds))
        case "no-connection" if reply.cause == "refused" and clues.is_own_container(order):
            reason = "in-container"
        case "dns" if clues.is_name_of_containers(order):
            reason = "only-in-containers"
        case "dns" if not order.called_url:
            reason = "no-network"
        case "no-key" if lack := clues.lack_of_credentials(order):
            reason = lack
    return reason, said


def explain(reason: str, order: Order, said: str = "") -> Diagnosis:
    """The sentences for a code or a reason, also when no call was made: no-key, proxy-before-local, cancelled."""
    code, message, hint, field = REASONS[reason] if reason in REASONS else (reason, *SENTENCES[reason])
    values = {
        "model": clean(order.model), "provider": _name(order), "host": _host(order), "name": clean(order.host) or "–",
        "said": said or "–", "bare": clean(order.called_model.partition("/")[2]),
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
