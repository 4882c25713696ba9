"""The way from step to step, and out."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tools.fake_host import KEY, FakeHost, desk_at
from tools.pictures import draft_of

from tui.base.errors import SetupError
from tui.credentials.store import Store
from tui.handover.start import Launcher, Release, start_line
from tui.saving.transaction import Saved
from tui.screens.desk import Desk, Signal
from tui.screens.dialogs import QuitAnswer
from tui.screens.messages import Move
from tui.widgets.steps import ORDER, Step
from tui.wizard.finish import Finish
from tui.wizard.model_lists import CatalogueRefresh
from tui.wizard.navigation import Navigation
from tui.wizard.quit import Quit
from tui.wizard.resume import Resume
from tui.wizard.save import Save

if TYPE_CHECKING:
    from textual.screen import Screen


class Way(Navigation):
    """Writes down what it shows."""

    def __init__(self, config: Path) -> None:
        self.desk = desk_at(config)
        self.pages: list[Screen[None]] = []
        self.said: list[str] = []
        super().__init__(self.desk, self.pages.append, self.said.append)

    @property
    def names(self) -> list[str | None]:
        return [page.name for page in self.pages]


def test_a_step_that_is_not_open_leads_to_the_one_that_is_missing(home: Path) -> None:
    way = Way(home / "config.toml")
    way.go(Move(Step.REVIEW))
    assert (way.names, way.said) == (["provider"], ["Review opens when Provider is done. Enter goes on from here."])
    way.go(Move(Step.REVIEW))
    assert len(way.pages) == 1  # it is shown already
    assert len(way.said) == 2


def test_a_step_is_shown_with_the_field_that_one_came_for(home: Path) -> None:
    way = Way(home / "config.toml")
    way.desk.journey.passed = {*ORDER}
    shown: list[Step] = []
    way.desk.step_shown.subscribe(shown.append)
    way.go(Move(Step.OPTIONS, aim="temperature"))
    assert way.page is way.pages[-1]
    assert way.page.aim == "temperature"
    assert shown == [Step.OPTIONS]
    way.go(Move(Step.OPTIONS))
    assert len(way.pages) == 1
    way.show(Step.OPTIONS)
    assert len(way.pages) == 2


def test_finish_opens_with_the_answers_of_the_last_time(home: Path) -> None:
    desk, host = desk_at(home / "config.toml", key=KEY), FakeHost()
    Finish(desk, host).remember(Launcher.COMMAND_LINE, next(iter(Release)))
    Finish(desk, host).open()
    (page,) = host.opened
    assert (page._launcher, page._release) == (Launcher.COMMAND_LINE, next(iter(Release)))


def quit_part(desk: Desk, host: FakeHost, ended: list[str]) -> Quit:
    resume = Resume(desk, host, Navigation(desk, print, print), print)
    return Quit(desk, host, resume, Save(desk, host), lambda line, **_more: ended.append(line))


@pytest.mark.parametrize("saved", [None, Saved(1, None)])
@pytest.mark.parametrize("answer", [QuitAnswer.LEAVE, QuitAnswer.STAY, None])
async def test_quitting_asks_where_something_is_unsaved(
    home: Path, answer: QuitAnswer | None, saved: Saved | None
) -> None:
    desk, host, ended, leaves = desk_at(home / "config.toml", key=KEY), FakeHost(answer), [], answer is QuitAnswer.LEAVE
    desk.last_save = saved
    way = Navigation(desk, print, print)
    leaving = Quit(
        desk, host, Resume(desk, host, way, print), Save(desk, host), lambda line, **_more: ended.append(line)
    )
    await leaving.quit()
    assert host.dialogs == ["QuitDialog"]
    assert [bool(line) for line in ended] == [saved is not None] * leaves


async def test_quitting_saves_first_where_that_is_the_answer(home: Path) -> None:
    desk, host, ended = desk_at(home / "config.toml", key=KEY), FakeHost(QuitAnswer.SAVE), []
    desk.draft.store = Store.FILE
    await quit_part(desk, host, ended).quit()
    assert "Saved" in ended[0]
    assert "claude" in (home / "config.toml").read_text()
    assert not desk.drafts.dirty


async def test_quitting_goes_nowhere_where_it_could_not_be_saved(home: Path) -> None:
    desk, host, ended = desk_at(home / "config.toml", key=KEY), FakeHost(QuitAnswer.SAVE), []
    await quit_part(desk, host, ended).quit()
    assert (ended, len(host.said)) == ([], 1)
    assert "No place is chosen for the key yet" in host.said[0]


async def test_quitting_with_nothing_unsaved_leaves_once(home: Path) -> None:
    desk, host, ended = desk_at(home / "config.toml"), FakeHost(), []
    way = Navigation(desk, print, print)
    leaving = Quit(
        desk, host, Resume(desk, host, way, print), Save(desk, host), lambda line, **_more: ended.append(line)
    )
    await leaving.quit()
    await leaving.quit()
    assert (host.asked, ended) == ([], [""])


async def test_a_catalogue_that_cannot_be_fetched_is_said_and_the_present_one_stays(home: Path) -> None:
    desk, host, came = desk_at(home / "config.toml"), FakeHost(), []
    desk.catalogue_came.subscribe(came.append)
    desk.draft.environ = {"LLM_SETUP_CATALOGUE": str(home / "nowhere.json")}
    await CatalogueRefresh(desk, host).refresh()
    assert (len(host.said), came, desk.catalogue) == (1, [], None)
    await CatalogueRefresh(desk, host).read()
    assert came == [desk.catalogue]


def test_a_signal_reaches_those_who_subscribed_and_says_whether_anybody_had_a_use_for_it() -> None:
    signal: Signal[int] = Signal()
    assert not signal.publish(1)
    heard: list[int] = []
    end = signal.subscribe(heard.append)
    deaf = signal.subscribe(lambda _value: False)
    assert signal.publish(2)
    end()
    assert not signal.publish(3)
    deaf()
    assert heard == [2]


@pytest.mark.parametrize("chosen", [None, Launcher.COMMAND_LINE, Launcher.SOURCE])
@pytest.mark.parametrize("is_kept", [True, False])
async def test_the_line_that_remains_is_that_of_the_last_page(
    home: Path, monkeypatch: pytest.MonkeyPatch, chosen: Launcher | None, *, is_kept: bool
) -> None:
    (home / "config.toml").write_text('[core]\n[llm]\nmodel = "anthropic/claude-x"\n')
    desk, host, ended = Desk.of(draft_of(home / "config.toml")), FakeHost(), []
    desk.last_save = Saved(1, None)
    if not is_kept:
        monkeypatch.setattr(type(desk.draft.own), "save", refuse)
    Finish(desk, host).open()
    (page,) = host.opened
    if chosen:
        Finish(desk, host).remember(chosen, Release.UP_TO_1_6)
    shown = (chosen, Release.UP_TO_1_6) if chosen else (page._launcher, page._release)
    await quit_part(desk, host, ended).quit()
    assert ended[0].endswith("Start OpenHands with: " + start_line(desk.draft, *shown))


def refuse(*_what: object) -> None:
    raise SetupError("It cannot be written.")
