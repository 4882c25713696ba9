"""The program, which does not load litellm: it gets a probe once a test is sent, and that has loaded it before.

The program loads it in the background as soon as it is quiet: seconds of a processor in each of hundreds of walks, for
nothing where no test is sent.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tools import warm_probe as warm_probes

from tui import cli

_SCRIPT = """\
#!{python} -P
import sys
sys.path.insert(0, {tests!r})
from tools import unwarmed
sys.exit(unwarmed.main({warm_probe!r}))
"""


def install(folder: Path, warm_probe: str) -> str:
    """Make it a program of `folder`, named as the installed one; its path.

    `warm_probe` is what `warm_probe.one_for_all` gave; with "" it loads litellm itself when a test is sent.
    """
    program = folder / "llm-setup"
    tests = str(Path(__file__).parents[1])
    program.write_text(_SCRIPT.format(python=sys.executable, tests=tests, warm_probe=warm_probe))
    program.chmod(0o755)
    return str(program)


def main(warm_probe: str) -> int:
    """What the installed script does, with the loading taken out of it."""
    opened = cli._wizard

    def open_unwarmed(*arguments: object, **options: object) -> int:
        from tui.screens.desk import Desk

        leave_cold(Desk)
        if warm_probe:
            Desk.probe = property(partial(_led_probe, Desk.probe.fget, warm_probe))
        return opened(*arguments, **options)

    cli._wizard = open_unwarmed
    if warm_probe and sys.argv[1:2] in (["test"], ["--lines"]):
        warm_probes.lead_to(warm_probe)
    return cli.main()


def leave_cold(desk: Any) -> None:
    """Let a desk, or the class of all, not load litellm before a test is sent."""
    assert callable(desk.warm_probe), "another name is patched than that by which the program loads litellm"
    desk.warm_probe = _not_warmed


async def _not_warmed(*_desk: object) -> None:
    """In the place of `Desk.warm_probe`."""


def _led_probe(made: Callable[[object], object], warm_probe: str, desk: object) -> object:
    warm_probes.lead_to(warm_probe)
    return made(desk)
