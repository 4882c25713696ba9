"""A save that fails half-way leaves each place as it was, and the typed key in the draft."""

# ruff: noqa: ASYNC240 - a test may wait for its files

import asyncio
import contextlib
from collections.abc import Mapping
from pathlib import Path

import pytest
from tools.memory_store import MemoryStore
from tools.pictures import draft_of

from tui.base.errors import SetupError
from tui.base.folders import config_folder
from tui.base.secret import Secret
from tui.catalog.providers import first_class
from tui.credentials.identity import Credential
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.drafts.own_settings import OwnSettings
from tui.saving.transaction import save

OLD, NEW = Secret("sk-ant-api03-canary0123456789"), Secret("sk-ant-api03-newer9876543210")


def typed(path: Path, store: Store | None, key: Secret = NEW) -> Draft:
    draft = draft_of(path)
    draft.choose_provider(first_class()[0])
    draft.edit("model", "anthropic/claude-x")
    draft.edit_secret("api_key", key)
    draft.store = store
    return draft


@pytest.fixture
def path(home: Path) -> Path:
    return home / "config.toml"


def refuse(*_arguments: object, **_options: object) -> None:
    raise SetupError("The disk is full.", "Make room.")


def texts(home: Path) -> dict[str, str]:
    """What says anything, by path."""
    found = {str(file): file.read_text() for file in home.rglob("*") if file.is_file()}
    return {name: text for name, text in found.items() if text.strip() not in {"", "[stores]"}}


@pytest.mark.parametrize("store", [Store.KEYRING, Store.FILE, Store.CONFIG])
@pytest.mark.parametrize("before", [Store.KEYRING, Store.FILE, Store.CONFIG, None])
async def test_what_a_place_was_given_is_taken_back(
    home: Path, path: Path, store: Store, before: Store | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    key_store = MemoryStore()
    if before:
        await save(typed(path, before, OLD), key_store)
    kept, old = dict(key_store.kept), texts(home)
    monkeypatch.setattr("tui.saving.transaction.save_file", refuse)
    draft = typed(path, store)
    with pytest.raises(SetupError, match="full"):
        await save(draft, key_store)
    assert key_store.kept == kept
    assert texts(home) == old
    assert draft.typed_secret() == NEW
    assert draft_of(path).remembered_store is before


class SlowShelf(MemoryStore):
    """Takes its time before and after each thing, as a child process does, and tells when it has begun with one."""

    def __init__(self) -> None:
        super().__init__()
        self.begun_with = asyncio.Event()
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()

    async def store(self, keys: Mapping[Credential, Secret]) -> None:
        await self._dawdle()
        await super().store(keys)
        await self._dawdle()

    async def delete(self, credential: Credential) -> None:
        await self._dawdle()
        await super().delete(credential)
        await self._dawdle()

    async def _dawdle(self) -> None:
        self.begun_with.set()
        for _turn in range(5):
            await asyncio.sleep(0)
        await self.may_go_on.wait()


@pytest.mark.parametrize(
    ("before", "store"),
    [(None, Store.KEYRING), (None, Store.FILE), (None, Store.CONFIG), (Store.FILE, Store.KEYRING),
     (Store.FILE, Store.CONFIG), (Store.CONFIG, Store.KEYRING), (Store.CONFIG, Store.FILE)],
)  # fmt: skip
async def test_a_save_that_is_cancelled_at_any_moment_leaves_the_key_in_one_place(
    home: Path, path: Path, before: Store | None, store: Store
) -> None:
    for turns in range(40):
        key_store = SlowShelf()
        path.unlink(missing_ok=True)
        if before:
            await save(typed(path, before, OLD), key_store)
        draft = draft_of(path) if before else typed(path, store, OLD)
        draft.store = store
        saving = asyncio.create_task(save(draft, key_store))
        for _turn in range(turns):
            await asyncio.sleep(0)
        saving.cancel()
        saving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await saving
        places = [place for place, there in (
            (Store.KEYRING, OLD in key_store.kept.values()),
            (Store.FILE, any(OLD.reveal() in file.read_text() for file in (home / ".config/llm-setup").glob("*.env"))),
            (Store.CONFIG, path.exists() and OLD.reveal() in path.read_text()),
        ) if there]  # fmt: skip
        done = not saving.cancelled()
        assert places == ([store] if done else [before] if before else []), (turns, done)
        for place in (home / ".config/llm-setup").glob("*"):
            place.unlink()


async def test_a_key_that_cannot_be_taken_back_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key_store = MemoryStore()

    def lock_and_refuse(*_arguments: object, **_options: object) -> None:
        key_store.refuses = True
        refuse()

    monkeypatch.setattr("tui.saving.transaction.save_file", lock_and_refuse)
    with pytest.raises(SetupError, match="full") as caught:
        await save(typed(path, Store.KEYRING), key_store)
    assert "Make room. The key is in its new place as well" in caught.value.hint
    assert [*key_store.kept.values()] == [NEW]


async def test_a_cancelled_key_that_cannot_be_taken_back_is_said(path: Path) -> None:
    key_store = SlowShelf()
    key_store.may_go_on.clear()
    saving = asyncio.create_task(save(typed(path, Store.KEYRING), key_store))
    await key_store.begun_with.wait()
    saving.cancel()
    key_store.delete = MemoryStore(refuses=True).delete  # type: ignore[method-assign]
    key_store.may_go_on.set()
    with pytest.raises(SetupError, match="cut short") as caught:
        await saving
    assert "new place as well" in caught.value.hint


async def test_our_own_settings_unwritable_leave_all_as_it_was(path: Path) -> None:
    key_store = MemoryStore()
    draft = typed(path, Store.KEYRING)
    config_folder().parent.mkdir(exist_ok=True)
    config_folder().write_text("a file where the folder should be")
    with pytest.raises(SetupError, match=r"llm-setup") as caught:
        await save(draft, key_store)
    assert caught.value.hint
    assert (key_store.kept, path.exists(), draft.typed_secret()) == ({}, False, NEW)
    config_folder().unlink()
    await save(draft, key_store)
    assert list(key_store.kept.values()) == [NEW]


async def test_a_key_without_a_place_is_asked_about(path: Path) -> None:
    with pytest.raises(SetupError, match="No place is chosen") as caught:
        await save(typed(path, None), MemoryStore())
    assert caught.value.field == "api_key"
    assert not path.exists()


@pytest.mark.parametrize("command", ["", "   "])
async def test_a_command_that_is_not_typed_yet(path: Path, command: str) -> None:
    draft = typed(path, Store.COMMAND)
    draft.commands[draft.credential()] = command
    with pytest.raises(SetupError, match="no command yet") as caught:
        await save(draft, MemoryStore())
    assert caught.value.field == "api_key"


async def test_what_gives_the_key_is_remembered_also_when_nothing_else_changes(path: Path) -> None:
    path.write_text('[core]\n[llm]\nmodel = "anthropic/x"\nnum_retries = 8\nretry_min_wait = 15\nretry_max_wait = 120\n'
                    "retry_multiplier = 2\n")  # fmt: skip
    draft = draft_of(path)
    assert not draft.dirty
    draft.store = Store.COMMAND
    draft.commands[draft.credential()] = " printf %s sk-ant-0123456789 "
    assert draft.dirty
    await save(draft, MemoryStore())
    assert not draft.dirty
    again = draft_of(path)
    assert (again.remembered_store, again.command()) == (Store.COMMAND, "printf %s sk-ant-0123456789")
    again.store = Store.ENVIRONMENT
    assert again.dirty
    again.environ = {"LLM_API_KEY": NEW.reveal()}
    await save(again, MemoryStore())
    assert (OwnSettings().store_of("llm-setup:anthropic"), again.dirty) == (Store.ENVIRONMENT, False)
