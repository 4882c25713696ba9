"""All pages in the language of this run, started by test_languages.py: nothing is cut unseen, or left in English."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from screens.test_grid import rows
from screens.test_pictures import CONFIG, SCENES, _app, opened
from textual.pilot import Pilot
from tools.pictures import StillApp, catalogue, open_all, settled
from tools.pseudo import OPEN, SHUT

from tui.base.translation import spoken
from tui.openhands.fields import FIELDS
from tui.screens.dialog import Dialog
from tui.terminal.terminal_kind import TerminalKind
from tui.widgets.steps import ORDER

Act = Callable[[StillApp, Pilot[str]], Awaitable[None]]
SIZES = (80, 24), (60, 20)
CLOSING = "，。、；：！？）”』」"

_DATA = """
llm setup OpenHands openhands config toml home xdg state local litellm LiteLLM Docker IMAGE COMMAND exec docker run
enter esc tab space ctrl up down true false default anthropic Anthropic claude sonnet opus haiku vertex ai bedrock
GNOME Keyring env API KEY MODEL Reply with the single word ready RateLimitError NotFoundError Rate limit reached model
core sandbox workspace base my models json profiles https localhost delete show test XyZ qqqq wo
OpenHands at work keep None rehearsal sk ant com console settings keys limits it
LLM LANGUAGE LC ALL MESSAGES LANG NAME SESSION retry Retry After min max wait multiplier num retries gpt
textual dark light ansi nord gruvbox Agent Canvas CLI GUI
"""


def data() -> set[str]:
    """Words that stand on pages in every language: names, keys, files and what servers say."""
    known = catalogue()
    texts = [_DATA, CONFIG, *(field.key for field in FIELDS), *(text for each in FIELDS for text in each.choices)]
    texts += [f"{each.name} {each.id} {each.prefix} {each.docs} {each.spending_page}" for each in known.providers]
    texts += [model.id for model in known.models]
    return {word for text in texts for word in re.findall(r"[A-Za-z]+", text)}


async def _press(app: StillApp, pilot: Pilot[str], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


def pressing(*keys: str) -> Act:
    return lambda app, pilot: _press(app, pilot, *keys)


async def _wrong(app: StillApp, pilot: Pilot[str]) -> None:
    await _press(app, pilot, "ctrl+a", "x", "tab", "minus", "1", "enter")


MORE: dict[str, tuple[str, Act]] = {
    "palette": ("overview", pressing("ctrl+p")),
    "overview-help": ("overview", pressing("f1")),
    "values": ("overview", pressing("v")),
    "new group": ("overview", pressing("n")),
    "quit": ("review", pressing("ctrl+q")),
    "programs": ("overview", pressing("ctrl+o")),
    "provider-help": ("provider", pressing("f1")),
    "provider-nothing": ("provider", pressing(*"qqqq")),
    "provider-ollama": ("provider", pressing(*"ollama")),
    "key-help": ("key", pressing("f1")),
    "model-help": ("model", pressing("f1")),
    "model-order": ("model", pressing("ctrl+o")),
    "options-help": ("options", pressing("f1")),
    "options-wrong": ("options", pressing("down", "down", "down", *"high", "enter")),
    "options-below": ("options", pressing(*["down"] * 20)),
    "retries-wrong": ("retries", _wrong),
    "review-help": ("review", pressing("f1")),
    "test-help": ("test-idle", pressing("f1")),
    "finish-help": ("finish", pressing("f1")),
}  # fmt: skip


async def page_of(scene: str, size: tuple[int, int], home: Path) -> tuple[list[str], bool]:
    """What stands on the screen, and whether it is a dialog, behind which the page goes on."""
    scene, more = MORE.get(scene, (scene, None))
    step, act = SCENES[scene]
    app = _app(scene, home / ".openhands" / "config.toml")
    app.fit(TerminalKind())
    if step in ORDER:
        open_all(app, step)
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot, step)
        await act(app, pilot)
        if more:
            await more(app, pilot)
        await settled(pilot)
        page, over = rows(app), isinstance(app.screen, Dialog)
        app.desk.draft.texts = dict(app.desk.draft.loaded)
    return page, over


PAGES = [(scene, size) for scene in SCENES for size in SIZES]
if spoken() == "xa":
    PAGES += [(scene, SIZES[1]) for scene in MORE]


@pytest.mark.parametrize(
    ("scene", "size"), PAGES, ids=lambda part: part if isinstance(part, str) else f"{part[0]}x{part[1]}"
)
async def test_a_page_is_whole(scene: str, size: tuple[int, int], home: Path) -> None:
    page, over = await page_of(scene, size, home)
    print("\n".join(page))
    assert {cell_len(row) for row in page} == {size[0]}
    words = re.findall(r"(?<!…)\b[A-Za-z]{2,}\b(?!…)|(?<=\d )[a-jl-z]\b", " ".join(page))
    if spoken() == "xa" and not over:  # behind a dialog, pages are cut anywhere
        assert {word for word in words if not word.isupper()} - data() == set()
        assert not unclosed(page)
    assert not [row for row in page if row.strip(" │┃▌")[:1] in CLOSING and row.strip(" │┃▌")]
    if spoken() != "xa":
        assert "。 " not in "\n".join(page).replace("。  ", "")


def unclosed(page: list[str]) -> list[str]:
    """Texts that begin and do not end, without a sign of it: an ellipsis, or a page that can be scrolled."""
    open_, scrolls = [], any(row.endswith("┃") for row in page)
    for number, row in enumerate(page):
        for at, character in enumerate(row):
            if character == OPEN:
                open_.append((number, row[at:].strip()))
            elif character == SHUT and open_:
                open_.pop()
            elif character == "…":
                open_.clear()
    return [text for number, text in open_ if not (scrolls and number >= len(page) - 5)]
