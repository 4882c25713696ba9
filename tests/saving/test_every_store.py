"""The contract of all places for keys, with the real things behind them, usable and in all states of not being so."""

import os
import shlex
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tools.leaks import leaking_files
from tools.pictures import draft_of
from tools.programs import require_program
from tools.secret_service import SecretService

from tui.base.errors import SetupError
from tui.base.folders import config_folder
from tui.base.secret import Secret
from tui.catalog.providers import first_class
from tui.credentials.keyring_client import Keyring
from tui.credentials.store import GIVING, Store
from tui.drafts.draft import Draft
from tui.saving.stored_keys import delete_key
from tui.saving.transaction import save, secrets_for

KEY, NEW = "sk-ant-api03-canary0123456789", "sk-ant-api03-newer9876543210"
VARIABLE = "ANTHROPIC_API_KEY"
QUICK = 0.4
"""Seconds that a keyring which does not answer is waited for here."""


def printing(text: str) -> str:
    """A command that prints `text`, without having it among its words."""
    return shlex.join([sys.executable, "-I", "-c", f"print('{text[::-1]}'[::-1])"])


class Place:
    """One place for keys, as a user meets it."""

    def __init__(self, store: Store, home: Path, keyring: Keyring, environ: dict[str, str]) -> None:
        self.store = store
        self.home = home
        self.config = home / "config.toml"
        self.keyring = keyring
        self.environ = environ

    def draft(self, provider: str = "anthropic", base_url: str = "") -> Draft:
        """What the next start finds."""
        draft = draft_of(self.config, self.environ)
        if draft.provider is None:
            draft.choose_provider(next(one for one in first_class() if one.id == provider))
            draft.edit("model", f"{provider}/x")
        if base_url:
            draft.edit("base_url", base_url)
        return draft

    def give(self, draft: Draft, keys: dict[str, str]) -> Draft:
        """Type the keys, or bring them where this place takes them from."""
        draft.store = self.store
        for key, text in keys.items():
            if self.store is Store.COMMAND:
                draft.commands[draft.credential(key)] = printing(text)
            elif self.store is Store.ENVIRONMENT:
                name = VARIABLE if key == "api_key" else key.upper()
                self.environ[name] = text
                draft.variable = VARIABLE if key == "api_key" else ""
            else:
                draft.edit_secret(key, Secret(text))
        return draft

    async def keep(self, *, provider: str = "anthropic", **keys: str) -> None:
        """Save."""
        assert (await save(self.give(self.draft(provider), keys), self.keyring)).remark == ""

    async def found(self, draft: Draft | None = None) -> dict[str, str]:
        """What a test or `exec` would use."""
        found = await secrets_for(draft or self.draft(), self.keyring)
        return {key: secret.reveal() for key, secret in found.items()}

    def delivers(self, key: str) -> bool:
        """Whether `exec` hands it over as LLM_API_KEY, which we do not have."""
        assert "LLM_API_KEY" not in self.environ
        command = [sys.executable, "-P", "-m", "tui", "exec", "--", "sh", "-c", f'test "$LLM_API_KEY" = {key}']
        return subprocess.run(command, env={**os.environ, **self.environ}, cwd=self.home, check=False).returncode == 0


@pytest.fixture
async def keyring() -> AsyncIterator[Keyring]:
    keyring = Keyring(look_limit=QUICK, limit=QUICK)
    yield keyring
    await keyring.close()


@pytest.fixture
async def service(request, monkeypatch, keyring) -> AsyncIterator[SecretService]:
    """A private keyring in the state that the test's class names, and the client's child started in it."""
    for name in ("dbus-daemon", "gnome-keyring-daemon"):
        require_program(name)
    service = SecretService(request.cls.state)
    with service as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        await keyring.start()
        yield service


class Usable:
    """What holds for every place that can be used."""

    store: Store
    state = "noservice"

    @pytest.fixture
    def place(self, home, service, keyring) -> Place:
        keyring._look_limit = keyring._limit = 5.0
        return Place(self.store, home, keyring, {})

    async def test_what_is_kept_is_found_by_the_next_start_and_delivered(self, place):
        await place.keep(api_key=KEY)
        assert place.draft().remembered_store is self.store
        assert not place.draft().dirty
        assert await place.found() == {"api_key": KEY}
        assert place.delivers(KEY)
        holders = {Store.FILE: [config_folder() / "anthropic.env"], Store.CONFIG: [place.config]}
        assert leaking_files(place.home, KEY) == holders.get(self.store, [])
        for path in leaking_files(place.home, KEY):
            assert path.stat().st_mode & 0o777 == 0o600

    async def test_a_new_one_takes_the_place_of_the_old_one(self, place):
        await place.keep(api_key=KEY)
        await place.keep(api_key=NEW)
        assert await place.found() == {"api_key": NEW}
        assert [path for path in leaking_files(place.home, KEY) if "backups" not in path.parts] == []

    async def test_it_is_there_for_its_own_provider_and_address_only(self, place):
        await place.keep(api_key=KEY)
        assert await place.found(place.draft(base_url="https://elsewhere.example/v1")) == {}
        draft = place.draft()
        draft.choose_provider(next(one for one in first_class() if one.id == "openai"))
        assert await place.found(draft) == {}

    async def test_several_secrets_of_a_provider(self, place):
        keys = {"aws_access_key_id": "AKIA-one-0123456789", "aws_secret_access_key": "secret/one+0123456789"}
        await place.keep(provider="bedrock", **keys)
        assert await place.found() == keys

    async def test_what_is_deleted_is_gone(self, place):
        await place.keep(api_key=KEY)
        await delete_key(place.draft(), self.store, place.keyring)
        place.environ.clear()
        assert place.draft().remembered_store is None
        assert await place.found() == {}
        assert leaking_files(place.home, KEY) == []
        await delete_key(place.draft(), self.store, place.keyring)


class TestKeyring(Usable):
    store, state = Store.KEYRING, "unlocked"


class TestKeyringUnlockedHere(Usable):
    store, state = Store.KEYRING, "locked"

    @pytest.fixture
    async def place(self, home, service, keyring) -> Place:
        keyring._look_limit = keyring._limit = 5.0
        await keyring.unlock(Secret(service.password))
        return Place(self.store, home, keyring, {})


class TestKeyringMadeHere(Usable):
    store, state = Store.KEYRING, "nodefault"

    @pytest.fixture
    async def place(self, home, service, keyring) -> Place:
        keyring._look_limit = keyring._limit = 5.0
        await keyring.create(Secret("a password"))
        return Place(self.store, home, keyring, {})


class TestFile(Usable):
    store = Store.FILE


class TestConfig(Usable):
    store = Store.CONFIG


class TestEnvironment(Usable):
    store = Store.ENVIRONMENT


class TestCommand(Usable):
    store = Store.COMMAND


class Unusable:
    """What holds for every place that cannot be used."""

    store = Store.KEYRING
    state = "noservice"
    sentence: str

    @pytest.fixture
    def place(self, home, service, keyring) -> Place:
        return Place(self.store, home, keyring, {})

    def spoil(self, place: Place) -> None:
        """Make it what it is, where no keyring's state does."""

    async def test_saving_says_so_and_the_key_can_be_kept_elsewhere(self, place):
        self.spoil(place)
        draft = place.give(place.draft(), {"api_key": KEY})
        with pytest.raises(SetupError) as caught:
            await save(draft, place.keyring)
        assert self.sentence in caught.value.message
        assert caught.value.hint
        assert caught.value.field == "api_key"
        assert KEY not in str(caught.value)
        assert not place.config.is_file()
        assert leaking_files(place.home, KEY) == []
        assert place.draft().remembered_store is None
        assert draft.typed_secret() == (None if self.store in GIVING else Secret(KEY))
        elsewhere = Place(Store.CONFIG if self.store is not Store.CONFIG else Store.FILE, place.home, place.keyring, {})
        elsewhere.config = place.home / "another.toml"
        await elsewhere.keep(api_key=KEY)
        assert await elsewhere.found() == {"api_key": KEY}


class TestLocked(Unusable):
    state, sentence = "locked", "GNOME Keyring is locked."


class TestWithoutDefault(Unusable):
    state, sentence = "nodefault", "GNOME Keyring has no default keyring yet."


class TestWithoutService(Unusable):
    sentence = "No keyring answers here: no keyring program is running."


class TestWithoutBus(Unusable):
    state, sentence = "nobus", "No keyring answers here: no D-Bus session (usual over SSH)."


class TestStaleAddress(TestWithoutBus):
    state = "stale"


class TestWedged(Unusable):
    state, sentence = "wedged", "The keyring does not answer."


class TestNeverComing(TestWedged):
    state = "activatable"


class TestRefused(Unusable):
    sentence = "keyring.backends.null.Keyring is set as the keyring: no safe place for a key."

    @pytest.fixture
    async def service(self, monkeypatch) -> None:
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


class TestFolderOpenToOthers(Unusable):
    store, sentence = Store.FILE, "~/.config/llm-setup can be read or changed by other users."

    def spoil(self, place: Place) -> None:
        config_folder().mkdir(parents=True, mode=0o755)


class TestFolderInTheWay(Unusable):
    store, sentence = Store.FILE, "~/.config/llm-setup/anthropic.env cannot be used: Is a directory."

    def spoil(self, place: Place) -> None:
        (config_folder() / "anthropic.env").mkdir(parents=True)
        config_folder().chmod(0o700)


class TestFailingCommand(Unusable):
    store, sentence = Store.COMMAND, "gave no key: it ended with status 1"

    @pytest.fixture
    def place(self, home, service, keyring, monkeypatch) -> Place:
        monkeypatch.setattr(sys.modules[__name__], "printing", lambda _text: "false")
        return Place(self.store, home, keyring, {})


class TestMissingCommand(TestFailingCommand):
    sentence = "it cannot be started: No such file"

    @pytest.fixture
    def place(self, home, service, keyring, monkeypatch) -> Place:
        monkeypatch.setattr(sys.modules[__name__], "printing", lambda _text: "no-such-command-anywhere")
        return Place(self.store, home, keyring, {})
