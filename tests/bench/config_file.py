"""Measure loading, checking and saving of config files far larger than any: `python tests/bench/config_file.py`.

It prints the milliseconds of each for files of 1,000, 5,000 and 10,000 lines with one group every 50 lines, and whether
the whole takes at most half a second for the largest and grows no faster than the file. Each time is the shortest of
several: the others were disturbed.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SIZES = (1000, 5000, 10_000)
LINES_PER_GROUP = 50
TIMES = 5
LONGEST = 500
"""Milliseconds for load, check and save together."""
STEEPEST = 1.5
"""How much faster than the file the time may grow, from the middle size to the largest."""
COUNTED = ("load", "check", "save")


SETTINGS = """
model = "openai/some-model"
temperature = 0.5 # warm
api_key = "sk-0123456789abcdef"
base_url = "https://api.example.com/v1"
num_retries = 8
retry_min_wait = 15
retry_max_wait = 120
retry_multiplier = 2.0
seed = 1
api_version = "2024-06-01"
safety_settings = [
  { category = 'a', threshold = 'b' },
]
#top_k = 4
drop_params = true
""".strip()


def text(lines: int) -> str:
    """A file with comments, keys, arrays, inline tables and groups, all of which OpenHands knows."""
    groups = range(1, lines // LINES_PER_GROUP)
    return "".join([_group("[core]\n\n[llm]"), *(_group(f'[llm."group {number}"]') for number in groups)])


def _group(header: str) -> str:
    found = [header, *(f"# What this is for, in some words\n{line}" for line in SETTINGS.split("\n")), ""]
    lines = "\n".join(found).split("\n")
    return "\n".join([*lines, *["# one more remark"] * (LINES_PER_GROUP - len(lines) - 1), "", ""])


def main() -> int:
    """Measure and print."""
    times = {lines: measured(lines) for lines in SIZES}
    print(f"{'ms for lines':24}" + "".join(f"{lines:>10,}" for lines in SIZES))
    for name in times[SIZES[0]]:
        print(f"{name:24}" + "".join(f"{times[lines][name]:10.1f}" for lines in SIZES))
    whole = {lines: sum(times[lines][name] for name in COUNTED) for lines in SIZES}
    print(f"{' + '.join(COUNTED):24}" + "".join(f"{whole[lines]:10.1f}" for lines in SIZES))
    growth = (whole[SIZES[-1]] / whole[SIZES[1]]) / (SIZES[-1] / SIZES[1])
    met = whole[SIZES[-1]] <= LONGEST and growth <= STEEPEST
    print(f"{'met' if met else 'NOT MET'}: at most {LONGEST} ms; growth {growth:.2f} times that of the file")
    return 0 if met else 1


def measured(lines: int) -> dict[str, float]:
    """Milliseconds of each task."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        path = Path(folder, "config.toml")
        path.write_text(text(lines))
        assert len(path.read_text().splitlines()) == lines
        return {name: shortest(task) for name, task in tasks(path, lines // LINES_PER_GROUP).items()}


def tasks(path: Path, groups: int) -> dict[str, Callable[[], Any]]:
    """What is measured, by name."""
    from tui.base.secret import Secret
    from tui.checks.check import findings
    from tui.config_file.diff import diff
    from tui.config_file.document import read_config
    from tui.config_file.rewrite import rewrite
    from tui.config_file.save import save

    first = read_config(path)
    key = Secret("sk-0123456789abcdef")
    seeds = iter(range(1000, 9999))

    def changed() -> str:
        edits = {("llm", f"group {number}"): {"seed": next(seeds)} for number in (1, groups // 2, groups - 1)}
        return rewrite(first.text, edits | {("llm",): {"timeout": next(seeds)}}, ensure=[("core",)])

    present = [first]

    def save_changes() -> None:
        present.append(save(present.pop(), changed()))

    other = changed()
    return {
        "load": lambda: read_config(path),
        "check": lambda: findings(read_config(path), {}),  # its lines are counted once a reading
        "save": save_changes,
        "forget a key": lambda: save(save(read_config(path), changed()), first.text, forget=[key]),
        "diff": lambda: diff(first.text, other),
    }


def shortest(task: Callable[[], Any]) -> float:
    """Milliseconds."""
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


if __name__ == "__main__":
    sys.exit(main())
