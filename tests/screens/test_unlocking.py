"""A locked keyring is unlocked on the Key step: with a real one."""

from pathlib import Path

import pytest
from textual.widgets import Input
from tools.pictures import StillApp, catalogue, draft_of, open_all, settled
from tools.secret_service import SecretService

from tui.base.secret import Secret
from tui.credentials.keyring_client import Keyring
from tui.credentials.keyring_state import KeyringState, KeyringStatus
from tui.credentials.store import Store
from tui.screens.messages import Move
from tui.screens.unlock import CreateDialog, UnlockDialog
from tui.widgets.choice_list import Places
from tui.widgets.remark import Remark
from tui.widgets.steps import Step

KEY = "sk-ant-api03-0123XyZ4"


async def test_a_wrong_password_is_said_and_the_right_one_goes_on(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    service = SecretService("locked")
    with service as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        draft = draft_of(home / "config.toml")
        draft.choose_provider(next(p for p in catalogue().providers if p.id == "anthropic"))
        draft.edit_secret("api_key", Secret(KEY))
        app = StillApp(draft, KeyringStatus(KeyringState.LOCKED, "GNOME Keyring"))
        app.desk.keyring = Keyring()
        open_all(app, Step.KEY)
        async with app.run_test(size=(80, 24)) as pilot:
            app.on_move(Move(Step.KEY))
            await settled(pilot, lambda: app.screen.name == "key")
            await pilot.press("enter")  # to the choice of a place, the keyring first
            await pilot.press("enter")
            await settled(pilot, lambda: isinstance(app.screen, UnlockDialog))
            app.screen.query_one("#password", Input).value = "not this one"
            await pilot.press("enter")
            await settled(pilot, lambda: isinstance(app.screen, UnlockDialog) and app.screen.query_one(Remark).display)
            app.screen.query_one("#password", Input).value = service.password
            await pilot.press("enter")
            await settled(pilot, lambda: app.screen.name == "model")
            assert draft.store is Store.KEYRING
            assert (await app.desk.keyring.look()).state is KeyringState.OPEN


async def test_a_first_keyring_is_made_with_a_password_typed_twice(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with SecretService("nodefault") as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        draft = draft_of(home / "config.toml")
        draft.choose_provider(next(p for p in catalogue().providers if p.id == "anthropic"))
        draft.edit_secret("api_key", Secret(KEY))
        app = StillApp(draft, KeyringStatus(KeyringState.NO_DEFAULT, "GNOME Keyring"))
        app.desk.keyring = Keyring()
        open_all(app, Step.KEY)
        async with app.run_test(size=(80, 24)) as pilot:
            app.on_move(Move(Step.KEY))
            await settled(pilot, lambda: app.screen.name == "key")
            await pilot.press("enter", "enter")
            await settled(pilot, lambda: isinstance(app.screen, CreateDialog))
            for first, again, sentence in (("", None, "readable text"), ("one", "two", "not the same")):
                app.screen.query_one("#password", Input).value = first
                await pilot.press("enter")
                if again:
                    app.screen.query_one("#again", Input).value = again
                    await pilot.press("enter")
                await settled(pilot, lambda sentence=sentence: sentence in str(app.screen.query_one(Remark).content))
            app.screen.query_one("#password", Input).value = "one"
            await pilot.press("enter")
            app.screen.query_one("#again", Input).value = "one"
            await pilot.press("enter")
            await settled(pilot, lambda: app.screen.name == "model")
            assert draft.store is Store.KEYRING
            assert (await app.desk.keyring.look()).state is KeyringState.OPEN


async def test_escape_keeps_the_key_in_memory(home: Path) -> None:
    draft = draft_of(home / "config.toml")
    draft.choose_provider(next(p for p in catalogue().providers if p.id == "anthropic"))
    draft.edit_secret("api_key", Secret(KEY))
    app = StillApp(draft, KeyringStatus(KeyringState.LOCKED, "GNOME Keyring"))
    open_all(app, Step.KEY)
    async with app.run_test(size=(80, 24)) as pilot:
        app.on_move(Move(Step.KEY))
        await settled(pilot, lambda: app.screen.name == "key")
        await pilot.press("enter", "enter")
        await settled(pilot, lambda: isinstance(app.screen, UnlockDialog))
        await pilot.press("escape")
        await settled(pilot, lambda: app.screen.name == "key")
        assert draft.typed_secret() == Secret(KEY)


async def test_a_locked_keyring_that_answers_after_enter_is_where_one_goes_on(home: Path) -> None:
    draft = draft_of(home / "config.toml")
    draft.choose_provider(next(p for p in catalogue().providers if p.id == "anthropic"))
    draft.edit_secret("api_key", Secret(KEY))
    app = StillApp(draft)
    app.desk.keyring_status = None
    open_all(app, Step.KEY)
    async with app.run_test(size=(80, 24)) as pilot:
        app.on_move(Move(Step.KEY))
        await settled(pilot, lambda: app.screen.name == "key")
        await pilot.press("enter")
        problem = app.screen.query_one("#problem", Remark)
        await settled(pilot, lambda: "has not answered yet" in str(problem.content))
        app.desk.put_keyring_status(KeyringStatus(KeyringState.LOCKED, "GNOME Keyring"))
        await settled(pilot, lambda: isinstance(app.focused, Places))
        assert not problem.display
        await pilot.press("enter")
        await settled(pilot, lambda: isinstance(app.screen, UnlockDialog))
