"""All dialogs are of one kind: title in the border, their own keys at the bottom, whole on the smallest terminal."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from screens.test_grid import rows
from textual.screen import ModalScreen
from tools.pictures import StillApp, anthropic_draft, settled

from tui.catalog.models import Arrangement
from tui.openhands.targets.found import programs
from tui.screens.dialog import Dialog
from tui.screens.dialogs import ChoiceDialog, HelpDialog, NameDialog, QuitDialog, ReportDialog
from tui.screens.model_order import ArrangingDialog
from tui.screens.palette import Command, Commands
from tui.screens.programs import ProgramsDialog
from tui.screens.unlock import CreateDialog, UnlockDialog
from tui.screens.values import ValuesDialog
from tui.widgets.key_bar import KeyBar

ODD = "[llm.$primary] [/] \x1b]52;c;eA==\x07"
MAKE: dict[str, Callable[[StillApp], Dialog[Any]]] = {
    "help": lambda _app: HelpDialog("Retries", "\n".join(f"line {number}" for number in range(60))),
    "report": lambda _app: ReportDialog("### llm-setup report\n"),
    "name": lambda _app: NameDialog(ODD, "What it is for.", lambda _name: None),
    "choice": lambda _app: ChoiceDialog(ODD, [[("Sure?", "plain")]], no="Keep", yes="Take"),
    "quit": lambda _app: QuitDialog(["7 changes are not saved: [llm]."], "model, timeout " * 20, saves=True),
    "unlock": lambda _app: UnlockDialog("GNOME Keyring", "That was not it."),
    "create": lambda _app: CreateDialog("GNOME Keyring"),
    "values": lambda app: ValuesDialog(app.draft),
    "order": lambda _app: ArrangingDialog(Arrangement()),
    "programs": lambda _app: ProgramsDialog(programs(["toml"])),
    "commands": lambda app: Commands("Commands", [Command("One", "two", app.bell)] * 30, "type"),
}


def test_there_is_no_other_kind() -> None:
    assert {kind for kind in ModalScreen.__subclasses__() if kind.__module__.startswith("tui.")} == {Dialog}


@pytest.mark.parametrize("name", MAKE)
async def test_it_is_whole_on_the_smallest_terminal(name: str, home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(60, 20)) as pilot:
        await settled(pilot)
        app.push_screen(MAKE[name](app))
        await settled(pilot, lambda: isinstance(app.screen, Dialog))
        box = app.screen.query_one(".dialog")
        assert box.region in app.screen.region
        assert app.screen.query_one(KeyBar).region.y == 19
        shown = rows(app)
        assert "\x1b" not in "".join(shown)
        assert "╭─ " in shown[box.region.y]
        if app.focused:
            assert app.focused.region in box.region
        app.draft.texts = dict(app.draft.loaded)


async def test_a_title_is_shown_as_it_is(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.push_screen(MAKE["choice"](app))
        await settled(pilot, lambda: isinstance(app.screen, Dialog))
        assert any("─ [llm.$primary] [/]" in row for row in rows(app))
        app.draft.texts = dict(app.draft.loaded)


async def test_a_long_help_is_scrolled_with_the_keys_that_it_names(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.push_screen(MAKE["help"](app))
        await settled(pilot, lambda: isinstance(app.screen, HelpDialog))
        await pilot.press("down", "pagedown")
        await settled(pilot, lambda: "line 0" not in "\n".join(rows(app)))
        await pilot.press("escape")
        await settled(pilot, lambda: not isinstance(app.screen, HelpDialog))
        app.draft.texts = dict(app.draft.loaded)
