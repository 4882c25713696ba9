"""A key on its way to the keyring is seen by nobody else, and the child finds nothing it was not given."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.credentials.identity import Credential
from tui.credentials.keyring_client import Keyring, KeyringState

KEY = Secret("sk-ant-api03-" + "Zx9" * 30)
ANTHROPIC = Credential("anthropic", None, "LLM_API_KEY")


def _seen_in_processes(word: str) -> tuple[set[int], set[int]]:
    """The processes whose arguments could be read, and those that show `word` in arguments or environment."""
    read, showing = set(), set()
    for folder in Path("/proc").glob("[0-9]*"):
        text = b""
        for name in ("cmdline", "environ"):
            try:
                text += (folder / name).read_bytes()
            except OSError:  # gone, or not ours to read
                continue
            read.add(int(folder.name))
        if word.encode() in text:
            showing.add(int(folder.name))
    return read, showing


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
@pytest.mark.parametrize("mode", ["unlocked", "wedged"])
async def test_no_process_shows_the_key_while_it_is_stored(secret_service, new_keyring, mode):
    secret_service(mode)
    keyring = new_keyring(look_limit=0.7, limit=5.0)
    await keyring.start()
    child = keyring._child.pid
    store = asyncio.create_task(keyring.store({ANTHROPIC: KEY}))
    looked_at: set[int] = set()
    while not store.done():
        read, showing = await asyncio.to_thread(_seen_in_processes, KEY.reveal()[:20])
        assert not showing
        looked_at |= read
    assert child in looked_at
    if mode == "wedged":
        with pytest.raises(SetupError):
            await store
    await store if mode == "unlocked" else None


def test_the_look_into_processes_would_see_it():
    command = [sys.executable, "-c", "print(flush=True); input()", KEY.reveal()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        assert process.pid in _seen_in_processes(KEY.reveal()[:20])[1]
        process.communicate(b"\n")


async def test_no_error_shows_the_key(secret_service, new_keyring):
    secret_service("wedged")
    with pytest.raises(SetupError) as caught:
        await new_keyring(look_limit=0.3, limit=0.3).store({ANTHROPIC: KEY})
    chain, error = "", caught.value
    while error:
        chain += repr(error) + str(vars(error))
        error = error.__cause__ or error.__context__
    assert KEY.reveal()[:8] not in chain


async def test_the_child_gets_no_more_than_it_needs(secret_service, new_keyring, monkeypatch):
    secret_service("unlocked")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "LLM_API_KEY", "PYTHONPATH", "KEYRING_PROPERTY_SCHEME", "LD_PRELOAD"):
        monkeypatch.setenv(name, "")
    keyring = new_keyring()
    await keyring.start()
    allowed = {
        "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "USER", "LOGNAME", "PYTHONIOENCODING",
        "LLM_SETUP_LANGUAGE", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "XDG_CURRENT_DESKTOP", "XDG_CONFIG_HOME",
    }  # fmt: skip
    assert set(keyring._child._environment) <= allowed


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
async def test_the_child_leaves_no_core_file(secret_service, new_keyring):
    secret_service("nobus")
    keyring = new_keyring()
    await keyring.start()
    process = psutil.Process(keyring._child.pid)
    assert process.rlimit(psutil.RLIMIT_CORE)[0] == 0


def test_a_look_does_not_import_keyring(secret_service):
    secret_service("unlocked")
    code = "import sys; from tui.credentials.keyring_child.backend import look; print(look()[0].state, *sys.modules)"
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert output[0] == "open"
    assert "jeepney" in output
    assert not {"keyring", "secretstorage", "cryptography"} & set(output)


def test_the_client_brings_neither_asyncio_nor_dbus(tmp_path):
    code = (
        "import sys, tui.credentials.keyring_client, tui.credentials.pasted_key, tui.credentials.identity;"
        "print([m for m in ('asyncio', 'jeepney', 'keyring', 'secretstorage', 'subprocess') if m in sys.modules])"
    )
    output = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert output.stdout.strip() == "[]"


async def test_the_bus_is_found_where_systemd_puts_it(secret_service, new_keyring, monkeypatch):
    service = secret_service("unlocked")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    assert os.environ["XDG_RUNTIME_DIR"] == service.environment["XDG_RUNTIME_DIR"]
    assert (await new_keyring().look()).state is KeyringState.OPEN


async def test_code_in_the_current_folder_is_not_run(secret_service, new_keyring, home):
    secret_service("unlocked")
    for module in ("json", "jeepney", "keyring", "secretstorage", "asyncio"):
        (home / f"{module}.py").write_text(f"open({str(home / 'was-run')!r}, 'w')")
    keyring: Keyring = new_keyring()
    await keyring.store({ANTHROPIC: KEY})
    assert not (home / "was-run").exists()
