"""What one needs next is on the screen, whatever its size: the focused control, its help, and the row of keys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input
from tools.combinations import KEYS
from tools.pictures import StillApp, anthropic_draft, draft_of, open_all, settled

from tui.screens import palette
from tui.screens.messages import Move
from tui.screens.step import StepScreen
from tui.terminal.appearance import TooSmall
from tui.widgets.details import Fact, _drawn
from tui.widgets.frame import _ending
from tui.widgets.key_bar import KeyBar
from tui.widgets.remark import Remark
from tui.widgets.steps import ORDER, Step
from tui.widgets.tone import cut_middle, left, line

CONFIG = '[core]\n[llm]\nmodel = "anthropic/claude-sonnet-4-5-20250929"\nnum_retries = 8\nretry_min_wait = 15\n'
CONFIG += "retry_max_wait = 120\nretry_multiplier = 2\n"
SIZES = [(80, 24), (60, 20), (120, 36)]


def whole(widget: Widget) -> bool:
    """Whether all of it is seen, after scrolling."""
    shown = Region(0, 0, *widget.screen.size)
    for parent in widget.ancestors:
        if isinstance(parent, Widget):
            shown = shown.intersection(parent.region)
    return widget.region in shown


async def opened(app: StillApp, pilot: Pilot[str], step: Step) -> StepScreen:
    await settled(pilot)
    if step in ORDER:
        open_all(app, step)
        app.on_move(Move(step))
    await settled(pilot, lambda: app.screen.name == step.value)
    assert isinstance(app.screen, StepScreen)
    return app.screen


def check(screen: StepScreen, where: str) -> None:
    bar = screen.query_one(KeyBar)
    assert whole(bar), where
    assert bar.region.bottom == screen.size.height, where
    focused = screen.focused
    if focused is not None:
        assert whole(focused), f"{where}: {focused!r} at {focused.region} is not seen whole"
    brief = next(iter(screen.query("#brief")), None)
    if brief is not None and brief.display:
        assert whole(brief), f"{where}: the help is not seen"
    for remark in screen.query(Remark):
        assert not remark.display or remark.region.right <= screen.size.width, where


@pytest.mark.parametrize("step", Step)
async def test_focus_help_and_keys_are_inside(step: Step, home: Path) -> None:
    (home / "config.toml").write_text(CONFIG)
    first_run = step is not Step.OVERVIEW
    app = StillApp(anthropic_draft(home / "none.toml") if first_run else draft_of(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, step)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settled(pilot, lambda size=size: tuple(screen.size) == size)
            check(screen, f"{step} at {size}")
            for number in range(min(len(screen.focus_chain), 24 if size == (60, 20) else 3)):
                await pilot.press("tab")
                await pilot.pause()
                check(screen, f"{step} at {size}, control {number}")
        app.desk.draft.texts = dict(app.desk.draft.loaded)


async def test_focus_and_text_stay_while_it_is_too_small(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, Step.RETRIES)
        await pilot.press("down", "backspace", "7")
        focused = screen.focused
        assert isinstance(focused, Input)
        for size in ((59, 24), (80, 19), (20, 5)):
            await pilot.resize_terminal(*size)
            await settled(pilot, lambda: app.is_covered)
            cover = screen.query_one(TooSmall)
            assert "needs 60 x 20" in str(cover.content)
            await pilot.press("9")  # nobody sees where it would go
        await pilot.resize_terminal(80, 24)
        await settled(pilot, lambda: not app.is_covered)
        assert (screen.focused, focused.value) == (focused, "7")
        await pilot.press("ctrl+q")


async def test_it_says_so_from_the_beginning(home: Path) -> None:
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(50, 15)) as pilot:
        await settled(pilot, lambda: app.is_covered)
        await pilot.press("ctrl+q")


@pytest.mark.parametrize("text", ["", "short", "AuthenticationError", "InternalServerErrors and more"])
def test_a_label_that_is_cut_does_not_touch_what_follows(text: str) -> None:
    for row in (*_drawn(Fact(text, "what it said"), 70), palette._paint(palette.Command(text, "what", print), 70)):
        shown = line(*row).plain
        assert shown[shown.index("what") - 1] == " ", shown


@pytest.mark.parametrize("cut", [left, cut_middle, _ending])
@pytest.mark.parametrize("key", [key for name, key in KEYS.items() if name not in ("AWS", "hex")])
def test_of_a_key_that_does_not_fit_no_piece_is_left(cut: Callable[[str, int], str], key: str) -> None:
    """The end of a key has no form that is known: it is masked before it is cut."""
    text = f"~/.config/llm-setup/{key}.env"
    pieces = {key[start : start + 9] for start in range(len(key) - 8)}
    assert [
        shown
        for cells in range(12, len(text) + 1)
        for shown in [line((cut(text, cells), "plain")).plain]
        if any(piece in shown for piece in pieces)
    ] == []
