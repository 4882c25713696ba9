"""Which config.toml is meant."""

import os
from pathlib import Path
from typing import Final

HERE: Final = "config.toml"
HOME: Final = "~/.openhands/config.toml"


def locate(given: Path | None = None) -> Path:
    """The absolute path of `given`, else of ./config.toml if it exists, else of ~/.openhands/config.toml.

    The same order in which OpenHands looks. The file need not exist.
    """
    if given is not None:
        return _absolute(given)
    if os.path.exists(HERE):  # noqa: PTH110 - Path.exists() raises where the folder may not be searched
        return _absolute(Path(HERE))
    return _absolute(Path(HOME))


def _absolute(path: Path) -> Path:
    expanded = Path(os.path.expanduser(path))  # noqa: PTH111 - Path.expanduser() raises where there is no home
    try:
        return expanded.absolute()
    except OSError:  # the current folder was deleted under us: opening the file will say so
        return expanded
