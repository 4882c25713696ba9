"""The wizard as on a Mac over SSH: a keychain that is locked until the program `security` has made ~/unlocked.

python -P tests/tools/mac_wizard.py ARGUMENTS…
"""

import sys
from pathlib import Path

from tui import cli
from tui.credentials.keyring_client import Keyring
from tui.credentials.keyring_state import MACOS, KeyringState, KeyringStatus

UNLOCKED = Path("~/unlocked").expanduser()


async def look(_keyring: Keyring) -> KeyringStatus:
    there = UNLOCKED.exists()
    return KeyringStatus(KeyringState.OPEN if there else KeyringState.LOCKED, MACOS)


if __name__ == "__main__":
    Keyring.look = look
    sys.exit(cli.main())
