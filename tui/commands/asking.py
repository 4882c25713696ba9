"""Getting a secret without an argument: from stdin, or typed on a terminal that does not show it."""

import sys
from typing import Final

from tui.base.errors import SetupError, Status
from tui.base.translation import _

_MOST: Final = 64 * 1024


def ask(prompt: str) -> str:
    """All of stdin but the end of its last line; on a terminal, the line that is typed after `prompt`.

    Raises SetupError.
    """
    if sys.stdin is None:
        raise _nothing()
    if sys.stdin.isatty():
        return _ask_hidden(prompt)
    try:
        text = sys.stdin.buffer.read(_MOST).decode()
    except (OSError, UnicodeDecodeError):
        raise SetupError(_("stdin is not valid UTF-8."), status=Status.USAGE) from None
    if not text.strip():
        raise _nothing()
    return text.removesuffix("\n").removesuffix("\r")


def agreed(statement: str) -> bool:
    """Whether the user says yes to a statement; False where nobody can be asked."""
    if not (sys.stdin and sys.stderr and sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(statement, _("Is that all right? [y/N] "), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in (_("y"), _("yes"))


def _ask_hidden(prompt: str) -> str:
    import warnings  # both only where somebody types
    from getpass import GetPassWarning, getpass

    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)
        try:
            return getpass(prompt, stream=sys.stderr)
        except GetPassWarning:
            raise SetupError(
                _("This terminal shows what is typed."), _("Send it on stdin instead."), status=Status.USAGE
            ) from None
        except (EOFError, UnicodeDecodeError):
            raise _nothing() from None


def _nothing() -> SetupError:
    return SetupError(
        _("Nothing came on stdin."), _("Send it there, or run the command on a terminal."), status=Status.USAGE
    )
