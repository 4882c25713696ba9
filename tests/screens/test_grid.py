"""All pages stand on one grid: what is painted begins in column 2, fields in column 20, all ends two cells early."""

from pathlib import Path

import pytest
from screens.test_pictures import SCENES, _app, opened
from textual.geometry import Region
from textual.widget import Widget
from tools.pictures import StillApp, open_all, settled

from tui.terminal.terminal_kind import TerminalKind
from tui.widgets.row import LABEL, Row
from tui.widgets.steps import ORDER
from tui.widgets.tone import MARGIN

SIZES = [(60, 20), (80, 24), (100, 30), (120, 36), (160, 45)]
EDGE, FRAME = 2, 3
BARS = {"━", "─", "┃"}
"""The hairline reaches from side to side, and the scroll bar has the last column."""
PAGES = [scene for scene in SCENES if scene != "retries-help"]


def rows(app: StillApp) -> list[str]:
    """What stands on the screen, a line of cells each."""
    strips = app.screen._compositor.render_strips(app.screen.size)
    return ["".join(segment.text for segment in strip) for strip in strips]


def astray(app: StillApp, width: int) -> list[str]:
    """Rows of which something is written outside of the edges: their cells before the pane, and those of the pane."""
    pane = next((x for x in app.screen.query("#explanation") if x.display), None)
    found = []
    for number, row in enumerate(rows(app)):
        in_frame = number < FRAME or number == app.size.height - 1
        border = pane.region.x if pane and not in_frame else width
        if set(row[:EDGE]) <= BARS and set(row[border - EDGE : border]) <= BARS:
            continue
        page, beside = row[:border], row[border:]
        edges = [page[0], page[1].replace(MARGIN, " "), page[-2], page[-1].replace("┃", " ")]
        edges += [beside[0], beside[1], beside[-2], beside[-1]] if beside else []
        if set(edges) - {" "}:
            found.append(row)
    return found


def fields(app: StillApp) -> list[tuple[Widget, Region]]:
    """The first control of each row that is seen."""
    first = [row.children[0] for row in app.screen.query(Row) if row.display and row.children]
    return [(control, control.region) for control in first if control.region.area]


@pytest.mark.parametrize("scene", PAGES)
async def test_all_is_within_the_edges(scene: str, home: Path) -> None:
    step, act = SCENES[scene]
    app = _app(scene, home / ".openhands" / "config.toml")
    app.fit(TerminalKind())
    if step in ORDER:
        open_all(app, step)
    async with app.run_test(size=SIZES[0]) as pilot:
        await opened(app, pilot, step)
        await act(app, pilot)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settled(pilot, lambda size=size: tuple(app.screen.size) == size)
            assert astray(app, size[0]) == [], size
            columns = {region.x for _control, region in fields(app)}
            assert columns <= {EDGE + LABEL}, size
        app.desk.draft.texts = dict(app.desk.draft.loaded)
