"""Finding other programs."""

import os
import shutil
from pathlib import Path


def find_program(name: str) -> str | None:
    """The path of a program of the user's; never one in the current folder, which may be a stranger's."""
    folders = [folder for folder in os.get_exec_path() if Path(folder).is_absolute()]
    return shutil.which(name, path=os.pathsep.join(folders)) if folders else None
