"""The doctor's look from the palette: the lines of the command, in a dialog."""

from pathlib import Path

from tools.fake_host import FakeHost

from tui.config_file.document import read_config
from tui.drafts.draft import Draft
from tui.drafts.own_settings import OwnSettings
from tui.screens.desk import Desk
from tui.screens.dialogs import HelpDialog, ReportDialog
from tui.wizard.doctor import Doctor

KEY = "sk-ant-api03-Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg"


async def test_what_was_seen_is_shown(home: Path, monkeypatch) -> None:
    monkeypatch.setattr("tui.doctor.network.LIMIT", 0.1)
    path = home / "config.toml"
    path.write_text('[core]\n[llm]\nmodel = "ollama/x"\nbase_url = "http://127.0.0.1:9"\ntemperature = 7.0\n')
    path.write_text(path.read_text() + f"[{KEY}]\n")
    desk, host = Desk.of(Draft(read_config(path), OwnSettings(), {})), FakeHost(None)
    await Doctor(desk, host).look()
    (dialog,) = host.asked
    assert isinstance(dialog, HelpDialog)
    assert "! ~/config.toml:5: [llm]: temperature must be" in dialog._text
    assert "127.0.0.1:9 cannot be reached" in dialog._text
    assert KEY not in dialog._text
    assert "1 error, " in dialog.sentences[0]
    await desk.close()


async def test_the_report_is_shown_before_it_can_be_copied_and_holds_no_key(home: Path, monkeypatch) -> None:
    monkeypatch.setattr("tui.doctor.network.LIMIT", 0.1)
    path = home / "config.toml"
    path.write_text(f'[core]\n[llm]\nmodel = "anthropic/claude-sonnet-4-5"\nnum_retries = 3\napi_key = "{KEY}"\n')
    desk, host = Desk.of(Draft(read_config(path), OwnSettings(), {})), FakeHost(None)
    await Doctor(desk, host).report()
    (dialog,) = host.asked
    assert isinstance(dialog, ReportDialog)
    assert dialog._text.startswith("### llm-setup report\n")
    assert "| num_retries | 3 |" in dialog._text
    assert KEY not in dialog._text
    assert str(home) not in dialog._text
    await desk.close()
