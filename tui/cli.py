"""The command line: opens the wizard, or answers one command without it."""

import contextlib
import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tui.base.errors import SetupError, Status
from tui.base.language import ENGLISH
from tui.base.memory import keep_out_of_core_dumps
from tui.base.translation import _, begin, spoken, together
from tui.base.uninterrupted import exit_on_signals
from tui.commands.language import chosen
from tui.terminal import garbage_collection
from tui.terminal.terminal_kind import TerminalKind, colours, prepare, speaks_utf8

if TYPE_CHECKING:
    from tui.drafts.draft import Draft
    from tui.openhands.targets.target import Target


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit status."""
    if sys.platform == "win32":  # before anything is imported that Windows lacks
        print(
            _("llm-setup runs in WSL, not on Windows itself: https://learn.microsoft.com/windows/wsl"), file=sys.stderr
        )
        return Status.USAGE
    words = [*(sys.argv[1:] if arguments is None else arguments)]
    try:
        begin(chosen(words))
        if arguments is None:  # this process is ours alone
            exit_on_signals()
            keep_out_of_core_dumps()
            _say_what_runs_along()
        return _command(words) if words else _wizard(None)
    except SetupError as error:
        from tui.commands.output import complain

        complain(error)
        return error.status
    except KeyboardInterrupt:
        return Status.INTERRUPTED
    except (OSError, ImportError, MemoryError) as error:
        if arguments is None:
            _hush()
        return _refused(error)


def _say_what_runs_along() -> None:
    """Python itself obeys these before a line of ours runs: what they let in can only be named."""
    places = os.environ.get("PYTHONPATH")
    said = []
    if places and not sys.flags.ignore_environment and not all(map(os.path.isabs, places.split(os.pathsep))):
        said.append(_("PYTHONPATH names the current folder: code that lies there can run in llm-setup. Unset it."))
    if sys.flags.inspect:
        said.append(_("PYTHONINSPECT is set: Python waits for commands when llm-setup ends. Unset it."))
    for sentence in said if sys.stderr else ():
        with contextlib.suppress(OSError):
            print(_("llm-setup: warning: {message}").format(message=sentence), file=sys.stderr)


def _hush() -> None:
    """What Python has to say of things that were begun and are given up, such as a loop without its files."""
    import warnings

    warnings.simplefilter("ignore", RuntimeWarning)
    sys.unraisablehook = lambda _details: None


def _refused(error: Exception) -> int:
    """The system gives no file, memory or space for what is needed: a traceback would explain nothing."""
    from tui.base.foreign import clean, why

    reason = clean(str(error)) if not isinstance(error, OSError) and str(error) else why(error)
    message = _("llm-setup: something that it needs cannot be had here: {reason}.").format(reason=reason)
    with contextlib.suppress(OSError):
        print(message, file=sys.stderr)
    return Status.UNUSABLE


def _command(words: Sequence[str]) -> int:
    """Run the command that the words name. Not loaded for the wizard alone: argparse costs a start 10 ms."""
    from tui.commands.gate import begin
    from tui.commands.options import parser

    begin(words)
    options = parser().parse_args(words)
    if options.command is None and options.lines:
        return _lines(options.config)
    if options.command is None:
        return _wizard(options.config, ascii_only=options.ascii, mouse=options.mouse, theme=options.theme)
    command = importlib.import_module(f"tui.commands.{options.command.replace('-', '_')}")
    return int(command.run(options))


def _size() -> tuple[int, int]:
    """Columns and rows of the terminal as Textual's driver tells them later.

    By itself Textual begins with rich's, which differ where a terminal gives none: 25 rows and then 24. It would lay
    the page out for one and the other in turn.
    """
    import shutil

    return shutil.get_terminal_size()


def _wizard(
    config: Path | None, *, ascii_only: bool | None = None, mouse: bool = True, theme: str | None = None
) -> int:
    if os.environ.get("TERM", "") in ("", "dumb", "unknown") or os.environ.get("ACCESSIBLE") == "1":
        return _lines(config)  # nothing can be drawn here, or shall be
    if not (sys.stdin is not None and sys.stdout is not None and sys.stdin.isatty() and sys.stdout.isatty()):
        from tui.commands.options import COMMANDS
        from tui.commands.output import note

        none = _("llm-setup: the wizard needs a terminal, and this is not one.")
        commands = _("Without one, use --lines, or a command: {names}.").format(names=", ".join(COMMANDS))
        note(together(none, commands), _("llm-setup --help names their options."))
        return Status.USAGE
    _refuse_recording()
    garbage_collection.begin()
    prepare()
    plain = spoken() == ENGLISH and not speaks_utf8(os.environ) if ascii_only is None else ascii_only
    kind = TerminalKind(plain, mouse, theme or "", colours(os.environ))
    programs = _programs(config)
    draft = _load(config, kind, programs[0] if programs else None)
    from tui.app import SetupApp
    from tui.wizard.quit import end_helpers

    app = SetupApp(draft, replace(kind, theme=kind.theme or draft.own.preference("theme")), programs)
    line = app.run(mouse=mouse, size=_size())
    if line:
        print(line)
    sys.stdout.flush()
    end_helpers()  # one that was just being started
    # all that is ours is closed by now; letting Python take itself apart would cost another 0.1 to 0.3 s
    os._exit(app.return_code or Status.DONE)


def _lines(config: Path | None) -> int:
    """The wizard as questions and answers, on whatever there is."""
    from tui.commands.inputs import load
    from tui.lines.journey import converse

    programs = _programs(config)
    return converse(load(config, None, programs[0] if programs else None), programs)


def _refuse_recording() -> None:
    """Textual's log and its development tools would record every key pressed, those of an API key too."""
    for name in ("TEXTUAL_LOG", "TEXTUAL"):
        if os.environ.pop(name, None):
            message = _("llm-setup: {name} is ignored: it would record the keys that are typed.")
            print(message.format(name=name), file=sys.stderr)


def _programs(config: Path | None) -> "list[Target]":
    """Those that are set up; none where a config.toml is named: that alone is meant."""
    from tui.config_file.location import named

    if config or named():
        return []
    from tui.drafts.own_settings import OwnSettings
    from tui.openhands.targets.found import REMEMBERED, proposed

    return proposed(OwnSettings().preference(REMEMBERED))


def _load(config: Path | None, kind: TerminalKind, target: "Target | None" = None) -> "Draft":
    """The draft of the file; a file that cannot be used may be fixed first. Raises SetupError when it is not."""
    from tui.commands.inputs import load
    from tui.config_file.content import Broken
    from tui.config_file.location import locate

    path = target.locate() if target else locate(config)

    while True:
        try:
            return load(config, None, target)
        except Broken as problem:
            from tui.wizard.unreadable_file import AGAIN, EDIT, UnreadableFileApp, edit

            app = UnreadableFileApp(path, problem, kind)
            answer = app.run(mouse=kind.mouse, size=_size())
            if app.return_code:  # a signal ended it
                sys.exit(app.return_code)
            if answer == EDIT:
                edit(path, problem.line)
            elif answer != AGAIN:
                raise
