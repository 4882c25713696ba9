"""What came of the last test, as long as it is still about what would be called."""

from collections.abc import Sequence
from dataclasses import dataclass

from tui.base.errors import SetupError
from tui.settings.confirming import Risk
from tui.settings.draft import Draft
from tui.settings.policy import policy_of
from tui.trial.drafted import order_of
from tui.trial.events import Attempt, Outcome
from tui.trial.plan import Plan


@dataclass(frozen=True, slots=True)
class Tried:
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
