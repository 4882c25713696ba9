"""What the Test step says."""

from dataclasses import replace
from typing import Final

from textual.content import Content

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.translation import _
from tui.base.userinfo import without_userinfo
from tui.drafts.draft import Draft
from tui.openhands.fields import BY_KEY
from tui.openhands.releases import is_past
from tui.retry.retried import FAILURES, LATEST, answer
from tui.trial.attempt_words import afterthoughts, summary
from tui.trial.events import Outcome
from tui.trial.plan import Plan
from tui.widgets.remark import remark
from tui.widgets.tone import Piece, left, line

_MATTERS_OF_TIME: Final = ("rate-limited", "overloaded")
"""Codes of diagnoses that a test which is stopped has not waited for."""


def explanation() -> list[list[Piece]]:
    """What is tried again, and what is not."""
    rows: list[list[Piece]] = [[(_("OpenHands {release}").format(release=LATEST), "muted")]]
    for failure in FAILURES:
        said = answer(failure, LATEST)
        rows.append([(left(said, 5), "muted" if said == _("no") else "good"), (failure.words, "muted")])
    more = [
        _("“Some” depends on the provider. F1 on Retries shows earlier releases."),
        _("No redirect is followed: the key goes to no other host."),
        _("OpenHands may send up to three requests an attempt on OpenAI routes; this test sends one."),
    ]
    for sentence in more:
        rows += [[("", "plain")], [(sentence, "muted")]]
    return rows


def target(plan: Plan, draft: Draft) -> str:
    """What is called, and where."""
    if plan.is_rehearsal:
        return _("rehearsal on this machine, waits shortened {speed:g} times").format(speed=plan.speed)
    return clean(f"{plan.order.called_model}  →  {host(draft)}")


def onward(outcome: Outcome) -> str:
    """What Enter does after a test."""
    if outcome.ok:
        return _("Finish")
    field = outcome.diagnosis.field if outcome.diagnosis else None
    return _("Fix: {field}").format(field=BY_KEY[field].label) if field else _("Send")


def concluded(outcome: Outcome, plan: Plan, draft: Draft) -> list[Content]:
    """The end of a test: the answer, or what happened and what to do; and what OpenHands would have done."""
    if is_past(outcome.unknown_up_to, draft.own.preference("release")):
        outcome = replace(outcome, unknown_up_to="")
    if outcome.ok:
        rows = [line((clean(outcome.text, limit=200), "strong"), (" — " + summary(outcome), "muted"))]
    elif outcome.diagnosis:
        rows = [remark(outcome.diagnosis.message, "wrong"), line(("  " + outcome.diagnosis.hint, "plain"))]
    else:
        rows = []
    indent = "" if outcome.ok else "  "
    rows += [line((indent + sentence, "muted")) for sentence in afterthoughts(outcome, plan.openhands)]
    return [*rows, line((_rehearsed(draft), "good"))] if plan.is_rehearsal else rows


def stopped(outcome: Outcome | None) -> list[Content]:
    """That a test was broken off; and why it failed until then, where more of the same would not have helped."""
    rows = [remark(_("Stopped. Nothing more is sent."))]
    if outcome and outcome.diagnosis and outcome.diagnosis.code not in _MATTERS_OF_TIME:
        rows += [remark(outcome.diagnosis.message, "wrong"), line(("  " + outcome.diagnosis.hint, "plain"))]
    return rows


def fixable(outcome: Outcome | None) -> Outcome | None:
    """The outcome of a stopped test if something else than patience fixes it."""
    diagnosis = outcome.diagnosis if outcome else None
    return outcome if diagnosis and diagnosis.field and diagnosis.code not in _MATTERS_OF_TIME else None


def failed(error: BaseException | None) -> Content:
    """Why a test could not be made, or broke off."""
    if isinstance(error, SetupError):
        return remark(str(error), "wrong")
    return remark(_("The test broke off ({what}). Send it again.").format(what=type(error).__name__), "wrong")


def _rehearsed(draft: Draft) -> str:
    """What a rehearsal was, and what comes next."""
    name = draft.provider.name if draft.provider else _("the provider")
    words = _("That was a rehearsal: nothing was sent to {name}, nothing was spent. Enter sends the real one.")
    return words.format(name=name)


def host(draft: Draft) -> str:
    """Where the requests go."""
    where = without_userinfo(draft.base_url) or (draft.provider.default_base_url if draft.provider else "")
    return where.partition("://")[2].rstrip("/") or where or (draft.provider.name if draft.provider else "")
