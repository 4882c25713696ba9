"""A save that fails half-way leaves each place as it was, and the typed key in the draft."""

# ruff: noqa: ASYNC240 - a test may wait for its files

from pathlib import Path

import pytest
from tools.pictures import draft_of
from tools.shelf import Shelf

from tui.base.errors import SetupError
from tui.base.folders import config_folder
from tui.base.secret import Secret
from tui.catalog.providers import first_class
from tui.credentials.store import Store
from tui.settings.draft import Draft
from tui.settings.own import OwnSettings
from tui.settings.saving import save

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
    shelf = Shelf()
    if before:
        await save(typed(path, before, OLD), shelf)
    kept, old = dict(shelf.kept), texts(home)
    monkeypatch.setattr("tui.settings.saving.save_file", refuse)
    draft = typed(path, store)
    with pytest.raises(SetupError, match="full"):
        await save(draft, shelf)
    assert shelf.kept == kept
    assert texts(home) == old
    assert draft.typed_secret() == NEW
    assert draft_of(path).remembered_store is before


async def test_our_own_settings_unwritable_leave_all_as_it_was(path: Path) -> None:
    shelf = Shelf()
    draft = typed(path, Store.KEYRING)
    config_folder().parent.mkdir(exist_ok=True)
    config_folder().write_text("a file where the folder should be")
    with pytest.raises(SetupError, match=r"llm-setup") as caught:
        await save(draft, shelf)
    assert caught.value.hint
    assert (shelf.kept, path.exists(), draft.typed_secret()) == ({}, False, NEW)
    config_folder().unlink()
    await save(draft, shelf)
    assert list(shelf.kept.values()) == [NEW]


async def test_a_key_without_a_place_is_asked_about(path: Path) -> None:
    with pytest.raises(SetupError, match="No place is chosen") as caught:
        await save(typed(path, None), Shelf())
    assert caught.value.field == "api_key"
    assert not path.exists()


@pytest.mark.parametrize("command", ["", "   "])
async def test_a_command_that_is_not_typed_yet(path: Path, command: str) -> None:
    draft = typed(path, Store.COMMAND)
    draft.commands[draft.credential()] = command
    with pytest.raises(SetupError, match="no command yet") as caught:
        await save(draft, Shelf())
    assert caught.value.field == "api_key"


async def test_what_gives_the_key_is_remembered_also_when_nothing_else_changes(path: Path) -> None:
    path.write_text('[core]\n[llm]\nmodel = "anthropic/x"\nnum_retries = 8\nretry_min_wait = 15\nretry_max_wait = 120\n'
                    "retry_multiplier = 2\n")  # fmt: skip
    draft = draft_of(path)
    assert not draft.dirty
    draft.store = Store.COMMAND
    draft.commands[draft.credential()] = " printf %s sk-ant-0123456789 "
    assert draft.dirty
    await save(draft, Shelf())
    assert not draft.dirty
    again = draft_of(path)
    assert (again.remembered_store, again.command()) == (Store.COMMAND, "printf %s sk-ant-0123456789")
    again.store = Store.ENVIRONMENT
    assert again.dirty
    again.environ = {"LLM_API_KEY": NEW.reveal()}
    await save(again, Shelf())
    assert (OwnSettings().store_of("llm-setup:anthropic"), again.dirty) == (Store.ENVIRONMENT, False)
