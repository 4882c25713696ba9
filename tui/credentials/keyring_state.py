"""What the keyring of this computer is ready for, in words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tui.base.foreign import clean
from tui.base.translation import _

GNOME: Final = "GNOME Keyring"
MACOS: Final = "macOS Keychain"
OWN_WINDOW: Final = ("KWallet", "KeePassXC")
"""Keyrings that take their password in windows of their own, and in no other way."""


class KeyringState(StrEnum):
    """Other programs rely on these words."""

    OPEN = "open"
    LOCKED = "locked"
    NO_DEFAULT = "no-default"
    NONE = "none"
    UNRESPONSIVE = "unresponsive"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class KeyringStatus:
    """One look at the keyring. `backend` is its name ("GNOME Keyring"), empty where none is known.

    `bus` is False where there is no D-Bus session to ask for one, which is the usual case over SSH.
    """

    state: KeyringState
    backend: str
    bus: bool = True
    foreign: bool = False
    """Whether the D-Bus session that the environment names is another user's, as after su or sudo."""

    @property
    def creatable(self) -> bool:
        """Whether its first keyring can be made from here: the others make theirs in programs of their own."""
        return self.state is KeyringState.NO_DEFAULT and self.backend == GNOME

    @property
    def asks_itself(self) -> bool:
        """Whether only its own window asks for its password: on a desktop, and nowhere else."""
        return self.state is KeyringState.LOCKED and self.backend in OWN_WINDOW

    @property
    def sentence(self) -> str:
        """The state as one line."""
        name = clean(self.backend, limit=80) or _("The keyring")
        if self.foreign:
            return _(
                "No keyring answers here: the D-Bus session named here is another user's (usual after su and sudo)."
            )
        if self.state is KeyringState.NONE and not self.bus:
            return _("No keyring answers here: no D-Bus session (usual over SSH).")
        sentences = {
            KeyringState.OPEN: _("{keyring} is open."),
            KeyringState.LOCKED: _("{keyring} is locked."),
            KeyringState.NO_DEFAULT: _("{keyring} has no default keyring yet."),
            KeyringState.NONE: _("No keyring answers here: no keyring program is running."),
            KeyringState.UNRESPONSIVE: _("{keyring} does not answer."),
            KeyringState.REFUSED: _("{keyring} is set as the keyring: no safe place for a key."),
        }
        return sentences[self.state].format(keyring=name)

    def command_hint(self, *, has_display: bool) -> str:
        """What to do about it for those who have a command line; empty for an open one."""
        can_be_unlocked = self.state is KeyringState.LOCKED and (has_display or not self.asks_itself)
        if not can_be_unlocked:
            return self.hint
        return _("Unlock it with: llm-setup key unlock. Or choose another place for the key.")

    @property
    def hint(self) -> str:
        """What to do about it; empty for an open one."""
        elsewhere = _("Choose another place for the key.")
        hints = {
            KeyringState.OPEN: "",
            KeyringState.LOCKED: _("Unlock it, or choose another place for the key."),
            KeyringState.NO_DEFAULT: _("Make or open one in its own program, or choose another place for the key."),
            KeyringState.REFUSED: _(
                "Remove it from PYTHON_KEYRING_BACKEND or keyringrc.cfg, or choose another place for the key."
            ),
        }
        if self.creatable:
            return _("The Key step of llm-setup makes one. Or choose another place for the key.")
        if self.state is KeyringState.LOCKED and self.backend == MACOS:
            return _("Unlock it with: security unlock-keychain. Or choose another place for the key.")
        if self.asks_itself:
            return _("Open it in its own window on its desktop, or choose another place for the key.")
        return hints.get(self.state, elsewhere)
