"""Which reason a reply gives: by what was on the wire, by what the whole body says, and by the status last of all.

Providers say the same thing with different statuses, and different things with the same one.
"""

import re
from typing import Final

from tui.trial.probe_order import ProbeOrder
from tui.trial.reply import Reply

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
