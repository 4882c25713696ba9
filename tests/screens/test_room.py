"""Large terminals are used, and on small ones nothing lies below something else."""

from pathlib import Path

import pytest
from screens.test_grid import rows
from screens.test_pictures import CONFIG, KEY, SCENES, _app, opened
from tools.pictures import StillApp, anthropic_draft, open_all, settled

from tui.credentials.store import Store
from tui.openhands.field import Kind
from tui.terminal.terminal_kind import TerminalKind
from tui.widgets.option_row import OptionRow
from tui.widgets.steps import ORDER, Step

FRAME = 3
MOST = 12
"""Rows of a page beside the pane on which nothing stands, one below the other."""
LONG = {
    "temperature": "0.3",
    "top_p": "0.5",
    "seed": "3",
    "timeout": "300",
    "num_retries": "5",
    "max_output_tokens": "9",
}
UNKNOWN = 'colour = "red"\n[llm.fast]\nmodel = "gpt-4o"\n'


def longest_gap(app: StillApp) -> int:
    """Empty rows below each other, on the page without its pane."""
    pane = next((x for x in app.screen.query("#explanation") if x.display), None)
    width = pane.region.x if pane else app.size.width
    longest = gap = 0
    for row in rows(app)[FRAME:-1]:
        gap = 0 if row[:width].strip(" ┃") else gap + 1
        longest = max(longest, gap)
    return longest


@pytest.mark.parametrize("scene", [scene for scene in SCENES if scene != "retries-help"])
async def test_a_large_terminal_is_no_empty_page(scene: str, home: Path) -> None:
    step, act = SCENES[scene]
    app = _app(scene, home / ".openhands" / "config.toml")
    app.fit(TerminalKind())
    if step in ORDER:
        open_all(app, step)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(app, pilot, step)
        await act(app, pilot)
        await settled(pilot)
        assert longest_gap(app) <= MOST
        app.desk.draft.texts = dict(app.desk.draft.loaded)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30)])
async def test_all_of_a_long_review_can_be_read_and_save_covers_nothing(size: tuple[int, int], home: Path) -> None:
    config = home / ".openhands" / "config.toml"
    config.parent.mkdir()
    config.write_text(CONFIG + UNKNOWN)
    app = StillApp(anthropic_draft(config, key=KEY))
    app.draft.store = Store.FILE
    for key, text in LONG.items():
        app.draft.edit(key, text)
    open_all(app, Step.REVIEW)
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot, Step.REVIEW)
        await settled(pilot)
        button, sheet = app.screen.query_one("#answer").region, app.screen.query_one("#sheet")
        assert sheet.region.bottom <= button.y
        if size[0] > 60:  # on the smallest one the page scrolls as well, and has the last column
            assert not [row for row in rows(app) if "┃" in row[:-1]]
        seen = set(rows(app))
        assert any(row.strip().startswith("Save ") for row in seen)
        for _press in range(40):
            await pilot.press("down")
            await settled(pilot)
            seen |= set(rows(app))
        said = "\n".join(seen)
        for words in (
            "Save these 7 changes?",
            "Key    ",
            "The old file",
            "Read by",
            "+ seed = 3",
            "- temperature = 0.0",
        ):
            assert words in said
        app.draft.texts = dict(app.draft.loaded)


async def test_the_ground_of_the_row_with_the_focus_ends_where_the_page_does(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    open_all(app, Step.OPTIONS)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, Step.OPTIONS)
        row = next(row for row in app.screen.query(OptionRow) if row.field.kind is Kind.SWITCH and row.has_focus_within)
        assert row.region.right == 78
        assert rows(app)[row.region.y].rstrip(" ┃").endswith(row.field.key)
        app.draft.texts = dict(app.draft.loaded)
