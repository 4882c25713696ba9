"""Which backend is used, whatever keyring's own configuration says."""

import importlib
import socket
import threading
from pathlib import Path

import pytest
from jeepney import HeaderFields, MessageType, new_method_call, new_method_return
from keyring.util import platform_
from tools.patience import LIMIT
from tools.secret_service import BUS

from tui.credentials.keyring_child import backend, session_bus
from tui.credentials.keyring_child.backend import RefusedBackend, chosen_backend, look
from tui.credentials.keyring_state import KeyringState, KeyringStatus


@pytest.fixture(autouse=True)
def on_linux(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")


def configure(text: str) -> None:
    path = backend.configuration_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_where_keyring_reads_its_configuration(monkeypatch):
    assert backend.configuration_path() == platform_.config_root() / "keyringrc.cfg"
    monkeypatch.delenv("XDG_CONFIG_HOME")
    assert backend.configuration_path() == platform_.config_root() / "keyringrc.cfg"
    assert backend.configuration_path().is_relative_to(Path.home())


@pytest.mark.parametrize(("platform", "name"), [("linux", backend.SECRET_SERVICE), ("darwin", backend.MACOS)])
def test_nothing_set(monkeypatch, platform, name):
    monkeypatch.setattr("sys.platform", platform)
    assert chosen_backend() == name


@pytest.mark.parametrize("name", backend.ALLOWED["linux"])
def test_an_allowed_one_may_be_set(monkeypatch, name):
    configure(f"[backend]\ndefault-keyring = {name}\n")
    assert chosen_backend() == name
    configure("[backend]\ndefault-keyring = keyring.backends.null.Keyring\n")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    assert chosen_backend() == name


@pytest.mark.parametrize(
    "name",
    [
        "keyring.backends.null.Keyring",
        "keyring.backends.fail.Keyring",
        "keyring.backends.chainer.ChainerBackend",
        "keyrings.alt.file.PlaintextKeyring",
        "keyrings.cryptfile.cryptfile.CryptFileKeyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.SecretService.Keyring.evil",
    ],
)
def test_no_other_may(monkeypatch, name):
    configure(f"[backend]\ndefault-keyring = {name}\n")
    with pytest.raises(RefusedBackend, match=name):
        chosen_backend()
    configure("")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    with pytest.raises(RefusedBackend, match=name):
        chosen_backend()
    assert look() == (KeyringStatus(KeyringState.REFUSED, name), "")


@pytest.mark.parametrize("text", ["", "[backend]\n", "no section\n", "[backend]\nx\ny = 1", "\0\0", "[other]\na = b\n"])
def test_a_broken_configuration_names_nothing(text):
    configure(text)
    assert chosen_backend() == backend.SECRET_SERVICE


@pytest.mark.parametrize("name", [name for names in backend.ALLOWED.values() for name in names])
def test_the_names_allowed_are_those_of_keyrings_classes(name):
    module, _, attribute = name.rpartition(".")
    assert isinstance(getattr(importlib.import_module(module), attribute), type)


def test_a_keychain_is_always_there(monkeypatch):
    monkeypatch.setattr("sys.platform", "darwin")
    assert look()[0] == KeyringStatus(KeyringState.OPEN, "macOS Keychain")


@pytest.mark.parametrize(("opened", "state"), [(True, KeyringState.OPEN), (False, KeyringState.LOCKED)])
def test_kwallet_by_its_own_interface(secret_service, monkeypatch, opened, state):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", backend.KWALLET)
    service = secret_service("noservice")
    assert look()[0].state is KeyringState.NONE
    monkeypatch.setattr(session_bus.importlib.util, "find_spec", lambda _name: True)
    assert look()[0].state is KeyringState.NONE
    with service.connect() as wallet:
        wallet.send_and_get_reply(new_method_call(BUS, "RequestName", "su", ("org.kde.kwalletd5", 0)))
        thread = threading.Thread(target=_be_kwallet, args=(wallet, opened))
        thread.start()
        seen, chosen = look()
        thread.join()
    assert (seen, chosen) == (KeyringStatus(state, "KWallet"), backend.KWALLET)


def _be_kwallet(connection, opened) -> None:
    """Answer the two questions of a look."""
    answers = {"networkWallet": ("s", ("kdewallet",)), "isOpen": ("b", (opened,))}
    while answers:
        message = connection.receive(timeout=LIMIT)
        if message.header.message_type is MessageType.method_call:
            connection.send(new_method_return(message, *answers.pop(message.header.fields[HeaderFields.member])))


@pytest.mark.parametrize("address", ["", "nonsense", "unix:", "tcp:host=localhost,port=1", "unix:abstract=no,guid=1"])
def test_an_address_that_leads_nowhere(monkeypatch, address):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert look()[0] == KeyringStatus(KeyringState.NONE, "", bus=False)


def test_the_session_bus_of_another_user_is_called_that(tmp_path, monkeypatch) -> None:
    """After su and sudo the environment still names the bus of the one who was there before."""
    path = tmp_path / "bus"
    with socket.socket(socket.AF_UNIX) as bus:
        bus.bind(str(path))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={path}")
    assert not look()[0].foreign
    monkeypatch.setattr("tui.credentials.keyring_child.session_bus.os.getuid", lambda: path.stat().st_uid + 1)
    seen = look()[0]
    assert (seen.state, seen.bus, seen.foreign) == (KeyringState.NONE, False, True)
    assert "another user's" in seen.sentence
