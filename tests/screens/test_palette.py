"""What Ctrl+P opens takes keys before its list is laid out, the list of themes too."""

from pathlib import Path

from textual.command import CommandList
from textual.widgets.option_list import Option
from tools.pictures import StillApp, anthropic_draft, settled

from tui.screens.palette import Commands


async def test_page_up_before_the_list_is_laid_out_does_not_end_the_program(home: Path) -> None:
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for opens in (app.action_command_palette, app.action_change_theme):
            opens()
            await settled(pilot)
            palette = app.screen
            assert isinstance(palette, Commands)
            commands = palette.query_one(CommandList)
            commands.set_options([Option("one"), Option("two")])
            commands.highlighted = 1
            commands._clear_caches()
            commands.display = False
            await settled(pilot)
            for action in ("page_up", "page_down", "cursor_up", "last"):
                palette._action_command_list(action)
            await pilot.press("escape")
            await settled(pilot)
