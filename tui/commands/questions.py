"""What the wizard asks before it does it: a command has an option."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tui.base.errors import SetupError, Status
from tui.base.folders import in_shell
from tui.base.foreign import clean
from tui.base.translation import _
from tui.config_file.location import HOME, locate, named
from tui.config_file.replacement import NeedsInPlace
from tui.credentials.keyring_client import has_display
from tui.drafts.draft import Draft
from tui.openhands.fields import SECRET_KEYS
from tui.saving.consent import Risk, Unconfirmed, confirm, require_yes

# -- getting a secret without an argument: from stdin, or typed on a terminal that does not show it

_MOST: Final = 64 * 1024


def ask(prompt: str) -> str:
    """All of stdin but the end of its last line; on a terminal, the line that is typed after `prompt`.

    Raises SetupError.
    """
    if sys.stdin is None:
        raise _nothing()
    if sys.stdin.isatty():
        return ask_hidden(prompt)
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
    return sys.stdin.readline().strip().lower() in (_("y"), _("yes"), "y", "yes")


def ask_hidden(prompt: str) -> str:
    """The line that is typed after `prompt` on a terminal that does not show it. Raises SetupError."""
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


@contextlib.contextmanager
def in_place_offered() -> Iterator[None]:
    """Names the option where it would help."""
    try:
        yield
    except NeedsInPlace as error:
        hint = _("{reason} If that is all right: --in-place").format(reason=error.hint)
        raise SetupError(error.message, hint) from None


@contextlib.contextmanager
def sending_offered() -> Iterator[None]:
    """Names the options that let a key go."""
    options = {Risk.UNENCRYPTED: "--unencrypted", Risk.BORROWED: _("--config and the file's path")}
    try:
        yield
    except Unconfirmed as error:
        words = _("{nothing} If that is all right: {options}")
        named = ", ".join(options[risk] for risk in error.risks)
        raise SetupError(error.message, words.format(nothing=error.hint, options=named)) from None


@contextlib.contextmanager
def unlocking_offered() -> Iterator[None]:
    """Names the command that unlocks a locked keyring."""
    from tui.credentials.keyring_client import KeyringNotOpen

    try:
        yield
    except KeyringNotOpen as error:
        raise SetupError(error.message, error.look.command_hint(has_display=has_display(os.environ))) from None


def require_own_address(draft: Draft, config: Path | None, *, may_ask: bool) -> None:
    """Raise SetupError before a key of the environment is handed over with a base URL that a stranger's file may name.

    Whoever sits at a terminal is asked, and once: the yes is remembered for that provider and address.
    """
    if not draft.effective_text("base_url"):
        return
    secrets = {key: secret for key in SECRET_KEYS if (secret := draft.secret_in_environment(key))}
    try:
        require_yes(draft, secrets, accepted(draft, config, unencrypted=True))
    except Unconfirmed as error:
        if may_ask and agreed(error.message):
            confirm(draft, error.risks)
            return
        hint = _("Nothing was handed over. If that is all right, name the file: --config {path}")
        raise SetupError(error.message, hint.format(path=clean(in_shell(draft.config.path)))) from None


def accepted(draft: Draft, config: Path | None, *, unencrypted: bool) -> list[Risk]:
    """The risks that need no question: a file that was named, or is the user's own, may say where a key goes.

    One that was merely found in the current folder may be a stranger's.
    """
    own = (config or named()) is not None or draft.config.path == locate(Path(HOME))
    return [*([Risk.BORROWED] if own else []), *([Risk.UNENCRYPTED] if unencrypted else [])]
