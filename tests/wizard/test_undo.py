"""The last save is taken back after a yes."""

from pathlib import Path

import pytest
from tools.fake_host import KEY, FakeHost, desk_at

from tui.credentials.store import Store
from tui.widgets.steps import Step
from tui.wizard.save import Save
from tui.wizard.undo import Undo

CONFIG = '[core]\n[llm]\nmodel = "anthropic/claude-x"\n'


@pytest.mark.parametrize("yes", [True, False])
async def test_the_file_is_put_back(home: Path, yes: bool) -> None:
    path = home / "config.toml"
    path.write_text(CONFIG)
    desk, host = desk_at(path), FakeHost(yes)
    desk.draft.edit("temperature", "0.7")
    await Save(desk, host).save()
    await Undo(desk, host).undo()
    assert host.dialogs == ["ChoiceDialog"]
    assert (path.read_text() == CONFIG) is yes
    assert host.shown == [Step.TEST, Step.OVERVIEW][: 1 + yes]
    assert (desk.last_save is None) is yes


async def test_a_file_that_was_not_there_is_removed(home: Path) -> None:
    desk, host = desk_at(home / "config.toml", key=KEY), FakeHost(True)
    desk.draft.store = Store.FILE
    await Save(desk, host).save()
    await Undo(desk, host).undo()
    assert not (home / "config.toml").exists()
    assert host.shown[-1] is Step.PROVIDER
    assert host.said == ["The file was removed: it did not exist before the last save."]


async def test_without_a_save_there_is_nothing_to_undo(home: Path) -> None:
    desk, host = desk_at(home / "config.toml"), FakeHost()
    await Undo(desk, host).undo()
    assert (len(host.said), host.asked, host.shown) == (1, [], [])
