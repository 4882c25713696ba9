"""Groups are opened, begun, copied, renamed and removed."""

from pathlib import Path

import pytest
from tools.fake_host import FakeHost, desk_at

from tui.screens.messages import Move
from tui.widgets.steps import Step
from tui.wizard.groups import Groups

CONFIG = """\
[core]
[llm]
model = "anthropic/claude-x"
[llm.cheap]
model = "openai/gpt-4o-mini"
temperature = 0.5
[agent.CodeActAgent]
llm_config = "cheap"
"""


def text_of(path: Path) -> str:
    return path.read_text()


@pytest.fixture
def config(home: Path) -> Path:
    (home / "config.toml").write_text(CONFIG)
    return home / "config.toml"


async def test_a_group_is_opened(config: Path) -> None:
    desk, host = desk_at(config), FakeHost()
    await Groups(desk, host).change("open", "llm.cheap")
    assert (desk.draft.group, host.shown) == ("llm.cheap", [Step.OVERVIEW])


@pytest.mark.parametrize(("what", "temperature"), [("add", ""), ("copy", "0.5")])
async def test_a_new_group_begins_empty_or_with_the_settings_of_another(
    config: Path, what: str, temperature: str
) -> None:
    desk, host = desk_at(config), FakeHost("new")
    await Groups(desk, host).change(what, "llm.cheap")
    assert (desk.draft.group, desk.draft.texts["temperature"]) == ("llm.new", temperature)
    assert host.moves == [Move(Step.PROVIDER)]
    assert text_of(config) == CONFIG


@pytest.mark.parametrize(("what", "answer"), [
    ("add", ""), ("add", None), ("copy", ""), ("rename", ""), ("rename", None), ("rename", "cheap"), ("remove", False),
])  # fmt: skip
async def test_escape_changes_nothing(config: Path, what: str, answer: object) -> None:
    desk, host = desk_at(config), FakeHost(answer)
    await Groups(desk, host).change(what, "llm.cheap")
    assert (desk.draft.group, host.shown, host.moves, host.said) == ("llm", [], [], [])
    assert text_of(config) == CONFIG


async def test_a_group_is_renamed_in_the_file_and_what_still_names_it_is_said(config: Path) -> None:
    desk, host = desk_at(config), FakeHost("small")
    await Groups(desk, host).change("rename", "llm.cheap")
    assert "[llm.small]" in text_of(config)
    assert (desk.draft.group, host.shown) == ("llm.small", [Step.OVERVIEW])
    assert ["cheap" in sentence for sentence in host.said] == [True]


async def test_a_group_is_removed_from_the_file(config: Path) -> None:
    desk, host = desk_at(config), FakeHost(True)
    desk.drafts.open("llm.cheap")
    await Groups(desk, host).change("remove", "llm.cheap")
    assert "[llm.cheap]" not in text_of(config)
    assert (desk.draft.group, host.shown) == ("llm", [Step.OVERVIEW])


@pytest.mark.parametrize(("what", "answer", "group"), [("rename", "later", "llm.later"), ("remove", True, "llm")])
async def test_a_group_that_is_not_in_the_file_yet_changes_without_it(
    config: Path, what: str, answer: object, group: str
) -> None:
    desk, host = desk_at(config), FakeHost(answer)
    desk.drafts.add("new")
    await Groups(desk, host).change(what, "llm.new")
    assert (desk.draft.group, desk.drafts.of("llm.new")) == (group, None)
    assert text_of(config) == CONFIG


async def test_a_file_that_cannot_be_read_any_more_is_said(config: Path, home: Path) -> None:
    desk, host = desk_at(config), FakeHost("small")
    (home / "config.toml").write_text("[llm\n")
    await Groups(desk, host).change("rename", "llm.cheap")
    assert (len(host.said), host.shown) == (1, [])
    assert text_of(config) == "[llm\n"
