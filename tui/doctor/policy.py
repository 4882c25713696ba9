"""Whether the retries outlast what a provider limits, and the age of what is known of models."""

from collections.abc import Iterator
from typing import Final

from tui.base.foreign import clean
from tui.base.translation import _
from tui.catalog.models import Catalogue
from tui.doctor.observation import Area, Grade, Observation
from tui.drafts.draft import Draft
from tui.drafts.policy import policy_in_effect
from tui.openhands.groups import header
from tui.retry.policy import RetryPolicy
from tui.retry.schedule import MANY_ATTEMPTS, MINUTE, in_words, remarks

OLD: Final = 180
"""Days after which prices and models of the catalogue are hardly true any more."""
SOON: Final = 30
"""Days before a model's last one from which that is worth a word."""


def look_at_policy(draft: Draft) -> Iterator[Observation]:
    """Where a provider counts requests by the minute, the waits have to be longer than one."""
    policy = policy_in_effect(draft.config, draft.environ, draft.group)
    costs = draft.provider is None or draft.provider.costs
    code = _weakness(policy) if costs else ""
    if code:
        hint = _("See llm-setup schedule; as OpenHands documents it: {settings}")
        settings = "num_retries=8 retry_min_wait=15 retry_max_wait=120 retry_multiplier=2"
        said = remarks(policy)[-1]  # the weightiest come first, these last
        yield Observation(Area.POLICY, Grade.WARNING, code, said, hint.format(settings=settings))
        return
    if policy.attempts == 1:
        words = _("{group}: one attempt.").format(group=header(draft.group))
    else:
        words = _("{group}: {count} attempts, {total} of waiting in all.").format(
            group=header(draft.group), count=policy.attempts, total=in_words(policy.total())
        )
    yield Observation.well(Area.POLICY, words)


def _weakness(policy: RetryPolicy) -> str:
    if policy.attempts == 1:
        return "no-retry"
    if policy.attempts > MANY_ATTEMPTS:
        return "many-attempts"
    return "short-waits" if policy.total() < MINUTE else ""


def look_at_catalogue(catalogue: Catalogue, drafts: list[Draft]) -> Iterator[Observation]:
    """How old it is, and what it knows of the models in use."""
    days = (catalogue.today - catalogue.snapshot.day).days if catalogue.snapshot else 0
    hint = _("Fetch a newer one: llm-setup models --refresh")
    if catalogue.problem:
        yield Observation(Area.CATALOGUE, Grade.WARNING, "no-catalogue", catalogue.problem, hint)
    elif days > OLD:
        message = _("The list of models and prices is old: {origin}.").format(origin=catalogue.origin)
        yield Observation(Area.CATALOGUE, Grade.WARNING, "old-catalogue", message, hint)
    else:
        message = _("Models and prices: {origin}.").format(origin=catalogue.origin)
        yield Observation.well(Area.CATALOGUE, message)
    for model in dict.fromkeys(draft.effective_text("model") for draft in drafts):
        yield from _retired(catalogue, model)


def _retired(catalogue: Catalogue, name: str) -> Iterator[Observation]:
    model = catalogue.get(name)
    if model is None or model.retired_on is None or (model.retired_on - catalogue.today).days > SOON:
        return
    words = _("{model} is retired since {day}.") if model.retired(catalogue.today) else _("{model} ends on {day}.")
    hint = clean(model.recommended, limit=200) or _("Choose another model.")
    message = words.format(model=clean(name, limit=80), day=model.retired_on.isoformat())
    yield Observation(Area.CATALOGUE, Grade.WARNING, "retired-model", message, hint)
