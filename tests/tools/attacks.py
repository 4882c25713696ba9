"""What was attacked, how often, and what held: counted while the attacks run, and printed when all are over."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

PROPERTY = "attack"
"""Under this name a test's report carries what, tries and broken tries; so they survive a run in several processes."""
SHOWN = 12
"""Broken tries that a failing test names."""


@dataclass
class Attack:
    """The tries of one attack."""

    what: str
    tried: int = 0
    broken: list[str] = field(default_factory=list)

    def hold(self, held: object, case: str) -> None:
        """Count a try; `case` says how to repeat it where it did not hold."""
        self.tried += 1
        if not held:
            self.broken.append(case)

    def close(self) -> None:
        """Fail the test where a try did not hold, or where there was none."""
        assert self.tried, f"{self.what}: nothing was tried"
        shown = "\n".join(self.broken[:SHOWN])
        assert not self.broken, f"{self.what}: {len(self.broken)} of {self.tried} did not hold, such as\n{shown}"


def table(reports: Iterable[pytest.TestReport]) -> list[str]:
    """A line for each attack of a run: what, tries, held."""
    rows = [
        value for report in reports if report.when == "teardown" for name, value in report.user_properties
        if name == PROPERTY
    ]  # fmt: skip
    width = max((len(what) for what, _, _ in rows), default=0)
    return [f"{what:<{width}}  {tried:>7,} tried  {tried - broken:>7,} held" for what, tried, broken in rows]
