"""What is typed is on the disk while it is edited, and the next start goes on with it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tools.fake_host import KEY, FakeHost, desk_at

from tui.openhands.targets.target import targets
from tui.screens.desk import Desk
from tui.widgets.steps import Step
from tui.wizard.navigation import Navigation
from tui.wizard.resume import Resume

CONFIG = '[core]\n[llm]\nmodel = "anthropic/claude-x"\nnum_retries = 8\n'


class Run:
    """One run of the program, as far as it is about this."""

    def __init__(self, config: Path) -> None:
        self.desk = desk_at(config)
        self.host = FakeHost()
        self.timers: list[Callable[[], None]] = []
        navigation = Navigation(self.desk, lambda _page: None, self.host.notify)
        navigation.page = None
        self.resume = Resume(self.desk, self.host, navigation, lambda _seconds, call: self.timers.append(call))


def kept(home: Path) -> list[str]:
    """What lies on the disk."""
    return [path.read_text() for path in (home / ".state/llm-setup/drafts").glob("*")]


def cut_off(config: Path, edit: Callable[[Desk], object]) -> None:
    """Another process edits, and is killed."""
    child = os.fork()
    if child == 0:
        run = Run(config)
        edit(run.desk)
        run.resume.keep()
        os._exit(0)
    os.waitpid(child, 0)


def edit(desk: Desk) -> None:
    desk.draft.edit("num_retries", "5")


def test_many_keys_are_one_write_and_one_more(home: Path) -> None:
    (home / "config.toml").write_text(CONFIG)
    run = Run(home / "config.toml")
    for _key in range(5):
        run.resume.keep_soon()
    assert len(run.timers) == 1
    edit(run.desk)
    run.timers.pop()()
    assert len(run.timers) == 1  # of the keys behind the first
    run.timers.pop()()
    assert run.timers == []
    assert ["num_retries" in text for text in kept(home)] == [True]


def test_the_next_start_asks_and_goes_on(home: Path) -> None:
    config = home / "config.toml"
    config.write_text(CONFIG)
    cut_off(config, edit)
    run = Run(config)
    assert run.resume.stopped
    drafts = run.resume.stopped.drafts(run.desk.draft)
    run.resume.keep()
    assert len(kept(home)) == 1  # nothing is decided yet
    run.resume.answer(drafts, go_on=True)
    assert run.desk.draft.texts["num_retries"] == "5"
    assert run.host.shown == [Step.TEST]
    assert len(kept(home)) == 1
    run.resume.answer(drafts, go_on=False)  # answered once
    assert run.host.shown == [Step.TEST]


def test_beginning_anew_forgets_it(home: Path) -> None:
    config = home / "config.toml"
    config.write_text(CONFIG)
    cut_off(config, edit)
    run = Run(config)
    assert run.resume.stopped
    run.resume.answer(run.resume.stopped.drafts(run.desk.draft), go_on=False)
    assert (run.desk.draft.texts["num_retries"], run.host.shown) == ("8", [Step.OVERVIEW])
    run.resume.leave()
    assert kept(home) == []


def test_a_key_that_was_typed_is_not_kept_and_it_is_said(home: Path) -> None:
    config = home / "config.toml"
    config.write_text(CONFIG)
    cut_off(config, lambda desk: (edit(desk), desk.draft.edit_secret("api_key", KEY)))
    assert all(KEY.reveal() not in text for text in kept(home))
    run = Run(config)
    assert run.resume.stopped
    run.resume.answer(run.resume.stopped.drafts(run.desk.draft), go_on=True)
    assert run.host.said == ["The API key was not kept: type it again on Key."]


def test_leaving_keeps_what_is_unsaved_and_nothing_else(home: Path) -> None:
    config = home / "config.toml"
    config.write_text(CONFIG)
    run = Run(config)
    run.resume.keep()
    run.resume.leave()
    assert kept(home) == []
    run = Run(config)
    edit(run.desk)
    run.resume.leave()
    assert len(kept(home)) == 1
    run.resume.keep()  # a timer that was still running
    assert len(kept(home)) == 1


def test_a_disk_that_takes_nothing_is_said_once(home: Path) -> None:
    config = home / "config.toml"
    config.write_text(CONFIG)
    (home / ".state").write_text("in the way")
    run = Run(config)
    for number in "345":
        run.desk.draft.edit("num_retries", number)
        run.resume.keep()
    assert ["is not kept" in sentence for sentence in run.host.said] == [True]


def go_over_to_the_cli(desk: Desk) -> None:
    """As Ctrl+O does."""
    desk.drafts.rebase(targets()["cli"].read(targets()["cli"].locate()))


@pytest.mark.parametrize("kept_before", [True, False])
def test_what_is_typed_after_another_program_was_chosen_is_offered_for_its_file_and_for_no_other(
    home: Path, kept_before: bool
) -> None:
    config = home / "config.toml"
    config.write_text(CONFIG)
    child = os.fork()
    if child == 0:
        run = Run(config)
        edit(run.desk)
        if kept_before:
            run.resume.keep()
        go_over_to_the_cli(run.desk)
        run.desk.draft.edit("temperature", "0.7")
        run.resume.keep()
        os._exit(0)
    os.waitpid(child, 0)
    assert Run(config).resume.stopped is None
    stopped = Run(targets()["cli"].locate()).resume.stopped
    assert stopped
    assert stopped.groups["llm"]["typed"]["temperature"] == "0.7"
    assert len(kept(home)) == 1


def test_leaving_the_file_of_another_program_with_nothing_typed_leaves_nothing(home: Path) -> None:
    (home / "config.toml").write_text(CONFIG)
    (home / ".openhands").mkdir()
    (home / ".openhands/agent_settings.json").write_text('{"llm": {"model": "anthropic/claude-x"}}')
    run = Run(home / "config.toml")
    run.resume.keep()
    go_over_to_the_cli(run.desk)
    run.resume.keep()
    run.resume.leave()
    assert kept(home) == []
