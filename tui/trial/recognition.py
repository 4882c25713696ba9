"""Which reason a reply gives: by what was on the wire, by what the whole body says, and by the status last of all.

What else can be told of a failure comes from the key, the address, the model's name and the machine.

Providers say the same thing with different statuses, and different things with the same one.
"""

import re
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.base.key_shapes import provider_by_key
from tui.base.network import is_loopback
from tui.catalog.first_class import first_class
from tui.catalog.providers import Provider, with_id
from tui.trial.probe_order import OPENHANDS_PREFIX, REHEARSED, ProbeOrder
from tui.trial.reply import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.catalog.models import Catalogue


_BY_CAUSE: Final = {
    "refused": "no-connection", "reset": "lost-connection", "unreachable": "no-connection", "dns": "dns", "tls": "tls",
    "proxy": "proxy", "timeout": "timeout", "redirected": "redirected", "foreign-origin": "foreign-origin",
    "web-page": "web-page", "page-of-refusal": "page-of-refusal", "not-http": "not-http", "not-an-llm": "not-an-llm",
    "too-large": "too-large", "empty-answer": "empty-answer", "no-provider": "unknown-provider",
    "no-project": "no-project", "no-key": "no-key", "unsendable-key": "unsendable-key", "login": "unknown-provider",
    "missing-package": "unknown-provider", "no-litellm": "no-litellm", "probe-crashed": "probe-crashed",
    "probe-failed": "probe-failed",
}  # fmt: skip
_BY_STATUS: Final = {
    401: "bad-key", 402: "payment", 403: "forbidden", 404: "unknown-model", 405: "not-an-llm", 407: "proxy",
    408: "gave-up", 413: "context", 429: "rate-limited", 503: "overloaded", 504: "gave-up", 511: "web-page",
    522: "gave-up", 524: "gave-up", 529: "overloaded",
}  # fmt: skip
_WITHIN: Final = {
    "quota": r"insufficient_quota|quotaId: \w*PerDay|budget_exceeded",
    "content-filter": r"content_filter\b|ResponsibleAIPolicyViolation|content_policy_violation",
    "no-deployment": r"\bDeploymentNotFound\b",
    "rejected-secret": r"\b(InvalidSignature|SignatureDoesNotMatch)",
    "bad-key": r"no_db_connection|token_not_found_in_db|API_KEY_INVALID|(UnrecognizedClient|ExpiredToken)Exception",
    "closed-model": r"_model_access_denied\b",
    "wrong-country": r"unsupported_country",
    "not-loaded": r"No models loaded|lms load",
}
"""Providers' own names for what went wrong, wherever they stand in a body; asked in this order, before the message."""
_IN_MESSAGE: Final = {
    "https-wanted": r"HTTP request (was sent )?to (an )?HTTPS",
    "quota": r"per.?day|\b(RPD|TPD)\b|(monthly|daily).{0,20}(limit|quota)|budget has been exceeded",
    "payment": r"credit balance|insufficient (balance|credits|funds)|payment",
    "bad-key": r"(invalid|incorrect|expired).{0,20}(api.?key|token)|api.?key.{0,20}(invalid|not valid|expired)",
    "wrong-country": r"(location|country|region|territory).{0,40} not supported",
    "account-policy": r"data policy|guardrail restrictions|privacy settings",
    "closed-model": r"(don't|not) have access to the model with|can only access models",
    "unknown-model": r"not a valid model|model.{0,80}not (found|exist|supported)|(no such|unknown|invalid) model"
    r"|No endpoints found|model identifier is invalid",
}
"""What they say to people."""
_PULL: Final = re.compile("try pulling", re.IGNORECASE)
_TOO_MUCH_OUTPUT: Final = re.compile(
    r"max_(completion_|output_)?tokens\W.{0,60}too large"
    r"|(?P<asked>\d+) in the messages, (?P<output>\d+) in the completion"
)


def reason_of(reply: Reply, order: ProbeOrder) -> str:
    """A code, or a reason that says more, as `explain` takes them."""
    if reply.cause:
        return _BY_CAUSE.get(reply.cause, "server-error")
    if reply.error == "ContextWindowExceededError":
        return _context(reply)
    reason = _by_words(reply)
    if reason:
        return _pulled(reply, order) if reason == "unknown-model" else reason
    if reply.status == 404:
        return _not_found(reply, order)
    if reply.error == "Timeout" and reply.status is None:
        return "timeout"
    status = reply.inner_status or reply.status or 500
    return _BY_STATUS.get(status, "bad-request" if status < 500 else "server-error")


def _by_words(reply: Reply) -> str:
    status = reply.inner_status or reply.status
    if status is None or status >= 500:
        return ""
    texts = (f"{reply.words} {reply.message}", _WITHIN), (reply.message, _IN_MESSAGE)
    found = (
        reason for text, table in texts for reason, words in table.items() if re.search(words, text, re.IGNORECASE)
    )
    return next(found, "")


def _not_found(reply: Reply, order: ProbeOrder) -> str:
    """A path that is not there, or a model."""
    if re.search("model|deployment", reply.message, re.IGNORECASE) or not order.base_url:
        return _pulled(reply, order)
    return "no-azure-path" if order.family == "azure" else "not-an-llm"


def _pulled(reply: Reply, order: ProbeOrder) -> str:
    return "not-pulled" if order.family.startswith("ollama") or _PULL.search(reply.message) else "unknown-model"


def _context(reply: Reply) -> str:
    found = _TOO_MUCH_OUTPUT.search(reply.message)
    if not found:
        return "context"
    too_much = found["asked"] is None or int(found["output"][:9]) > int(found["asked"][:9])
    return "too-much-output" if too_much else "context"


CONTAINER_MARKS: Final = (Path("/.dockerenv"), Path("/run/.containerenv"))
"""Files that Docker and Podman put into every container."""
_OF_AWS: Final = frozenset({"bedrock", "bedrock_converse", "sagemaker", "sagemaker_chat"})
_OTHER_NAMES: Final = {"max_tokens": "max_output_tokens", "max_completion_tokens": "max_output_tokens"}
_NAMABLE: Final = ("temperature", "top_p", "top_k", "seed", "reasoning_effort", "safety_settings", "api_version")


def called_provider(order: ProbeOrder) -> Provider | None:
    """The provider whose model it is by its name; of a bare one, which names none, that of whose key it is."""
    if order.model.startswith(OPENHANDS_PREFIX):
        return with_id("openhands")
    family = order.family
    return next((p for p in first_class() if family in (p.family, p.id)), None) if family else with_id(order.owner)


def other_owner_name(order: ProbeOrder) -> str:
    """The name of the provider that the key looks like one of, when that is another than the one called; else ""."""
    if not order.has_key or order.base_url:
        return ""
    id_ = provider_by_key(order.secrets["api_key"].reveal())
    owner = with_id(id_)
    return owner.name if owner and owner != called_provider(order) else ""


def near_names(order: ProbeOrder, catalogue: "Callable[[], Catalogue | None]") -> list[str]:
    """Up to three other models of the provider, still in service, with names near the one that it does not have."""
    if order.base_url or order.family == "azure":
        return []  # whoever runs the server names the models
    known = catalogue()
    if known is None:
        return []
    provider = called_provider(order)
    family = order.family or (provider.family if provider else "")
    called = order.called_model.removeprefix(f"{family}/")
    names = [model.name for model in known.of(family) if not model.retired(known.today)]
    return get_close_matches(called, [name for name in names if name != called], n=3, cutoff=0.6)


def is_own_container(order: ProbeOrder) -> bool:
    """Whether the address is this machine's own, and the machine a container."""
    return order.model != REHEARSED and is_loopback(order.host) and any(mark.exists() for mark in CONTAINER_MARKS)


def is_name_of_containers(order: ProbeOrder) -> bool:
    """Whether the host's name is one that Docker gives to containers, and this is none."""
    return order.host.endswith(".docker.internal") and not any(mark.exists() for mark in CONTAINER_MARKS)


def lack_of_credentials(order: ProbeOrder) -> str:
    """The reason where a cloud's credentials are missing, which are no API key; "" for other providers."""
    if order.family.startswith("vertex_ai"):
        return "no-google-credentials"
    return (half_of_a_pair(order) or "no-aws-keys") if order.family in _OF_AWS else ""


def half_of_a_pair(order: ProbeOrder) -> str:
    """The reason where one of AWS' two keys is there and the other is not; "" else.

    litellm leaves out the one without a word, and goes by the role of the machine.
    """
    if order.family not in _OF_AWS:
        return ""
    access, secret = (
        len(order.secrets[name]) > 0 if name in order.secrets else False
        for name in ("aws_access_key_id", "aws_secret_access_key")
    )
    return "" if access == secret else "no-secret-key" if access else "no-access-key"


def is_daily(reply: Reply) -> bool:
    """Whether a quota is one for a day, and not the account's."""
    return re.search(r"per.?day|\b(RPD|TPD)\b|daily", f"{reply.message} {reply.words}", re.IGNORECASE) is not None


def filters_in(words: str) -> str:
    """Azure's filters that stopped a prompt, by their names in `words` of a body; "" where it names none."""
    return ", ".join(dict.fromkeys(re.findall(r"\b(\w+)\.filtered: True", words)))


def named_setting(said: str) -> str:
    """The setting that a refusal names; "" for none."""
    if re.search("api.?version", said, re.IGNORECASE):
        return "api_version"
    names = _OTHER_NAMES | {key: key for key in _NAMABLE}
    return next((key for name, key in names.items() if re.search(rf"\b{name}\b", said)), "")
