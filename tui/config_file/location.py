"""Which config.toml is meant."""

import os
from pathlib import Path
from typing import Final

VARIABLE: Final = "LLM_SETUP_CONFIG"
HERE: Final = "config.toml"
HOME: Final = "~/.openhands/config.toml"


def named() -> Path | None:
    """The file that the user's environment names: as good as one that the command line names."""
    path = os.environ.get(VARIABLE)
    return Path(path) if path else None


def locate(given: Path | None = None) -> Path:
    """The absolute path of `given`, else of the one in `LLM_SETUP_CONFIG`, else where OpenHands looks.

    That is ./config.toml if it exists, and ~/.openhands/config.toml. The file need not exist.
    """
    given = given or named()
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
