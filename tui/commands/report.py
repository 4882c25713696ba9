"""`report`: an account of a set-up to share, without anything that is one's own."""

import argparse
import asyncio
import os
import sys
from pathlib import Path

from tui.base.errors import SetupError, Status
from tui.base.folders import tilde
from tui.base.foreign import clean, why
from tui.base.translation import _
from tui.commands.doctor import look
from tui.commands.gate import gate
from tui.commands.output import as_text, json_text, note, write
from tui.commands.questions import agreed
from tui.commands.targets import meant
from tui.doctor.setup import SetUp
from tui.report.account import account, lines


def run(options: argparse.Namespace) -> int:
    """It is shown before it is written anywhere."""
    options.live = False
    seen = asyncio.run(look(options, quiet=True))
    told = account(SetUp(meant(options), options.config), seen)
    shown = [json_text(told)] if options.json else [*map(gate(), lines(told))]
    write(shown)
    if options.output:
        _keep(options.output, as_text(shown))
    elif not options.json:
        note(_("Read it once more before you share it. To write it to a file: --output FILE"))
    return Status.DONE


def _keep(path: Path, text: str) -> None:
    """After a yes where somebody can be asked. A file that is there stays."""
    question = _("This would be written to {path}.").format(path=clean(str(path), limit=200))
    if sys.stdin and sys.stdin.isatty() and not agreed(question):
        note(_("Nothing was written."))
        return
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        message = _("{path} cannot be written: {reason}.").format(path=clean(tilde(path)), reason=why(error))
        raise SetupError(message, _("Name a file that is not there yet.")) from None
    note(_("Written to {path}.").format(path=clean(tilde(path))))
