"""What hatchling runs as it builds: compiles the catalogues of translations into the package."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface):
    """A wheel takes them along, and an installation that can be edited finds them in its folder."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Before the files are gathered."""
        sys.path.insert(0, str(Path(self.root, "tests")))
        from tools.messages import compile_all

        compile_all()
