"""The terminal at hand: whether the wizard can be used on it, and what makes it slow or ugly there."""

import asyncio
import os
import sys
from collections.abc import Iterator, Mapping

from tui.base import processes
from tui.base.folders import find_program
from tui.base.foreign import clean
from tui.base.translation import _
from tui.doctor.observation import Area, Grade, Observation
from tui.terminal.terminal_kind import colours, is_colourless, speaks_utf8

LEAST = (60, 20)
"""Columns and lines on which the wizard is usable."""
LIMIT = 1.0
"""Seconds that tmux is given."""
_LONG = 100
"""Milliseconds for which Escape may be held back before that is felt."""
_PASSED_ON = ("TMUX", "PATH", "HOME", "LANG")


async def look_at_terminal(environ: Mapping[str, str], size: tuple[int, int] | None) -> list[Observation]:
    """`size` is columns and lines, None where there is no terminal."""
    if size is None:
        return [Observation.well(Area.TERMINAL, _("There is no terminal here: commands need none."))]
    found = [*_kind(environ), *_size(size), *await _tmux(environ)]
    name = clean(environ.get("TERM", ""), limit=30)
    words = _("{name}, {columns} x {lines}, {colours} colours.")
    shown = "2" if is_colourless(environ) or environ.get("NO_COLOR") else f"{colours(environ):,}"
    return found or [
        Observation.well(Area.TERMINAL, words.format(name=name, columns=size[0], lines=size[1], colours=shown))
    ]


def size_of_terminal() -> tuple[int, int] | None:
    """Columns and lines of the terminal that one of our own streams leads to; None for none."""
    for stream in (sys.__stdout__, sys.__stderr__, sys.__stdin__):
        try:
            if stream and stream.isatty():
                return tuple(os.get_terminal_size(stream.fileno()))  # type: ignore[return-value]  # two numbers
        except (OSError, ValueError):
            continue
    return None


def _kind(environ: Mapping[str, str]) -> Iterator[Observation]:
    name = environ.get("TERM", "")
    if name in ("", "dumb", "unknown"):
        message = _("TERM is {name}: the wizard cannot draw here.").format(name=clean(name, limit=30) or _("not set"))
        hint = _("Set TERM to what the terminal is, such as xterm-256color.")
        yield Observation(Area.TERMINAL, Grade.WARNING, "no-cursor", message, hint)
    if not speaks_utf8(environ):
        message = _("The locale is not one of UTF-8: the wizard shows itself in ASCII.")
        hint = _("Set LANG to a locale of UTF-8, such as C.UTF-8.")
        yield Observation(Area.TERMINAL, Grade.WARNING, "not-utf8", message, hint)


def _size(size: tuple[int, int]) -> Iterator[Observation]:
    columns, lines = size
    if columns < LEAST[0] or lines < LEAST[1]:
        message = _("The terminal has {columns} columns and {lines} lines; the wizard wants {least} x {lowest}.")
        yield Observation(
            Area.TERMINAL, Grade.WARNING, "too-small",
            message.format(columns=columns, lines=lines, least=LEAST[0], lowest=LEAST[1]), _("Make it larger."),
        )  # fmt: skip


async def _tmux(environ: Mapping[str, str]) -> list[Observation]:
    """As it comes, tmux holds Escape back for half a second."""
    program = find_program("tmux") if environ.get("TMUX") else None
    delay = await _escape_time(program, environ) if program else ""
    if not delay.isdecimal() or int(delay) <= _LONG:
        return []
    message = _("tmux holds the Escape key back for {delay} ms.").format(delay=delay)
    hint = _("Write “set -sg escape-time 10” into ~/.tmux.conf.")
    return [Observation(Area.TERMINAL, Grade.WARNING, "escape-delay", message, hint)]


async def _escape_time(program: str, environ: Mapping[str, str]) -> str:
    own = {name: environ[name] for name in _PASSED_ON if name in environ}
    words = (program, "show-options", "-sv", "escape-time")
    try:
        process = await processes.start(*words, stdout=processes.PIPE, env=own, cwd="/")
    except OSError:
        return ""
    try:
        async with asyncio.timeout(LIMIT):
            said = await process.stdout.read(100) if process.stdout else b""
            return said.decode("ascii", "replace").strip()
    except TimeoutError:
        return ""
    finally:
        process.kill()
        await process.wait()
