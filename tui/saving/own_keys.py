"""The settings that `[llm]` may not hold, kept beside our own by the path of the config.toml they belong to."""

import time
from collections.abc import Mapping
from pathlib import Path

from tui.config_file.conflict import Conflict
from tui.config_file.mask import mask
from tui.drafts.own_settings import OwnSettings, beside_table
from tui.saving.file_update import PATIENCE


def kept_lines(own: OwnSettings, config: Path, wanted: Mapping[str, str | None]) -> list[str]:
    """What changes with `wanted`, as lines of a diff, ready to be shown; empty when nothing does."""
    lines = []
    present = own.beside(config)
    for key, value in wanted.items():
        before = present.get(key)
        if before != value:
            lines += [f'-{key} = "{before}"'] if before is not None else []
            lines += [f'+{key} = "{value}"'] if value is not None else []
    return [mask(line) for line in lines]


def keep(config: Path, wanted: Mapping[str, str | None]) -> None:
    """Write `wanted`, None for what is no longer kept; again if somebody else saves our settings at that moment.

    Raises SetupError.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            OwnSettings().save({beside_table(config): wanted})
        except Conflict:
            if time.monotonic() > end:
                raise
        else:
            return
