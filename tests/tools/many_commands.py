"""Runs many commands one after the other in one process, as if each had been started by itself.

Their words come as JSON lists of texts, one a line, on stdin; what they print is passed on.
"""

import contextlib
import json
import sys

from tui import cli

if __name__ == "__main__":
    for line in sys.stdin.read().splitlines():
        sys.stdin = None
        with contextlib.suppress(SystemExit):  # argparse
            cli.main(json.loads(line))
