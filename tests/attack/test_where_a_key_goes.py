"""Hostile set-ups in a made-up internet: no request with a key goes to a host that the key is not for."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tools import hostile_setups
from tools.attacks import Attack

from tui.trial.environment import probe_environment

TESTS = Path(__file__).parents[1]
LIMIT = 1200
"""Seconds, for all of them on a slow machine; a tenth takes less than a minute."""


def told(mode: str, count: int, folder: Path) -> list[dict[str, Any]]:
    """What each set-up came to, in one process that imports litellm once."""
    environment = {
        **probe_environment({}), "PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(TESTS),
        "AWS_EC2_METADATA_DISABLED": "true",
    }  # fmt: skip
    command = [sys.executable, "-W", "ignore", hostile_setups.__file__, mode, str(folder), str(count)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("mode", "what"),
    [
        ("test", "hostile set-ups tested: no key to a foreign host"),
        ("openhands", "hostile set-ups handed over by exec"),
    ],
)
def test_no_key_goes_to_a_foreign_host(
    tries: Callable[[int], int], attack: Callable[[str], Attack], tmp_path: Path, mode: str, what: str
) -> None:
    tally = attack(what)
    *each, end = told(mode, tries(hostile_setups.ALL), tmp_path)
    for one in each:
        tally.hold(not one["foreign"], f"{one['owner']} → {one['foreign']}: {one['setup']}")
    assert end["called"] > len(each) / 5
    assert sum(1 for one in each if one["hosts"]) > len(each) / 12, "hardly any key was sent to anybody"
    tally.close()


def test_the_same_set_ups_lead_litellm_astray_when_nobody_watches(tmp_path: Path) -> None:
    each = told("unwatched", 60, tmp_path)[:-1]
    assert any(one["foreign"] for one in each)
