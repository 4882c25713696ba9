"""Whether a file with a key in it would go along with a commit."""

import asyncio
import contextlib
import os
from pathlib import Path
from typing import Final

from tui.base import processes
from tui.base.folders import find_program
from tui.base.translation import _

LIMIT: Final = 2.0
"""Seconds; git answers in 5 ms."""
_HARMLESS: Final = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
"""A stranger's folder has a configuration of its own, and git would run what that names."""
_ENVIRONMENT: Final = {
    "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0",
}  # fmt: skip
_PASSED_ON: Final = ("PATH", "HOME", "XDG_CONFIG_HOME")
"""Where the user's own list of ignored files is."""


async def committed(path: Path) -> str:
    """A sentence where `path` is in a git work tree that does not ignore it, "" elsewhere.

    It is said as well where git is not there, does not answer in time or does not want to tell: it may be so.
    """
    real = _resolved(path)
    folder = _work_tree(real)
    if folder is None or await _ignores(folder, real):
        return ""
    return _("git does not ignore this file: the key would go along with a commit of {folder}.").format(
        folder=folder.name
    )


def _resolved(path: Path) -> Path:
    """Where it really is; its own name may be a link, which is what git would take."""
    return Path(os.path.realpath(path.parent), path.name)


def _work_tree(path: Path) -> Path | None:
    with contextlib.suppress(OSError):
        return next((folder for folder in path.parents if (folder / ".git").exists()), None)
    return None


async def _ignores(folder: Path, path: Path) -> bool:
    git = find_program("git")
    if git is None:
        return False
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ} | _ENVIRONMENT
    try:
        words = (git, *_HARMLESS, "-C", folder, "check-ignore", "--quiet", "--", path)
        process = await processes.start(*words, env=environment, cwd="/")
    except OSError:
        return False
    try:
        async with asyncio.timeout(LIMIT):
            return await process.wait() == 0
    except TimeoutError:
        return False
    finally:
        process.kill()
        await process.wait()
