"""The whole look, side by side, each part with a limit of time."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from tui.base.secret import Secret
from tui.base.translation import _
from tui.catalog.live_list import ListRequest
from tui.catalog.models import load_catalogue
from tui.credentials.keyring_client import Keyring
from tui.doctor.files import look_at_files
from tui.doctor.keys import look_at_environment, look_at_keyring, look_at_keys
from tui.doctor.network import look_at_endpoint, look_at_variables, look_at_way, origin_called, request_of
from tui.doctor.observation import Area, Observation
from tui.doctor.policy import look_at_catalogue, look_at_policy
from tui.doctor.program import look_at_program
from tui.doctor.setup import SetUp
from tui.doctor.terminal import look_at_terminal
from tui.drafts.draft import Draft
from tui.saving.consent import Risk, require_yes

Found = Iterable[Observation]
_FILES: Final = (Area.FILES, Area.ENVIRONMENT, Area.KEYS)
"""What the findings of `check` belong to."""


@dataclass
class Examination:
    """One look at `setup`; `size` is that of the terminal, None for none. Without `offline` the network is tried."""

    setup: SetUp
    keyring: Keyring
    size: tuple[int, int] | None = None
    offline: bool = False
    found: list[Observation] = field(default_factory=list)
    """All that was seen so far, in the order of areas."""
    secrets: dict[str, Mapping[str, Secret]] = field(default_factory=dict)
    """The keys that were found, by group."""

    async def run(self) -> AsyncIterator[tuple[Area, list[Observation]]]:
        """Each area as soon as it and those before it are done. The endpoint is asked by `ask_endpoint` alone."""
        files = look_at_files(self.setup)
        keys = asyncio.create_task(self._keys())
        network = asyncio.create_task(self._network())
        terminal = asyncio.create_task(look_at_terminal(self.setup.environ, self.size))
        rest = asyncio.create_task(asyncio.to_thread(self._rest))
        try:
            yield self._seen(Area.PROGRAM, look_at_program())
            yield self._seen(Area.TERMINAL, await terminal)
            yield self._seen(Area.FILES, _of(files, Area.FILES))
            around = [each for draft in self.setup.drafts for each in look_at_environment(draft)]
            yield self._seen(Area.ENVIRONMENT, [*_of(files, Area.ENVIRONMENT), *around] or _calm())
            ring, told = await keys
            yield self._seen(Area.KEYRING, ring)
            said = _of(files, Area.KEYS)
            yield self._seen(Area.KEYS, [*said, *(each for each in told if not said or each.code != "ok")])
            yield self._seen(Area.NETWORK, await network)
            policy, catalogue = await rest
            yield self._seen(Area.POLICY, policy)
            yield self._seen(Area.CATALOGUE, catalogue)
        finally:
            for task in (keys, network, terminal, rest):
                task.cancel()

    def _seen(self, area: Area, found: Found) -> tuple[Area, list[Observation]]:
        unique = list(dict.fromkeys(found))
        self.found += unique
        return area, unique

    async def _keys(self) -> tuple[list[Observation], list[Observation]]:
        look = await self.keyring.look()
        told: list[Observation] = []
        for draft in self.setup.drafts:
            said, secrets = await look_at_keys(draft, self.keyring)
            told += said
            if secrets is not None:
                self.secrets[draft.group] = secrets
        return [look_at_keyring(look, self.setup.drafts)], told

    async def _network(self) -> list[Observation]:
        if self.offline:
            return []
        environ = self.setup.environ
        origins = dict.fromkeys(filter(None, map(origin_called, self.setup.drafts)))
        return [*look_at_variables(environ), *await asyncio.gather(*(look_at_way(o, environ) for o in origins))]

    def _rest(self) -> tuple[list[Observation], list[Observation]]:
        drafts = self.setup.drafts
        policy = [each for draft in drafts for each in look_at_policy(draft)]
        return policy, list(look_at_catalogue(load_catalogue(), drafts))

    # -- the endpoint, which gets the key

    def askable(self) -> list[tuple[Draft, ListRequest]]:
        """The drafts whose endpoint can be asked: it was reached, and the keys are at hand."""
        if any(each.area is Area.NETWORK and each.is_error for each in self.found):
            return []
        asked = [(draft, request_of(draft)) for draft in self.setup.drafts if draft.group in self.secrets]
        return [(draft, request) for draft, request in asked if request]

    async def ask_endpoint(
        self, draft: Draft, request: ListRequest, accepted: Collection[Risk] = ()
    ) -> tuple[Area, list[Observation]]:
        """Ask it for its models, with the key. Raises Unconfirmed where the key may not go there without a yes."""
        secrets = self.secrets[draft.group]
        require_yes(draft, secrets, accepted)
        return self._seen(Area.ENDPOINT, [await look_at_endpoint(draft, request, secrets)])

    def note(self, seen: Observation) -> tuple[Area, list[Observation]]:
        """Take along what somebody else saw."""
        return self._seen(seen.area, [seen])


def _of(found: Found, area: Area) -> list[Observation]:
    return [each for each in found if each.area is area]


def _calm() -> list[Observation]:
    return [Observation.well(Area.ENVIRONMENT, _("No variable stands in the way of the settings."))]
