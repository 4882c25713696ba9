"""Keys, pastes, resizes and jumps in any order: nothing breaks, nothing typed is lost, and quitting always works.

WALKS=200 walks more often, WALK=17 walks one of them again.
"""

import os
import random
from pathlib import Path

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input
from tools.memory_store import MemoryStore
from tools.pictures import StillApp, draft_of

from tui.base.errors import SetupError
from tui.drafts.unfinished import Position, UnfinishedDraft, setting_may_be_kept, written
from tui.openhands.field import Kind
from tui.screens.messages import Move
from tui.screens.step import StepScreen
from tui.trial.reply import Reply
from tui.widgets.choice import Choice
from tui.widgets.field_row import FieldRow
from tui.widgets.steps import Step

CONFIG = """[core]
[llm]
model = "openai/gpt-4o"
base_url = "http://127.0.0.1:9/v1"
num_retries = 8
temperature = 0.5
[llm.cheap]
model = "gpt-4o-mini"
[agent]
llm_config = "cheap"
"""
SIZES = [(80, 24), (60, 20), (120, 36), (40, 10), (200, 60)]
KEYS = [
    *["enter", "tab", "down", "up"] * 4, *["escape", "shift+tab", "space", "left", "right", "backspace"] * 2,
    "pageup", "pagedown", "home", "end", "ctrl+s", "ctrl+t", "ctrl+r", "ctrl+p", "f1", "ctrl+q", "ctrl+c", "ctrl+u",
    *"abcdnrvysq?19.-/",
]  # fmt: skip
PASTES = [
    "sk-ant-api03-" + "a" * 40, "http://localhost:8000/v1", "[red]x[/nope] [@click=app.quit]y[/]", "12", "0", "-1",
    "99999999999999999999", "1e9", "ä中🔎\x1b[31m", "two\nlines", "", "x" * 3000, "anthropic/claude-sonnet-4-5", "gpt",
]  # fmt: skip


class Answering:
    """In the place of the probe: fails as often as it succeeds."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.pid = None
        self.warm = True

    async def ready(self) -> None:
        pass

    async def start(self) -> None:
        pass

    async def close(self) -> None:
        pass

    async def call(self, order: object, limit: float) -> Reply:
        status = self._chance.choice([200, 200, 429, 401, 503])
        return Reply(200, text="ready") if status == 200 else Reply(status, "Error", message="[/no]")


class Drawer(MemoryStore):
    """A keyring that keeps, and has no process."""

    pid = None

    async def close(self) -> None:
        pass


def pressed(name: str) -> events.Key:
    """The event of a key, as the terminal would send it: at once, whatever is still going on."""
    characters = {"enter": "\r", "tab": "\t", "space": " "}
    one = len(name) == 1
    return events.Key(_character_to_key(name) if one else name, name if one else characters.get(name))


async def rest(pilot: Pilot[str]) -> None:
    """Until nothing is held back and everything is shown."""
    await pilot.pause()
    for _look in range(200):
        ahead = pilot.app.type_ahead
        if not ahead._held and ahead._resting is None:
            break
        await pilot.pause(0.003)
    await pilot.pause()


def check(app: StillApp) -> None:
    """The screen and the Draft say the same; what is on the disk would bring it back."""
    screen = app.screen
    if isinstance(screen, StepScreen):
        assert screen.draft is app.draft
        for row in screen.query(FieldRow):
            control, field = row.control, row.field
            if isinstance(control, Choice):
                assert control.value == app.draft.texts[field.key], field.key
            elif isinstance(control, Input) and field.kind is Kind.SECRET:
                secret = app.draft.typed_secret(field.key)
                assert control.value.strip() == (secret.reveal().strip() if secret else ""), field.key
            elif isinstance(control, Input) and field.key in app.draft.texts:
                assert control.value == app.draft.texts[field.key], field.key
    stopped = UnfinishedDraft.read(written(app.desk.drafts, Position("test"), ""))
    if stopped:
        again = {draft.group: draft.texts for draft in stopped.drafts(app.draft).opened}
        for draft in app.desk.drafts.opened:
            kept = {
                key: text
                for key, text in draft.texts.items()
                if setting_may_be_kept(key, text) and setting_may_be_kept(key, draft.loaded[key])
            }
            assert {key: again[draft.group][key] for key in kept} == kept


async def walk(app: StillApp, pilot: Pilot[str], chance: random.Random) -> None:
    for _stop in range(7):
        for _act in range(chance.randint(1, 5)):
            match chance.randrange(12):
                case 0:
                    await pilot.resize_terminal(*chance.choice(SIZES))
                case 1 if isinstance(app.screen, StepScreen):
                    app.on_move(Move(chance.choice([*Step])))
                case 2 | 3:
                    app.post_message(events.Paste(chance.choice(PASTES)))
                case _:
                    key = chance.choice(KEYS)
                    quits = type(app.screen).__name__ == "QuitDialog" or not app.desk.drafts.dirty
                    if not (quits and key in ("ctrl+q", "ctrl+c")):
                        app.post_message(pressed(key))
        await rest(pilot)
        if app._exit:
            return
        check(app)
    await pilot.resize_terminal(80, 24)
    await rest(pilot)


COUNT = int(os.environ.get("WALKS", "15"))
ONLY = os.environ.get("WALK")


@pytest.mark.parametrize("number", [int(ONLY)] if ONLY else range(COUNT))
async def test_a_random_walk(number: int, home: Path) -> None:
    chance = random.Random(number)
    path = home / "config.toml"
    if chance.random() < 0.6:
        path.write_text(CONFIG)
    try:
        app = StillApp(draft_of(path, {"OPENAI_API_KEY": "sk-env-0123456789abcdef"} if chance.random() < 0.3 else None))
    except SetupError:
        return
    app.desk.keyring = Drawer(refuses=chance.random() < 0.2)
    app.desk.probe_started = Answering(chance)
    async with app.run_test(size=(80, 24)) as pilot:
        await rest(pilot)
        await walk(app, pilot, chance)
        for _time in range(2):
            if not app._exit:
                await pilot.press("ctrl+q")
                await rest(pilot)
        assert app._exit, f"it did not quit from {app.screen}"
