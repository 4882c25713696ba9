"""The steps of the wizard, and how far the user has come."""

from enum import StrEnum
from typing import Final

from tui.base.translation import _


class Step(StrEnum):
    """One page of the wizard. The values that name a place of the Field table are the same on purpose."""

    OVERVIEW = "overview"
    PROVIDER = "provider"
    KEY = "key"
    MODEL = "model"
    OPTIONS = "options"
    RETRIES = "retries"
    REVIEW = "review"
    TEST = "test"


ORDER: Final = tuple(step for step in Step if step is not Step.OVERVIEW)


def title(step: Step) -> str:
    """What the step is called."""
    return {
        Step.OVERVIEW: _("Overview"),
        Step.PROVIDER: _("Provider"),
        Step.KEY: _("Key"),
        Step.MODEL: _("Model"),
        Step.OPTIONS: _("Options"),
        Step.RETRIES: _("Retries"),
        Step.REVIEW: _("Review"),
        Step.TEST: _("Test"),
    }[step]


class Journey:
    """Which steps are open and which are behind us. In a first run they open in order; otherwise all are open."""

    def __init__(self, *, first_run: bool) -> None:
        self.first_run = first_run
        self.last: Step | None = None
        """The step that was left for Overview."""
        self.passed: set[Step] = set() if first_run else set(ORDER[:-2])

    def is_open(self, step: Step) -> bool:
        """Whether the user may go there now."""
        if not self.first_run or step in self.passed:
            return True
        if step is Step.OVERVIEW:
            return False
        return all(earlier in self.passed for earlier in ORDER[: ORDER.index(step)])

    @property
    def first_missing(self) -> Step:
        """The first step that is not behind us: the one that others wait for."""
        return next((step for step in ORDER if step not in self.passed), ORDER[-1])

    def before(self, step: Step) -> Step | None:
        """Where "back" leads; None where there is nothing before."""
        if step is Step.OVERVIEW:
            return None
        if not self.first_run:
            return Step.OVERVIEW
        return ORDER[ORDER.index(step) - 1] if step is not ORDER[0] else None

    def after(self, step: Step) -> Step:
        """The step that follows."""
        return ORDER[min(ORDER.index(step) + 1, len(ORDER) - 1)]
