"""The command that is to give a key is run before it is relied on."""

from pathlib import Path

import pytest
from tools.fake_host import KEY, desk_at

from tui.credentials.store import Store
from tui.wizard.key_access import KeyCommandCheck


@pytest.mark.parametrize(("command", "said"), [("printf sk-ant-0123456789", ""), ("exit 3", "3")])
async def test_the_key_step_hears_why_there_is_no_key_or_that_there_is_one(home: Path, command: str, said: str) -> None:
    desk = desk_at(home / "config.toml", key=KEY)
    desk.draft.forget_secrets()
    desk.draft.store = Store.COMMAND
    desk.draft.commands[desk.draft.credential()] = command
    heard: list[str] = []
    desk.command_tried.subscribe(heard.append)
    await KeyCommandCheck(desk).check()
    (problem,) = heard
    assert (problem == "") == (said == "")
    assert said in problem
