"""What is used of Textual although it is private: a new release must not take it away unnoticed."""

import inspect
from pathlib import Path

import pytest
from rich.segment import Segments
from textual import _compositor
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers import linux_driver
from textual.drivers.headless_driver import HeadlessDriver
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input
from tools.pictures import StillApp, anthropic_draft, settled

from tui.terminal.keyboard import attended
from tui.terminal.suspension import resumable

KEY = "sk-ant-api03-canary-0123456789"


def test_the_reader_of_keys_is_where_we_put_ours() -> None:
    assert "self.run_input_thread()" in inspect.getsource(linux_driver.LinuxDriver._run_input_thread)
    assert "while not self.exit_event.is_set():" in inspect.getsource(linux_driver.LinuxDriver.run_input_thread)


def test_a_driver_that_reads_in_another_way_is_left_as_it_is() -> None:
    assert attended(HeadlessDriver) is HeadlessDriver
    assert resumable(HeadlessDriver) is HeadlessDriver


def test_what_is_painted_passes_the_gate() -> None:
    assert "strip.render(console)" in inspect.getsource(_compositor)


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (App, "_fatal_error"),
        (App, "_exit_renderables"),
        (App, "_close_messages_no_wait"),
        (Screen, "_compositor_refresh"),
        (Screen, "_on_timer_update"),
        (Widget, "_layout_required"),
        (Screen, "_push_result_callback"),
        (Widget, "_repaint_required"),
        (linux_driver.LinuxDriver, "_sigcont_application"),
        (XTermParser, "feed"),
        (Strip, "_render_cache"),
        (Input, "_value"),
        (Input, "_position_to_cell"),
    ],
)
def test_it_is_still_there(owner: type, name: str) -> None:
    assert hasattr(owner, name) or name in owner().__dict__


def _break_with(key: str) -> None:
    raise RuntimeError(f"it has {len(key)} characters")


async def test_a_crash_shows_no_local_variable(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml", key=KEY))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        try:
            _break_with(KEY)
        except RuntimeError:
            app._fatal_error()
        (shown,) = app._exit_renderables
        assert isinstance(shown, Segments)
        text = "".join(segment.text for segment in shown.segments)
        app._exit_renderables.clear()
    assert "RuntimeError" in text
    assert KEY not in text
