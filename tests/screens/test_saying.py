"""What pages say and keep saying: the mark, the pane, whole sentences, Ctrl+C, what was saved, the result."""

from pathlib import Path

import pytest
from screens.test_trying import said
from textual import events
from textual.widgets import Button, Input
from tools.pictures import StillApp, anthropic_draft, draft_of, open_all, settled

from tui.credentials.store import Store
from tui.openhands.fields import BY_KEY
from tui.screens.dialogs import QuitDialog
from tui.screens.finish import FinishScreen
from tui.screens.messages import Move
from tui.screens.step import StepScreen
from tui.terminal.keyboard import InputDropped
from tui.trial.probe_order import ProbeOrder
from tui.trial.reply import Reply
from tui.widgets.field_row import FieldRow
from tui.widgets.pick_list import PickList
from tui.widgets.steps import ORDER, Step

KEY = "sk-ant-api03-" + "a" * 91 + "XyZ4"
RETRIES = "num_retries = 8\nretry_min_wait = 15\nretry_max_wait = 120\nretry_multiplier = 2\n"


async def opened(app: StillApp, pilot, step: Step) -> None:
    await settled(pilot)
    open_all(app, Step.TEST)
    app.on_move(Move(step))
    await settled(pilot, lambda: app.screen.name == step.value)


@pytest.mark.parametrize(
    ("config", "step"),
    [
        ('model = "anthropic/claude-sonnet-4-6"', Step.KEY), ('model = "acme/x"', Step.PROVIDER),
        ('model = "ollama/x"\nbase_url = "http://localhost:11434"', Step.PROVIDER),
        ('model = "anthropic/x"\napi_key = "sk-ant-0123456789abcdefghij"\ntemperature = 9', Step.OPTIONS),
        ('model = "bedrock/x"\naws_region_name = "us-east-1"\naws_access_key_id = "AKIAIOSFODNN7EXAMPLE"', Step.KEY),
    ],
)  # fmt: skip
async def test_the_overview_begins_on_the_first_row_that_needs_something(home: Path, config: str, step: Step) -> None:
    (home / "config.toml").write_text(f"[core]\n[llm]\n{config}\n{RETRIES}")
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: app.screen.name == "overview")
        rows = app.screen.query_one(PickList)
        assert rows.chosen is step
        marked = [row for row in ORDER if rows._paint(row, 76)[1][0] == "! "]
        assert marked[:1] == ([] if "ollama" in config else [step])


@pytest.mark.parametrize("step", [*ORDER[:5], Step.REVIEW, Step.TEST])
async def test_the_pane_is_filled_when_the_terminal_grows(home: Path, step: Step) -> None:
    app = StillApp(anthropic_draft(home / "config.toml", key=KEY))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, step)
        await pilot.resize_terminal(140, 40)
        assert isinstance(app.screen, StepScreen)
        pane = app.screen.explanation
        await settled(pilot, lambda: pane.display and bool(str(pane.content).strip()))


WRONG = [
    (Step.OPTIONS, "temperature", "9"), (Step.OPTIONS, "max_message_chars", "few"),
    (Step.RETRIES, "num_retries", "0"), (Step.RETRIES, "retry_max_wait", "1.5"),
]  # fmt: skip


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_what_is_wrong_with_a_field_stands_whole(home: Path, width: int) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(width, 24)) as pilot:
        for step, key, text in WRONG:
            await opened(app, pilot, step)
            await settled(pilot, lambda key=key: bool(app.screen.query(f"#{key}")))
            app.screen.query_one(f"#{key}", Input).value = text
            row = app.screen.query_one(f"#row-{key}", FieldRow)
            await settled(pilot, lambda row=row: "must be" in str(row.render()))
            lines = str(row.render()).splitlines()
            assert row.size.height == len(lines), key
            assert max(map(len, lines)) <= row.size.width, key
            assert f"{BY_KEY[key].label} must be" in " ".join(str(row.render()).split()), key
            app.screen.query_one(f"#{key}", Input).value = ""
            await settled(pilot, lambda row=row: row.size.height == 1)


async def test_ctrl_c_asks_where_the_user_selected_nothing(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml", key=KEY))
    async with app.run_test(size=(80, 24)) as pilot:
        for step, field in ((Step.KEY, "api_key"), (Step.RETRIES, "num_retries"), (Step.PROVIDER, "search")):
            await opened(app, pilot, step)
            app.screen.query_one(f"#{field}").focus()  # which selects all
            await settled(pilot)
            await pilot.press("ctrl+c")
            await settled(pilot, lambda: isinstance(app.screen, QuitDialog))
            await pilot.press("escape")
        await opened(app, pilot, Step.RETRIES)
        await pilot.press("home", "shift+end", "ctrl+c")
        await settled(pilot, lambda: app.clipboard == "8" and len(app._notifications) == 1)


class Answering:
    """In the place of the probe."""

    pid = None
    warm = True

    def __init__(self) -> None:
        self.orders: list[ProbeOrder] = []

    async def ready(self) -> None:
        pass

    async def start(self) -> None:
        pass

    async def close(self) -> None:
        pass

    async def call(self, order: ProbeOrder, limit: float) -> Reply:
        self.orders.append(order)
        return Reply(200, text="ready", prompt_tokens=14, completion_tokens=2)


async def test_a_save_is_said_and_the_result_of_a_test_is_kept_as_long_as_it_holds(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml", key=KEY))
    app.draft.store = Store.FILE
    probe = Answering()
    app.desk.probe_started = probe  # type: ignore[assignment]

    def outcome() -> str:
        return said(app.screen)

    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, Step.TEST)
        await pilot.press("enter")
        await settled(pilot, lambda: "“ready”" in outcome())
        await pilot.press("enter")
        await settled(pilot, lambda: isinstance(app.screen, FinishScreen))
        await pilot.press("escape")
        await settled(pilot, lambda: app.screen.name == "test" and "“ready”" in outcome())
        await settled(pilot, lambda: app.focused is not None and app.focused.id == "onward")
        await pilot.press("ctrl+s")
        await settled(pilot, lambda: app.screen.name == "review")
        await pilot.press("enter")
        await settled(pilot, lambda: app.screen.name == "test" and "Saved [llm] in ~/config.toml" in outcome())
        assert "key in a private file." in outcome()
        assert "“ready”" in outcome()
        assert str(app.screen.query_one("#onward", Button).label) == "Finish"
        assert len(probe.orders) == 1
        app.draft.edit("model", "anthropic/claude-haiku-4-5-20251001")
        app.show(Step.TEST)
        await settled(pilot, lambda: app.screen.name == "test" and app.screen.has_class("-idle"))
        assert "Saved" not in outcome()


async def test_what_is_typed_right_behind_a_paste_that_was_too_long_arrives(home: Path) -> None:
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: app.screen.name == "provider")
        for message in (InputDropped(pasted=True), *(events.Key(letter, letter) for letter in "mistral")):
            app.post_message(message)
        await settled(pilot, lambda: app.screen.query_one(Input).value == "mistral")
