"""Textual's pilot without its naps, and the style sheet parsed once.

The pilot sleeps until the process has used no processor time for a while, several times a key, asks each widget whether
it is done, and a page is painted as often as its parts ask for it. Here the event loop is asked whether anything is
left to do, and the page is painted once, when it is at rest and somebody looks: a fifth of the time, and the same on a
busy machine.
"""

import asyncio
import time
from types import SimpleNamespace
from typing import Any, Final

import pytest
from textual._context import active_app
from textual.app import ScreenStackError
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.screen import Screen

from tui.terminal import garbage_collection

SOON: Final = 0.006
"""Seconds. A timer that ends within them is waited for: the app begins its slow work 5 ms after the first page."""
THREADS: Final = 0.001
"""Seconds in which a thread that works is noticed, by its processor time."""
LAYOUTS: Final = 1 / 10
"""Seconds after which a page is laid out where nobody waits for rest."""
LONGEST: Final = 1.0
"""Seconds. What never rests, such as an animation, is not waited for any longer; Textual's pilot does the same."""


def make_prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pilot of this test wait for the event loop."""
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", LAYOUTS)
    monkeypatch.setattr(Screen, "_compositor_refresh", _put_off)
    monkeypatch.setattr("textual.app.wait_for_idle", key_taken)
    monkeypatch.setattr("textual.pilot.wait_for_idle", at_rest)
    monkeypatch.setattr(Pilot, "_wait_for_screen", lambda _pilot: key_taken())
    monkeypatch.setattr(Stylesheet, "_parse_rules", _parsed_once)
    monkeypatch.setattr(garbage_collection, "gc", SimpleNamespace(collect=lambda: 0))  # dear, after each page


async def at_rest(min_sleep: float = 0, max_sleep: float = LONGEST) -> None:
    """Wait until nothing is left to do for the event loop, for the page or for a thread."""
    loop, end = asyncio.get_running_loop(), time.monotonic() + max_sleep
    while time.monotonic() < end:
        await _drained(loop)
        used = _used_by_threads()
        await asyncio.sleep(THREADS)
        if not loop._ready and _used_by_threads() - used < THREADS / 5 and not _painted():
            return


async def key_taken(min_sleep: float = 0, max_sleep: float = LONGEST) -> None:
    """Wait until nothing is left to do but to paint; what was put off until then is done as well."""
    loop, end = asyncio.get_running_loop(), time.monotonic() + max_sleep
    await _drained(loop)
    while time.monotonic() < end and (screen := _screen()) and screen._callbacks:
        screen._on_timer_update()
        await _drained(loop)


async def _drained(loop: Any) -> None:
    """Let everything run that is ready, twice: what came from outside is only seen after a turn of the loop."""
    quiet = 0
    while quiet < 2:
        await asyncio.sleep(0)
        quiet = 0 if loop._ready else quiet + 1
        if quiet == 2 and (due := _due(loop)) < SOON:
            await asyncio.sleep(max(0, due))
            quiet = 0


def _due(loop: Any) -> float:
    """In how many seconds the next timer ends."""
    return min((timer.when() for timer in loop._scheduled if not timer.cancelled()), default=1e9) - loop.time()


def _used_by_threads() -> float:
    return time.process_time() - time.thread_time()


def _painted() -> bool:
    """Lay out and paint the page if it asked for that."""
    screen = _screen()
    if not screen:
        return False
    asked = screen._update_timer._active.is_set()
    if asked:
        screen._on_timer_update()
    if screen._compositor._dirty_regions:
        asked = True
        _PAINT(screen)
    return asked


_PAINT: Final = Screen._compositor_refresh


def _put_off(screen: Screen[Any]) -> None:
    """Leave what is dirty to `at_rest`, and do what else belongs to painting."""
    if screen is not screen.app.screen:
        _PAINT(screen)  # one beneath a dialog hands over to that what is dirty
        return
    screen._dirty_widgets.clear()
    screen.app._update_mouse_over(screen)


def _screen() -> Screen[Any] | None:
    try:
        return active_app.get().screen
    except (LookupError, ScreenStackError):
        return None


_RULES: dict[Any, Any] = {}
_PARSE: Final = Stylesheet._parse_rules


def _parsed_once(
    sheet: Stylesheet, css: str, read_from: Any, is_default_rules: bool = False, tie_breaker: int = 0, scope: str = ""
) -> Any:
    """The rules of a text, which are the same in each app that has the same variables."""
    key = (css, read_from, is_default_rules, tie_breaker, scope, tuple(sheet._variables.items()))
    if key not in _RULES:
        _RULES[key] = _PARSE(sheet, css, read_from, is_default_rules, tie_breaker, scope)
    return _RULES[key]
