"""What a test is going to do: the real thing, or its rehearsal."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.checks.agreement import require_agreement
from tui.drafts.draft import Draft
from tui.drafts.policy import policy_of
from tui.openhands.effective import tables_of
from tui.openhands.field import Kind, Value
from tui.openhands.fields import BY_KEY, FIELDS
from tui.retry.policy import RetryPolicy
from tui.saving.consent import Risk, require_yes
from tui.trial.events import Attempt, Outcome
from tui.trial.probe_client import provider_environment, proxy_before
from tui.trial.probe_order import REHEARSED, ProbeOrder
from tui.trial.scenes import Script

PROMPT: Final = "Reply with the single word: ready"
SPEED: Final = 10.0
"""By how much the waits of a rehearsal are shortened, if nothing else is asked for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """An order, and the waits with which it is repeated: OpenHands' own, or those divided by `speed`."""

    order: ProbeOrder
    policy: RetryPolicy
    openhands: RetryPolicy
    speed: float = 1.0

    @property
    def is_rehearsal(self) -> bool:
        """Whether our own provider is asked."""
        return self.order.model == REHEARSED


def real(order: ProbeOrder, policy: RetryPolicy) -> Plan:
    """The order as it is, with OpenHands' own waits."""
    return Plan(order, policy, policy)


@asynccontextmanager
async def rehearsed(prompt: str, policy: RetryPolicy, script: Script, speed: float = SPEED) -> AsyncIterator[Plan]:
    """The prompt to a provider of our own, which is there as long as the context. Raises OSError."""
    from tui.trial.rehearsal import Rehearsal, rehearsal_order, shortened  # for those who rehearse

    async with Rehearsal(script, speed) as server:
        yield Plan(rehearsal_order(prompt, server.base_url, speed), shortened(policy, speed), policy, speed)


# -- the order that a draft amounts to


def order_of(draft: Draft, prompt: str, secrets: Mapping[str, Secret], accepted: Collection[Risk] = ()) -> ProbeOrder:
    """What OpenHands would call with the draft's settings.

    Raises SetupError for a text that means nothing, and where the settings do not agree on whose key it is.
    Raises Unconfirmed where the keys must not be sent without a yes; `accepted` are the risks accepted already.
    """
    require_agreement(draft)
    require_yes(draft, secrets, accepted)
    model = draft.effective_text("model")
    given = [f for f in FIELDS if f.kind not in {Kind.SECRET, Kind.TABLES} and not f.ours and f.key != "model"]
    options = [field.key for field in given if field.key not in {"base_url", "api_version"}]
    values = {key: draft.effective_value(key) for key in options}
    needs = draft.provider.needs if draft.provider else ()
    defaults = draft.config.defaults
    values["timeout"] = values["timeout"] or defaults.get("timeout")
    return ProbeOrder(
        model=model,
        prompt=prompt,
        secrets=secrets,
        base_url=draft.base_url,
        api_version=draft.effective_text("api_version"),
        owner=draft.provider.id if draft.provider else "",
        options={key: value for key, value in values.items() if value is not None}
        | tables_of(draft.config, draft.environ, draft.group),
        environment=provider_environment(model, draft.environ) | _told_to_openrouter(draft, values),
        unset=frozenset(key for key in ("temperature", "top_p") if defaults.get(key, 0) is None),
        needs_key=any(need.required and BY_KEY[need.key].kind is Kind.SECRET for need in needs),
        proxy=proxy_before(draft.base_url, draft.environ),
    )


def _told_to_openrouter(draft: Draft, values: Mapping[str, Value | None]) -> dict[str, str]:
    """Who asks, in the variables by which OpenHands lets litellm know."""
    if draft.provider is None or draft.provider.id != "openrouter":
        return {}
    names = {"OR_SITE_URL": "openrouter_site_url", "OR_APP_NAME": "openrouter_app_name"}
    return {name: str(values[key] or BY_KEY[key].default) for name, key in names.items()}


# -- what came of the last test, as long as it is still about what would be called


@dataclass(frozen=True, slots=True)
class TrialResult:
    """A test that came to an end."""

    plan: Plan
    outcome: Outcome
    attempts: Sequence[Attempt]
    group: str

    def holds_for(self, draft: Draft) -> bool:
        """Whether the draft amounts to the same call, with the same keys and waits; saving it changes none of them.

        A key that is kept already is not read again for this: ask before a typed one is stored. That there was none
        to send says nothing about the next test, which costs nothing either.
        """
        if self.group != draft.group or (self.outcome.diagnosis and self.outcome.diagnosis.code == "no-key"):
            return False
        order = self.plan.order
        at_hand = {key: draft.typed_secret(key) or draft.secret_in_environment(key) for key in draft.secret_keys()}
        secrets = {**order.secrets, **{key: secret for key, secret in at_hand.items() if secret}}
        try:
            return order_of(draft, order.prompt, secrets, [*Risk]) == order and policy_of(draft) == self.plan.policy
        except SetupError:
            return False
