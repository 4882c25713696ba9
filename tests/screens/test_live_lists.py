"""The Model step with the provider's own list, and servers of this machine on the Provider step."""

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static
from tools.list_server import ListServer
from tools.pictures import StillApp, catalogue, draft_of, open_all, settled

from tui.base.secret import Secret
from tui.catalog.listed_models import Listed
from tui.catalog.live_list import NoList
from tui.catalog.local_servers import LocalServer
from tui.catalog.model import typical_task_cost
from tui.drafts.draft import Draft
from tui.screens.dialogs import ChoiceDialog
from tui.screens.key import KeyScreen
from tui.screens.messages import Move
from tui.screens.model import Head, ModelScreen
from tui.screens.model_order import ArrangingDialog
from tui.screens.provider import ProviderScreen
from tui.widgets.pick_list import PickList
from tui.widgets.remark import Remark
from tui.widgets.steps import Step

KEY = "sk-canary-0123456789abcdef"
LIST = {"data": [{"id": "team-claude", "max_input_tokens": 200_000}, {"id": "team-gpt"}]}


class AskingApp(StillApp):
    """Asks; what is slow is there already."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        del self.lists.ask


def draft_for(home: Path, provider: str, base_url: str = "", key: str = KEY) -> Draft:
    draft = draft_of(home / "config.toml")
    draft.choose_provider(next(p for p in catalogue().providers if p.id == provider))
    draft.edit("base_url", base_url)
    if key:
        draft.edit_secret("api_key", Secret(key))
    return draft


async def go(app: StillApp, pilot: Pilot[str], step: Step) -> None:
    open_all(app, step)
    app.on_move(Move(step))
    await settled(pilot, lambda: app.screen.name == step.value)


def legend(app: StillApp) -> str:
    return str(app.screen.query_one("#legend", Static).content)


def names(app: StillApp) -> list[str]:
    return [row.id for row in app.screen.query_one(PickList)._rows if row]


async def test_the_list_of_a_proxy_after_ctrl_r(home: Path) -> None:
    with ListServer({"/v1/models": LIST}) as server:
        app = AskingApp(draft_for(home, "litellm_proxy", server.root))
        async with app.run_test(size=(80, 24)) as pilot:
            await go(app, pilot, Step.MODEL)
            assert f"^r asks 127.0.0.1:{server.port}" in legend(app)
            assert names(app) == []
            assert server.requests == []  # a typed address is not asked before somebody says so
            await pilot.press("ctrl+r")
            await settled(pilot, lambda: "2 live" in legend(app))
            assert names(app) == ["litellm_proxy/team-claude", "litellm_proxy/team-gpt"]
            await pilot.press(*"xyz")
            await settled(pilot, lambda: "does not have it" in str(app.screen.query_one("#said", Static).content))
            await pilot.press(*["backspace"] * 3, *"gpt")
            await settled(pilot)
            await pilot.press("enter")
            await settled(pilot, lambda: app.screen.name == "options")
            assert app.draft.texts["model"] == "litellm_proxy/team-gpt"
        assert set(server.keys()) == {f"Bearer {KEY}"}


async def test_why_there_is_none_and_typing_goes_on(home: Path) -> None:
    with ListServer({"/v1/models": 401}) as server:
        app = AskingApp(draft_for(home, "openai_compatible", server.base_url))
        async with app.run_test(size=(80, 24)) as pilot:
            await go(app, pilot, Step.MODEL)
            await pilot.press("ctrl+r")
            await settled(pilot, lambda: "refuses this key (401)" in legend(app))
            await pilot.press(*"mine", "enter")
            await settled(pilot, lambda: app.screen.name == "options")
            assert app.draft.texts["model"] == "openai/mine"


async def test_a_server_that_needs_no_key_is_asked_at_once(home: Path) -> None:
    with ListServer({"/api/tags": {"models": [{"name": "devstral:24b"}]}}) as server:
        app = AskingApp(draft_for(home, "ollama", server.root, key=""))
        async with app.run_test(size=(80, 24)) as pilot:
            await go(app, pilot, Step.MODEL)
            await settled(pilot, lambda: "1 live" in legend(app))
            assert names(app)[0] == "ollama/devstral:24b"
        assert [path for path, _headers in server.requests] == ["/api/tags"]
        assert server.keys() == []


@pytest.mark.parametrize("given", ["typed", "variable"])
async def test_where_there_is_a_key_for_it_one_has_to_ask(home: Path, given: str) -> None:
    with ListServer({"/api/tags": {"models": []}}) as server:
        draft = draft_of(home / "config.toml", {"LLM_API_KEY": KEY} if given == "variable" else None)
        draft.choose_provider(next(p for p in catalogue().providers if p.id == "ollama"))
        draft.edit("base_url", server.root)
        if given == "typed":
            draft.edit_secret("api_key", Secret(KEY))
        app = AskingApp(draft)
        async with app.run_test(size=(80, 24)) as pilot:
            await go(app, pilot, Step.MODEL)
            await settled(pilot)
            assert "^r asks" in legend(app)
        assert server.requests == []


async def test_a_key_that_comes_to_the_search_as_typing_is_no_model(home: Path) -> None:
    app = StillApp(draft_for(home, "openai"))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.MODEL)
        await pilot.press(*"sk-proj-abcdefghijklmnop", "enter")
        await settled(pilot, lambda: "looks like an API key" in str(app.screen.query_one("#brief", Static).content))
        assert app.screen.name == "model"
        assert names(app) == []
        assert app.draft.texts["model"] == ""
        assert app.screen.begun_text() == ""  # it is not kept on the disk


async def test_a_key_that_is_kept_for_one_address_is_not_promised_for_another(home: Path) -> None:
    draft = draft_for(home, "openai_compatible", "http://locahost:8765/v1", key="")
    draft.own.save({("stores",): {draft.credential().service: "file"}})
    app = StillApp(draft)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        assert "kept in its private file" in app.screen.query_one("#api_key", Input).placeholder
        app.screen.query_one("#base_url", Input).value = "http://localhost:8765/v1"
        await settled(pilot, lambda: app.draft.base_url == "http://localhost:8765/v1")
        assert "kept" not in app.screen.query_one("#api_key", Input).placeholder


async def test_azure_tells_whether_it_takes_the_key_and_what_to_type(home: Path) -> None:
    with ListServer({"/openai/models": LIST}) as server:
        draft = draft_for(home, "azure", server.root)
        app = AskingApp(draft)
        async with app.run_test(size=(80, 24)) as pilot:
            await go(app, pilot, Step.MODEL)
            await pilot.press("ctrl+r")
            await settled(pilot, lambda: "when base URL and API version are there" in legend(app))
            draft.edit("api_version", "2024-10-21")
            await pilot.press("ctrl+r")
            await settled(pilot, lambda: "key is accepted" in legend(app))
            assert "type the name of yours" in legend(app)
            assert not any("team" in name for name in names(app))
        assert [path for path, _headers in server.requests] == ["/openai/models?api-version=2024-10-21"]


async def test_a_key_goes_unencrypted_after_a_yes_only(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server stands in for the proxy before a far address."""
    with ListServer({"http://gpu.example/v1/models": LIST}) as server:
        monkeypatch.setenv("HTTP_PROXY", server.root)
        app = AskingApp(draft_for(home, "openai_compatible", "http://gpu.example/v1"))
        async with app.run_test(size=(80, 24)) as pilot:
            await go(app, pilot, Step.MODEL)
            await pilot.press("ctrl+r")
            await settled(pilot, lambda: isinstance(app.screen, ChoiceDialog))
            await pilot.press(*"tiny-model")  # one who types on says neither yes nor no
            await settled(pilot)
            assert isinstance(app.screen, ChoiceDialog)
            await pilot.press("escape")
            await settled(pilot, lambda: "^r asks gpu.example" in legend(app))
            assert server.requests == []
            await pilot.press("ctrl+r")
            await settled(pilot, lambda: isinstance(app.screen, ChoiceDialog))
            await pilot.press("tab", "enter")
            await settled(pilot, lambda: isinstance(app.screen, ModelScreen) and "2 live" in legend(app))
        assert server.keys() == [f"Bearer {KEY}"]


async def test_one_can_type_while_it_is_asked(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, answered = asyncio.Event(), asyncio.Event()

    async def ask(*_words: object, **_options: object) -> NoList:
        asked.set()
        await answered.wait()
        return NoList("timeout", "It did not answer.")

    monkeypatch.setattr("tui.catalog.live_list.ask", ask)
    app = AskingApp(draft_for(home, "openai_compatible", "http://127.0.0.1:9/v1"))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.MODEL)
        await pilot.press("ctrl+r")
        await asked.wait()
        assert "Asking 127.0.0.1:9 …" in legend(app)
        await pilot.press(*"qwen")
        await settled(pilot)
        assert names(app) == ["openai/qwen"]
        answered.set()
        await settled(pilot, lambda: "did not answer" in legend(app))
        assert names(app) == ["openai/qwen"]


def about_key(app: StillApp) -> str:
    return str(app.screen.query_one("#about-api_key", Static).content)


def problem(app: StillApp) -> str:
    return str(app.screen.query_one("#problem", Remark).content)


@pytest.mark.parametrize(
    ("answer", "beside_key", "beside_address"),
    [
        ([Listed("claude-a"), Listed("claude-b")], "✓ api.anthropic.com accepts it", ""),
        (NoList("refused", "It refuses this key (401)."), "It refuses this key (401).", ""),
        (NoList("timeout", "It did not answer in time."), "", "It did not answer in time."),
        (NoList("no-list", "No list there."), "", ""),
        (NoList("taken", "It takes this key, but names none."), "It takes this key, but names none.", ""),
    ],
)
async def test_a_key_is_tried_when_its_field_is_left_and_each_answer_stands_beside_its_field(
    home: Path, monkeypatch: pytest.MonkeyPatch, answer: list[Listed] | NoList, beside_key: str, beside_address: str
) -> None:
    keys, answered = [], asyncio.Event()

    async def ask(_request: object, key: Secret) -> list[Listed] | NoList:
        keys.append(key.reveal())
        await answered.wait()
        return answer

    monkeypatch.setattr("tui.catalog.live_list.ask", ask)
    app = AskingApp(draft_for(home, "anthropic", key=""))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        await pilot.press(*KEY)
        await settled(pilot)
        assert keys == []  # not while one types
        await pilot.press("down")
        await settled(pilot, lambda: "Asking api.anthropic.com whether it accepts it" in about_key(app))
        answered.set()
        await settled(pilot, lambda: "Asking" not in about_key(app))
        assert beside_key in about_key(app)
        assert problem(app) == beside_address
        await go(app, pilot, Step.MODEL)
        await go(app, pilot, Step.KEY)
        assert beside_key in about_key(app)
        assert problem(app) == beside_address
        assert keys == [KEY]  # asked once
        app.screen.query_one("#api_key").focus()
        await pilot.press("end", "x")
        await settled(pilot)
        assert not beside_key or beside_key not in about_key(app)  # another key


@pytest.mark.parametrize("provider", ["ollama", "vertex_ai"])
async def test_an_answer_that_comes_to_a_key_step_without_a_key(
    home: Path, monkeypatch: pytest.MonkeyPatch, provider: str
) -> None:
    asked, answered = asyncio.Event(), asyncio.Event()

    async def ask(*_words: object) -> NoList:
        asked.set()
        await answered.wait()
        return NoList("no-connection", "It cannot be reached.")

    monkeypatch.setattr("tui.catalog.live_list.ask", ask)
    app = AskingApp(draft_for(home, provider, "http://127.0.0.1:9", key=""))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.MODEL)
        await pilot.press("ctrl+r")
        await asked.wait()
        await go(app, pilot, Step.KEY)
        answered.set()
        await settled(pilot, lambda: problem(app) == "It cannot be reached.")


async def test_a_key_of_another_provider_is_not_tried(home: Path) -> None:
    app = StillApp(draft_for(home, "anthropic", key="sk-or-v1-0123456789abcdef"))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.KEY)
        await pilot.press("down")
        await settled(pilot)
        await go(app, pilot, Step.MODEL)
        assert not hasattr(app, "asked")


@pytest.mark.parametrize(
    ("provider", "base_url", "key", "asks"),
    [
        ("anthropic", "", KEY, True), ("anthropic", "", "", False), ("anthropic", "https://gate.example", KEY, False),
        ("openai_compatible", "http://localhost:8000/v1", KEY, False), ("groq", "", KEY, True),
        ("vertex_ai", "", "", False), ("ollama", "", KEY, False),
    ],
)  # fmt: skip
async def test_only_the_providers_own_address_is_asked_unasked(
    home: Path, provider: str, base_url: str, key: str, asks: bool
) -> None:
    app = StillApp(draft_for(home, provider, base_url, key))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.MODEL)
        assert hasattr(app, "asked") is asks


async def test_an_answer_to_one_key_is_none_to_another(home: Path) -> None:
    app = StillApp(draft_for(home, "anthropic"))
    lists, draft = app.desk.lists, app.draft
    lists.put(draft.credential(), NoList("refused", "no"), Secret(KEY))
    assert lists.of(draft, catalogue()) == NoList("refused", "no")
    draft.edit_secret("api_key", Secret(KEY + "x"))
    assert lists.of(draft, catalogue()) is None
    draft.edit("base_url", "https://else.example")
    assert lists.of(draft, catalogue()) is None


async def test_a_server_of_this_machine_is_offered_first_and_brings_its_address_and_models(home: Path) -> None:
    with ListServer({"/api/tags": {"models": [{"name": "qwen3-coder:30b"}]}}) as server:
        ollama = LocalServer("ollama", "Ollama", server.port, "/api/tags", ends="")
        app = StillApp(draft_of(home / "config.toml"))
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot, lambda: isinstance(app.screen, ProviderScreen))
            app.lists.take_servers({ollama: [Listed("qwen3-coder:30b")]})
            await settled(pilot, lambda: app.screen.query_one(PickList)._rows[0].id == "ollama")
            assert app.screen.pick_list.chosen.id == "anthropic"  # Enter may be on its way
            await pilot.press("up", "up", "enter")
            await settled(pilot, lambda: isinstance(app.screen, KeyScreen))
            assert app.draft.texts["base_url"] == f"http://localhost:{server.port}"
            await go(app, pilot, Step.MODEL)
            assert isinstance(app.screen, ModelScreen)
            assert "ollama/qwen3-coder:30b" in names(app)
            assert "1 live" in legend(app)
        assert server.requests == []


GROUPS = """\
[core]
[llm]
model = "anthropic/claude-opus-5"
[llm.cheap]
model = "anthropic/claude-haiku-4-5"
[llm.other]
model = "openai/gpt-4o"
"""


async def test_what_other_groups_use_stands_first(home: Path) -> None:
    (home / "config.toml").write_text(GROUPS)
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.MODEL)
        assert names(app)[0] == "anthropic/claude-haiku-4-5"
        assert names(app)[-1] == "openai/gpt-4o"  # below the line: another provider's
        assert app.screen.pick_list.chosen.id == "anthropic/claude-opus-5"
        await pilot.press("pageup", "pageup", "pageup")
        await settled(pilot, lambda: "Used in [llm.cheap]" in str(app.screen.query_one("#said", Static).content))


async def test_order_and_filter(home: Path) -> None:
    app = StillApp(draft_for(home, "openai", key=""))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, Step.MODEL)
        everything = len(names(app))
        await pilot.press("ctrl+o")
        await settled(pilot, lambda: isinstance(app.screen, ArrangingDialog))
        await pilot.press("right", "down", "right", "enter")  # the cheapest first; must see images
        await settled(pilot, lambda: isinstance(app.screen, ModelScreen))
        assert "cheapest, see" in str(app.screen.query_one(Head).render())
        shown = [row for row in app.screen.query_one(PickList)._rows if row]
        assert 0 < len(shown) < everything
        assert all(row.vision for row in shown)
        costs = [typical_task_cost(row) for row in shown if not row.retired(catalogue().today)]
        assert [cost for cost in costs if cost is not None] == sorted(cost for cost in costs if cost is not None)
        await pilot.press("ctrl+o")
        await settled(pilot, lambda: isinstance(app.screen, ArrangingDialog))
        await pilot.press("left", "escape")
        await settled(pilot, lambda: isinstance(app.screen, ModelScreen))
        assert len([row for row in app.screen.query_one(PickList)._rows if row]) == len(shown)
