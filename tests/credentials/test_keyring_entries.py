"""All keys or none, against backends that fail in every place."""

import asyncio
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.credentials.keyring_child import __main__ as orders
from tui.credentials.keyring_child import backend
from tui.credentials.keyring_child.entries import Entry, Failed, Failure, locked_meanwhile, read, reason, remove, store
from tui.credentials.keyring_state import KeyringState, KeyringStatus

ENTRIES = [Entry("s", "ID", "new-id"), Entry("s", "KEY", "new-key"), Entry("s", "TOKEN", "new-token")]


class Fake:
    """Keeps entries in a dict; raises at the write with the number `breaks_at`, and from then on when `for_good`."""

    def __init__(self, kept=None, *, breaks_at=0, for_good=False):
        self.kept = dict(kept or {})
        self.breaks_at = breaks_at
        self.for_good = for_good
        self.writes = 0

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.writes += 1
        if self.writes == self.breaks_at or (self.for_good and self.writes > self.breaks_at):
            raise ConnectionResetError(password)
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


class Forgetful(Fake):
    """Takes everything and keeps nothing, as keyring's null backend does."""

    def set_password(self, *entry):
        pass


class Doubled(Fake):
    """Another program's entry under the same names is found first."""

    def __init__(self, kept):
        super().__init__()
        self.others = dict(kept)

    def get_password(self, *names):
        return self.others.get(names) or super().get_password(*names)

    def delete_password(self, *names):
        if self.others.pop(names, None) is None:
            super().delete_password(*names)


def test_all_are_kept():
    backend = Fake({("s", "ID"): "old-id"})
    store(backend, ENTRIES)
    assert backend.kept == {("s", "ID"): "new-id", ("s", "KEY"): "new-key", ("s", "TOKEN"): "new-token"}


NAMES = st.sampled_from([("s", "ID"), ("s", "KEY"), ("s", "TOKEN"), ("t", "KEY")])


@settings(max_examples=50)
@given(
    before=st.dictionaries(NAMES, st.sampled_from(["old", "new-key"])),
    breaks_at=st.integers(1, 3),
)
def test_when_one_write_fails_all_is_as_before(before, breaks_at):
    backend = Fake(before, breaks_at=breaks_at)
    with pytest.raises(ConnectionResetError):
        store(backend, ENTRIES)
    assert backend.kept == before


def test_when_putting_back_fails_too_it_is_said():
    backend = Fake({("s", "ID"): "old-id"}, breaks_at=2, for_good=True)
    with pytest.raises(Failed) as caught:
        store(backend, ENTRIES)
    assert (caught.value.code, caught.value.reason) == (Failure.HALF, "ConnectionResetError")


def test_a_keyring_that_forgets_is_found_out():
    with pytest.raises(Failed) as caught:
        store(Forgetful(), ENTRIES)
    assert caught.value.code is Failure.NOT_KEPT


def test_duplicates_are_replaced_and_removed():
    backend = Doubled({("s", "KEY"): "another"})
    store(backend, ENTRIES)
    assert read(backend, ENTRIES[1]) == "new-key"
    remove(backend, ENTRIES[1])
    assert read(backend, ENTRIES[1]) is None


def test_an_entry_that_cannot_be_removed_is_said():
    backend = Fake({("s", "KEY"): "stays"})
    backend.delete_password = lambda *_names: None
    with pytest.raises(Failed):
        remove(backend, ENTRIES[1])


def test_errors_are_told_by_their_type_alone():
    class DBusError(Exception):
        name = "org.freedesktop.DBus.Error.NoReply"

    assert reason(RuntimeError("sk-secret")) == "RuntimeError"
    assert reason(DBusError("sk-secret")) == "org.freedesktop.DBus.Error.NoReply"
    assert locked_meanwhile(RuntimeError("Can't get password from keychain: (-25308, 'Unknown Error')"))
    assert not locked_meanwhile(RuntimeError("something else"))
    assert "new-id" not in repr(ENTRIES[0])


async def test_orders_at_once_touch_the_keyring_one_after_the_other(monkeypatch):
    """Also those whose caller has gone: a thread cannot be cancelled."""
    inside, most = [], []

    def look():
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.01)
        inside.pop()
        return KeyringStatus(KeyringState.LOCKED, "x"), ""

    monkeypatch.setattr(orders, "look", look)
    fetch = orders._in_thread(orders._fetch)
    await asyncio.gather(*(fetch({}) for _ in range(4)), *(orders._look({}) for _ in range(4)))
    assert most == [1] * 8


async def test_a_locked_keychain_is_known_as_locked_once_it_was_met(monkeypatch):
    """macOS tells by refusing to ask over SSH, and in no other way; a new child asks anew."""

    def refuse(_backend, _order):
        raise RuntimeError("Can't get password from keychain: (-25308, 'Unknown Error')")

    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setattr(backend, "_met_locked", set())
    assert (await orders._look({}))["state"] is KeyringState.OPEN
    assert (await orders._in_thread(refuse)({}))["state"] is KeyringState.LOCKED
    told = await orders._look({})
    look = KeyringStatus(told["state"], told["backend"], bus=told["bus"])
    assert look.sentence == "macOS Keychain is locked."
    assert "security unlock-keychain" in look.hint
