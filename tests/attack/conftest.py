"""Attacks: hostile files, servers, disks and terminals, in numbers. A plain run makes one try of forty.

`pytest tests/attack --share 1` makes all of them, `--share 10` a tenth, as `.ci/run` does. Each attack tells what it
tried and what held; the table of them closes the run.
"""

from collections.abc import Callable, Iterator

import pytest
from tools.attacks import PROPERTY, Attack


@pytest.fixture
def tries(request: pytest.FixtureRequest) -> Callable[[int], int]:
    """How many tries of `all_of_them` this run makes, at least one."""
    share = request.config.getoption("--share")
    return lambda all_of_them: max(1, all_of_them // share)


@pytest.fixture
def attack(request: pytest.FixtureRequest) -> Iterator[Callable[[str], Attack]]:
    """Opens the tally of an attack named in a few words; `close()` it fails the test where a try did not hold."""
    opened: list[Attack] = []

    def open_tally(what: str) -> Attack:
        opened.append(Attack(what))
        return opened[-1]

    yield open_tally
    request.node.user_properties += [(PROPERTY, (each.what, each.tried, len(each.broken))) for each in opened]
