"""The contract of the keyring client, against real keyrings in every state that users' computers are in."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Awaitable, Callable

import pytest
from jeepney import DBusAddress, HeaderFields, new_method_call
from tools.patience import LIMIT
from tools.programs import require_program
from tools.secret_service import BUS, SecretService

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.credentials.identity import Credential
from tui.credentials.keyring_client import Keyring, KeyringState

QUICK = 0.3
"""Seconds from nothing, the start of the child included, to the state of a keyring that answers: 0.07 at rest."""
ANTHROPIC = Credential("anthropic", None, "LLM_API_KEY")
LOCAL = Credential("openai_compatible", "http://localhost:1234", "LLM_API_KEY")
AWS_ID = Credential("bedrock", None, "LLM_AWS_ACCESS_KEY_ID")
AWS_KEY = Credential("bedrock", None, "LLM_AWS_SECRET_ACCESS_KEY")
KEY = Secret("sk-ant-api03-" + "Zx9" * 30)

OPERATIONS: tuple[Callable[[Keyring], Awaitable[object]], ...] = (
    lambda keyring: keyring.store({ANTHROPIC: KEY}),
    lambda keyring: keyring.fetch(ANTHROPIC),
    lambda keyring: keyring.delete(ANTHROPIC),
)


class NotOpen:
    """What holds for every keyring that is not open."""

    mode: str
    state: KeyringState
    sentence: str
    limit = LIMIT

    @pytest.fixture
    def service(self, secret_service) -> SecretService:
        return secret_service(self.mode)

    @pytest.fixture
    def keyring(self, service, new_keyring) -> Keyring:
        return new_keyring(look_limit=self.limit, limit=self.limit)

    async def test_look_tells_the_state_again_and_again(self, keyring):
        for _ in range(2):
            look = await keyring.look()
            assert look.state is self.state
            assert look.sentence == self.sentence
            assert look.hint

    async def test_every_operation_says_the_same_when_its_limit_is_over(self, keyring):
        for operation in OPERATIONS:
            await keyring.start()
            with pytest.raises(SetupError) as caught:
                await operation(keyring)
            assert caught.value.message == self.sentence
            assert caught.value.hint


class NotOpenOnABus(NotOpen):
    """Where there is a bus, what was said on it can be told."""

    async def test_nothing_is_asked_that_could_open_a_dialog(self, service, keyring):
        with service.connect() as ear:
            ear.send_and_get_reply(new_method_call(_MONITORING, "BecomeMonitor", "asu", (["type='method_call'"], 0)))
            for operation in OPERATIONS:
                with pytest.raises(SetupError):
                    await operation(keyring)
            await keyring.close()
            with service.connect() as mouth:
                mouth.send_and_get_reply(new_method_call(BUS, "GetId"))
            said = _heard_until("GetId", ear)
        assert said <= {"Hello", "NameHasOwner", "ListActivatableNames", "GetNameOwner", "ReadAlias", "Get", "GetId"}
        assert "NameHasOwner" in said


_MONITORING = DBusAddress(BUS.object_path, BUS.bus_name, "org.freedesktop.DBus.Monitoring")


def _heard_until(last: str, ear) -> set[str]:
    heard: set[str] = set()
    while last not in heard:
        heard.add(ear.receive(timeout=LIMIT).header.fields.get(HeaderFields.member, ""))
    return heard - {"NameLost", "NameAcquired"}


class TestLocked(NotOpenOnABus):
    mode, state, sentence = "locked", KeyringState.LOCKED, "GNOME Keyring is locked."


class TestWithoutDefault(NotOpenOnABus):
    mode, state = "nodefault", KeyringState.NO_DEFAULT
    sentence = "GNOME Keyring has no default keyring yet."


class TestBusWithoutKeyring(NotOpenOnABus):
    mode, state = "noservice", KeyringState.NONE
    sentence = "No keyring answers here: no keyring program is running."


class TestNoBus(NotOpen):
    mode, state = "nobus", KeyringState.NONE
    sentence = "No keyring answers here: no D-Bus session (usual over SSH)."


class TestStaleAddress(TestNoBus):
    mode = "stale"


class TestWedged(NotOpen):
    mode, state, sentence, limit = "wedged", KeyringState.UNRESPONSIVE, "The keyring does not answer.", QUICK

    async def test_once_it_goes_on_so_do_we(self, service, keyring):
        assert (await keyring.look()).state is KeyringState.UNRESPONSIVE
        os.kill(service.daemon.pid, signal.SIGCONT)
        patient = Keyring(look_limit=LIMIT, limit=LIMIT)
        assert (await patient.look()).state is KeyringState.OPEN
        await patient.close()


class TestSilentBus(TestWedged):
    mode = "silent"
    test_once_it_goes_on_so_do_we = None


class TestNeverComing(TestWedged):
    """The bus starts a keyring when it is asked for one, and that never takes its name."""

    mode = "activatable"
    test_once_it_goes_on_so_do_we = None


class TestRefused(NotOpen):
    """The user, or a package manager, set keyring to something that does not keep secrets."""

    mode, state = "unlocked", KeyringState.REFUSED
    sentence = "keyring.backends.null.Keyring is set as the keyring: no safe place for a key."

    @pytest.fixture
    def service(self, secret_service, monkeypatch):
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        return secret_service(self.mode)


class TestRefusedByConfiguration(NotOpen):
    mode, state = "unlocked", KeyringState.REFUSED
    sentence = "keyrings.alt.file.PlaintextKeyring is set as the keyring: no safe place for a key."

    @pytest.fixture
    def service(self, secret_service, home):
        folder = home / ".config" / "python_keyring"
        folder.mkdir(parents=True)
        text = f"[backend]\ndefault-keyring = keyrings.alt.file.PlaintextKeyring\nkeyring-path = {home}\n"
        (folder / "keyringrc.cfg").write_text(text)
        (home / "keyrings.py").write_text(f"open({str(home / 'was-run')!r}, 'w')")
        yield secret_service(self.mode)
        assert not (home / "was-run").exists()


class TestOpen:
    @pytest.fixture
    def service(self, secret_service) -> SecretService:
        return secret_service("unlocked")

    @pytest.fixture
    def keyring(self, service, new_keyring) -> Keyring:
        return new_keyring()

    async def test_look(self, keyring):
        look = await keyring.look()
        assert (look.state, look.backend, look.sentence, look.hint) == (
            KeyringState.OPEN, "GNOME Keyring", "GNOME Keyring is open.", "",
        )  # fmt: skip

    async def test_what_was_stored_is_fetched_and_then_deleted(self, keyring):
        assert await keyring.fetch(LOCAL) is None
        await keyring.store({LOCAL: KEY})
        assert await keyring.fetch(LOCAL) == KEY
        assert await keyring.fetch(ANTHROPIC) is None
        await keyring.delete(LOCAL)
        assert await keyring.fetch(LOCAL) is None
        await keyring.delete(LOCAL)

    async def test_other_programs_find_it_where_it_is_said_to_be(self, keyring, service):
        await keyring.store({LOCAL: Secret("old-key-1"), ANTHROPIC: KEY})
        await keyring.store({LOCAL: Secret("new-key-2")})
        service_name = "llm-setup:openai_compatible@http://localhost:1234"
        assert await _looked_up(service_name, "LLM_API_KEY") == "new-key-2"
        assert await _looked_up("llm-setup:anthropic", "LLM_API_KEY") == KEY.reveal()

    async def test_several_secrets_of_one_provider(self, keyring):
        keys = {AWS_ID: Secret("AKIAEXAMPLE"), AWS_KEY: Secret("wJalr/EXAMPLE+KEY=")}
        await keyring.store(keys)
        assert {credential: await keyring.fetch(credential) for credential in keys} == keys

    async def test_an_entry_of_another_program_under_the_same_names(self, keyring):
        program = require_program("secret-tool")
        names = ["service", ANTHROPIC.service, "username", ANTHROPIC.name]
        await asyncio.to_thread(subprocess.run, [program, "store", "--label=x", *names], input=b"older-key", check=True)
        assert await keyring.fetch(ANTHROPIC) == Secret("older-key")
        await keyring.store({ANTHROPIC: KEY})
        assert await keyring.fetch(ANTHROPIC) == KEY
        await keyring.delete(ANTHROPIC)
        assert await keyring.fetch(ANTHROPIC) is None

    async def test_a_mistake_of_ours_is_told_by_its_type(self, keyring):
        with pytest.raises(SetupError, match=r"The keyring failed \(KeyError\)") as caught:
            await keyring._use("unheard-of")
        assert caught.value.hint

    async def test_questions_at_once_wait_for_each_other(self, keyring):
        looks = await asyncio.gather(*(keyring.look() for _ in range(5)), keyring.store({LOCAL: KEY}))
        assert {look.state for look in looks[:5]} == {KeyringState.OPEN}
        assert await keyring.fetch(LOCAL) == KEY

    async def test_it_is_seen_when_it_is_locked_meanwhile(self, keyring, service):
        await keyring.store({LOCAL: KEY})
        service.lock()
        assert (await keyring.look()).state is KeyringState.LOCKED
        with pytest.raises(SetupError, match="GNOME Keyring is locked"):
            await keyring.fetch(LOCAL)

    async def test_after_a_kill_it_goes_on(self, keyring):
        await keyring.store({LOCAL: KEY})
        keyring.kill()
        assert await keyring.fetch(LOCAL) == KEY

    async def test_one_that_stops_between_two_secrets_is_said_to_be_uncertain(self, new_keyring, service):
        keyring = new_keyring(limit=1.0)
        with service.connect() as ear:
            rules = (["type='method_call',member='CreateItem'"], 0)
            ear.send_and_get_reply(new_method_call(_MONITORING, "BecomeMonitor", "asu", rules))
            store = asyncio.create_task(keyring.store({AWS_ID: Secret("AKIAEXAMPLE"), AWS_KEY: KEY}))
            await asyncio.to_thread(_heard_until, "CreateItem", ear)
            service.wedge()
            with pytest.raises(SetupError, match="does not answer any more; it may have taken the key") as caught:
                await store
        assert caught.value.hint
        os.kill(service.daemon.pid, signal.SIGCONT)
        patient = new_keyring(look_limit=LIMIT, limit=LIMIT)
        await patient.store({AWS_ID: Secret("AKIAEXAMPLE"), AWS_KEY: KEY})
        assert await patient.fetch(AWS_KEY) == KEY

    async def test_killed_in_the_middle_it_says_so(self, keyring, service):
        await keyring.start()
        service.wedge()
        store = asyncio.create_task(keyring.store({LOCAL: KEY}))
        await asyncio.sleep(0)  # it has sent its order now, and waits
        keyring.kill()
        with pytest.raises(SetupError, match="does not answer"):
            await store


async def _looked_up(service: str, username: str) -> str:
    process = await asyncio.create_subprocess_exec(
        require_program("secret-tool"), "lookup", "service", service, "username", username,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    output, _ = await process.communicate()
    return output.decode()
