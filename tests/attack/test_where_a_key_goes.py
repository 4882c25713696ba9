"""Hostile set-ups in a made-up internet: no request with a key goes to a host that the key is not for."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools import hostile_setups
from tools.attacks import Attack

from tui.trial.probe_client import probe_environment

TESTS = Path(__file__).parents[1]
LIMIT = 1200
"""Seconds, for all of them on a slow machine."""
PARTS = 3
"""Processes for each mode in a full run: some of the set-ups wait before litellm tries again."""
MODES = {
    "test": "hostile set-ups tested: no key to a foreign host",
    "openhands": "hostile set-ups handed over by exec",
    "unwatched": "",
}


def told(count: int, folder: Path) -> dict[str, list[list[dict[str, Any]]]]:
    """By mode and part: what each set-up came to."""
    environment = {
        **probe_environment({}), "PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(TESTS),
        "AWS_EC2_METADATA_DISABLED": "true",
    }  # fmt: skip
    parts = PARTS if count == hostile_setups.ALL else 1
    command = [sys.executable, "-W", "ignore", hostile_setups.__file__, str(folder), str(count), str(parts)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    files = {mode: folder.glob(f"{mode}-*.jsonl") for mode in MODES}
    return {
        mode: [[*map(json.loads, path.read_text().splitlines())] for path in paths] for mode, paths in files.items()
    }


def test_no_key_goes_to_a_foreign_host(
    tries: Callable[[int], int], attack: Callable[[str], Attack], tmp_path: Path
) -> None:
    found = told(tries(hostile_setups.ALL), tmp_path)
    for mode, what in MODES.items():
        setups = [one for part in found[mode] for one in part[:-1]]
        if what:
            called = sum(part[-1]["called"] for part in found[mode])
            _hold_all(attack(what), setups, called)
    assert any(one["foreign"] for one in setups), "the same set-ups do not lead litellm astray where nobody watches"


def _hold_all(tally: Attack, setups: list[dict[str, Any]], called: int) -> None:
    for one in setups:
        tally.hold(not one["foreign"], f"{one['owner']} → {one['foreign']}: {one['setup']}")
    assert called > len(setups) / 5
    assert sum(1 for one in setups if one["hosts"]) > len(setups) / 12, "hardly any key was sent to anybody"
    tally.close()
