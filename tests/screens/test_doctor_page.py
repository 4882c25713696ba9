"""The palette's Doctor: what it saw, over the present page."""

from pathlib import Path

from tools.pictures import StillApp

from tui.config_file.document import read_config
from tui.drafts.draft import Draft
from tui.drafts.own_settings import OwnSettings
from tui.screens.dialogs import HelpDialog
from tui.wizard.palette import commands


async def test_doctor_is_in_the_palette_and_says_what_it_saw(home: Path, monkeypatch) -> None:
    monkeypatch.setattr("tui.doctor.network.LIMIT", 0.1)
    path = home / "config.toml"
    path.write_text('[core]\n[llm]\nmodel = "ollama/x"\nbase_url = "http://127.0.0.1:9"\n')
    app = StillApp(Draft(read_config(path), OwnSettings(), {}))
    async with app.run_test(size=(80, 24)) as pilot:
        (command,) = [each for each in commands(app) if each.name == "Doctor"]
        command.run()
        while not isinstance(app.screen, HelpDialog):
            await pilot.pause(0.01)
        shown = "\n".join(str(each.render()) for each in app.screen.query("Static"))
        assert "127.0.0.1:9 cannot be reached" in shown
        await pilot.press("escape")
        assert not isinstance(app.screen, HelpDialog)
