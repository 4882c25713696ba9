"""What the wizard asks before it does it: a command has an option."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.translation import _
from tui.commands.asking import agreed
from tui.config_file.location import HOME, locate, named
from tui.config_file.replacing import NeedsInPlace
from tui.credentials.keyring_state import KeyringLook, KeyringState
from tui.credentials.session_environment import has_display
from tui.settings.confirming import Risk, Unconfirmed, confirm, insist_on_yes
from tui.settings.draft import Draft
from tui.settings.field import Kind
from tui.settings.fields import FIELDS


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
        raise SetupError(error.message, hint_of(error.look)) from None


def hint_of(look: KeyringLook) -> str:
    """What to do about a keyring that is not open, for those who have a command line."""
    can_be = not look.asks_itself or has_display(os.environ)
    return _("To unlock it: llm-setup key unlock") if look.state is KeyringState.LOCKED and can_be else look.hint


def insist_on_own_address(draft: Draft, config: Path | None, *, may_ask: bool) -> None:
    """Raise SetupError before a key of the environment is handed over with a base URL that a stranger's file may name.

    Whoever sits at a terminal is asked, and once: the yes is remembered for that provider and address.
    """
    if not draft.effective_text("base_url"):
        return
    keys = [field.key for field in FIELDS if field.kind is Kind.SECRET]  # OpenHands takes them for any provider
    secrets = {key: secret for key in keys if (secret := draft.secret_in_environment(key))}
    try:
        insist_on_yes(draft, secrets, accepted(draft, config, unencrypted=True))
    except Unconfirmed as error:
        from tui.handover.start import in_shell

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
