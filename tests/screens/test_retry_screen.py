"""The Retries step: presets, the file's own values, one's own, and the provider's limit."""

from pathlib import Path

import pytest
from tools.pictures import StillApp, anthropic_draft, draft_of, settled

from tui.openhands.fields import RETRY_KEYS
from tui.screens.dialogs import HelpDialog
from tui.screens.messages import Move
from tui.widgets.choice import Choice
from tui.widgets.schedule_bars import ScheduleBars
from tui.widgets.steps import Step

FILE = '[core]\n[llm]\nmodel = "anthropic/x"\nnum_retries = 6\nretry_min_wait = 10\nretry_max_wait = 90\n'


async def opened(app: StillApp, pilot) -> Choice:
    app.journey.passed |= set(Step)
    app.on_move(Move(Step.RETRIES))
    await settled(pilot, lambda: app.screen.name == "retries" and bool(app.screen.query("#preset")))
    preset = app.screen.query_one("#preset", Choice)
    preset.focus()
    return preset


def values(app: StillApp) -> str:
    return "/".join(app.draft.texts[key] for key in RETRY_KEYS)


def shown(app: StillApp, selector: str) -> str:
    return str(app.screen.query_one(selector).render())


async def test_the_files_values_are_a_preset_and_ones_own_come_back(home: Path) -> None:
    (home / "config.toml").write_text(FILE + "retry_multiplier = 3\n")
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        preset = await opened(app, pilot)
        assert preset.value == "file"
        assert " File " in str(preset.render())
        await pilot.press("right")
        await settled(pilot, lambda: values(app) == "8/15/120/2" and preset.value == "documented")
        app.screen.query_one("#num_retries").focus()
        await pilot.press("backspace", "4")
        await settled(pilot, lambda: values(app) == "4/15/120/2" and preset.value == "")
        assert " Own " in str(preset.render())
        preset.focus()
        await pilot.press("right")
        await settled(pilot, lambda: values(app) == "8/15/120/2" and preset.value == "documented")
        await pilot.press("left")
        await settled(pilot, lambda: values(app) == "4/15/120/2" and preset.value == "")
        await pilot.press("left")
        await settled(pilot, lambda: values(app) == "6/10/90/3" and preset.value == "file")
        assert app.draft.changes() == []


async def test_every_preset_can_be_reached_and_none_is_met_twice(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        preset = await opened(app, pilot)
        seen = []
        for expected in ("5/8/64/8", "4/5/30/2", "6/20/60/20", "6/2/30/2", "8/15/120/2"):
            await pilot.press("right")
            await settled(pilot, lambda expected=expected: values(app) == expected)
            seen.append(preset.value)
        assert seen == ["openhands-0.51", "openhands-0.25", "per-minute", "local", "documented"]


async def test_a_limit_is_judged_as_it_is_typed_and_as_the_policy_changes(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        app.screen.query_one("#quota").focus()
        await pilot.press("1", "0")
        await settled(pilot, lambda: "attempt 5 passes after 1 min 1 s" in shown(app, "#survival"))
        app.screen.query_one("#num_retries").focus()
        await pilot.press("end", "backspace", "4")
        await settled(pilot, lambda: "fails; “Per-minute quota” passes" in shown(app, "#survival"))
        app.screen.query_one("#quota").focus()
        await pilot.press("x")
        await settled(pilot, lambda: "do these waits outlast it?" in shown(app, "#survival"))
        assert "quota" not in app.draft.texts


async def test_all_remarks_are_made(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    app.draft.edit("num_retries", "21")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        said = shown(app, "ScheduleBars").partition("! ")[2].replace("\n! ", " ").replace("\n  ", " ")
        assert [sentence.split(" ")[0] for sentence in said.split(". ")] == ["The", "A", "21"]


async def test_f1_shows_what_each_release_retries(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("f1")
        await settled(pilot, lambda: isinstance(app.screen, HelpDialog))
        text = "\n".join(str(widget.render()) for widget in app.screen.query("Static"))
        assert "400 401 404 422     no      no      no      no    no" in text


async def test_an_absent_setting_is_shown_as_openhands_has_it_and_no_preset_is_named(home: Path) -> None:
    (home / "config.toml").write_text(FILE)
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        preset = await opened(app, pilot)
        assert preset.value == ""
        assert " Own " in str(preset.render())
        assert values(app) == "6/10/90/"
        multiplier = app.screen.query_one("#retry_multiplier")
        assert (multiplier.value, multiplier.placeholder) == ("", "8")
        assert "OpenHands' default" in shown(app, "#row-retry_multiplier")
        assert "16 s" in shown(app, "ScheduleBars")
        await pilot.press("right")
        await settled(pilot, lambda: values(app) == "8/15/120/2")
        await pilot.press("left")
        await settled(pilot, lambda: values(app) == "6/10/90/")
        assert not app.draft.dirty


async def test_a_file_with_the_defaults_of_openhands_is_called_so(home: Path) -> None:
    (home / "config.toml").write_text('[core]\n[llm]\nmodel = "anthropic/x"\nretry_max_wait = 64\n')
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        assert (await opened(app, pilot)).value == "openhands-0.51"


async def test_the_bars_are_what_the_environment_makes_of_it(home: Path) -> None:
    (home / "config.toml").write_text(FILE + "retry_multiplier = 3\n")
    app = StillApp(draft_of(home / "config.toml", {"LLM_NUM_RETRIES": "2"}))
    async with app.run_test(size=(80, 24)) as pilot:
        preset = await opened(app, pilot)
        assert preset.value == "file"
        assert "Gives up after 10 s" in shown(app, "ScheduleBars")
        assert "LLM_NUM_RETRIES=2 is set and wins" in shown(app, "#row-num_retries")


async def test_of_a_table_that_openhands_drops_its_defaults_are_drawn_and_why(home: Path) -> None:
    (home / "config.toml").write_text(FILE + "retry_multiplier = 3\nmodle = 1\n")
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        said = shown(app, "ScheduleBars").replace("\n ", "")
        assert "OpenHands drops all of [llm] because of modle" in said
        assert "Gives up after 2 min of waiting" in said


@pytest.mark.parametrize("number", ["0", '"x"', "-3", "1.5"])
async def test_one_bad_number_leaves_the_bars_that_can_be_told(home: Path, number: str) -> None:
    (home / "config.toml").write_text(f'[llm]\nmodel = "anthropic/x"\nnum_retries = {number}\nretry_min_wait = 11\n')
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await settled(pilot)
        assert "attempt 2" in shown(app, "ScheduleBars")
        assert ("11 s" in shown(app, "ScheduleBars")) is (number in ("0", "-3")), "else OpenHands drops the section"


async def test_bars_are_faint_while_a_number_is_wrong_and_come_back(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await settled(pilot, lambda: "attempt 2" in shown(app, "ScheduleBars"))
        before = shown(app, "ScheduleBars")
        bars = app.screen.query_one(ScheduleBars)
        app.screen.query_one("#retry_max_wait").value = "1x"  # type: ignore[attr-defined]
        await settled(pilot, lambda: "the last valid waits, until Longest wait is" in shown(app, "ScheduleBars"))
        assert before.replace("\n\n", "\n") in shown(app, "ScheduleBars")
        assert {tone for row in bars._rows[2:] for _text, tone in row} == {"faint"}
        app.screen.query_one("#retry_max_wait").value = "120"  # type: ignore[attr-defined]
        await settled(pilot, lambda: shown(app, "ScheduleBars") == before)
        assert "bar" in {tone for row in bars._rows for _text, tone in row}


@pytest.mark.parametrize(("size", "seen"), [((120, 36), True), ((80, 24), False)])
async def test_the_presets_stand_side_by_side_where_there_is_room(home: Path, size, *, seen: bool) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        await settled(pilot, lambda: "attempt 8" in shown(app, "ScheduleBars"))
        assert ("Per-minute quota" in shown(app, "ScheduleBars")) is seen


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_no_preset_is_cut_whatever_the_width(home: Path, width: int) -> None:
    (home / "config.toml").write_text(FILE + "retry_multiplier = 3\n")
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(width, 24)) as pilot:
        preset = await opened(app, pilot)
        app.screen.query_one("#num_retries").value = "4"  # type: ignore[attr-defined]
        await settled(pilot, lambda: preset.value == "")
        row = str(preset.render())
        assert len(row) <= preset.size.width
        assert "Own" in row
