"""An app that shows no key when it breaks."""

import contextlib
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.app import App

from tui.base.redaction import redact
from tui.base.secret import Secret

if TYPE_CHECKING:
    from rich.traceback import Trace


class SafeCrashApp(App[str]):
    """Its traceback has no local variables, and no key in the words of an error."""

    def secrets(self) -> Iterable[Secret]:
        """The keys that a traceback must not show."""
        return ()

    def keep_input(self) -> None:
        """Put on the disk what was typed, before all else."""

    def _fatal_error(self) -> None:
        """Leave with a traceback. Textual's own shows local variables, and one of them might be a key."""
        with contextlib.suppress(Exception):
            self.keep_input()
        import rich
        from rich.segment import Segments
        from rich.traceback import Traceback

        self.bell()
        kind, error, where = sys.exc_info()
        if kind and error:
            trace = Traceback.extract(kind, error, where, show_locals=False)
            _redact(trace, [*self.secrets()])
            shown = Traceback(trace, width=None, suppress=[rich])
            self._exit_renderables.append(Segments(self.console.render(shown, self.console.options)))
        self._close_messages_no_wait()


def _redact(trace: "Trace", secrets: list[Secret]) -> None:
    for stack in trace.stacks:
        stack.exc_value = redact(stack.exc_value, secrets)
        stack.notes = [redact(note, secrets) for note in stack.notes]
        for part in stack.exceptions:
            _redact(part, secrets)
