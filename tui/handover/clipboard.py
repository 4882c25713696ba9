"""Copying inside tmux, which as it comes does not pass on what a program sends to the terminal's clipboard."""

import asyncio
from collections.abc import Mapping
from typing import Final

from tui.base import processes
from tui.base.folders import find_program
from tui.base.translation import _

LIMIT: Final = 1.0
"""Seconds."""
_PASSED_ON: Final = ("TMUX", "TMUX_PANE", "PATH", "HOME", "LANG", "LC_ALL", "TERM")


def copied_words(environ: Mapping[str, str]) -> str:
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
        process = await processes.start(*command, env=own, cwd="/", stdin=processes.PIPE)
    except OSError:
        return False
    try:
        async with asyncio.timeout(LIMIT):
            assert process.stdin  # noqa: S101 - asked for above
            process.stdin.write(text.encode())
            process.stdin.close()
            return await process.wait() == 0
    except TimeoutError:
        return False
    finally:
        process.kill()
        await process.wait()
