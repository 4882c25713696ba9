"""Nothing that a text brings along is obeyed by the terminal."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.events import Paste
from textual.strip import Strip

from tui.base.foreign import visible
from tui.terminal import gate
from tui.terminal.keyboard import UnmarkedPaste
from tui.widgets.text_input import KeyInput, TextInput

CONSOLE = Console(force_terminal=True, color_system="truecolor")
RED = Style(color="red")
FOREIGN = st.text("\x1b[]0;52Hmab\x07\x00\x9b\n\r\u202e\ud800é中") | st.text()


@pytest.fixture(autouse=True, scope="module")
def closed() -> Iterator[None]:
    usual = Strip.render
    gate.install_filter()
    yield
    Strip.render = usual


@settings(deadline=None)
@given(st.lists(FOREIGN))
def test_a_line_is_the_text_and_our_own_styles(texts: list[str]) -> None:
    painted = Strip([Segment(text, RED) for text in texts]).render(CONSOLE)
    safe = [gate.UNSAFE.sub("", text) for text in texts]
    assert painted == Strip([Segment(text, RED) for text in safe]).render(CONSOLE)
    assert not gate.UNSAFE.search("".join(safe))
    painted.encode()


def test_it_is_closed_once() -> None:
    closed = Strip.render
    gate.install_filter()
    assert Strip.render is closed


@settings(deadline=None)
@given(FOREIGN)
def test_each_character_of_a_foreign_text_is_shown_by_one_that_is_harmless(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not gate.UNSAFE.search(shown)
    assert all(one == other for one, other in zip(text, shown, strict=True) if one.isprintable())


class Foreign(App[None]):
    def compose(self) -> ComposeResult:
        yield TextInput("http://x/\x1b]52;c;ZXZpbA==\x1b\\\x07")


async def test_an_input_shows_foreign_text_cleaned_and_keeps_the_raw_one() -> None:
    app = Foreign()
    async with app.run_test() as pilot:
        field = app.query_one(TextInput)
        assert field.value == "http://x/\x1b]52;c;ZXZpbA==\x1b\\\x07"
        assert field.render_line(0).text.startswith("http://x/␛]52;c;ZXZpbA==␛\\␇")
        await pilot.press("end", "a")
        assert field.value == "http://x/\x1b]52;c;ZXZpbA==\x1b\\\x07a"
        assert field._cursor_offset == len(field.value) + 1  # behind the last one


async def test_a_key_that_comes_in_two_bursts_is_whole() -> None:
    app = Keyed()
    async with app.run_test() as pilot:
        for part in ("sk-ant-" + "a" * 40, "b" * 40):
            app.post_message(UnmarkedPaste(part))
            await pilot.pause()
        assert app.query_one(KeyInput).key() == "sk-ant-" + "a" * 40 + "b" * 40


class Keyed(App[None]):
    def compose(self) -> ComposeResult:
        yield KeyInput()


async def test_what_is_pasted_is_cleaned() -> None:
    app = Foreign()
    async with app.run_test() as pilot:
        field = app.query_one(TextInput)
        field.value = ""
        field.focus()
        await pilot.pause()
        app.post_message(Paste("\x1b[32mgpt-4o\x1b[0m\u200b\r\nmore"))
        await pilot.pause()
        assert field.value == "gpt-4o"
