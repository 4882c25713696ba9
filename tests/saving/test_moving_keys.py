"""A key that goes from one place to another is whole in the new one, and gone from the old one."""

# ruff: noqa: ASYNC240 - a test may wait for its files

import shlex
import sys
from itertools import permutations
from pathlib import Path

import pytest
from tools.memory_store import MemoryStore
from tools.pictures import draft_of

from tui.base.errors import SetupError
from tui.base.folders import config_folder, state_folder
from tui.base.secret import Secret
from tui.catalog.providers import first_class
from tui.config_file.backups import backup_folder, versions
from tui.credentials.private_file import PrivateFile
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.drafts.own_settings import OwnSettings
from tui.saving.stored_keys import delete_key
from tui.saving.transaction import save, secrets_for

KEY, NEW = Secret("sk-ant-api03-canary0123456789"), Secret("sk-ant-api03-newer9876543210")
KEEPING = (Store.KEYRING, Store.FILE, Store.CONFIG)
PRINTING = shlex.join([sys.executable, "-I", "-c", f"print('{KEY.reveal()[::-1]}'[::-1])"])


@pytest.fixture
def path(home: Path) -> Path:
    return home / "config.toml"


@pytest.fixture
def key_store() -> MemoryStore:
    return MemoryStore()


async def kept_in(path: Path, store: Store, key_store: MemoryStore) -> None:
    draft = draft_of(path)
    draft.choose_provider(first_class()[0])
    draft.edit("model", "anthropic/claude-x")
    draft.edit_secret("api_key", KEY)
    draft.store = store
    assert (await save(draft, key_store)).remark == ""
    assert not draft.dirty


def holders(home: Path, key_store: MemoryStore, key: Secret = KEY) -> set[Store]:
    """Where the key is, backups included."""
    found = {Store.KEYRING} if key in key_store.kept.values() else set()
    for file in home.rglob("*"):
        if file.is_file() and key.reveal() in file.read_text():
            found.add(Store.FILE if file.suffix == ".env" else Store.CONFIG)
    return found


@pytest.mark.parametrize("store", KEEPING)
async def test_every_place_keeps_a_key_and_no_other_has_it(
    home: Path, path: Path, key_store: MemoryStore, store: Store
) -> None:
    await kept_in(path, store, key_store)
    assert holders(home, key_store) == {store}
    again = draft_of(path)
    assert again.remembered_store is store
    assert await secrets_for(again, key_store) == {"api_key": KEY}


@pytest.mark.parametrize(("before", "after"), list(permutations(KEEPING, 2)))
async def test_a_key_moves(home: Path, path: Path, key_store: MemoryStore, before: Store, after: Store) -> None:
    await kept_in(path, before, key_store)
    draft = draft_of(path)
    draft.edit("seed", "3")
    await save(draft, key_store)  # a backup with the key, if the file has it
    draft.store = after
    assert draft.dirty
    assert await secrets_for(draft, key_store) == {"api_key": KEY}
    saved = await save(draft, key_store)
    assert (saved.store, saved.remark) == (after, "")
    assert holders(home, key_store) == {after}
    assert not draft.dirty
    assert await secrets_for(draft_of(path), key_store) == {"api_key": KEY}


@pytest.mark.parametrize(("before", "after"), list(permutations(KEEPING, 2)))
async def test_a_new_key_in_a_new_place_takes_the_old_one_away(
    home: Path, path: Path, key_store: MemoryStore, before: Store, after: Store
) -> None:
    await kept_in(path, before, key_store)
    draft = draft_of(path)
    draft.store = after
    draft.edit_secret("api_key", NEW)
    await save(draft, key_store)
    assert holders(home, key_store) == set()
    assert holders(home, key_store, NEW) == {after}


async def test_a_locked_keyring_keeps_the_old_key_and_it_is_said(path: Path, key_store: MemoryStore) -> None:
    await kept_in(path, Store.KEYRING, key_store)
    draft = draft_of(path)
    draft.store = Store.FILE
    key_store.refuses = True
    with pytest.raises(SetupError):
        await save(draft, key_store)
    assert draft_of(path).remembered_store is Store.KEYRING
    draft.edit_secret("api_key", NEW)
    saved = await save(draft, key_store)
    assert saved.remark == "The old copy of the key could not be removed. It is locked."
    assert await secrets_for(draft_of(path), key_store) == {"api_key": NEW}


async def test_groups_and_backups_lose_the_same_key(home: Path, path: Path, key_store: MemoryStore) -> None:
    path.write_text(
        f'[llm]\nmodel = "anthropic/x"\napi_key = "{KEY.reveal()}"\n[llm.a]\napi_key = "{KEY.reveal()}" # same\n'
        'seed = 1\n[llm.b]\napi_key = "sk-another"\n'
    )
    draft = draft_of(path)
    draft.store = Store.FILE
    assert KEY.reveal() not in draft.preview()
    await save(draft, key_store)
    assert holders(home, key_store) == {Store.FILE}
    assert path.read_text().count("sk-another") == 1
    assert "seed = 1" in path.read_text()


async def test_keys_of_other_providers_stay_in_the_file(path: Path, key_store: MemoryStore) -> None:
    path.write_text(f'[llm]\nmodel = "anthropic/x"\napi_key = "{KEY.reveal()}"\naws_access_key_id = "AKIA"\n')
    draft = draft_of(path)
    draft.store = Store.KEYRING
    await save(draft, key_store)
    assert 'aws_access_key_id = "AKIA"' in path.read_text()
    assert list(key_store.kept.values()) == [KEY]


async def test_several_secrets_move_together(path: Path, key_store: MemoryStore) -> None:
    path.write_text('[llm]\nmodel = "bedrock/x"\naws_region_name = "us-east-1"\n')
    draft = draft_of(path)
    draft.edit_secret("aws_access_key_id", Secret("AKIA-one"))
    draft.edit_secret("aws_secret_access_key", Secret("secret/one"))
    draft.store = Store.FILE
    await save(draft, key_store)
    assert (config_folder() / "bedrock.env").read_text() == (
        "AWS_ACCESS_KEY_ID=AKIA-one\nAWS_SECRET_ACCESS_KEY=secret/one\n"
    )
    draft = draft_of(path)
    draft.edit_secret("aws_secret_access_key", Secret("secret/two"))
    draft.store = Store.KEYRING
    await save(draft, key_store)
    assert {c.name: secret.reveal() for c, secret in key_store.kept.items()} == {
        "AWS_ACCESS_KEY_ID": "AKIA-one", "AWS_SECRET_ACCESS_KEY": "secret/two",
    }  # fmt: skip
    assert not (config_folder() / "bedrock.env").exists()


@pytest.mark.parametrize("after", [Store.ENVIRONMENT, Store.COMMAND])
async def test_of_several_secrets_none_goes_before_all_are_there(
    path: Path, key_store: MemoryStore, after: Store
) -> None:
    path.write_text('[core]\n[llm]\nmodel = "bedrock/x"\naws_region_name = "us-east-1"\n')
    draft = draft_of(path)
    for key in draft.secret_keys():
        draft.edit_secret(key, Secret(f"of-{key}"))
    draft.store = Store.KEYRING
    await save(draft, key_store)
    names = {credential.name for credential in key_store.kept}
    assert names == {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
    draft = draft_of(path, {"AWS_ACCESS_KEY_ID": "another"})
    draft.store = after
    draft.commands[draft.credential("aws_access_key_id")] = PRINTING
    assert "stays where it was" in (await save(draft, key_store)).remark
    assert {credential.name for credential in key_store.kept} == names


async def test_to_a_command_and_back(home: Path, path: Path, key_store: MemoryStore) -> None:
    await kept_in(path, Store.FILE, key_store)
    draft = draft_of(path)
    draft.store = Store.COMMAND
    draft.commands[draft.credential()] = "false"
    with pytest.raises(SetupError, match="gave no key"):
        await save(draft, key_store)
    assert holders(home, key_store) == {Store.FILE}
    draft.commands[draft.credential()] = PRINTING
    assert (await save(draft, key_store)).remark == ""
    assert not (config_folder() / "anthropic.env").exists()
    draft = draft_of(path)
    assert draft.command() == PRINTING
    assert await secrets_for(draft, key_store) == {"api_key": KEY}
    draft.store = Store.KEYRING
    await save(draft, key_store)
    assert holders(home, key_store) == {Store.KEYRING}
    assert draft_of(path).command() == ""


async def test_a_command_that_others_could_have_written_is_not_run(path: Path, key_store: MemoryStore) -> None:
    draft = draft_of(path)
    draft.choose_provider(first_class()[0])
    draft.edit("model", "anthropic/x")
    draft.store = Store.COMMAND
    draft.commands[draft.credential()] = PRINTING
    await save(draft, key_store)
    OwnSettings().path.chmod(0o620)
    with pytest.raises(SetupError, match="other users"):
        await secrets_for(draft_of(path), key_store)


async def test_to_the_environment_only_when_the_key_is_there(home: Path, path: Path, key_store: MemoryStore) -> None:
    await kept_in(path, Store.KEYRING, key_store)
    draft = draft_of(path)
    draft.store = Store.ENVIRONMENT
    assert "stays where it was" in (await save(draft, key_store)).remark
    assert holders(home, key_store) == {Store.KEYRING}


async def test_to_and_from_a_variable(path: Path, key_store: MemoryStore) -> None:
    await kept_in(path, Store.KEYRING, key_store)
    draft = draft_of(path, {"ANTHROPIC_API_KEY": NEW.reveal()})
    draft.store, draft.variable = Store.ENVIRONMENT, "ANTHROPIC_API_KEY"
    assert (await save(draft, key_store)).remark == ""
    assert key_store.kept == {}
    draft = Draft(draft.config, OwnSettings(), draft.environ)
    draft.store = Store.KEYRING
    assert (await save(draft, key_store)).remark.startswith("ANTHROPIC_API_KEY is still set")
    assert list(key_store.kept.values()) == [NEW]


async def test_nothing_but_the_place_in_use_is_touched(path: Path, key_store: MemoryStore) -> None:
    await kept_in(path, Store.FILE, key_store)
    await secrets_for(draft_of(path), key_store)
    draft = draft_of(path)
    draft.edit("seed", "3")
    await save(draft, key_store)
    assert key_store.asked == 0


async def test_what_saving_cannot_finish_leaves_the_key_where_it_was(
    home: Path, path: Path, key_store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await kept_in(path, Store.CONFIG, key_store)
    draft = draft_of(path)
    draft.store = Store.FILE
    monkeypatch.setattr(PrivateFile, "store", MemoryStore(refuses=True).store)
    text = path.read_text()
    with pytest.raises(SetupError, match="locked"):
        await save(draft, key_store)
    assert path.read_text() == text
    assert state_folder().exists()
    assert holders(home, key_store) == {Store.CONFIG}


class TestNothingOfTheKeyIsLeft:
    """Wherever in the file and beside it the key stands as well: it goes, or it is named."""

    async def moved(self, path: Path, key_store: MemoryStore, more: str) -> str:
        await kept_in(path, Store.CONFIG, key_store)
        path.write_text(path.read_text() + more.format(key=KEY.reveal()))
        draft = draft_of(path)
        draft.store = Store.FILE
        return (await save(draft, key_store)).remark

    async def test_leftovers_of_killed_saves(self, home: Path, path: Path, key_store: MemoryStore) -> None:
        await kept_in(path, Store.CONFIG, key_store)
        left = [
            backup_folder(path) / ".000001-0123456789abcdef.toml.01234567.tmp",
            path.with_name(".config.toml.01234567.tmp"),
            path.with_name(".config.toml.89abcdef.old"),
        ]
        for each in left:
            each.write_text(path.read_text())
        draft = draft_of(path)
        draft.store = Store.FILE
        assert (await save(draft, key_store)).remark == ""
        assert holders(home, key_store) == {Store.FILE}

    async def test_copies_of_editors_are_named(self, home: Path, path: Path, key_store: MemoryStore) -> None:
        await kept_in(path, Store.CONFIG, key_store)
        for name in ("config.toml~", ".config.toml.swp", "config.bak.toml"):
            path.with_name(name).write_bytes(b"\0\xff" + path.read_bytes())
        path.with_name("config.other.toml").write_text("[llm]\n")
        draft = draft_of(path)
        draft.store = Store.FILE
        remark = (await save(draft, key_store)).remark
        copies = "~/.config.toml.swp, ~/config.bak.toml, ~/config.toml~"
        assert remark == f"Copies of ~/config.toml hold the key as well: {copies}."

    async def test_old_file_of_another_that_a_killed_save_left(
        self, home: Path, path: Path, key_store: MemoryStore
    ) -> None:
        await kept_in(path, Store.CONFIG, key_store)
        path.with_name(".config.toml.01234567.old").write_text(f"# theirs\n{path.read_text()}")
        draft = draft_of(path)
        draft.store = Store.FILE
        await save(draft, key_store)
        assert holders(home, key_store) == {Store.FILE}
        assert any("# theirs" in (version.content() or b"").decode() for version in versions(path))

    @pytest.mark.parametrize("line", ["# {key}\n", "x = 1 # was {key}, https://u:{key}@host\n", "[other] # {key}\n"])
    async def test_comments(self, home: Path, path: Path, key_store: MemoryStore, line: str) -> None:
        assert await self.moved(path, key_store, line) == ""
        assert holders(home, key_store) == {Store.FILE}
        assert path.read_text().endswith(line.format(key="•••"))

    @pytest.mark.parametrize(
        "lines",
        [
            '[llm.completion_kwargs]\nextra_headers = {{ Authorization = "Bearer {key}" }}\n',
            '[llm.other]\nbase_url = "https://u:{key}@host"\n',
            '[sandbox]\nenv = ["OPENAI_API_KEY={key}"]\n',
            "[mcp]\nservers = [\n  # {key}\n]\n",
            '[mcp]\n"{key}" = 1\n',
        ],
    )
    async def test_settings_that_are_not_ours(self, home: Path, path: Path, key_store: MemoryStore, lines: str) -> None:
        remark = await self.moved(path, key_store, lines)
        assert KEY.reveal() not in remark
        line = next(n for n, line in enumerate(path.read_text().split("\n"), 1) if KEY.reveal() in line)
        assert f"The key still stands in ~/config.toml, line {line}, where llm-setup changes nothing" in remark
        assert not any(KEY.reveal().encode() in (version.content() or b"") for version in versions(path))

    async def test_written_with_escapes(self, home: Path, path: Path, key_store: MemoryStore) -> None:
        escaped = "".join(f"\\\\u{ord(letter):04x}" for letter in KEY.reveal())
        remark = await self.moved(path, key_store, f'[sandbox]\na = 1\nb = "{escaped}"\n'.replace("\\\\u", "\\u"))
        assert "The key still stands in ~/config.toml, line" in remark

    async def test_one_in_the_file_is_named_where_another_place_loses_its_own(
        self, path: Path, key_store: MemoryStore
    ) -> None:
        await kept_in(path, Store.FILE, key_store)
        path.write_text(f'{path.read_text()}api_key = "{KEY.reveal()}"\n')
        left = await delete_key(draft_of(path), Store.FILE, key_store)
        assert "There is a key in ~/config.toml, line" in left

    async def test_removed_for_good(self, home: Path, path: Path, key_store: MemoryStore) -> None:
        await kept_in(path, Store.CONFIG, key_store)
        path.write_text(f'{path.read_text()}# {KEY.reveal()}\n[sandbox]\nenv = "{KEY.reveal()}"\n')
        remark = await delete_key(draft_of(path), Store.CONFIG, key_store)
        assert "The key still stands in ~/config.toml, line" in remark
        assert path.read_text().count(KEY.reveal()) == 1


@pytest.mark.parametrize("value", ['["x"]', "{a = 1}", "3", "true", "2024-01-01", "[]"])
@pytest.mark.parametrize("store", KEEPING)
async def test_what_is_no_text_is_no_key(path: Path, key_store: MemoryStore, store: Store, value: str) -> None:
    path.write_text(f'[core]\n[llm]\nmodel = "anthropic/claude-x"\napi_key = {value}\n[llm.g]\napi_key = {value}\n')
    draft = draft_of(path)
    assert (draft.remembered_store, draft.secret_in_file()) == (None, None)
    draft.edit_secret("api_key", KEY)
    draft.store = store
    await save(draft, key_store)
    assert await secrets_for(draft_of(path), key_store) == {"api_key": KEY}
