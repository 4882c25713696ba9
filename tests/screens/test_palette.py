"""What Ctrl+P opens: found by a part of its name, done by Enter; it takes keys before its list is laid out."""

from pathlib import Path

from tools.pictures import StillApp, anthropic_draft, draft_of, settled

from tui.commands.language import chosen
from tui.screens.dialogs import HelpDialog
from tui.screens.palette import Commands

CONFIG = '[core]\n[llm]\nmodel = "anthropic/claude-sonnet-4-6"\n'


async def test_a_command_is_found_by_parts_of_its_name_and_its_words(home: Path) -> None:
    (home / "config.toml").write_text(CONFIG)
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: app.screen.name == "overview")
        for typed, name in (
            ("retr", "Go to Retries"),
            ("file as", "Undo the last save"),
            ("prices", "Refresh the catalogue"),
        ):
            await pilot.press("ctrl+p")
            await settled(pilot, lambda: isinstance(app.screen, Commands))
            assert isinstance(app.screen, Commands)
            app.screen.query_one("#search").value = typed  # type: ignore[attr-defined]
            await settled(pilot)
            assert app.screen.rows.chosen
            assert app.screen.rows.chosen.name == name
            await pilot.press("escape")
            await settled(pilot, lambda: app.screen.name == "overview")


async def test_what_is_highlighted_is_done_over_the_page(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p", "h", "e", "l", "p", "enter")
        await settled(pilot, lambda: isinstance(app.screen, HelpDialog))
        await pilot.press("escape")


async def test_what_no_command_is_called_does_nothing(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p", "q", "q", "q", "enter", "down", "pagedown", "up", "pageup", "enter")
        await settled(pilot)
        assert isinstance(app.screen, Commands)
        await pilot.press("escape")


async def test_another_theme_is_taken_and_remembered(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.action_change_theme()
        await settled(pilot, lambda: isinstance(app.screen, Commands))
        await pilot.press("n", "o", "r", "d", "enter")
        await settled(pilot, lambda: app.theme == "nord")
        assert app.draft.own.preference("theme") == "nord"


async def test_it_opens_once(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p", "ctrl+p")
        await settled(pilot)
        assert sum(isinstance(screen, Commands) for screen in app.screen_stack) == 1
        await pilot.press("escape")


async def test_another_language_is_remembered_for_the_next_start(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert chosen([]) == "en"
        for name, language in (("简体中文", "zh_CN"), ("English", "en"), ("As the locale", "")):
            app.action_choose_language()
            await settled(pilot, lambda: isinstance(app.screen, Commands))
            app.screen.query_one("#search").value = name  # type: ignore[attr-defined]
            await pilot.press("enter")
            await settled(pilot, lambda: not isinstance(app.screen, Commands))
            assert app.draft.own.preference("language") == language
            assert chosen([]) == (language or "en")
