"""When the file cannot be used: what is wrong with it, and the ways on. Nothing here writes to it."""

import contextlib
import os
import shlex
import signal
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from tui.base.errors import SetupError, Status
from tui.base.folders import tilde
from tui.base.foreign import clean, why
from tui.base.translation import _
from tui.credentials.environment_keys import without_key_variables
from tui.terminal.appearance import TerminalApp
from tui.terminal.safe_crash import SafeCrashApp
from tui.terminal.signals import Ending, is_gone, restore_terminal, status
from tui.terminal.terminal_kind import TerminalKind
from tui.widgets.key_bar import KeyBar
from tui.widgets.remark import Remark
from tui.widgets.tone import line

EDIT: Final = "edit"
AGAIN: Final = "again"
_LINE_BY_PLUS: Final = {"vi", "vim", "nvim", "nano", "emacs", "emacsclient", "joe", "micro", "view", "ne", "mcedit"}


class UnreadableFileApp(SafeCrashApp, TerminalApp):
    """Says what is wrong and where; E opens the place in the editor, R reads again, Escape leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e,enter", f"leave('{EDIT}')", _("Edit"), show=False),
        Binding("r", f"leave('{AGAIN}')", _("Read again"), show=False),
        Binding("q", "leave('')", _("Quit"), show=False),
        Binding("escape", "leave_by_escape", _("Quit"), show=False),
        Binding("ctrl+q,ctrl+c", "leave('')", _("Quit"), show=False, priority=True),
    ]

    def __init__(self, path: Path, problem: SetupError, kind: TerminalKind | None = None) -> None:
        super().__init__()
        self.fit(kind or TerminalKind())
        self._path = path
        self._ending = Ending(self._end_for, keep=lambda: None, discard=lambda: None)
        self._problem = problem

    def on_mount(self) -> None:
        """From here on the end may come from outside."""
        if not self.is_headless:
            self._ending.watch()

    def on_unmount(self) -> None:
        """And no longer."""
        self._ending.over()

    def end_unheard(self, _times: int) -> None:
        """Ctrl+Q on a terminal that takes nothing."""
        self._ending.end_now(Status.UNUSABLE)

    def _end_for(self, number: int) -> None:
        if is_gone():
            os._exit(status(number))
        self.exit("", return_code=status(number))

    def compose(self) -> ComposeResult:
        """One problem, and what can be done."""
        with Vertical(id="body", classes="grid"):
            yield Static(line((clean(tilde(self._path)), "strong"), (_("   cannot be used as it is"), "muted")))
            yield Static("", classes="gap")
            yield Remark(self._problem.message, "wrong")
            yield Static(line((self._problem.hint, "plain")))
            yield Static("", classes="gap")
            yield Static(line((_("Nothing was written to it, and nothing will be before it can be read."), "muted")))
        yield KeyBar(
            (
                ("e", _("Open it in {editor}").format(editor=clean(editor()[0])), f"app.leave('{EDIT}')"),
                ("r", _("Read it again"), f"app.leave('{AGAIN}')"),
                ("esc", _("Quit"), "app.leave_by_escape"),
            )
        )

    def action_leave_by_escape(self) -> None:
        """Esc, which may be half of another key."""
        self.escape_delay.begin(lambda: self.exit(""))

    def action_leave(self, answer: str) -> None:
        """Answer."""
        self.exit(answer)


def editor() -> list[str]:
    """The user's own editor, as words of a command."""
    said = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with contextlib.suppress(ValueError):  # a quote without its end
        return shlex.split(said) or ["vi"]
    return [said]


def edit(path: Path, line_number: int | None) -> None:
    """Open `path` in the user's editor, at a line where the editor takes one; it gets no key of the environment."""
    command = editor()
    place = [f"+{line_number}"] if line_number and Path(command[0]).name in _LINE_BY_PLUS else []
    try:
        _run([*command, *place, str(path)], without_key_variables(os.environ))
    except OSError as error:
        message = _("{editor} cannot be started: {reason}.").format(editor=clean(command[0]), reason=why(error))
        raise SetupError(message, _("Set EDITOR to an editor that is installed.")) from None


_PATIENCE: Final = 2.0
"""Seconds for the other program to end in order."""
_PASSED_ON: Final = (signal.SIGHUP, signal.SIGTERM)
_ITS_OWN: Final = (signal.SIGINT, signal.SIGQUIT)
"""They come from its keyboard; system(3) leaves them alone as well."""


def _run(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run `command` until it ends. Raises OSError if it cannot be started, SystemExit if a signal was to end us."""
    attributes = None
    with contextlib.suppress(termios.error):
        attributes = termios.tcgetattr(0)
    came: list[int] = []
    with subprocess.Popen(command, env=environment) as guest:

        def pass_on(number: int, _frame: FrameType | None) -> None:
            came.append(number)
            guest.send_signal(number)

        before = {number: signal.signal(number, pass_on) for number in _PASSED_ON}
        before |= {number: signal.signal(number, signal.SIG_IGN) for number in _ITS_OWN}
        try:
            _wait(guest, came)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            if attributes is not None:  # it may have been killed
                with contextlib.suppress(termios.error):
                    termios.tcsetattr(0, termios.TCSADRAIN, attributes)
    if came:
        restore_terminal(0, attributes)
        raise SystemExit(128 + came[0])


def _wait(guest: "subprocess.Popen[bytes]", came: Sequence[int]) -> None:
    while guest.returncode is None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            guest.wait(_PATIENCE)
            return
        if came:
            guest.kill()
