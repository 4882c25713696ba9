"""Measure the installed llm-setup from outside, through a pseudo terminal, beside a hello-world Textual app.

    python -m venv bench && bench/bin/pip install '.[test]' && bench/bin/python tests/bench/run.py

    --quick          few runs: to see whether it works, not to quote
    --runs N         starts of each program (15)
    --starts-only    nothing but the starts
    --busy N         beside N processes that do nothing but count
    --walks N        walks through all steps (3)
    --json FILE      write the figures there too
    --markdown FILE  write those that have a goal as the README's table
    --python PATH    the Python whose llm-setup is measured (the one that runs this)
    --anyway         measure a linked or uncompiled installation too

It prints one table: the figure, ours, the floor of the same run, their ratio, the goal, and whether it is met. Times
are medians, in ms; p95 is the 95th percentile; MB are resident memory. The programs are started in turn, so that a busy
machine slows all of them alike: believe the ratios. "Echo" is the first byte that answers a key, "all" the last.
"""

import argparse
import contextlib
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from figures import Figure, high, markdown, table
from installation import Installation, look_at
from judging import figures_of
from searching import measure_search
from slow_line import measure_slow_line
from starts import measure_commands, measure_starts
from walks import walk_all


def main() -> int:
    """Measure, print, write."""
    options = _options()
    installed = look_at(options.python)
    for flaw in installed.flaws:
        print(f"NOT AS INSTALLED: {flaw}", file=sys.stderr)
    if installed.flaws and not options.anyway:
        print("Install it with pip, not with -e, and compile it: python -m compileall. Or: --anyway.", file=sys.stderr)
        return 2
    runs, walks = (3, 1) if options.quick else (options.runs, options.walks)
    with tempfile.TemporaryDirectory(prefix="bench-") as name, _busy(options.busy):
        folder = Path(name)
        figures = [*measure_starts(installed, runs, folder, _tell)]
        if options.starts_only:
            print(table(figures))
            return 0
        figures += measure_commands(installed, runs, folder)
        figures += [Figure("search in the catalogue p95", "ms", high(measure_search(installed.python)), goal=1.5)]
        figures += figures_of(walk_all(installed, walks, folder, _tell))
        figures += measure_slow_line(installed, walks, folder, _tell)
    about = _about(installed, runs, walks)
    print(", ".join(f"{key} {value}" for key, value in about.items()))
    print(table(figures))
    if options.markdown:
        options.markdown.write_text(markdown(figures, about), encoding="utf-8")
    if options.json:
        written = {"about": about, "figures": [figure.as_json() for figure in figures]}
        options.json.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--starts-only", action="store_true")
    parser.add_argument("--busy", type=int, default=0)
    parser.add_argument("--walks", type=int, default=3)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--markdown", type=Path)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--anyway", action="store_true")
    return parser.parse_args()


@contextlib.contextmanager
def _busy(count: int) -> Iterator[None]:
    """So many processes that take all the time they can get."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _about(installed: Installation, runs: int, walks: int) -> dict[str, str]:
    return {
        "date": datetime.now(tz=UTC).date().isoformat(),
        "llm-setup": installed.version,
        "Python": installed.python_version,
        "Textual": installed.textual,
        "machine": f"{platform.system()} {platform.machine()} with {os.cpu_count()} cores",
        "load": f"{os.getloadavg()[0]:.1f}",
        "runs": f"{runs} + {walks}",
    }


if __name__ == "__main__":
    sys.exit(main())
