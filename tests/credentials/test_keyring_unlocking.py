"""A locked keyring is opened with the password typed on our own screen, or a sentence says why not."""

import asyncio
import threading

import pytest
from jeepney import HeaderFields, MessageType, new_error, new_method_call, new_method_return
from tools.patience import LIMIT
from tools.secret_service import BUS, LOGIN
from tools.wallet import Wallet

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.credentials.identity import Credential
from tui.credentials.keyring_client import KeyringState

KEY = Secret("sk-ant-api03-" + "Zx9" * 30)
ANTHROPIC = Credential("anthropic", None, "LLM_API_KEY")


async def test_with_the_right_password(secret_service, new_keyring):
    service = secret_service("locked")
    keyring = new_keyring()
    await keyring.unlock(Secret(service.password))
    assert (await keyring.look()).state is KeyringState.OPEN
    await keyring.unlock(Secret("of no matter now"))
    await keyring.store({ANTHROPIC: KEY})
    assert await keyring.fetch(ANTHROPIC) == KEY


@pytest.mark.parametrize("password", ["wrong", "", "ünïcödé"])
async def test_with_a_wrong_one_it_stays_locked(secret_service, new_keyring, password):
    service = secret_service("locked")
    keyring = new_keyring()
    for _ in range(2):
        with pytest.raises(SetupError, match="not the password of GNOME Keyring"):
            await keyring.unlock(Secret(password))
    assert (await keyring.look()).state is KeyringState.LOCKED
    await keyring.unlock(Secret(service.password))
    assert (await keyring.look()).state is KeyringState.OPEN


@pytest.mark.parametrize(
    ("mode", "sentence"), [("nodefault", "no default keyring"), ("noservice", "No keyring"), ("wedged", "not answer")]
)
async def test_where_there_is_nothing_to_unlock(secret_service, new_keyring, mode, sentence):
    secret_service(mode)
    with pytest.raises(SetupError, match=sentence):
        await new_keyring(limit=0.5).unlock(Secret("password"))


async def test_the_first_one_is_made_and_is_the_default(secret_service, new_keyring):
    service = secret_service("nodefault")
    keyring = new_keyring()
    assert (await keyring.look()).creatable
    await keyring.create(Secret("pass wörd"))
    assert (await keyring.look()).state is KeyringState.OPEN
    await keyring.store({ANTHROPIC: KEY})
    service.lock()
    assert (await keyring.look()).state is KeyringState.LOCKED
    with pytest.raises(SetupError, match="not the password"):
        await keyring.unlock(Secret("password"))
    await keyring.unlock(Secret("pass wörd"))
    assert await keyring.fetch(ANTHROPIC) == KEY


@pytest.mark.parametrize(("mode", "password", "sentence"), [
    ("nodefault", "", "readable text"), ("locked", "password", "is locked"), ("noservice", "password", "No keyring"),
    ("wedged", "password", "not answer"),
])  # fmt: skip
async def test_where_none_can_be_made(secret_service, new_keyring, mode, password, sentence):
    secret_service(mode)
    with pytest.raises(SetupError, match=sentence) as caught:
        await new_keyring(limit=0.5).create(Secret(password))
    assert caught.value.hint


async def test_where_one_is_open_none_is_made(secret_service, new_keyring):
    service = secret_service("unlocked")
    keyring = new_keyring()
    await keyring.create(Secret("another"))
    service.lock()
    await keyring.unlock(Secret(service.password))


async def test_a_keyring_that_has_no_way_to_be_unlocked_from_here(secret_service, new_keyring):
    service = secret_service("noservice")
    with service.connect() as wallet:
        for name in ("org.freedesktop.secrets", "org.kde.kwalletd6"):
            wallet.send_and_get_reply(new_method_call(BUS, "RequestName", "su", (name, 0)))
        thread = threading.Thread(target=_be_another_keyring, args=(wallet,))
        thread.start()
        with pytest.raises(SetupError, match="KWallet asks for its password in its own dialog only") as caught:
            await new_keyring().unlock(Secret("password"))
        thread.join()
    assert caught.value.hint


def _be_another_keyring(connection) -> None:
    """Be locked, and know nothing of GNOME Keyring's own interface."""
    answers = {
        "ReadAlias": ("o", (LOGIN,)),
        "Get": ("v", (("b", True),)),
        "OpenSession": ("vo", (("s", ""), "/session")),
    }
    while True:
        message = connection.receive(timeout=LIMIT)
        if message.header.message_type is not MessageType.method_call:
            continue
        member = message.header.fields[HeaderFields.member]
        if member == "OpenSession" and message.body[0] != "plain":
            connection.send(new_error(message, "org.freedesktop.DBus.Error.NotSupported"))
        elif member in answers:
            connection.send(new_method_return(message, *answers[member]))
        else:
            connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownInterface"))
            return


@pytest.mark.parametrize("typed", [True, False])
async def test_one_that_asks_in_its_own_window_is_waited_for(secret_service, new_keyring, typed):
    with Wallet(secret_service("noservice")) as wallet:
        keyring = new_keyring()
        look = await keyring.look()
        assert (look.state, look.backend, look.asks_itself) == (KeyringState.LOCKED, "KWallet", True)
        waiting = asyncio.create_task(keyring.unlock_in_its_window())
        await asyncio.to_thread(wallet.close_window, typed=typed)
        if typed:
            await waiting
        else:
            with pytest.raises(SetupError, match="its window was closed"):
                await waiting
        assert (await keyring.look()).state is (KeyringState.OPEN if typed else KeyringState.LOCKED)


async def test_who_will_not_wait_for_it_gets_on_at_once(secret_service, new_keyring):
    with Wallet(secret_service("noservice")) as wallet:
        keyring = new_keyring()
        waiting = asyncio.create_task(keyring.unlock_in_its_window())
        await asyncio.to_thread(wallet.asked.wait, 10)
        waiting.cancel()
        assert (await keyring.look()).state is KeyringState.LOCKED
        with pytest.raises(asyncio.CancelledError):
            await waiting
