"""What Save leads to: the test, a question, a problem on Review, or a merge with what somebody else saved."""

import asyncio
from pathlib import Path

import pytest
from tools.fake_host import KEY, FakeHost, FakeKeyring, desk_at

from tui.base.errors import SetupError
from tui.config_file.replacement import NeedsInPlace
from tui.credentials.store import Store
from tui.saving.transaction import Saved
from tui.screens.desk import Desk
from tui.screens.messages import Move
from tui.widgets.steps import Step
from tui.wizard.save import Save

CONFIG = '[core]\n[llm]\nmodel = "anthropic/claude-x"\nnum_retries = 8\ntemperature = 0.5\n'


def failures(desk: Desk) -> list[SetupError]:
    """What an open Review is told."""
    heard: list[SetupError] = []
    desk.save_failed.subscribe(heard.append)
    return heard


async def test_saved_leads_to_the_test_which_says_where(home: Path) -> None:
    desk, host = desk_at(home / "config.toml", key=KEY), FakeHost()
    desk.draft.store = Store.KEYRING
    await Save(desk, host).save()
    assert 'model = "anthropic/claude-x"' in (home / "config.toml").read_text()
    assert (host.shown, host.said, host.asked) == ([Step.TEST], [], [])
    assert desk.saved_groups == ["llm"]
    assert "Saved [llm] in ~/config.toml" in desk.saved_words
    assert desk.last_save
    assert desk.last_save.store is Store.KEYRING
    assert not desk.journey.first_run
    assert not desk.draft.dirty


async def test_nothing_to_save_goes_on_to_the_test(home: Path) -> None:
    (home / "config.toml").write_text(CONFIG)
    desk, host = desk_at(home / "config.toml"), FakeHost()
    await Save(desk, host).save()
    assert host.moves == [Move(Step.TEST, passed=Step.REVIEW)]
    assert (host.shown, desk.last_save) == ([], None)


async def test_a_keyring_that_refuses_is_said_on_review_and_nothing_is_written(home: Path) -> None:
    desk, host = desk_at(home / "config.toml", FakeKeyring(refuses=True), key=KEY), FakeHost()
    desk.draft.store = Store.KEYRING
    heard = failures(desk)
    await Save(desk, host).save()
    assert [error.field for error in heard] == ["api_key"]
    assert (host.shown, host.said) == ([], [])
    assert not (home / "config.toml").exists()
    assert desk.draft.typed_secret() == KEY


async def test_it_is_said_in_a_corner_when_review_was_left(home: Path) -> None:
    desk, host = desk_at(home / "config.toml", FakeKeyring(refuses=True), key=KEY), FakeHost()
    desk.draft.store = Store.KEYRING
    await Save(desk, host).save()
    assert len(host.said) == 1


async def test_what_nobody_foresaw_is_said_as_well(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def save(*_words: object, **_named: object) -> Saved:
        raise ZeroDivisionError

    monkeypatch.setattr("tui.saving.transaction.save", save)
    desk = desk_at(home / "config.toml", key=KEY)
    heard = failures(desk)
    await Save(desk, FakeHost()).save()
    assert ["ZeroDivisionError" in str(error) for error in heard] == [True]


@pytest.mark.parametrize("yes", [True, False])
async def test_a_file_that_cannot_be_replaced_is_written_in_place_after_a_yes(
    home: Path, monkeypatch: pytest.MonkeyPatch, yes: bool
) -> None:
    tries: list[bool] = []

    async def save(*_words: object, in_place: bool) -> Saved:
        tries.append(in_place)
        if not in_place:
            raise NeedsInPlace("It is mounted by itself.")
        return Saved(1, None)

    monkeypatch.setattr("tui.saving.transaction.save", save)
    desk, host = desk_at(home / "config.toml", key=KEY), FakeHost(yes)
    await Save(desk, host).save()
    assert tries == ([False, True] if yes else [False])
    assert host.dialogs == ["ChoiceDialog"]
    assert host.shown == ([Step.TEST] if yes else [])


async def test_what_somebody_else_saved_is_merged_and_looked_at_first(home: Path) -> None:
    path = home / "config.toml"
    path.write_text(CONFIG)
    desk, host = desk_at(path), FakeHost()
    desk.draft.edit("temperature", "0.7")
    path.write_text(CONFIG.replace("= 8", "= 6"))
    await Save(desk, host).save()
    assert (host.shown, host.asked) == ([Step.REVIEW], [])
    assert "1 change of theirs" in desk.remark
    assert path.read_text() == CONFIG.replace("= 8", "= 6")
    assert (desk.draft.texts["num_retries"], desk.draft.texts["temperature"]) == ("6", "0.7")
    await Save(desk, host).save()
    assert host.shown == [Step.REVIEW, Step.TEST]
    assert "temperature = 0.7" in path.read_text()


@pytest.mark.parametrize(("take_theirs", "kept"), [(True, "0.9"), (False, "0.7"), (None, "0.7")])
async def test_where_both_changed_the_same_the_user_decides(home: Path, take_theirs: bool | None, kept: str) -> None:
    path = home / "config.toml"
    path.write_text(CONFIG)
    desk, host = desk_at(path), FakeHost(take_theirs)
    desk.draft.edit("temperature", "0.7")
    path.write_text(CONFIG.replace("0.5", "0.9"))
    await Save(desk, host).save()
    assert host.dialogs == ["ClashDialog"]
    assert desk.draft.texts["temperature"] == kept
    assert desk.remark.startswith(f"Somebody else saved the file meanwhile; {int(bool(take_theirs))} change")
    assert host.shown == [Step.REVIEW]


async def test_a_save_goes_on_when_nobody_waits_for_it_and_is_waited_for_at_the_end(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, done = asyncio.Event(), []

    async def save(*_words: object, **_named: object) -> Saved:
        await may_go_on.wait()
        done.append(1)
        return Saved(1, None)

    monkeypatch.setattr("tui.saving.transaction.save", save)
    desk, host = desk_at(home / "config.toml", key=KEY), FakeHost()
    part = Save(desk, host)
    waiting = asyncio.create_task(part.save())
    await asyncio.sleep(0)
    await part.save()  # pressed again: one is enough
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    may_go_on.set()
    await part.finish()
    assert (done, host.shown) == ([1], [])
