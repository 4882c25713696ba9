"""Groups of settings in the wizard, and somebody else who saves meanwhile."""

import tomllib
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input
from tools.pictures import StillApp, anthropic_draft, draft_of, open_all, settled

from tui.screens.dialogs import ChoiceDialog, ClashDialog, NameDialog, QuitDialog
from tui.screens.messages import Move
from tui.screens.overview import OverviewScreen
from tui.screens.overview_rows import GroupRow
from tui.widgets.remark import Remark
from tui.widgets.steps import Step

CONFIG = """\
[core]
[llm]   # mine
model = "anthropic/claude-haiku-4-5-20251001"
num_retries = 8
retry_min_wait = 15
retry_max_wait = 120
retry_multiplier = 2

[llm.cheap]
model = "openai/gpt-4o-mini"

[agent]
llm_config = "cheap"
"""
DOCUMENTED = {"num_retries": 8, "retry_min_wait": 15, "retry_max_wait": 120, "retry_multiplier": 2}


def app_with(home: Path) -> StillApp:
    (home / "config.toml").write_text(CONFIG)
    return StillApp(draft_of(home / "config.toml"))


async def at(pilot: Pilot[str], step: Step) -> None:
    await settled(pilot, lambda: pilot.app.screen.name == step.value)


async def to_group(app: StillApp, pilot: Pilot[str], group: str) -> None:
    """Highlight a group on Overview."""
    await at(pilot, Step.OVERVIEW)
    screen = app.screen
    assert isinstance(screen, OverviewScreen)
    for _row in range(20):
        if screen.pick_list.chosen == GroupRow(group):
            return
        await pilot.press("down")
    raise AssertionError("no such group on the screen")


async def test_a_group_is_opened_and_its_own_settings_saved(home: Path) -> None:
    app = app_with(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_group(app, pilot, "llm.cheap")
        await pilot.press("enter")
        await settled(pilot, lambda: app.draft.group == "llm.cheap")
        app.on_move(Move(Step.OPTIONS))
        await at(pilot, Step.OPTIONS)
        app.screen.query_one("#temperature", Input).value = "0.5"
        await settled(pilot, lambda: app.draft.texts["temperature"] == "0.5")
        await pilot.press("ctrl+s")
        await at(pilot, Step.REVIEW)
        await pilot.press("enter")
        await at(pilot, Step.TEST)
    saved = CONFIG.replace('"openai/gpt-4o-mini"\n', '"openai/gpt-4o-mini"\ntemperature = 0.5\n')
    assert (home / "config.toml").read_text() == saved


async def test_a_new_group_is_in_the_file_once_it_is_saved(home: Path) -> None:
    app = app_with(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, Step.OVERVIEW)
        await pilot.press("n")
        await settled(pilot, lambda: isinstance(app.screen, NameDialog))
        await pilot.press("m", "o", "d", "e", "l", "enter")  # a field's name
        await settled(pilot, lambda: app.screen.query_one(Remark).display)
        app.screen.query_one("#name", Input).value = "gpt-4.1"
        await pilot.press("enter")
        await at(pilot, Step.PROVIDER)
        assert app.draft.group == "llm.gpt-4.1"
        app.draft.edit("temperature", "1")
        await pilot.press("ctrl+s")
        await at(pilot, Step.REVIEW)
        await pilot.press("enter")
        await at(pilot, Step.TEST)
    assert tomllib.loads((home / "config.toml").read_text())["llm"]["gpt-4.1"] == {"temperature": 1, **DOCUMENTED}


async def test_a_group_is_renamed_and_what_named_it_is_said(home: Path) -> None:
    app = app_with(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_group(app, pilot, "llm.cheap")
        await pilot.press("r")
        await settled(pilot, lambda: isinstance(app.screen, NameDialog))
        app.screen.query_one("#name", Input).value = "small"
        await pilot.press("enter")
        await settled(pilot, lambda: app.draft.group == "llm.small")
        assert (home / "config.toml").read_text() == CONFIG.replace("[llm.cheap]", "[llm.small]")
        assert len(app._notifications) == 1


async def test_a_group_is_removed_only_after_a_yes(home: Path) -> None:
    app = app_with(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_group(app, pilot, "llm.cheap")
        await pilot.press("d")
        await settled(pilot, lambda: isinstance(app.screen, ChoiceDialog))
        await pilot.press("enter")  # the default keeps it
        await at(pilot, Step.OVERVIEW)
        assert (home / "config.toml").read_text() == CONFIG
        await pilot.press("d")
        await settled(pilot, lambda: isinstance(app.screen, ChoiceDialog))
        await pilot.press("tab", "enter")
        await settled(pilot, lambda: "cheap]" not in (home / "config.toml").read_text())
        await at(pilot, Step.OVERVIEW)


async def test_changes_of_others_to_other_settings_are_merged(home: Path) -> None:
    app = app_with(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, Step.OVERVIEW)
        app.draft.edit("temperature", "0.5")
        theirs = CONFIG.replace("num_retries = 8", "num_retries = 9  # theirs")
        (home / "config.toml").write_text(theirs)
        await pilot.press("ctrl+s")
        await at(pilot, Step.REVIEW)
        await pilot.press("enter")
        await settled(pilot, lambda: "Somebody else" in str(app.screen.query_one("#failure", Remark).content))
        assert (home / "config.toml").read_text() == theirs  # looked at first
        await pilot.press("enter")
        await at(pilot, Step.TEST)
    saved = tomllib.loads((home / "config.toml").read_text())["llm"]
    assert (saved["num_retries"], saved["temperature"]) == (9, 0.5)


async def test_the_same_setting_changed_on_both_sides_asks(home: Path) -> None:
    for answer, wanted in ((["enter"], 5), (["tab", "enter"], 9)):
        app = app_with(home)
        async with app.run_test(size=(80, 24)) as pilot:
            await at(pilot, Step.OVERVIEW)
            app.draft.edit("num_retries", "5")
            app.draft.edit("temperature", "0.5")
            (home / "config.toml").write_text(CONFIG.replace("num_retries = 8", "num_retries = 9"))
            await pilot.press("ctrl+s")
            await at(pilot, Step.REVIEW)
            await pilot.press("enter")
            await settled(pilot, lambda app=app: isinstance(app.screen, ClashDialog))
            await pilot.press(*answer)
            await at(pilot, Step.REVIEW)
            await pilot.press("enter")
            await at(pilot, Step.TEST)
        saved = tomllib.loads((home / "config.toml").read_text())["llm"]
        assert (saved["num_retries"], saved["temperature"]) == (wanted, 0.5)


async def test_undo_brings_the_file_back(home: Path) -> None:
    app = app_with(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, Step.OVERVIEW)
        app.draft.edit("num_retries", "5")
        await pilot.press("ctrl+s")
        await at(pilot, Step.REVIEW)
        await pilot.press("enter")
        await at(pilot, Step.TEST)
        assert (home / "config.toml").read_text() != CONFIG
        app.host.begin(app.undo.undo, "undo")
        await settled(pilot, lambda: isinstance(app.screen, ChoiceDialog))
        await pilot.press("enter")  # the default leaves it
        await at(pilot, Step.TEST)
        assert (home / "config.toml").read_text() != CONFIG
        app.host.begin(app.undo.undo, "undo")
        await settled(pilot, lambda: isinstance(app.screen, ChoiceDialog))
        await pilot.press("tab", "enter")
        await at(pilot, Step.OVERVIEW)
        assert (home / "config.toml").read_text() == CONFIG
        assert app.quit.last_line() == ""
        assert not app.draft.dirty
        assert app.draft.texts["num_retries"] == "8"


async def test_a_hard_linked_file_is_written_in_place_only_after_a_yes(home: Path) -> None:
    app = app_with(home)
    (home / "other-name.toml").hardlink_to(home / "config.toml")
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, Step.OVERVIEW)
        app.draft.edit("num_retries", "5")
        await pilot.press("ctrl+s")
        await at(pilot, Step.REVIEW)
        await pilot.press("enter")
        await settled(pilot, lambda: isinstance(app.screen, ChoiceDialog))
        assert (home / "config.toml").read_text() == CONFIG
        await pilot.press("tab", "enter")
        await at(pilot, Step.TEST)
    assert (home / "other-name.toml").read_text() == CONFIG.replace("num_retries = 8", "num_retries = 5")


async def test_undoing_the_first_save_is_a_first_run_again(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        open_all(app, Step.REVIEW)
        app.on_move(Move(Step.REVIEW))
        await at(pilot, Step.REVIEW)
        await pilot.press("ctrl+s")
        await at(pilot, Step.TEST)
        app.host.begin(app.undo.undo, "undo")
        await settled(pilot, lambda: isinstance(app.screen, ChoiceDialog))
        await pilot.press("tab", "enter")
        await at(pilot, Step.PROVIDER)
    assert not (home / "config.toml").exists()


async def test_a_group_begun_stands_in_the_list_and_asks_before_it_is_lost(home: Path) -> None:
    app = app_with(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, Step.OVERVIEW)
        await pilot.press("n")
        await settled(pilot, lambda: isinstance(app.screen, NameDialog))
        app.screen.query_one("#name", Input).value = "cheap"
        await pilot.press("enter")
        await settled(pilot, lambda: app.screen.query_one(Remark).display)  # there is one already
        app.screen.query_one("#name", Input).value = "new"
        await pilot.press("enter")
        await at(pilot, Step.PROVIDER)
        await pilot.press("escape")
        await to_group(app, pilot, "llm.new")
        await pilot.press("ctrl+q")
        await settled(pilot, lambda: isinstance(app.screen, QuitDialog))
        await pilot.press("escape")
        await to_group(app, pilot, "llm.new")
        await pilot.press("r")
        await settled(pilot, lambda: isinstance(app.screen, NameDialog))
        app.screen.query_one("#name", Input).value = "newer"
        await pilot.press("enter")
        await to_group(app, pilot, "llm.newer")
        await pilot.press("d")
        await settled(pilot, lambda: isinstance(app.screen, ChoiceDialog))
        await pilot.press("tab", "enter")
        await at(pilot, Step.OVERVIEW)
        assert not app.desk.drafts.dirty
    assert (home / "config.toml").read_text() == CONFIG


async def test_what_makes_openhands_drop_the_group_is_taken_out_with_one_key(home: Path) -> None:
    (home / "config.toml").write_text(CONFIG.replace("num_retries = 8", "temprature = 0.5\nnum_retries = 8"))
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, Step.OVERVIEW)
        await pilot.press("ctrl+s")
        await at(pilot, Step.REVIEW)
        said = " ".join(str(app.screen.query_one("#facts").render()).split())
        assert "no OpenHands: it drops all of [llm] because of temprature" in said
        await pilot.press("x")
        await settled(pilot, lambda: not app.draft.unknown_keys)
        await at(pilot, Step.REVIEW)
        assert "up to 1.6" in str(app.screen.query_one("#facts").render())
        await pilot.press("ctrl+s")
        await at(pilot, Step.TEST)
    saved = tomllib.loads((home / "config.toml").read_text())["llm"]
    assert saved["temperature"] == 0.5
    assert "temprature" not in saved


async def test_saving_writes_the_retry_settings_that_are_missing(home: Path) -> None:
    (home / "config.toml").write_text('[core]\n[llm]\nmodel = "openai/gpt-5"\n')
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, Step.OVERVIEW)
        assert not app.draft.dirty
        await pilot.press("ctrl+s")
        await at(pilot, Step.REVIEW)
        await pilot.press("enter")
        await at(pilot, Step.TEST)
    assert tomllib.loads((home / "config.toml").read_text())["llm"]["retry_max_wait"] == 64


async def test_the_last_line_names_the_groups_that_were_saved(home: Path) -> None:
    app = app_with(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_group(app, pilot, "llm.cheap")
        await pilot.press("enter")
        await settled(pilot, lambda: app.draft.group == "llm.cheap")
        app.draft.edit("temperature", "1")
        await pilot.press("ctrl+s")
        await at(pilot, Step.REVIEW)
        await pilot.press("enter")
        await at(pilot, Step.TEST)
        assert app.quit.last_line().startswith(
            "Saved [llm.cheap] in ~/config.toml; no key is kept. Start OpenHands with:"
        )
        app.draft.edit("temperature", "0.75")
        said = "Saved [llm.cheap] in ~/config.toml, but for 1 change since then. llm-setup goes on with it."
        assert app.quit.last_line() == said
