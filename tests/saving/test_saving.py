"""Saving: the key first, then the file, then our own settings; and what happens when one of them refuses."""

import tomllib
from pathlib import Path

import pytest
from tools.memory_store import MemoryStore
from tools.pictures import draft_of

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.catalog.providers import first_class
from tui.credentials.identity import Credential
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.drafts.own_settings import OwnSettings
from tui.saving.transaction import save, secrets_for

KEY = Secret("sk-ant-api03-0123456789abcdef")


def typed(path: Path, store: Store | None = Store.KEYRING) -> Draft:
    draft = draft_of(path)
    draft.choose_provider(first_class()[0])
    draft.edit("model", "anthropic/claude-x")
    draft.edit_secret("api_key", KEY)
    draft.store = store
    return draft


def texts_below(folder: Path) -> list[str]:
    return [path.read_text() for path in folder.rglob("*") if path.is_file()]


async def test_the_key_goes_to_the_keyring_and_nowhere_else(home: Path) -> None:
    draft, key_store = typed(home / "config.toml"), MemoryStore()
    saved = await save(draft, key_store)
    assert key_store.kept == {Credential("anthropic", None, "LLM_API_KEY"): KEY}
    assert saved.store is Store.KEYRING
    assert not draft.dirty
    assert draft.typed_secrets() == {}
    assert all(KEY.reveal() not in text for text in texts_below(home))


async def test_the_next_start_knows_where_the_key_is(home: Path) -> None:
    key_store = MemoryStore()
    await save(typed(home / "config.toml"), key_store)
    again = draft_of(home / "config.toml")
    assert again.remembered_store is Store.KEYRING
    assert await secrets_for(again, key_store) == {"api_key": KEY}


async def test_a_refusing_keyring_leaves_all_as_it_was(home: Path) -> None:
    draft = typed(home / "config.toml")
    with pytest.raises(SetupError):
        await save(draft, MemoryStore(refuses=True))
    assert not (home / "config.toml").exists()
    assert draft.typed_secret() == KEY
    assert draft.dirty


async def test_a_file_changed_meanwhile_is_not_overwritten(home: Path) -> None:
    path = home / "config.toml"
    path.write_text("[core]\n")
    draft = typed(path)
    path.write_text("[core]\nmine = true\n")
    with pytest.raises(SetupError):
        await save(draft, MemoryStore())
    assert path.read_text() == "[core]\nmine = true\n"


async def test_moving_a_key_out_of_the_file(home: Path) -> None:
    path, key_store = home / "config.toml", MemoryStore()
    path.write_text(f'[core]\n[llm]\nmodel = "anthropic/x"\napi_key = "{KEY.reveal()}"  # old\n')
    draft = draft_of(path)
    draft.store = Store.KEYRING
    await save(draft, key_store)
    assert key_store.kept == {Credential("anthropic", None, "LLM_API_KEY"): KEY}
    assert KEY.reveal() not in path.read_text()


async def test_a_key_for_the_environment_is_kept_for_the_test_and_nowhere_else(home: Path) -> None:
    draft, key_store = typed(home / "config.toml", Store.ENVIRONMENT), MemoryStore()
    await save(draft, key_store)
    assert key_store.kept == {}
    assert not draft.dirty
    assert await secrets_for(draft, key_store) == {"api_key": KEY}
    assert await secrets_for(draft_of(home / "config.toml"), key_store) == {}


async def test_the_chosen_variable_is_remembered(home: Path) -> None:
    path = home / "config.toml"
    draft = typed(path, Store.ENVIRONMENT)
    draft.variable = "ANTHROPIC_API_KEY"
    await save(draft, MemoryStore())
    again = Draft(draft.config, OwnSettings(), {"ANTHROPIC_API_KEY": "from-environment", "OPENAI_API_KEY": "other"})
    assert await secrets_for(again, MemoryStore()) == {"api_key": Secret("from-environment")}


async def test_the_embedding_settings_are_kept_by_file(home: Path) -> None:
    draft = typed(home / "config.toml")
    draft.edit("embedding_model", "local")
    await save(draft, MemoryStore())
    assert draft_of(home / "config.toml").texts["embedding_model"] == "local"
    assert draft_of(home / "other.toml").texts["embedding_model"] == ""
    assert "embedding_model" not in tomllib.loads((home / "config.toml").read_text())["llm"]


async def test_our_own_settings_are_private(home: Path) -> None:
    await save(typed(home / "config.toml"), MemoryStore())
    own = OwnSettings().path
    assert own.stat().st_mode & 0o777 == 0o600
    assert own.parent.stat().st_mode & 0o777 == 0o700


async def test_broken_own_settings_are_said_and_not_overwritten(home: Path) -> None:
    own = OwnSettings().path
    own.parent.mkdir(parents=True)
    own.write_text("not [ toml")
    draft = typed(home / "config.toml")
    with pytest.raises(SetupError):
        await save(draft, MemoryStore())
    assert own.read_text() == "not [ toml"


async def test_the_environments_key_comes_first_as_in_openhands(home: Path) -> None:
    path, key_store = home / "config.toml", MemoryStore()
    await save(typed(path), key_store)
    draft = draft_of(path, {"LLM_API_KEY": "from-environment"})
    assert await secrets_for(draft, key_store) == {"api_key": Secret("from-environment")}
    draft.edit_secret("api_key", KEY)
    assert await secrets_for(draft, key_store) == {"api_key": KEY}
