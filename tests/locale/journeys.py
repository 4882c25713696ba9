"""A first run and a change of retries in the language of this run; what they write is compared by test_languages.py."""

import os
from pathlib import Path

import pytest
from screens.test_pictures import CONFIG
from textual.pilot import Pilot
from tools.pictures import StillApp, draft_of, settled

from tui.base.translation import spoken
from tui.screens.messages import Move
from tui.widgets.steps import Step


def kept(name: str, config: Path) -> None:
    Path(os.environ["TESTS_KEEP"], f"{name}-{spoken()}").write_bytes(config.read_bytes())


async def at(app: StillApp, pilot: Pilot[str], step: Step) -> None:
    await settled(pilot, lambda: app.screen.name == step.value)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids=["80x24", "60x20"])
async def test_a_first_run(size: tuple[int, int], home: Path) -> None:
    config = home / ".openhands/config.toml"
    app = StillApp(draft_of(config))
    async with app.run_test(size=size) as pilot:
        await at(app, pilot, Step.PROVIDER)
        await pilot.press(*"ollama", "enter")
        await at(app, pilot, Step.KEY)
        await pilot.press("enter")
        await at(app, pilot, Step.MODEL)
        await pilot.press(*"qwen3", "enter")
        await at(app, pilot, Step.OPTIONS)
        await pilot.press("enter")
        await at(app, pilot, Step.RETRIES)
        app.screen.query_one("#num_retries").value = "6"  # type: ignore[attr-defined]
        await pilot.press("enter")
        await at(app, pilot, Step.REVIEW)
        await pilot.press("enter")
        await settled(pilot, config.exists)
        await at(app, pilot, Step.TEST)
    kept(f"first-run-{size[0]}", config)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids=["80x24", "60x20"])
async def test_a_change_of_retries(size: tuple[int, int], home: Path) -> None:
    config = home / "config.toml"
    config.write_text(CONFIG)
    app = StillApp(draft_of(config))
    async with app.run_test(size=size) as pilot:
        await at(app, pilot, Step.OVERVIEW)
        app.on_move(Move(Step.RETRIES))
        await at(app, pilot, Step.RETRIES)
        app.screen.query_one("#retry_max_wait").value = "60"  # type: ignore[attr-defined]
        await pilot.press("ctrl+s")
        await at(app, pilot, Step.REVIEW)
        await pilot.press("enter")
        await at(app, pilot, Step.TEST)
    assert "retry_max_wait = 60" in config.read_text()
    kept(f"retries-{size[0]}", config)
