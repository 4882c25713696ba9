"""What the places for a key say of the system keyring."""

from pathlib import Path

import pytest
from tools.fake_host import KEY, desk_at

from tui.credentials.keyring_state import KeyringState, KeyringStatus
from tui.screens.key_words import keyring_row


@pytest.mark.parametrize(
    ("bus", "foreign", "said"),
    [
        (False, False, "none answers here, as usual over SSH"), (True, False, "none answers here"),
        (False, True, "none answers here"),
    ],
)  # fmt: skip
def test_ssh_is_named_only_where_there_is_no_session_as_there(home: Path, bus: bool, foreign: bool, said: str) -> None:
    look = KeyringStatus(KeyringState.NONE, "", bus=bus, foreign=foreign)
    assert keyring_row(desk_at(home / "config.toml", key=KEY).draft, look).words[0][0] == said
