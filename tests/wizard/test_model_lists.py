"""The provider is asked for its models: at once where nobody needs to be asked, after a yes, and once at a time."""

from pathlib import Path

import pytest
from tools.fake_host import KEY, FakeHost, desk_at
from tools.list_server import ListServer

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.catalog.listed_models import Listed
from tui.catalog.live_list import NoList
from tui.catalog.local_servers import LocalServer
from tui.catalog.models import Catalogue, load_catalogue
from tui.screens.desk import Desk
from tui.widgets.steps import Step
from tui.wizard.model_lists import ModelLists

LIST = {"data": [{"id": "team-claude"}, {"id": "team-gpt"}]}


def desk_for(home: Path, provider: str, base_url: str = "", key: Secret | None = KEY) -> Desk:
    desk = desk_at(home / "config.toml")
    desk.catalogue = load_catalogue()
    desk.draft.choose_provider(next(p for p in desk.catalogue.providers if p.id == provider))
    desk.draft.edit("base_url", base_url)
    if key:
        desk.draft.edit_secret("api_key", key)
    return desk


def borrowing(home: Path, server: ListServer) -> Desk:
    """A desk with a key of the environment, which says nothing of where it may go."""
    desk = desk_for(home, "litellm_proxy", f"http://127.0.0.1:{server.port}", key=None)
    desk.draft.environ = {"LLM_API_KEY": KEY.reveal()}
    return desk


@pytest.mark.parametrize(
    ("provider", "base_url", "key", "step", "asks"),
    [
        ("anthropic", "", KEY, Step.MODEL, True), ("anthropic", "", KEY, Step.REVIEW, False),
        ("anthropic", "", None, Step.MODEL, False), ("anthropic", "https://gate.example", KEY, Step.MODEL, False),
        ("anthropic", "", Secret("sk-or-v1-0123456789abcdef"), Step.MODEL, False),
        ("ollama", "http://localhost:1", None, Step.MODEL, True), ("ollama", "", KEY, Step.MODEL, False),
    ],
)  # fmt: skip
def test_a_step_asks_by_itself_only_where_the_key_goes_anyway(
    home: Path, provider: str, base_url: str, key: Secret | None, step: Step, asks: bool
) -> None:
    desk, host = desk_for(home, provider, base_url, key), FakeHost()
    ModelLists(desk, host)
    desk.step_shown.publish(step)
    assert [group for group, _job in host.jobs] == ["list"] * asks
    assert bool(desk.asked_host) is asks


def test_one_question_is_enough_for_the_same_key_and_not_for_another(home: Path) -> None:
    desk, host = desk_for(home, "anthropic"), FakeHost()
    lists = ModelLists(desk, host)
    lists.ask()
    lists.ask()
    assert len(host.jobs) == 1
    desk.draft.edit_secret("api_key", Secret("sk-ant-api03-another-0123456789"))
    assert desk.asked_host == ""
    lists.ask()
    assert len(host.jobs) == 2


async def test_a_key_goes_to_another_address_after_a_yes_that_is_remembered(home: Path) -> None:
    with ListServer({"/v1/models": LIST}) as server:
        desk, host = borrowing(home, server), FakeHost(False, True)
        lists, hosts = ModelLists(desk, host), []
        desk.asking_changed.subscribe(hosts.append)
        lists.ask()
        await host.run()
        assert (server.requests, desk.live, desk.asking) == ([], None, None)
        lists.ask()
        await host.run()
        assert host.dialogs == ["SendKeyDialog", "SendKeyDialog"]
        assert isinstance(desk.live, Catalogue)
        assert [bool(host) for host in hosts] == [True, False, True, False, True]
        lists.ask()
        await host.run()
        assert len(host.asked) == 2
        assert desk.asking is None


async def test_a_yes_that_cannot_be_kept_is_one_all_the_same(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def confirm(*_words: object) -> None:
        raise SetupError("The disk is full.")

    monkeypatch.setattr("tui.screens.consent.confirm", confirm)
    with ListServer({"/v1/models": LIST}) as server:
        desk, host = borrowing(home, server), FakeHost(True)
        ModelLists(desk, host).ask()
        await host.run()
        assert isinstance(desk.live, Catalogue)
        assert host.said == ["The disk is full."]


async def test_a_key_that_cannot_be_had_is_said_in_the_place_of_the_list(home: Path) -> None:
    desk, host = desk_for(home, "anthropic", key=Secret("sk-ant-api03-\u2028-0123456789")), FakeHost()
    heard: list[object] = []
    desk.list_came.subscribe(heard.append)
    ModelLists(desk, host).ask()
    await host.run()
    assert [type(live) for live in heard] == [NoList]
    assert (desk.asking, host.said) == (None, [])


async def test_what_nobody_foresaw_leaves_no_question_open(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def ask(*_words: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("tui.catalog.live_list.ask", ask)
    desk, host = desk_for(home, "anthropic"), FakeHost()
    ModelLists(desk, host).ask()
    assert desk.asked_host
    with pytest.raises(ZeroDivisionError):
        await host.run()
    assert desk.asking is None


def test_servers_of_this_machine_bring_their_models(home: Path) -> None:
    desk = desk_for(home, "ollama", "http://localhost:1234", key=None)
    heard: list[object] = []
    desk.servers_came.subscribe(heard.append)
    server = LocalServer("ollama", "Ollama", 1234, "/api/tags", ends="")
    ModelLists(desk, FakeHost()).take_servers({server: [Listed("qwen3-coder:30b")]})
    assert heard == [{"ollama": server}]
    assert isinstance(desk.live, Catalogue)
    assert desk.live.get("ollama/qwen3-coder:30b")
