"""What the Test step says."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.secrets_in_text import without_userinfo
from tui.base.translation import _, together
from tui.config_file.document import ConfigText
from tui.drafts.draft import Draft
from tui.openhands.fields import BY_KEY
from tui.openhands.releases import is_past
from tui.openhands.targets.further import unsent
from tui.openhands.targets.target import SERVER
from tui.retry.retried import FAILURES, LATEST, answer
from tui.trial.attempt_words import afterthoughts
from tui.trial.events import Outcome
from tui.trial.plan import Plan
from tui.trial.runner import TrialOptions
from tui.widgets.explanation import Heading, PaneRow
from tui.widgets.steps import Step, title
from tui.widgets.tone import Piece, left

_MATTERS_OF_TIME: Final = ("rate-limited", "overloaded")
"""Codes of diagnoses that a test which is stopped has not waited for."""
_ANSWERS: Final = {_("yes"): "good", _("some"): "plain", _("no"): "muted"}

Said = tuple[str, list[Piece], str]
"""How a test ended: the tone, a sentence, and what to do."""


def explanation(prompt: str, options: TrialOptions, config: ConfigText | None = None) -> list[PaneRow]:
    """What is tried again and what is not, what is sent, and in what this test departs from the program whose file is
    tried."""
    said = sorted(((answer(failure, LATEST), failure.words) for failure in FAILURES), key=_by_answer)
    rows: list[PaneRow] = [[(left(word, 5), _ANSWERS[word]), (words, _tone(word))] for word, words in said]
    sentence = _("“Some” depends on the provider. F1 on Retries shows earlier releases.")
    rows += [[], [(sentence, "muted")], [], Heading(_("What is sent")), [(f"“{clean(prompt, limit=200)}”", "plain")]]
    more = [
        _("One request an attempt. No redirect is followed: the key goes to no other host."),
        *_departures(config),
    ]
    rows += [[(sentence, "muted")] for sentence in more]
    heeded = _("heeded") if options.obeys_retry_after else _("shown, not heeded")
    limit = _("none") if options.time_limit is None else _("{minutes:g} min").format(minutes=options.time_limit / 60)
    rows += [[], Heading(_("This test")), *_facts((_("Retry-After"), heeded), (_("Time limit"), limit))]
    return [*rows, *_facts((_("OpenHands"), _("heeds neither")))]


def _departures(config: ConfigText | None) -> list[str]:
    left_out = unsent(config.further) if config else ""
    if config and config.kind == SERVER:
        from tui.openhands.targets.agent_server import AgentServer  # few set it up

        return [AgentServer().asks_also(), _("This test asks for no title."), *filter(None, [left_out])]
    words = _("OpenHands may send up to three requests an attempt on OpenAI routes; this test sends one.")
    return [words, *filter(None, [left_out])]


def _by_answer(said: tuple[str, str]) -> int:
    return [*_ANSWERS].index(said[0])


def _tone(word: str) -> str:
    return "plain" if word == _("yes") else "muted"


def _facts(*facts: tuple[str, str]) -> list[PaneRow]:
    return [[(left(label, 13), "muted"), (value, "plain")] for label, value in facts]


# -- before it, and while it goes on


def target(plan: Plan, draft: Draft) -> str:
    """What is called, and where."""
    if plan.is_rehearsal:
        return _("rehearsal on this machine, waits shortened {speed:g} times").format(speed=plan.speed)
    return clean(f"{plan.order.called_model}  →  {host(draft)}")


def asked(plan: Plan, draft: Draft) -> str:
    """Who is asked."""
    return _("the rehearsal") if plan.is_rehearsal else clean(host(draft), limit=60)


def called(draft: Draft) -> str:
    """The model, and where it is asked."""
    return clean(f"{draft.effective_text('model')}  →  {host(draft)}")


def host(draft: Draft) -> str:
    """Where the requests go."""
    where = without_userinfo(draft.base_url) or (draft.provider.default_base_url if draft.provider else "")
    return where.partition("://")[2].rstrip("/") or where or (draft.provider.name if draft.provider else "")


# -- the end of it


def concluded(outcome: Outcome, plan: Plan) -> Said:
    """The answer, or what happened and what to do."""
    if outcome.ok:
        words = _("The rehearsal answers") if plan.is_rehearsal else _("It works. The answer is")
        return "good", [(words + " ", "plain"), (f"“{clean(outcome.text, limit=200)}”", "good-strong")], ""
    why = outcome.diagnosis
    return "wrong", [(why.message if why else _("The test failed."), "plain")], why.hint if why else ""


def thoughts(outcome: Outcome, plan: Plan, draft: Draft) -> list[list[Piece]]:
    """What else is to be said of an end: what OpenHands would have done, and that a rehearsal was one."""
    if is_past(outcome.unknown_up_to, draft.own.preference("release")):
        outcome = replace(outcome, unknown_up_to="")
    rows: list[list[Piece]] = [[(sentence, "muted")] for sentence in afterthoughts(outcome, plan.openhands)]
    return [*rows, [(_rehearsed(draft), "good")]] if plan.is_rehearsal else rows


def _rehearsed(draft: Draft) -> str:
    """What a rehearsal was, and what comes next."""
    name = draft.provider.name if draft.provider else _("the provider")
    words = _("That was a rehearsal: nothing was sent to {name}, nothing was spent. Enter sends the real one.")
    return words.format(name=name)


def stopped(outcome: Outcome | None) -> Said:
    """That a test was broken off; and why it failed until then, where more of the same would not have helped."""
    why = outcome.diagnosis if outcome else None
    said = together(why.message, why.hint) if why and why.code not in _MATTERS_OF_TIME else ""
    return "look-out", [(_("Stopped. Nothing more is sent."), "plain")], said


def failed(error: BaseException | None) -> Said:
    """Why a test could not be made, or broke off."""
    if isinstance(error, SetupError):
        return "wrong", [(error.message, "plain")], error.hint
    what = type(error).__name__
    return "wrong", [(_("The test broke off ({what}). Send it again.").format(what=what), "plain")], ""


# -- what follows


def onward(outcome: Outcome | None) -> str:
    """What Enter does after a test."""
    if outcome and outcome.ok:
        return _("Finish")
    field = outcome.diagnosis.field if outcome and outcome.diagnosis else None
    return _("Fix: {field}").format(field=BY_KEY[field].label) if field else _("Send")


def beside_onward(outcome: Outcome | None, draft: Draft, *, rehearsed: bool) -> str:
    """What stands beside that button."""
    if outcome and outcome.ok:
        return _("how to start OpenHands with it")
    field = outcome.diagnosis.field if outcome and outcome.diagnosis else None
    if field:
        return _("on the step {step}").format(step=title(Step(BY_KEY[field].place.value)))
    return _("the real one, to {host}").format(host=clean(host(draft), limit=60)) if rehearsed else _("once more")


def fixable(outcome: Outcome | None) -> Outcome | None:
    """The outcome of a stopped test if something else than patience fixes it."""
    diagnosis = outcome.diagnosis if outcome else None
    return outcome if diagnosis and diagnosis.field and diagnosis.code not in _MATTERS_OF_TIME else None


def keys(*pairs: tuple[str, str]) -> Sequence[list[Piece]]:
    """Keys, and what each does."""
    return [[(left(key, 18), "press"), (words, "muted")] for key, words in pairs]


def help_text() -> str:
    """What F1 says."""
    return _(
        "Send makes the call that OpenHands would make, and tries again after the waits set on Retries. R ends a "
        "wait, S or Escape stops everything, A does it again, C copies it as text, N goes back to the prompt. "
        "Rehearse does the same against a provider that llm-setup starts itself on this machine: it needs no key "
        "and costs nothing, and does what the chosen scene says. Retry-After and a time limit are heeded only if "
        "you switch them on: OpenHands heeds neither."
    )
