"""How long a search in the catalogue takes, without painting: what `measure_search` runs in the measured Python."""

import json
import subprocess
import sys
import time
from pathlib import Path

TOOLS = Path(__file__).parents[1] / "tools"


def main() -> None:
    """Every beginning of every query, as it is typed; prints the milliseconds of each."""
    sys.path.insert(0, str(TOOLS))
    from queries import QUERIES

    from tui.catalog.models import load_catalogue

    catalogue = load_catalogue()
    times = []
    for query, _wanted in QUERIES:
        for length in range(1, len(query) + 1):
            began = time.perf_counter()
            catalogue.search(query[:length])
            times.append((time.perf_counter() - began) * 1000)
    print(json.dumps(times))


def measure_search(python: str) -> list[float]:
    """Milliseconds of each search."""
    done = subprocess.run([python, __file__], check=True, capture_output=True, text=True)
    return [float(ms) for ms in json.loads(done.stdout)]


if __name__ == "__main__":
    main()
