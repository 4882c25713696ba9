"""A keyring is opened in the way that it can be opened, and the desk says what it is like then."""

import asyncio
from pathlib import Path

import pytest
from tools.fake_host import FakeHost, FakeKeyring, desk_at

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.credentials.keyring_state import GNOME, MACOS, OWN_WINDOW, KeyringState, KeyringStatus
from tui.wizard.key_access import KeyringUnlock

LOCKED = KeyringStatus(KeyringState.LOCKED, GNOME)


async def unlocked(
    home: Path, look: KeyringStatus, *answers: object
) -> tuple[FakeHost, FakeKeyring, KeyringStatus | None]:
    """What was asked, what the keyring was told, and what the desk says afterwards."""
    keyring, host = FakeKeyring(look, password="right"), FakeHost(*answers)
    desk = desk_at(home / "config.toml", keyring)
    desk.keyring_status = look
    heard: list[KeyringStatus] = []
    desk.keyring_status_came.subscribe(heard.append)
    await KeyringUnlock(desk, host).unlock()
    assert heard in ([], [desk.keyring_status])
    return host, keyring, heard[0] if heard else None


async def test_a_wrong_password_is_asked_for_again_with_what_was_wrong(home: Path) -> None:
    host, keyring, look = await unlocked(home, LOCKED, Secret("wrong"), Secret("right"))
    assert host.dialogs == ["UnlockDialog", "UnlockDialog"]
    assert [dialog._problem for dialog in host.asked] == ["", "That password is wrong."]
    assert keyring.did == ["unlock", "unlock"]
    assert look == KeyringStatus(KeyringState.OPEN, GNOME)


async def test_enter_again_while_it_is_being_opened_changes_nothing(home: Path) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    class Slow(FakeKeyring):
        async def unlock(self, password: Secret) -> None:
            begun.set()
            await go_on.wait()
            await super().unlock(password)

    desk, host = desk_at(home / "config.toml", Slow(LOCKED, password="right")), FakeHost(Secret("right"))
    desk.keyring_status = LOCKED
    part = KeyringUnlock(desk, host)
    part.begin()
    opening = asyncio.create_task(host.run())
    await begun.wait()
    part.begin()
    assert host.jobs == []
    go_on.set()
    await opening
    assert desk.keyring_status == KeyringStatus(KeyringState.OPEN, GNOME)
    part.begin()
    assert len(host.jobs) == 1


async def test_no_password_leaves_it_locked_and_looks_again(home: Path) -> None:
    host, keyring, look = await unlocked(home, LOCKED, None)
    assert (host.dialogs, keyring.did, look) == (["UnlockDialog"], [], LOCKED)


async def test_a_keyring_that_is_not_made_yet_is_made(home: Path) -> None:
    host, keyring, look = await unlocked(home, KeyringStatus(KeyringState.NO_DEFAULT, GNOME), Secret("right"))
    assert (host.dialogs, keyring.did) == (["CreateDialog"], ["create"])
    assert look == KeyringStatus(KeyringState.OPEN, GNOME)


async def test_a_keyring_with_a_window_is_waited_for_or_not(home: Path) -> None:
    locked = KeyringStatus(KeyringState.LOCKED, next(iter(OWN_WINDOW)))
    host, keyring, look = await unlocked(home, locked, None)
    assert (host.dialogs, look) == (["WindowDialog"], None)
    opened = KeyringStatus(KeyringState.OPEN, locked.backend)
    _host, _keyring, look = await unlocked(home, locked, opened)
    assert look == opened
    desk = desk_at(home / "config.toml", keyring)
    assert await KeyringUnlock(desk, host)._unlock_in_its_window() == opened
    assert keyring.did == ["window"]


@pytest.mark.parametrize("problem", ["", "The keychain stays locked."])
async def test_a_keychain_is_opened_by_its_own_program_in_the_terminal(
    home: Path, monkeypatch: pytest.MonkeyPatch, problem: str
) -> None:
    def unlock_in_terminal() -> None:
        if problem:
            raise SetupError(problem)

    monkeypatch.setattr("tui.credentials.keychain.unlock_in_terminal", unlock_in_terminal)
    locked = KeyringStatus(KeyringState.LOCKED, MACOS)
    host, keyring, look = await unlocked(home, locked)
    assert host.suspended == 1
    assert host.said == ([problem] if problem else [])
    assert (keyring.did, look) == (["kill"], locked)
