"""The row of keys is the same everywhere; F1 answers on every page; what is said in a corner goes with its page."""

from pathlib import Path

import pytest
from screens.test_dialogs import MAKE
from screens.test_grid import rows
from screens.test_pictures import SCENES, _app, opened
from textual.widgets._toast import Toast
from tools.pictures import StillApp, anthropic_draft, open_all, settled

from tui.screens.dialog import Dialog
from tui.screens.dialogs import HelpDialog
from tui.screens.messages import Move
from tui.widgets.key_bar import GLOBAL, KeyBar
from tui.widgets.steps import ORDER, Step

ORDER_OF_KINDS = "esc", "enter", "↑ ↓", "← →", "letter", "^"
SIZES = (60, 20), (80, 24), (120, 36)


def kind(key: str) -> int:
    """The place of a key of the page itself."""
    return ORDER_OF_KINDS.index(key if key in ORDER_OF_KINDS else "^" if key.startswith("^") else "letter")


def shown_keys(app: StillApp) -> list[str]:
    """The keys that have room, from left to right; each stands in the last row of cells as it says."""
    placed = app.screen.query_one(KeyBar)._placed()
    columns = [start for start, _hint in placed]
    assert columns == sorted(columns)
    row = rows(app)[-1]
    for start, (key, label, _action) in placed:
        assert row[start + 2 :].startswith(f"{key} {label}")
    return [key for _start, (key, _label, _action) in placed]


def has_the_order(keys: list[str]) -> bool:
    """Leaving, going on, moving, letters, Ctrl; and at the right edge F1, Ctrl+P, Ctrl+Q."""
    own, shared = [key for key in keys if key not in GLOBAL], [key for key in keys if key in GLOBAL]
    in_order = [kind(key) for key in own] == sorted(kind(key) for key in own)
    return in_order and keys == own + shared and shared == [key for key in GLOBAL if key in shared]


@pytest.mark.parametrize("scene", [scene for scene in SCENES if scene != "retries-help"])
async def test_the_keys_of_all_pages_have_one_order_and_f1_explains_them(scene: str, home: Path) -> None:
    step, act = SCENES[scene]
    app = _app(scene, home / ".openhands" / "config.toml")
    if step in ORDER:
        open_all(app, step)
    async with app.run_test(size=SIZES[0]) as pilot:
        await opened(app, pilot, step)
        await act(app, pilot)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settled(pilot, lambda size=size: tuple(app.screen.size) == size)
            assert has_the_order(shown_keys(app)), size
        assert "f1" in shown_keys(app)
        if app.screen.name != "key":  # its field takes a question mark, as any letter
            app.action_explain()
            await settled(pilot, lambda: isinstance(app.screen, HelpDialog))
            await pilot.press("escape")
            await settled(pilot, lambda: not isinstance(app.screen, HelpDialog))
            await pilot.press("f1")
            await settled(pilot, lambda: isinstance(app.screen, HelpDialog))
        app.desk.draft.texts = dict(app.desk.draft.loaded)


@pytest.mark.parametrize("name", MAKE)
async def test_the_keys_of_all_dialogs_have_the_same_order(name: str, home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.push_screen(MAKE[name](app))
        await settled(pilot, lambda: isinstance(app.screen, Dialog))
        assert has_the_order(shown_keys(app))
        app.draft.texts = dict(app.draft.loaded)


async def test_no_step_of_the_row_above_moves_with_the_present_one(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    open_all(app, Step.TEST)
    places = set()
    async with app.run_test(size=(80, 24)) as pilot:
        for step in ORDER[:-2]:
            app.show(step)
            await settled(pilot, lambda step=step: app.screen.name == step.value)
            places.add(
                tuple(rows(app)[1].index(name) for name in ("Key", "Model", "Options", "Retries", "Review", "Test"))
            )
        app.draft.texts = dict(app.draft.loaded)
    assert len(places) == 1


async def test_what_is_said_in_a_corner_goes_with_its_page(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    open_all(app, Step.TEST)

    def said() -> list[str]:
        return [str(toast._notification.message) for toast in app.screen.query(Toast)]

    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.show(Step.MODEL)
        await settled(pilot, lambda: app.screen.name == "model")
        app.screen.notify("Of this page.")
        app.screen.notify("Of the next one.", timeout=60)
        await settled(pilot, lambda: set(said()) == {"Of this page.", "Of the next one."})
        app.on_move(Move(Step.OPTIONS))
        await settled(pilot, lambda: app.screen.name == "options" and bool(said()))
        assert said() == ["Of the next one."]
        app.screen.notify("Of this page.")
        await settled(pilot, lambda: len(said()) == 2)
        app.draft.texts = dict(app.draft.loaded)
