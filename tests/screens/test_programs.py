"""Several programs on the screens: a row, a dialog, one diff a file, and what starts each."""

import json
from pathlib import Path

from textual.content import Content
from textual.widgets import Static
from tools.pictures import StillApp, anthropic_draft, open_all, settled

from tui.credentials.store import Store
from tui.openhands.targets.target import targets
from tui.screens.messages import Move
from tui.screens.programs import ProgramsDialog
from tui.widgets.pick_list import PickList
from tui.widgets.steps import Step


def text_of(app: StillApp) -> str:
    """What stands on the page, seen or scrolled out of sight."""
    parts = [part.content if isinstance(part, Static) else part.render() for part in app.screen.query("*")]
    return "\n".join(str(part) for part in parts if isinstance(part, str | Content))


def app_for(home: Path, *names: str) -> StillApp:
    draft = anthropic_draft(home / "config.toml", key="sk-ant-api03-0123XyZ4")
    draft.store = Store.KEYRING
    app = StillApp(draft)
    app.desk.programs = [targets()[name] for name in names]
    return app


async def test_the_choice_is_made_over_any_page(home: Path) -> None:
    app = app_for(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+o")
        await settled(pilot, lambda: isinstance(app.screen, ProgramsDialog))
        assert app.screen.query_one(PickList).region.height == 4
        await pilot.press("down", "enter", "down", "space", "up", "up", "enter", "escape")
        await settled(pilot, lambda: app.screen.name == Step.PROVIDER.value)
        assert [each.name for each in app.desk.programs] == ["cli", "server"]
        assert "✓ OpenHands CLI  ✓ Agent Canvas" in text_of(app)
        assert app.draft.config.path == home / ".openhands/agent_settings.json"


async def test_one_program_stays_chosen(home: Path) -> None:
    app = app_for(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+o")
        await settled(pilot, lambda: isinstance(app.screen, ProgramsDialog))
        await pilot.press("enter", "escape")
        await settled(pilot, lambda: app.screen.name == Step.PROVIDER.value)
        assert not app.desk.programs


async def test_review_shows_a_diff_a_file_and_what_a_program_does_not_have(home: Path) -> None:
    app = app_for(home, "toml", "cli", "server")
    app.draft.edit("correct_num", "3")
    async with app.run_test(size=(120, 50)) as pilot:
        open_all(app, Step.REVIEW)
        app.on_move(Move(Step.REVIEW))
        await settled(pilot, lambda: app.screen.name == Step.REVIEW.value)
        shown = text_of(app)
        paths = ["~/config.toml", "agent_settings.json", "profiles/default.json", ".openhands/settings.json"]
        assert [path for path in paths if path not in shown] == []
        assert shown.count("has no correct_num: left out there") == 2


async def test_files_that_differ_can_be_saved_though_nothing_was_typed(home: Path) -> None:
    path = home / ".openhands/agent_settings.json"
    path.parent.mkdir()
    numbers = {"num_retries": 8, "retry_min_wait": 15, "retry_max_wait": 120, "retry_multiplier": 2}
    path.write_text(json.dumps({"llm": {"model": "anthropic/x", **numbers}}))
    app = app_for(home, "cli", "server")
    target = targets()["cli"]
    app.draft.rebase(target.read(path))
    app.draft.texts.update(app.draft.loaded)
    app.draft.edit_secret("api_key", None)
    app.draft.store = None
    async with app.run_test(size=(100, 40)) as pilot:
        open_all(app, Step.REVIEW)
        app.on_move(Move(Step.REVIEW))
        await settled(pilot, lambda: app.screen.name == Step.REVIEW.value)
        assert app.screen.enter_does() == "Save"  # type: ignore[attr-defined]
        assert "stays as it is" in text_of(app)


async def test_finish_has_what_starts_each(home: Path) -> None:
    app = app_for(home, "cli", "server", "gui")
    app.draft.own.save({("stores",): {"llm-setup:anthropic": "keyring"}})
    async with app.run_test(size=(100, 40)) as pilot:
        app.finish.open(passed=True)
        await settled(pilot, lambda: app.screen.name == "finish")
        shown = text_of(app)
        for words in ("exec --for cli -- openhands", "exec --for server -- agent-canvas", "key set --for gui"):
            assert words in shown
        assert not app.screen.query("#launcher")
    plain = app_for(home, "toml", "cli")
    plain.draft.own.save({("stores",): {"llm-setup:anthropic": None}})
    async with plain.run_test(size=(100, 40)) as pilot:
        plain.finish.open(passed=True)
        await settled(pilot, lambda: plain.screen.name == "finish")
        assert plain.screen.query("#launcher")
        assert "Nothing else to do: it reads its file." in text_of(plain)
