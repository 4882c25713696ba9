"""What the keyring of this computer is ready for, in words."""

from dataclasses import dataclass
from enum import StrEnum

from tui.base.foreign import clean
from tui.base.translation import _


class KeyringState(StrEnum):
    """Other programs rely on these words."""

    OPEN = "open"
    LOCKED = "locked"
    NO_DEFAULT = "no-default"
    NONE = "none"
    UNRESPONSIVE = "unresponsive"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class KeyringLook:
    """One look at the keyring. `backend` is its name ("GNOME Keyring"), empty where none is known.

    `bus` is False where there is no D-Bus session to ask for one, which is the usual case over SSH.
    """

    state: KeyringState
    backend: str
    bus: bool = True

    @property
    def sentence(self) -> str:
        """The state as one line."""
        name = clean(self.backend, limit=80) or _("The keyring")
        if self.state is KeyringState.NONE and not self.bus:
            return _("No keyring answers here: no D-Bus session (usual over SSH).")
        sentences = {
            KeyringState.OPEN: _("{keyring} is open."),
            KeyringState.LOCKED: _("{keyring} is locked."),
            KeyringState.NO_DEFAULT: _("{keyring} has no default keyring yet."),
            KeyringState.NONE: _("No keyring answers here: no program that keeps one is running."),
            KeyringState.UNRESPONSIVE: _("{keyring} does not answer."),
            KeyringState.REFUSED: _("{keyring} is set as the keyring: no safe place for a key."),
        }
        return sentences[self.state].format(keyring=name)

    @property
    def hint(self) -> str:
        """What to do about it; empty for an open one."""
        match self.state:
            case KeyringState.OPEN:
                return ""
            case KeyringState.LOCKED:
                return _("Unlock it, or choose another place for the key.")
            case KeyringState.REFUSED:
                return _("Take it out of PYTHON_KEYRING_BACKEND or keyringrc.cfg, or choose another place for the key.")
            case _:
                return _("Choose another place for the key.")
