"""Attacks: hostile files, servers, disks and terminals, in numbers. A plain run makes a tenth of the tries.

`pytest tests/attack --full` makes all of them. Each attack tells what it tried and what held; the table of them closes
the run.
"""

from collections.abc import Callable, Iterator

import pytest
from tools.attacks import PROPERTY, Attack

SHARE = 10
"""A plain run makes one of this many tries."""


@pytest.fixture
def tries(request: pytest.FixtureRequest) -> Callable[[int], int]:
    """How many tries of `all_of_them` this run makes, at least one."""
    full = request.config.getoption("--full")
    return lambda all_of_them: all_of_them if full else max(1, all_of_them // SHARE)


@pytest.fixture
def attack(request: pytest.FixtureRequest) -> Iterator[Callable[[str], Attack]]:
    """Opens the tally of an attack named in a few words; `close()` it fails the test where a try did not hold."""
    opened: list[Attack] = []

    def open_tally(what: str) -> Attack:
        opened.append(Attack(what))
        return opened[-1]

    yield open_tally
    request.node.user_properties += [(PROPERTY, (each.what, each.tried, len(each.broken))) for each in opened]
