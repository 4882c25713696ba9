"""What Enter, Escape and the other keys do on each step."""

import asyncio
from pathlib import Path

import pytest
from textual._xterm_parser import XTermParser
from textual.pilot import Pilot
from textual.widgets import Button, Input, Static
from tools.patience import LIMIT
from tools.pictures import OPEN, StillApp, anthropic_draft, catalogue, draft_of, open_all, settled

from tui.base.secret import Secret
from tui.credentials.keyring_state import KeyringState, KeyringStatus
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.screens.dialogs import HelpDialog, QuitDialog
from tui.screens.messages import Move
from tui.screens.model import ModelScreen
from tui.screens.provider import ProviderScreen
from tui.widgets.choice_list import Places
from tui.widgets.headings import Section
from tui.widgets.key_bar import KeyBar
from tui.widgets.remark import Remark
from tui.widgets.steps import ORDER, Step
from tui.widgets.tone import MARGIN

KEY = "sk-ant-api03-0123XyZ4"
CONFIG = '[core]\n[llm]\nmodel = "anthropic/claude-haiku-4-5-20251001"\nnum_retries = 8\nretry_min_wait = 15\n'
CONFIG += "retry_max_wait = 120\nretry_multiplier = 2\n"


async def write(pilot: Pilot[str], text: str) -> None:
    """Type a text."""
    for character in text:
        await pilot.press(
            {" ": "space", "/": "slash", ":": "colon", ".": "full_stop", "-": "minus"}.get(character, character)
        )


async def at(pilot: Pilot[str], step: Step) -> None:
    """Wait until a step is there."""
    await settled(pilot, lambda: pilot.app.screen.name == step.value)


def value(app: StillApp, key: str) -> str:
    return app.screen.query_one(f"#{key}", Input).value


def said(app: StillApp) -> str:
    return str(app.screen.query_one("#problem", Static).content)


def provider(draft: Draft, id_: str) -> None:
    draft.choose_provider(next(p for p in catalogue().providers if p.id == id_))


async def go(app: StillApp, pilot: Pilot[str], step: Step) -> None:
    open_all(app, step)
    app.on_move(Move(step))
    await at(pilot, step)


async def test_the_happy_path_is_typed_text_and_enter_only(home: Path) -> None:
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, Step.PROVIDER)
        await write(pilot, "anthr")
        await pilot.press("enter")
        await at(pilot, Step.KEY)
        await write(pilot, KEY)
        await pilot.press("enter")
        await at(pilot, Step.MODEL)
        await write(pilot, "sonnet 4 6")
        await pilot.press("enter")
        await at(pilot, Step.OPTIONS)
        await pilot.press("enter")
        await at(pilot, Step.RETRIES)
        await pilot.press("enter")
        await at(pilot, Step.REVIEW)
        assert app.draft.store is Store.KEYRING
        assert app.draft.texts["model"] == "anthropic/claude-sonnet-4-6"
        assert isinstance(app.focused, Button)


async def test_steps_open_in_order_in_a_first_run(home: Path) -> None:
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, Step.PROVIDER)
        await pilot.press("ctrl+s", "ctrl+t")
        await settled(pilot, lambda: len(app._notifications) == 2)  # why nothing happens
        assert app.screen.name == "provider"
        await write(pilot, "groq")
        await pilot.press("enter")
        await at(pilot, Step.KEY)
        await pilot.press("ctrl+t")
        await settled(pilot)
        assert app.screen.name == "key"


async def test_enter_pressed_twice_quickly_skips_no_step(home: Path) -> None:
    draft = anthropic_draft(home / "config.toml")
    app = StillApp(draft)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.OPTIONS)
        app.screen.post_message(Move(Step.RETRIES, passed=Step.OPTIONS))
        app.screen.post_message(Move(Step.RETRIES, passed=Step.OPTIONS))
        await at(pilot, Step.RETRIES)
        assert len(app.screen_stack) == 1


async def test_escape_leads_back_and_to_the_quit_question_on_the_first_step(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.REVIEW)
        for step in reversed(ORDER[: ORDER.index(Step.REVIEW)]):
            await pilot.press("escape")
            await at(pilot, step)
        await pilot.press("escape")
        await settled(pilot, lambda: isinstance(app.screen, QuitDialog))
        await pilot.press("escape")
        await at(pilot, Step.PROVIDER)


async def test_overview_is_home_when_there_is_a_section(home: Path) -> None:
    path = home / "config.toml"
    path.write_text(CONFIG)
    app = StillApp(draft_of(path))
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, Step.OVERVIEW)
        await pilot.press("home", "down", "down", "down", "down", "enter")
        await at(pilot, Step.RETRIES)
        await pilot.press("escape")
        await at(pilot, Step.OVERVIEW)
        await pilot.press("enter")  # the row one came from
        await at(pilot, Step.RETRIES)
        await pilot.press("escape")
        await at(pilot, Step.OVERVIEW)
        await pilot.press("ctrl+t")
        await at(pilot, Step.TEST)


async def test_one_number_changed_is_one_change(home: Path) -> None:
    path = home / "config.toml"
    path.write_text(CONFIG)
    app = StillApp(draft_of(path))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.RETRIES)
        await pilot.press("backspace", "5")
        await pilot.press("ctrl+s")
        await at(pilot, Step.REVIEW)
        assert [(c.field.key, c.before, c.after) for c in app.draft.changes()] == [("num_retries", "8", "5")]


async def test_nothing_to_save_opens_the_test(home: Path) -> None:
    path = home / "config.toml"
    path.write_text(CONFIG)
    before = path.stat().st_mtime_ns
    app = StillApp(draft_of(path))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.REVIEW)
        await pilot.press("enter")
        await at(pilot, Step.TEST)
    assert path.stat().st_mtime_ns == before


async def test_a_compatible_endpoint_asks_for_the_url_first_then_the_key(home: Path) -> None:
    draft = draft_of(home / "config.toml")
    provider(draft, "openai_compatible")
    app = StillApp(draft)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        assert app.focused is not None
        assert app.focused.id == "base_url"
        await write(pilot, "http://localhost:8000/v1")
        await pilot.press("enter")
        assert app.focused.id == "api_key"
        await write(pilot, "anything-goes")
        await pilot.press("enter")
        await at(pilot, Step.MODEL)
        assert draft.credential().service == "llm-setup:openai_compatible@http://localhost:8000"


async def test_a_url_without_a_host_is_said_before_going_on(home: Path) -> None:
    draft = draft_of(home / "config.toml")
    provider(draft, "openai_compatible")
    app = StillApp(draft)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        await write(pilot, "http:local")
        await pilot.press("enter")
        await settled(pilot)
        assert app.screen.name == "key"
        assert app.screen.query_one("#problem").display


async def test_a_key_typed_goes_when_its_address_changes(home: Path) -> None:
    draft = draft_of(home / "config.toml")
    provider(draft, "openai_compatible")
    draft.edit("base_url", "http://localhost:8000/v1")
    draft.edit_secret("api_key", Secret("anything-goes"))
    app = StillApp(draft)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        app.screen.query_one("#base_url", Input).value = "http://evil.example/v1"
        await settled(pilot)
        assert value(app, "api_key") == ""
        assert draft.typed_secrets() == {}
        app.screen.query_one("#base_url", Input).value = "http://localhost:8000/v1"
        await settled(pilot, lambda: value(app, "api_key") == "anything-goes")


@pytest.mark.parametrize("state", [KeyringState.NONE, KeyringState.UNRESPONSIVE, KeyringState.REFUSED])
async def test_without_a_keyring_readable_text_has_to_be_chosen(home: Path, state: KeyringState) -> None:
    draft = draft_of(home / "config.toml")
    provider(draft, "anthropic")
    app = StillApp(draft, KeyringStatus(state, ""))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        await write(pilot, KEY)
        for _again in range(3):
            await pilot.press("enter")
            await settled(pilot, lambda: isinstance(app.focused, Places))
        assert (app.screen.name, draft.store) == ("key", None)
        assert "choose with" in str(app.screen.query_one("#keep", Section).render())
        assert MARGIN in str(app.screen.query_one(Places).render())  # where the focus is, though nothing is chosen
        await pilot.press("down", "enter")
        await at(pilot, Step.MODEL)
        assert draft.store is Store.FILE


async def test_what_is_no_provider_is_offered_the_one_that_takes_any_address(home: Path) -> None:
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, Step.PROVIDER)
        await write(pilot, "llamabox")
        screen = app.screen
        assert isinstance(screen, ProviderScreen)
        await settled(pilot, lambda: "No provider of that name" in str(screen.query_one("#brief", Static).content))
        assert [row.id for row in screen.pick_list._rows] == ["openai_compatible"]
        await pilot.press("enter")
        await at(pilot, Step.KEY)
        assert app.draft.provider
        assert app.draft.provider.id == "openai_compatible"


async def test_to_go_on_without_a_key_is_said(home: Path) -> None:
    draft = draft_of(home / "config.toml")
    provider(draft, "anthropic")
    app = StillApp(draft, KeyringStatus(KeyringState.NONE, ""))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        await pilot.press("enter")
        await settled(pilot, lambda: draft.store is Store.ENVIRONMENT)
        assert "No key is typed" in str(app.screen.query_one("#delivery", Static).content)
        await pilot.press("enter")
        await at(pilot, Step.MODEL)


async def test_enter_at_the_places_says_what_is_to_be_pressed_where_it_takes_none(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml", key=KEY), KeyringStatus(KeyringState.NONE, ""))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        await pilot.press("enter")
        await settled(pilot, lambda: app.focused is not None and app.focused.id == "places")
        await pilot.press("enter")
        await settled(pilot, lambda: "↓ chooses" in said(app))
        assert (app.screen.name, app.draft.store) == ("key", None)
        await pilot.press("down")
        await settled(pilot, lambda: app.draft.store is Store.FILE and "↓ chooses" not in said(app))


async def test_a_place_that_was_chosen_for_a_key_that_is_missing_asks_for_the_key(home: Path) -> None:
    draft = draft_of(home / "config.toml")
    provider(draft, "anthropic")
    app = StillApp(draft, KeyringStatus(KeyringState.NONE, ""))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        await pilot.press("enter")
        await settled(pilot, lambda: draft.store is Store.ENVIRONMENT)
        await pilot.press("up", "up")
        await settled(pilot, lambda: draft.store is Store.FILE)
        await pilot.press("enter")
        await settled(pilot, lambda: "Anthropic needs API key" in said(app))
        assert (app.screen.name, app.focused and app.focused.id) == ("key", "api_key")
        await write(pilot, KEY)
        await settled(pilot, lambda: "needs API key" not in said(app))
        await pilot.press("enter")
        await at(pilot, Step.MODEL)


@pytest.mark.parametrize(("downs", "store"), [(1, Store.FILE), (2, Store.CONFIG), (3, Store.ENVIRONMENT)])
async def test_every_place_can_be_chosen(home: Path, downs: int, store: Store) -> None:
    app = StillApp(anthropic_draft(home / "config.toml", key=KEY), KeyringStatus(KeyringState.NONE, ""))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        await pilot.press("enter", *["down"] * downs, "enter")
        await at(pilot, Step.MODEL)
        assert app.draft.store is store


async def test_a_command_is_typed_and_run_before_one_goes_on(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"), KeyringStatus(KeyringState.NONE, ""))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        await pilot.press("enter", "down", "enter")  # past the environment
        await settled(pilot, lambda: app.focused is not None and app.focused.id == "command-api_key")
        await pilot.press("enter")
        await write(pilot, "printf %s sk-ant-no")
        await pilot.press("enter")
        await at(pilot, Step.MODEL)
        assert app.draft.store is Store.COMMAND
        assert app.draft.new_commands() == {app.draft.credential(): "printf %s sk-ant-no"}
        await go(app, pilot, Step.KEY)
        app.screen.query_one("#command-api_key", Input).value = "false"
        app.screen.query_one("#command-api_key", Input).focus()
        await pilot.press("enter")
        await settled(pilot, lambda: "The command false gave no key" in said(app))
        assert app.screen.name == "key"


async def test_enter_waits_for_a_keyring_that_is_still_being_looked_at(home: Path) -> None:
    draft = draft_of(home / "config.toml")
    provider(draft, "anthropic")
    app = StillApp(draft)
    app.desk.keyring_status = None
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        await write(pilot, KEY)
        await pilot.press("enter")
        await settled(pilot)
        app.desk.put_keyring_status(OPEN)
        await at(pilot, Step.MODEL)


async def test_a_key_in_the_environment_is_found_and_used(home: Path) -> None:
    draft = draft_of(home / "config.toml", {"ANTHROPIC_API_KEY": KEY})
    provider(draft, "anthropic")
    app = StillApp(draft)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        await pilot.press("enter", "enter")
        await at(pilot, Step.MODEL)
        assert draft.store is Store.ENVIRONMENT
        assert draft.variable == "ANTHROPIC_API_KEY"


async def test_a_key_cannot_be_copied_out_of_its_field(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml", key=KEY))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        app.screen.query_one("#api_key", Input).focus()
        await pilot.press("ctrl+shift+a", "ctrl+c", "ctrl+x")
        await settled(pilot)
        assert app.clipboard == ""
        assert app.draft.typed_secret() == Secret(KEY)


@pytest.mark.parametrize(
    "paste", [f"\n{KEY}\n", f"  '{KEY}' ", f"export ANTHROPIC_API_KEY={KEY}\r\n", KEY[:12] + "\n" + KEY[12:]]
)
async def test_a_pasted_key_comes_in_whole_and_clean(home: Path, paste: str) -> None:
    draft = draft_of(home / "config.toml")
    provider(draft, "anthropic")
    app = StillApp(draft)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        from textual.events import Paste

        app.post_message(Paste(paste))
        await settled(pilot, lambda: draft.typed_secret() == Secret(KEY))


async def test_a_paste_that_is_no_key_changes_nothing_and_says_so(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml", key=KEY))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        app.screen.query_one("#api_key", Input).focus()
        from textual.events import Paste

        app.post_message(Paste("two words\x00"))
        await settled(pilot, lambda: app.screen.query_one("#api_key").refused is not None)  # type: ignore[attr-defined]
        assert app.draft.typed_secret() == Secret(KEY)


async def test_what_is_typed_with_a_slash_is_taken_as_typed(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.MODEL)
        await write(pilot, "anthropic/claude-next-1")
        await pilot.press("enter", "enter")  # the first one says that nobody knows it
        await at(pilot, Step.OPTIONS)
        assert app.draft.texts["model"] == "anthropic/claude-next-1"


async def test_another_providers_model_changes_provider_and_asks_for_its_key(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.MODEL)
        screen = app.screen
        assert isinstance(screen, ModelScreen)
        screen.take(next(m for m in catalogue().models if m.id == "openai/gpt-4o"))
        await at(pilot, Step.KEY)
        assert app.draft.provider is not None
        assert (app.draft.provider.id, app.draft.texts["model"]) == ("openai", "openai/gpt-4o")


async def test_arrows_and_page_keys_move_between_fields_and_change_choices(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.OPTIONS)
        assert app.focused is not None
        assert app.focused.id == "drop_params"
        await pilot.press("right", "right")
        assert app.draft.texts["drop_params"] == "false"
        await pilot.press("left", "left")
        assert app.draft.texts["drop_params"] == ""
        await pilot.press("down")
        assert app.focused.id == "disable_vision"
        await pilot.press("up")
        assert app.focused.id == "drop_params"
        await pilot.press(*["pagedown"] * 4)
        assert app.focused.id == "embedding_deployment_name"
        await pilot.press(*["pageup"] * 4)
        assert app.focused.id == "drop_params"


async def test_a_preset_sets_all_four_and_a_number_of_ones_own_unsets_it(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.RETRIES)
        app.screen.query_one("#preset").focus()
        await pilot.press("right")
        await settled(pilot, lambda: app.draft.texts["num_retries"] == "5")
        assert [app.draft.texts[k] for k in ("retry_min_wait", "retry_max_wait", "retry_multiplier")] == [
            "8",
            "64",
            "8",
        ]
        app.screen.query_one("#num_retries").focus()
        await pilot.press("7")
        await settled(pilot, lambda: app.screen.query_one("#preset").value == "")  # type: ignore[attr-defined]


async def test_a_wrong_number_is_said_in_its_row_and_blocks_saving(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.RETRIES)
        await pilot.press("x")
        await pilot.press("enter")
        await at(pilot, Step.REVIEW)
        await pilot.press("enter")
        await at(pilot, Step.RETRIES)
        assert not (home / "config.toml").exists()


async def test_ctrl_q_asks_once_when_something_is_unsaved(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, Step.PROVIDER)
        await pilot.press("ctrl+q")
        await settled(pilot, lambda: isinstance(app.screen, QuitDialog))
        await pilot.press("enter")  # the default is to stay
        await at(pilot, Step.PROVIDER)
        await pilot.press("ctrl+q")
        await settled(pilot, lambda: isinstance(app.screen, QuitDialog))
        await pilot.press("ctrl+q")
        await settled(pilot, lambda: app._exit)


async def test_ctrl_s_in_the_quit_question_saves_and_leaves(home: Path) -> None:
    path = home / "config.toml"
    path.write_text(CONFIG)
    app = StillApp(draft_of(path))
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, Step.OVERVIEW)
        app.draft.edit("num_retries", "7")
        await pilot.press("ctrl+q")
        await settled(pilot, lambda: isinstance(app.screen, QuitDialog))
        await pilot.press("ctrl+s")
        await settled(pilot, lambda: app._exit)
        assert "num_retries = 7" in path.read_text()
        assert "Saved [llm]" in str(app.return_value)


async def test_finish_opens_without_a_test(home: Path) -> None:
    path = home / "config.toml"
    path.write_text(CONFIG)
    app = StillApp(draft_of(path))
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, Step.OVERVIEW)
        await pilot.press("ctrl+p")
        await settled(pilot, lambda: app.screen.name != "overview")
        await write(pilot, "finish")
        await pilot.press("enter")
        await settled(pilot, lambda: app.screen.name == "finish")
        assert str(app.screen.query_one("#question").render()).startswith("How do you start OpenHands?")


async def test_help_explains_every_step(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        for step in ORDER:
            await go(app, pilot, step)
            await pilot.press("f1")
            await settled(pilot, lambda: isinstance(app.screen, HelpDialog))
            await pilot.press("escape")
            await at(pilot, step)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 36), (200, 60)])
async def test_no_step_breaks_at_any_size(home: Path, size: tuple[int, int]) -> None:
    app = StillApp(anthropic_draft(home / "config.toml", key=KEY))
    async with app.run_test(size=size) as pilot:
        for step in ORDER:
            await go(app, pilot, step)
            focused = app.focused
            assert focused is None or focused.region.bottom <= size[1] - 1


@pytest.mark.parametrize(("burst", "wanted"), [("\x7f\x7f5", "5"), ("7\x7f9", "9"), ("\x1b[H1\x1b[F2\x7f3", "1153")])
async def test_keys_that_arrive_in_one_burst_act_in_their_order(home: Path, burst: str, wanted: str) -> None:
    """As after a stall of the line: Textual alone would insert what is printable before it deletes."""
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.RETRIES)
        await pilot.press("down")
        for event in XTermParser().feed(burst):
            event.set_sender(app)
            app.post_message(event)
        await settled(pilot, lambda: app.draft.texts["retry_min_wait"] == wanted)
        assert value(app, "retry_min_wait") == wanted


async def test_an_emptied_retry_setting_is_written_as_it_is_shown_then(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.RETRIES)
        await pilot.press("down", "backspace", "ctrl+s")
        await settled(pilot)
        assert app.draft.edits()["retry_min_wait"] == 8  # what OpenHands takes, and the field shows faintly


async def test_without_a_keyring_a_private_file_is_a_deliberate_choice(home: Path) -> None:
    draft = draft_of(home / "config.toml")
    provider(draft, "anthropic")
    draft.edit("model", "anthropic/claude-haiku-4-5-20251001")
    app = StillApp(draft, KeyringStatus(KeyringState.NONE, ""))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        await write(pilot, KEY)
        await pilot.press("enter", "down", "enter")
        await at(pilot, Step.MODEL)
        assert draft.store is Store.FILE
        await go(app, pilot, Step.REVIEW)
        await pilot.press("enter")
        await at(pilot, Step.TEST)
    kept = home / ".config" / "llm-setup" / "anthropic.env"
    assert kept.read_text() == f"LLM_API_KEY={KEY}\n"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert KEY not in (home / "config.toml").read_text()


async def test_a_file_that_would_be_committed_is_warned_of(home: Path) -> None:
    from tools.programs import require_program

    git = await asyncio.create_subprocess_exec(require_program("git"), "init", "-q", home)
    await git.wait()
    app = StillApp(anthropic_draft(home / "config.toml", key=KEY))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        app.screen.query_one(Places).focus()
        await pilot.press("down")
        said = app.screen.query_one("#committed", Remark)
        await settled(pilot, lambda: "git does not ignore this file" in str(said.content))
        await pilot.press("up")
        await settled(pilot, lambda: not said.display)


async def test_a_base_url_is_put_right_once_and_it_is_said_how(home: Path) -> None:
    draft = draft_of(home / "config.toml")
    provider(draft, "ollama")
    app = StillApp(draft)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        await write(pilot, "localhost:11434/v1")
        assert value(app, "base_url") == "localhost:11434/v1"  # not while it is being typed
        await pilot.press("down")
        await settled(pilot, lambda: value(app, "base_url") == "http://localhost:11434")
        assert app.draft.texts["base_url"] == "http://localhost:11434"
        remark = app.screen.query_one("#problem", Remark)
        await settled(pilot, lambda: "http:// was put in front. /v1 was taken off" in str(remark.content))
        await pilot.press("up", "end")
        await write(pilot, "/v1")
        await pilot.press("down")
        await settled(pilot, lambda: value(app, "base_url") == "http://localhost:11434")
        await pilot.press("up", "end")
        await write(pilot, "/v1")
        await pilot.press("down")
        await settled(pilot)
        assert value(app, "base_url") == "http://localhost:11434/v1"  # typed again, it is meant so


@pytest.mark.parametrize("step", list(ORDER))
@pytest.mark.parametrize("width", [60, 80])
async def test_the_row_of_keys_always_names_the_way_out(home: Path, step: Step, width: int) -> None:
    (home / "config.toml").write_text(CONFIG)
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(width, 24)) as pilot:
        await go(app, pilot, step)
        shown = str(app.screen.query_one(KeyBar).render())
        assert shown.startswith("esc")
        assert "enter" in shown
        assert shown.rstrip().endswith("^q Quit")
        assert len(shown.rstrip()) <= width - 2


async def test_a_notice_stands_there_once(home: Path) -> None:
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: isinstance(app.screen, ProviderScreen))
        await pilot.press("ctrl+s", "ctrl+s", "ctrl+s")
        await settled(pilot)
        assert [notice.message for notice in app._notifications] == [
            "Review opens when Provider is done. Enter goes on from here."
        ]


async def test_a_page_that_never_rests_is_painted_all_the_same(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.step.MOST_TURNS", 5)
    restless = property(lambda _self: True, lambda _self, _value: None)
    monkeypatch.setattr(ProviderScreen, "_layout_required", restless, raising=False)
    shown = asyncio.Event()

    class WaitingApp(StillApp):
        def on_page_shown(self) -> None:
            shown.set()

    async with WaitingApp(draft_of(home / "config.toml")).run_test(size=(80, 24)), asyncio.timeout(LIMIT):
        await shown.wait()
