"""Names that have no room keep what tells them apart, and what is highlighted stands there whole."""

from pathlib import Path

import pytest
from screens.test_typed_models import app_for, search
from textual.geometry import Region
from textual.widgets import Static
from tools.pictures import catalogue, settled

from tui.screens.model_rows import ShortNames


@pytest.mark.parametrize("cells", [31, 28, 35])
def test_names_that_look_alike_differ_in_few_cells(cells: int) -> None:
    names = [model.name for model in catalogue().of("bedrock")]
    short = ShortNames(names)
    shown = [short.of(name, cells) for name in names]
    assert all(len(text) <= cells for text in shown)
    assert len(shown) == len(set(shown))
    assert shown == [short.of(name, cells) for name in names]


def test_the_end_of_a_name_stays() -> None:
    name = "us.anthropic.claude-3-5-sonnet-20241022-v2:0"
    assert ShortNames([name, name, "us.amazon.nova-pro"]).of(name, 31) == "us.…3-5-sonnet-20241022-v2:0"
    short = ShortNames()
    assert short.of("x" * 60, 20) == "x" * 10 + "…" + "x" * 9
    assert short.of("short", 20) == "short"
    assert short.of("漢" * 20, 11) == "漢漢漢…漢漢"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_the_full_name_of_the_highlighted_row_is_on_the_page(home: Path, size: tuple[int, int]) -> None:
    app = app_for(home, "bedrock")
    async with app.run_test(size=size) as pilot:
        screen = await search(app, pilot, "3-5 sonnet")
        for _row in range(6):
            row = screen.pick_list.chosen
            await settled(pilot)
            where = screen.explanation if screen.explanation.display else screen.query_one("#brief", Static)
            shown = where.render_lines(Region(0, 0, *where.outer_size))
            assert row.id in "".join(strip.text.strip() for strip in shown)
            await pilot.press("down")
