"""Where the child looks for the user's bus."""

import socket
from contextlib import closing

from tui.credentials.keyring_client import keyring_environment


def test_what_is_set_is_passed_on_and_nothing_else():
    environ = {
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/x", "XDG_RUNTIME_DIR": "/r", "XDG_CURRENT_DESKTOP": "KDE",
        "DISPLAY": ":0", "WAYLAND_DISPLAY": "w", "LLM_API_KEY": "k", "PYTHONPATH": "p", "KEYRING_PROPERTY_APPID": "a",
    }  # fmt: skip
    assert keyring_environment(environ) == {
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/x", "XDG_RUNTIME_DIR": "/r", "XDG_CURRENT_DESKTOP": "KDE",
    }  # fmt: skip


def test_the_usual_place(tmp_path):
    folder = tmp_path / "a b"
    folder.mkdir()
    environ = {"XDG_RUNTIME_DIR": str(folder), "DBUS_SESSION_BUS_ADDRESS": ""}
    assert "DBUS_SESSION_BUS_ADDRESS" not in keyring_environment(environ)
    (folder / "bus").write_text("not a socket")
    assert "DBUS_SESSION_BUS_ADDRESS" not in keyring_environment(environ)
    (folder / "bus").unlink()
    with closing(socket.socket(socket.AF_UNIX)) as bus:
        bus.bind(str(folder / "bus"))
        address = keyring_environment(environ)["DBUS_SESSION_BUS_ADDRESS"]
    assert address == f"unix:path={tmp_path}/a%20b/bus"


def test_another_users_bus_is_left_alone(tmp_path, monkeypatch):
    with closing(socket.socket(socket.AF_UNIX)) as bus:
        bus.bind(str(tmp_path / "bus"))
        monkeypatch.setattr("os.getuid", lambda: 123456)
        assert "DBUS_SESSION_BUS_ADDRESS" not in keyring_environment({"XDG_RUNTIME_DIR": str(tmp_path)})
