"""The steps on a wide screen, in ASCII and without colours, as pictures: what test_pictures does for the usual one."""

from pathlib import Path

import pytest
from screens.test_pictures import PICTURES, SCENES, _app, _text, opened
from tools.pictures import StillApp, open_all, settled

from tui.terminal.terminal_kind import TerminalKind
from tui.widgets.steps import ORDER

pytestmark = pytest.mark.usefixtures("nothing_installed")
KINDS = {
    "-120x36": ((120, 36), TerminalKind()),
    "-ascii": ((80, 24), TerminalKind(ascii=True)),
    "-no-colour": ((80, 24), TerminalKind()),
}
STEPS = ("overview", "provider", "key", "model", "options", "retries", "review", "test")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scene", STEPS)
async def test_a_step_looks_as_in_its_picture(
    scene: str, kind: str, home: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    if kind == "-no-colour":
        monkeypatch.setenv("NO_COLOR", "1")
    step, act = SCENES[scene]
    size, terminal = KINDS[kind]
    app: StillApp = _app(scene, home / ".openhands" / "config.toml")
    app.fit(terminal)
    if step in ORDER:
        open_all(app, step)
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot, step)
        await act(app, pilot)
        await settled(pilot)
        monkeypatch.delenv("NO_COLOR", raising=False)  # Rich would leave out bold and reverse as well
        picture = app.export_screenshot(title="llm-setup")
        app.desk.draft.texts = dict(app.desk.draft.loaded)
    known = PICTURES / f"{scene}{kind}.svg"
    if request.config.getoption("--update-pictures"):
        known.write_text(picture)
    assert _text(picture) == _text(known.read_text()), "the text on the screen is another one"
    assert picture == known.read_text(), "only colours differ"
