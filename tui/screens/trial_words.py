"""What the Test step says."""

from tui.base.translation import _
from tui.retry.policy import RetryPolicy
from tui.retry.schedule import in_words
from tui.settings.draft import Draft
from tui.settings.fields import BY_KEY
from tui.trial.events import Outcome, Waiting
from tui.widgets.tone import Piece


def explanation() -> list[list[Piece]]:
    """What is tried again, and what is not."""
    said = [
        _("429, 408, 500, 503, 504, time-outs and lost connections are tried again, as OpenHands does."),
        _("400, 401, 402, 403, 404 and 502 are not: trying again would not help."),
        _("No redirect is followed, so that the key goes to no other host."),
        _("OpenHands itself may send up to three requests an attempt on OpenAI routes; this test sends one."),
    ]
    rows: list[list[Piece]] = []
    for sentence in said:
        rows += [[(sentence, "muted")], [("", "plain")]]
    return rows


def waiting(event: Waiting, policy: RetryPolicy) -> list[Piece]:
    """Which attempt comes next, and how long it may go on."""
    rest = sum(policy.waits()[event.after - 1 :])
    attempt = _("{number} of {count}").format(number=event.after + 1, count=policy.attempts)
    pieces: list[Piece] = [(_("OpenHands would do the same: attempt "), "plain"), (attempt, "strong")]
    return [*pieces, (_(", at most "), "plain"), (in_words(rest), "strong"), (_(" left."), "plain")]


def onward(outcome: Outcome) -> str:
    """What Enter does after a test."""
    if outcome.ok:
        return _("Finish")
    field = outcome.diagnosis.field if outcome.diagnosis else None
    return _("Mend: {field}").format(field=BY_KEY[field].label) if field else _("Send")


def rehearsed(draft: Draft) -> str:
    """What a rehearsal was, and what comes next."""
    name = draft.provider.name if draft.provider else _("the provider")
    words = _("That was a rehearsal: nothing was sent to {name}, nothing was spent. Enter sends the real one.")
    return words.format(name=name)


def host(draft: Draft) -> str:
    where = draft.base_url or (draft.provider.default_base_url if draft.provider else "")
    return where.partition("://")[2].rstrip("/") or where or (draft.provider.name if draft.provider else "")


def summary(outcome: Outcome) -> str:
    tokens = ""
    if outcome.prompt_tokens is not None and outcome.completion_tokens is not None:
        tokens = _("{sent} + {received} tokens, ").format(
            sent=outcome.prompt_tokens, received=outcome.completion_tokens
        )
    cost = _("cost unknown") if outcome.cost_usd is None else f"${outcome.cost_usd:.6f}"
    attempts = _("1 attempt") if outcome.attempts == 1 else _("{count} attempts").format(count=outcome.attempts)
    return f"{in_words(outcome.seconds)}, {tokens}{cost}, {attempts}"
