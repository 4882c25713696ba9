"""Reading the catalogue once the first page is there, and asking for a newer one."""

import asyncio
from typing import TYPE_CHECKING

from tui.base.errors import SetupError

if TYPE_CHECKING:
    from tui.catalog.models import Catalogue
    from tui.screens.desk import Desk
    from tui.wizard.host import Host


class CatalogueRefresh:
    """It is read from the disk by itself; its source is asked only when the user asks."""

    def __init__(self, desk: "Desk", host: "Host") -> None:
        self._desk = desk
        self._host = host

    async def read(self) -> None:
        """Read what is there."""
        self._desk.put_catalogue(await asyncio.to_thread(_load))

    async def refresh(self) -> None:
        """Fetch a newer one, and say what came."""
        try:
            said = await asyncio.to_thread(self._fetch)
        except SetupError as error:
            self._host.notify(str(error), severity="warning")
            return
        self._host.notify("\n".join(said))
        await self.read()

    def _fetch(self) -> list[str]:
        from tui.catalog.refresh import refresh, source_of, told

        draft = self._desk.draft
        return told(refresh(source_of(draft.environ, draft.own.preference("catalogue"))))


def _load() -> "Catalogue":
    """In a thread, the import as well: it takes longer than a page may wait."""
    from tui.catalog.models import load_catalogue

    return load_catalogue()
