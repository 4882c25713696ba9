"""What most commands begin with."""

import os
from pathlib import Path

from tui.commands.gate import hide_keys_of
from tui.config_file.location import locate
from tui.config_file.reading import read_config
from tui.settings.draft import Draft
from tui.settings.naming import known_group
from tui.settings.own import OwnSettings


def load(config: Path | None, group: str | None = None) -> Draft:
    """The file at `config`, or at its usual place, as a draft; of `[llm]`, or of the group named.

    Raises SetupError when the file cannot be used, or has no such group.
    """
    file = read_config(locate(config))
    hide_keys_of(file.data)
    return Draft(file, OwnSettings(), os.environ, known_group(file, group))
