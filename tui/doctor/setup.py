"""The set-up that is looked at: its files, what OpenHands makes of each, and the environment."""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from tui.base.errors import SetupError
from tui.drafts.draft import Draft, take_effective
from tui.drafts.own_settings import OwnSettings
from tui.openhands.groups import DEFAULT, group_ids, has_groups_only
from tui.openhands.targets.target import TOML, Target

MOST: Final = 5
"""Groups whose key, address and retries are looked at: a stranger's file may name hundreds of servers."""


@dataclass(frozen=True)
class SetUp:
    """`given` is the config.toml that was named, None for the usual one."""

    targets: Sequence[Target]
    given: Path | None = None
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ), repr=False)
    own: OwnSettings = field(default_factory=OwnSettings)

    def path(self, target: Target) -> Path:
        """Where the target's file is, or would be."""
        return target.locate(self.given)

    def paths(self, target: Target) -> list[Path]:
        """That file, and those of its groups, where each has one of its own."""
        return [self.path(target), *(target.locate(self.given, group) for group in target.groups())]

    @cached_property
    def drafts(self) -> list[Draft]:
        """What OpenHands would be started with: `[llm]` of each file that can be read; of groups alone, each."""
        found: list[Draft] = []
        for target in self.targets:
            with suppress(SetupError):  # said of the file
                found += self._drafts_of(target)
        return found[:MOST]

    def _drafts_of(self, target: Target) -> list[Draft]:
        config = target.read(self.path(target))
        if target.name != TOML and not config.exists:
            return []
        groups = group_ids(config)[1:] if has_groups_only(config) else (DEFAULT,)
        drafts = [Draft(config, self.own, target.environment(self.environ), group) for group in groups]
        for draft in drafts:
            take_effective(draft)
        return [draft for draft in drafts if draft.effective_text("model")]
