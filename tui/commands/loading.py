"""What most commands begin with."""

import os
from pathlib import Path

from tui.config_file.location import locate
from tui.config_file.reading import read_config
from tui.settings.draft import Draft
from tui.settings.own import OwnSettings


def load(config: Path | None) -> Draft:
    """The file at `config`, or at its usual place, as a draft. Raises SetupError when it cannot be used."""
    return Draft(read_config(locate(config)), OwnSettings(), os.environ)
