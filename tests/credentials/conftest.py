"""A client of a private keyring, in a state that the test names."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack

import psutil
import pytest
from tools.patience import LIMIT
from tools.programs import require_program
from tools.secret_service import SecretService

from tui.credentials.keyring_client import Keyring


@pytest.fixture
def secret_service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], SecretService]]:
    """Starts one in the state named, and points our own environment at it."""
    require_program("dbus-daemon")
    require_program("gnome-keyring-daemon")
    running: list[SecretService] = []

    def start(mode: str) -> SecretService:
        service = SecretService(mode)
        for name, value in service.__enter__().items():
            monkeypatch.setenv(name, value)
        running.append(service)
        return service

    yield start
    for service in running:
        service.__exit__()


@pytest.fixture
async def new_keyring(secret_service) -> AsyncIterator[Callable[..., Keyring]]:
    """Makes clients, patient where no limit is given, closes them, and insists that none of their processes is left."""
    processes = {process.pid for process in psutil.Process().children(recursive=True)}
    async with AsyncExitStack() as stack:

        def make(**limits: float) -> Keyring:
            keyring = Keyring(**(limits or {"look_limit": LIMIT, "limit": LIMIT}))
            stack.push_async_callback(keyring.close)
            return keyring

        yield make
    left = [
        process for process in psutil.Process().children(recursive=True) if "keyring_child" in str(process.cmdline())
    ]
    assert not [process for process in left if process.pid not in processes]
