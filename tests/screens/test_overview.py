"""The overview says of each step how it stands, what is next, and shows the file without its keys."""

from pathlib import Path

import pytest
from screens.test_grid import rows
from tools.pictures import StillApp, draft_of, settled

from tui.credentials.store import Store
from tui.screens.overview_words import next_step, summary
from tui.widgets.file_views import FileView, toml_pieces
from tui.widgets.steps import ORDER, Step

KEY = "sk-ant-api03-" + "b" * 40 + "WxYz"
RETRIES = "num_retries = 8\nretry_min_wait = 15\nretry_max_wait = 120\nretry_multiplier = 2\n"
MODEL = 'model = "anthropic/claude-sonnet-4-5-20250929"\n'


def app_of(home: Path, table: str) -> StillApp:
    (home / "config.toml").write_text(f"[core]\n[llm]\n{table}{RETRIES}")
    return StillApp(draft_of(home / "config.toml"))


async def test_each_step_has_its_state_its_value_and_its_fact(home: Path) -> None:
    app = app_of(home, MODEL)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: app.screen.name == "overview")
        shown = [row.strip(" ▌") for row in rows(app)]
        assert "Provider      ✓ Anthropic                                  api.anthropic.com" in shown
        assert "Key           ! none yet                                enter to give it one" in shown
        assert "Model         ✓ claude-sonnet-4-5-20250929     200 k   $3.00 in   $15.00 out" in shown
        assert "Retries       ✓ 8 attempts   ▂▂▂▂▃▅█                              4 min 37 s" in shown
        assert "Next: give it a key. Without one OpenHands stops at its first prompt." in shown


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (MODEL, "give it a key"), ("", "choose the provider"), (f'{MODEL}api_key = "{KEY}"\n', "test it"),
        (f'{MODEL}api_key = "{KEY}"\ntemperature = 9\n', "correct Temperature on Options"),
        (f'{MODEL}api_key = "{KEY}"\ncolour = 1\n', "press x"),
    ],
)  # fmt: skip
async def test_what_is_next_is_said(home: Path, table: str, said: str) -> None:
    app = app_of(home, table)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: app.screen.name == "overview")
        assert any(row.strip().startswith(f"Next: {said}") for row in rows(app))


async def test_a_change_is_next_to_be_saved(home: Path) -> None:
    app = app_of(home, f'{MODEL}api_key = "{KEY}"\n')
    app.draft.edit("temperature", "0.5")
    assert next_step(app.desk, set()) == "review what you changed, and save it."
    assert summary(Step.REVIEW, app.desk).mark == "!"


@pytest.mark.parametrize("size", [(120, 36), (160, 45)])
async def test_a_wide_screen_shows_the_file_and_not_its_key(home: Path, size: tuple[int, int]) -> None:
    app = app_of(home, f'{MODEL}api_key = "{KEY}"\n')
    async with app.run_test(size=size) as pilot:
        await settled(pilot, lambda: app.screen.name == "overview")
        shown = "\n".join(rows(app))
        assert " 5  num_retries = 8" in shown
        assert "WxYz" in shown
        assert KEY not in shown
        for _row in range(len(ORDER) + 1):  # the pane of each row
            await pilot.press("down")
            await settled(pilot)
            assert KEY not in "\n".join(rows(app))


async def test_a_terminal_that_grows_shows_the_file(home: Path) -> None:
    app = app_of(home, MODEL)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: app.screen.name == "overview")
        await pilot.resize_terminal(130, 40)
        await settled(pilot, lambda: "num_retries = 8" in "\n".join(rows(app)))


def test_of_a_long_file_the_part_that_it_is_about_is_shown() -> None:
    view = FileView()
    view._text, view._about = [f"line {number}" for number in range(100)], 60
    shown = ["".join(text for text, _tone in row) for row in view._numbered(10)]
    assert shown[2] == " 61  line 60"
    assert len(shown) == 10


@pytest.mark.parametrize("line", ["", "[llm] # x", "a = 1 # b", 'a = "x # y" # z', "'''", "# [llm]", "= =", "]"])
def test_of_a_line_nothing_is_lost(line: str) -> None:
    assert "".join(text for text, _tone in toml_pieces(line)) == line


async def test_a_long_fact_leaves_the_value_whole(home: Path) -> None:
    address = "http://a-long-name-of-a-server.example.com:44355/v1"
    app = app_of(home, f'model = "openai/gpt-test"\nbase_url = "{address}"\n')
    app.draft.store = Store.KEYRING
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: app.screen.name == "overview")
        shown = "\n".join(rows(app))
        assert "✓ OpenAI-compatible endpoint  " in shown
        assert "✓ in the system keyring  " in shown
