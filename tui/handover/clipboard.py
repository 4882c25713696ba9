"""Copying inside tmux, which as it comes does not pass on what a program sends to the terminal's clipboard."""

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Final

from tui.base.programs import find_program
from tui.base.translation import _

LIMIT: Final = 1.0
"""Seconds."""
_PASSED_ON: Final = ("TMUX", "TMUX_PANE", "PATH", "HOME", "LANG", "LC_ALL", "TERM")


def words(environ: Mapping[str, str]) -> str:
    """What is said when something was copied."""
    if environ.get("TMUX"):
        return _("Sent to the terminal's clipboard, and to tmux: its prefix and ] insert it.")
    return _("Sent to the terminal's clipboard; some terminals do not take it.")


async def give_to_tmux(text: str, environ: Mapping[str, str]) -> None:
    """Put `text` into a buffer of the tmux that we run in, and through it on the clipboard; nothing elsewhere."""
    program = find_program("tmux") if environ.get("TMUX") else None
    if program and not await _load(text, environ, [program, "load-buffer", "-w", "-"]):
        await _load(text, environ, [program, "load-buffer", "-"])  # before 3.2


async def _load(text: str, environ: Mapping[str, str], command: list[str]) -> bool:
    own = {name: environ[name] for name in _PASSED_ON if name in environ}
    try:
        process = await asyncio.create_subprocess_exec(
            *command, env=own, cwd="/", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
    except OSError:
        return False
    try:
        async with asyncio.timeout(LIMIT):
            await process.communicate(text.encode())
    except TimeoutError:
        return False
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return process.returncode == 0
