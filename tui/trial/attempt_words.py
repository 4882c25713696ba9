"""What is said of attempts and outcomes, on the screen and in a stream of lines."""

from collections.abc import Sequence
from typing import Final

from tui.base.foreign import clean
from tui.base.translation import _, listed
from tui.retry.policy import RetryPolicy
from tui.retry.retried import is_transient
from tui.retry.schedule import in_words
from tui.trial.events import Attempt, Outcome

_NOT_OPENHANDS: Final = frozenset({"probe-crashed", "probe-failed", "no-litellm", "too-large"})
"""Causes that are ours: OpenHands has another process, and reads an answer of any size."""


def status(attempt: Attempt) -> str:
    """The HTTP status; a word where there was no response."""
    return str(attempt.status) if attempt.status else _("none") if attempt.error else "200"


def reason(attempt: Attempt) -> str:
    """Why an attempt failed, in two or three words."""
    if attempt.reply.ok:
        return _("answered")
    causes = {
        "refused": _("connection refused"), "dns": _("host not found"), "tls": _("no secure connection"),
        "reset": _("connection lost"), "unreachable": _("host not reached"), "proxy": _("stopped by a proxy"),
        "timeout": _("no answer in time"), "redirected": _("redirected, not followed"),
        "foreign-origin": _("other address, not called"), "not-an-llm": _("not a model's answer"),
        "web-page": _("a web page"), "page-of-refusal": _("a web page"), "not-http": _("not HTTP"),
        "too-large": _("too large an answer"),
        "unsendable-key": _("key not sent"), "no-litellm": _("no call possible"), "probe-failed": _("no call possible"),
        "empty-answer": _("an empty answer"), "no-provider": _("unknown provider"),
        "probe-crashed": _("the probe crashed"),
    }  # fmt: skip
    statuses = {
        400: _("request refused"), 401: _("key refused"), 402: _("not paid"), 403: _("not allowed"),
        404: _("not found"), 408: _("no answer in time"), 413: _("request too long"), 422: _("request refused"),
        429: _("rate limited"), 500: _("server error"), 502: _("bad gateway"), 503: _("overloaded"),
        504: _("no answer in time"), 511: _("login wanted"), 529: _("overloaded"),
    }  # fmt: skip
    return causes.get(attempt.reply.cause or "") or statuses.get(attempt.status or 0) or attempt.error or _("failed")


def so_far(attempts: Sequence[Attempt]) -> str:
    """What the failed attempts came to, in a short sentence: "Rate limited twice."; "" for none."""
    reasons = {reason(attempt) for attempt in attempts}
    if len(reasons) != 1:
        return _("{count} attempts failed.").format(count=len(attempts)) if attempts else ""
    why = reasons.pop()
    why = why[:1].upper() + why[1:]
    words = {1: _("{reason}."), 2: _("{reason} twice.")}.get(len(attempts), _("{reason} {count} times."))
    return words.format(reason=why, count=len(attempts))


def outcome_summary(outcome: Outcome) -> str:
    """Time, tokens, cost and attempts of a test."""
    tokens = ""
    if outcome.prompt_tokens is not None and outcome.completion_tokens is not None:
        tokens = _("{sent} + {received} tokens").format(sent=outcome.prompt_tokens, received=outcome.completion_tokens)
    cost = _("cost unknown") if outcome.cost_usd is None else f"${outcome.cost_usd:.6f}"
    attempts = _("1 attempt") if outcome.attempts == 1 else _("{count} attempts").format(count=outcome.attempts)
    return listed([in_words(outcome.seconds), tokens, cost, attempts])


def asked_for(attempt: Attempt) -> str:
    """What the provider's Retry-After header says; "" where there is none."""
    return _("asks for {wait}").format(wait=in_words(attempt.retry_after)) if attempt.retry_after else ""


def line_of(attempt: Attempt) -> str:
    """An attempt as one line of plain text, without what the server said."""
    took = _("{number} s").format(number=f"{attempt.seconds:.2f}")
    words = (status(attempt), reason(attempt), took, asked_for(attempt))
    return _("attempt {number}").format(number=attempt.number) + "  " + "  ".join(word for word in words if word)


def comparison(outcome: Outcome, policy: RetryPolicy) -> str:
    """What OpenHands would have done in the place of the test, with its own waits; "" where that says nothing new."""
    if outcome.ok and outcome.unknown_up_to:
        sentence = _("openhands-ai up to {release} would not get it: its litellm does not know this provider.")
        return sentence.format(release=outcome.unknown_up_to)
    if outcome.ok:
        return _as_well(outcome.attempts, policy) if outcome.attempts > 1 else ""
    if outcome.last is None:
        return _unchecked(policy) if outcome.diagnosis and outcome.diagnosis.code == "no-key" else ""
    return _in_vain(outcome.last, policy)


def _in_vain(last: Attempt, policy: RetryPolicy) -> str:
    """The same for a test that ended with this failure."""
    if last.reply.cause in _NOT_OPENHANDS:
        return ""
    if last.reply.cause == "redirected":
        return _("OpenHands would follow the redirect, and take the key along.")
    if not is_transient(last.error or ""):
        return _("OpenHands would give up here as well: it does not try again after this.")
    if policy.attempts == 1:
        return _("OpenHands would give up here as well: the policy is one attempt.")
    sentence = _("OpenHands would make {count} attempts, and give up after {total} of waiting.")
    return sentence.format(count=policy.attempts, total=in_words(policy.total()))


def _unchecked(policy: RetryPolicy) -> str:
    """A missing key is a server error to litellm on the routes of OpenAI, Google and some others."""
    if policy.attempts == 1:
        return _("OpenHands does not check: with some providers it makes the call, for nothing.")
    sentence = _(
        "OpenHands does not check: with some providers it makes {count} attempts, {total} of waiting, for nothing."
    )
    return sentence.format(count=policy.attempts, total=in_words(policy.total()))


def _as_well(number: int, policy: RetryPolicy) -> str:
    waited = in_words(sum(policy.waits()[: number - 1]))
    sentence = _("OpenHands would get it as well: at attempt {number} of {count}, after {waited} of waiting.")
    return sentence.format(number=number, count=policy.attempts, waited=waited)


def whole_test(target: str, attempts: list[Attempt], outcome: Outcome | None, policy: RetryPolicy) -> str:
    """A whole test as lines of text, to be copied; texts of servers are in it, keys are not."""
    lines = [target, *(line_of(attempt) + (f"  {attempt.message}" if attempt.message else "") for attempt in attempts)]
    if outcome:
        lines += conclusion(outcome, policy)
    return "\n".join(clean(line) for line in lines if line)


def conclusion(outcome: Outcome, policy: RetryPolicy) -> list[str]:
    """The end of a test as lines of text."""
    if outcome.diagnosis:
        said = [outcome.diagnosis.message, outcome.diagnosis.hint]
    else:
        said = [f"{clean(outcome.text, limit=200)} — {outcome_summary(outcome)}"]
    return [*said, *afterthoughts(outcome, policy)]


def afterthoughts(outcome: Outcome, policy: RetryPolicy) -> list[str]:
    """What else is to be said of an end: that the time limit made it, and what OpenHands would have done."""
    limited = _("The time limit ended the test.") if outcome.out_of_time else ""
    return [sentence for sentence in (limited, comparison(outcome, policy)) if sentence]
