"""A home with a set-up in it, and the doctor's look at it."""

import asyncio
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tools.memory_store import MemoryStore

from tui.base.secret import Secret
from tui.catalog import models
from tui.credentials.identity import Credential
from tui.credentials.keyring_client import KeyringNotOpen
from tui.credentials.keyring_state import GNOME, KeyringState, KeyringStatus
from tui.doctor.examination import Examination
from tui.doctor.observation import Observation
from tui.doctor.setup import SetUp
from tui.openhands.targets.found import chosen
from tui.saving.consent import Risk

KEY = "sk-ant-api03-Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg"
RETRIES = "num_retries = 8\nretry_min_wait = 15\nretry_max_wait = 120\nretry_multiplier = 2\n"
GOOD = f'[core]\n\n[llm]\nmodel = "anthropic/claude-opus-5"\n{RETRIES}'
TODAY = date(2026, 11, 25)


class FakeKeyring(MemoryStore):
    """A keyring in one of its states."""

    def __init__(self, state: KeyringState = KeyringState.OPEN, backend: str = GNOME, *, bus: bool = True) -> None:
        super().__init__(refuses=state is not KeyringState.OPEN)
        self.state, self.backend, self.bus = state, backend, bus

    async def look(self) -> KeyringStatus:
        return KeyringStatus(self.state, self.backend, bus=self.bus)

    async def fetch(self, credential: Credential) -> Secret | None:
        if self.refuses:
            raise KeyringNotOpen(await self.look())
        return await super().fetch(credential)

    async def close(self) -> None:
        pass

    def holding(self, key: str, provider: str = "anthropic", name: str = "LLM_API_KEY") -> "FakeKeyring":
        self.kept[Credential(provider, None, name)] = Secret(key)
        return self


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue does not age while the tests do."""
    monkeypatch.setattr(models, "_today", lambda: TODAY)


@pytest.fixture
def write(home: Path) -> Callable[..., Path]:
    """Writes a file below the home folder, and makes it private."""

    def write(name: str, text: str | bytes, mode: int = 0o600) -> Path:
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        path.chmod(mode)
        return path

    return write


@pytest.fixture
def look() -> Callable[..., list[Observation]]:
    """All that the doctor sees."""

    def look(
        keyring: FakeKeyring | None = None, *, size: tuple[int, int] | None = None, offline: bool = True,
        live: bool = False,
    ) -> list[Observation]:  # fmt: skip
        setup = SetUp(chosen(None, None), None, dict(os.environ))
        examination = Examination(setup, keyring or FakeKeyring(), size, offline=offline)

        async def run() -> None:
            async for _area, _found in examination.run():
                pass
            for draft, request in examination.askable() if live else ():
                await examination.ask_endpoint(draft, request, [*Risk])

        asyncio.run(run())
        return examination.found

    return look
