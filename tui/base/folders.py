"""Where our own files live, and how paths are shown."""

import os
import shlex
import shutil
from pathlib import Path

from platformdirs import user_cache_path, user_config_path, user_state_path

from tui.base.files import sync_folder

APP = "llm-setup"


def config_folder() -> Path:
    """What the user chose to keep: our own settings. Not created here."""
    return user_config_path(APP, appauthor=False)


def state_folder() -> Path:
    """What may be lost without harm: drafts, backups, locks. Not created here."""
    return user_state_path(APP, appauthor=False)


def cache_folder() -> Path:
    """What can be fetched again: a refreshed catalogue. Not created here."""
    return user_cache_path(APP, appauthor=False)


def private_folder(path: Path) -> Path:
    """`path`, created with mode 0700 if it is not there; its parents with the user's own mask.

    What is created is there after a power cut as well. Raises OSError.
    """
    _create(path.parent, 0o777)
    _create(path, 0o700)
    return path


def _create(path: Path, mode: int) -> None:
    try:
        path.mkdir(mode=mode)
    except FileNotFoundError:
        if path.parent == path:
            raise
        _create(path.parent, 0o777)
        _create(path, mode)
    except OSError:
        if not path.is_dir():  # also a folder on a read-only disk may be there already
            raise
    else:
        sync_folder(path.parent)


def tilde(path: Path) -> str:
    """`path` with the home folder written as `~`."""
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises where there is none
    text = str(path)
    return "~" + text[len(home) :] if home != "/" and (text == home or text.startswith(home + os.sep)) else text


def in_shell(path: Path) -> str:
    """As a shell takes it, with ~ where that needs no quotes."""
    quoted = shlex.quote(str(path))
    return tilde(path) if quoted == str(path) else quoted


def find_program(name: str) -> str | None:
    """The path of a program of the user's; never one in the current folder, which may be a stranger's."""
    folders = [folder for folder in os.get_exec_path() if Path(folder).is_absolute()]
    return shutil.which(name, path=os.pathsep.join(folders)) if folders else None
