"""Opens an installed llm-setup in a terminal and closes it again: python tests/tools/open_installed.py PROGRAM …

Run by .ci/run for the wheel on every Python at hand, where no tests are installed.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tools.terminal import Terminal


def open_and_close(program: str) -> None:
    """Raises AssertionError where it does not answer, open, or end as it should."""
    with tempfile.TemporaryDirectory() as home:
        environment = {"HOME": home, "PATH": os.environ["PATH"]}
        for words in (["--version"], ["providers"], ["completion", "bash"]):
            subprocess.run([program, *words], env=environment, check=True, stdout=subprocess.DEVNULL)
        with Terminal([program], environment, folder=Path(home)) as terminal:
            terminal.wait_for("123 of 123")
            terminal.type("mistral")
            terminal.wait_for("1 of 123")
            terminal.send(b"\x11")  # Ctrl+Q
            end = terminal.wait_for_end()
            assert (end.status, end.attributes, end.left) == (0, True, []), end


if __name__ == "__main__":
    for program in sys.argv[1:]:
        open_and_close(str(Path(program).absolute()))
        print(f"{program}: opened and closed")
