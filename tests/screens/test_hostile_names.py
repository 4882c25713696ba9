"""Names that others chose, to be shown whole or cut, and never as anything but text."""

from pathlib import Path

import pytest
from textual.content import Content
from textual.widgets import Static
from tools.pictures import StillApp, catalogue, draft_of, open_all, settled

from tui.catalog.listed_models import listed_in
from tui.catalog.models import Catalogue
from tui.catalog.provider import Provider
from tui.commands.models import _table
from tui.screens.messages import Move
from tui.widgets.pick_list import PickList
from tui.widgets.steps import Step

NAMES = [
    "[@click=app.quit]click me[/]", "x [/nope]", "[bold red]loud[/]", "$name and ${name}", "a\x1b[31mred\x1b[0m",
    "a\rb\nc\td",
    "\x1b]0;title\x07x", "\u202egnp.exe", "a\u200bb\u2066c\u2069", "模型-大語言-7b", "ｆｕｌｌ", "e\u0301" * 20,
    "👩‍👩‍👧 family",
    "long-" + "x" * 195, "漢" * 200, "\\[escaped", "%s %d {0}", "a\x00b",
]  # fmt: skip
DANGEROUS = "\x1b\x00\r\n\t\x07\u202e\u200b\u2066\u2069"


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (140, 40)])
async def test_models_of_a_server(home: Path, size: tuple[int, int]) -> None:
    draft = draft_of(home / "config.toml")
    draft.choose_provider(next(p for p in catalogue().providers if p.id == "openai_compatible"))
    draft.edit("base_url", "http://localhost:8000/v1")
    app = StillApp(draft)
    listed = listed_in({"data": [{"id": name} for name in NAMES]})
    assert len(listed) == len(NAMES)
    app.desk.lists.put(draft.credential(), listed, None)
    async with app.run_test(size=size) as pilot:
        open_all(app, Step.MODEL)
        app.on_move(Move(Step.MODEL))
        await settled(pilot, lambda: app.screen.name == "model")
        shown = app.screen.query_one(PickList)
        assert len(shown._rows) == len(NAMES)
        for _row in NAMES:
            await pilot.press("down")
            for y in range(shown.size.height):
                strip = shown.render_line(y)
                assert strip.cell_length == shown.size.width
                assert not set(DANGEROUS) & set(strip.text)
                assert not any(segment.style and segment.style.meta.get("@click") for segment in strip)
            for text in app.screen.query(Static):
                assert isinstance(text.content, Content | str)
                assert not set(DANGEROUS.replace("\n", "")) & set(str(text.content))
        await pilot.press("enter")
        await settled(pilot, lambda: app.screen.name == "options")
        assert app.is_running


@pytest.mark.parametrize("name", NAMES)
async def test_typed_and_in_the_file(home: Path, name: str) -> None:
    draft = draft_of(home / "config.toml")
    draft.choose_provider(next(p for p in catalogue().providers if p.id == "openai_compatible"))
    draft.edit("model", f"openai/{name}")
    app = StillApp(draft)
    async with app.run_test(size=(80, 24)) as pilot:
        for step in (Step.MODEL, Step.REVIEW):
            open_all(app, step)
            app.on_move(Move(step))
            await settled(pilot, lambda step=step: app.screen.name == step.value)
        assert app.is_running


async def test_a_provider(home: Path) -> None:
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        providers = [Provider(id=f"p{n}", name=name, prefix="p/", note=name) for n, name in enumerate(NAMES)]
        app.desk.put_catalogue(Catalogue(providers=providers))
        for _row in NAMES:
            await pilot.press("down")
        await settled(pilot)
        assert app.screen.query_one(PickList).highlighted > 0


def test_on_the_command_line() -> None:
    from tui.catalog.model import Model

    lines = _table([Model(f"x/{name}", "x", name) for name in NAMES])
    assert len(lines) == len(NAMES) + 1
    assert not any(set(DANGEROUS) & set(text) for text in lines)
