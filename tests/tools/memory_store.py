"""A keyring that remembers, for those who only use one; the real one has tests of its own."""

from collections.abc import Mapping

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.credentials.identity import Credential


class MemoryStore:
    """Refuses everything while `refuses`, as a locked one does."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.kept: dict[Credential, Secret] = {}
        self.refuses = refuses
        self.asked = 0

    async def store(self, keys: Mapping[Credential, Secret]) -> None:
        self._open()
        self.kept.update(keys)

    async def fetch(self, credential: Credential) -> Secret | None:
        self._open()
        return self.kept.get(credential)

    async def delete(self, credential: Credential) -> None:
        self._open()
        self.kept.pop(credential, None)

    def _open(self) -> None:
        self.asked += 1
        if self.refuses:
            raise SetupError("It is locked.")
