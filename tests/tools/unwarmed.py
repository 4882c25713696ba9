"""The wizard, which loads litellm once a test is sent, and not before.

The program does so in the background as soon as it is quiet: seconds of a processor in each of hundreds of walks, for
nothing where no test is sent.
"""

import sys
from pathlib import Path

from tui import cli

_SCRIPT = """\
#!{python} -P
import sys
sys.path.insert(0, {tests!r})
from tools import unwarmed
sys.exit(unwarmed.main())
"""


def install(folder: Path) -> str:
    """Make it a program of `folder`, named as the installed one; its path."""
    program = folder / "llm-setup"
    program.write_text(_SCRIPT.format(python=sys.executable, tests=str(Path(__file__).parents[1])))
    program.chmod(0o755)
    return str(program)


def main() -> int:
    """What the installed script does, with the loading taken out of the wizard that the command line opens."""
    opened = cli._wizard

    def open_unwarmed(*arguments: object, **options: object) -> int:
        from tui import app

        app.SetupApp._warm_probe = lambda _self: None
        return opened(*arguments, **options)

    cli._wizard = open_unwarmed
    return cli.main()
