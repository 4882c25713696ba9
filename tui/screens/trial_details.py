"""What the Test step shows below its attempts, where there is room: the last answer, what it cost, what is possible."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.translation import _
from tui.catalog.models import Model, typical_task_cost
from tui.drafts.draft import Draft
from tui.drafts.policy import policy_of
from tui.retry.schedule import in_seconds, in_words, rows, share
from tui.screens.trial_words import keys
from tui.trial.attempt_words import reason, status
from tui.trial.events import Attempt, Outcome
from tui.trial.plan import Plan
from tui.widgets.bars import Bar
from tui.widgets.details import DetailRow, Fact
from tui.widgets.explanation import Heading

if TYPE_CHECKING:
    from tui.widgets.tone import Piece

_BEFORE: Final = 6
_KINDS = {"floor": "bar-floor", "grows": "bar", "ceiling": "bar-ceiling"}


TALL: Final = 30
"""Rows of a terminal from which on details stand below what one came for."""
VERY_TALL: Final = 34
HUGE: Final = 40
LEAST: Final = 20
"""Rows that a passed test and its costs need beside those of its attempts."""


def before(draft: Draft, height: int) -> Sequence[DetailRow]:
    """Of a test that is still to come, on a terminal of `height` rows."""
    return if_all_fails(draft) if height >= VERY_TALL else ()


def meanwhile(attempts: Sequence[Attempt], height: int) -> Sequence[DetailRow]:
    """While it goes on."""
    last = last_answer(attempts[-1], short=height < TALL) if attempts else []
    return [*last, *_earlier(attempts, height)]


def afterwards(
    outcome: Outcome, plan: Plan, attempts: Sequence[Attempt], model: Model | None, height: int
) -> Sequence[DetailRow]:  # fmt: skip
    """When it is over."""
    if outcome.ok:
        more = answered(outcome, plan, attempts) if height >= TALL else ()
        return [*costs(outcome, model), *more, *_earlier(attempts, height)] if len(attempts) + LEAST <= height else ()
    last = meanwhile(attempts, height)
    return [*last, *also_possible()] if height >= TALL else last


def _earlier(attempts: Sequence[Attempt], height: int) -> Sequence[DetailRow]:
    return answers_before(attempts) if height >= HUGE else ()


def if_all_fails(draft: Draft) -> list[DetailRow]:
    """The waits that a test would have at most; none for a policy that means nothing."""
    try:
        policy = policy_of(draft)
    except SetupError:
        return []
    schedule = rows(policy)[:10]
    longest = max((row.wait for row in schedule), default=0.0)
    total = _("gives up after {total} of waiting").format(total=in_words(policy.total()))
    bars = [
        Bar(
            _("attempt {number}").format(number=row.attempt),
            share(row.wait, longest),
            in_seconds(row.wait),
            _KINDS[row.kind],
        )
        for row in schedule
    ]
    return [[], Heading(_("If every attempt fails"), total), *bars] if bars else []


def last_answer(attempt: Attempt, *, short: bool) -> list[DetailRow]:
    """What came of the last attempt; `short` is its message alone."""
    number, seconds = attempt.number, f"{attempt.seconds:.2f}"
    note = _("attempt {number}, after {seconds} s").format(number=number, seconds=seconds)
    heading = Heading(_("The last answer"), note)
    message = clean(attempt.message, limit=400) or reason(attempt)
    if short:
        return [[], heading, Fact(clean(attempt.error or "", limit=30), message)]
    tone = "wrong" if not attempt.retryable else "look-out"
    facts = [Fact(_("Status"), f"{status(attempt)} {reason(attempt)}", tone)]
    if attempt.retry_after:
        words = _("{wait}, which OpenHands does not heed").format(wait=in_words(attempt.retry_after))
        facts.append(Fact(_("Retry-After"), words))
    does = _("{error}: tries again") if attempt.retryable else _("{error}: stops")
    facts.append(Fact(_("Message"), message))
    facts.append(Fact(_("OpenHands"), does.format(error=attempt.error or _("no error")), "plain"))
    return [[], heading, *facts]


def answers_before(attempts: Sequence[Attempt]) -> list[DetailRow]:
    """What came of the attempts before the last one, in a line each."""
    before = attempts[:-1][-_BEFORE:]
    facts = [
        Fact(
            _("attempt {number}").format(number=each.number),
            clean(each.message, limit=400) or reason(each),
            note=clean(each.error or "", limit=30),
        )
        for each in before
    ]
    return [[], Heading(_("The answers before")), *facts] if facts else []


def answered(outcome: Outcome, plan: Plan, attempts: Sequence[Attempt]) -> list[DetailRow]:
    """The answer, and where the time went."""
    requests = sum(attempt.seconds for attempt in attempts)
    waited = max(outcome.seconds - requests, 0.0)
    time = _("{requests} of requests, {waited} of waiting")
    facts = [
        Fact(_("Model"), clean(plan.order.called_model)),
        Fact(_("Text"), f"“{clean(outcome.text, limit=400)}”"),
        Fact(_("Time"), time.format(requests=in_words(round(requests, 1)), waited=in_words(round(waited, 1)))),
    ]
    return [[], Heading(_("The answer")), *facts]


def costs(outcome: Outcome, model: Model | None) -> list[DetailRow]:
    """What it cost, and what a task of OpenHands will; nothing where that is not known."""
    task = typical_task_cost(model) if model else None
    if not task or outcome.cost_usd is None:
        return []
    return [
        [],
        Heading(_("What it cost, and what a task will")),
        Bar(_("this test"), outcome.cost_usd / task, f"${outcome.cost_usd:.6f}"),
        Bar(_("a task, about"), 1.0, _("${cost:,.2f}").format(cost=task)),
    ]


def figures(outcome: Outcome, plan: Plan) -> list[tuple[str, str]]:
    """Time, attempts, tokens and cost; of a rehearsal, whose tokens are made up, the first two."""
    attempts = _("{number} of {count}").format(number=outcome.attempts, count=plan.policy.attempts)
    both = [(in_words(outcome.seconds), _("in all")), (attempts, _("attempts"))]
    if plan.is_rehearsal:
        return both
    known = outcome.prompt_tokens is not None and outcome.completion_tokens is not None
    tokens = f"{outcome.prompt_tokens} + {outcome.completion_tokens}" if known else _("unknown")
    cost = _("unknown") if outcome.cost_usd is None else f"${outcome.cost_usd:.6f}"
    return [*both, (tokens, _("tokens in + out")), (cost, _("its cost"))]


def also_possible() -> list[DetailRow]:
    """Keys that lead on from a failure."""
    rows: Sequence[list[Piece]] = keys(
        ("a", _("send it again as it is")),
        ("n", _("another prompt, another rehearsal")),
        ("^r", _("rehearse the retries: no key, no network, no cost")),
        ("esc", _("back to Review")),
    )
    return [[], Heading(_("Also possible")), *rows]
