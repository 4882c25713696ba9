"""Several programs on the screens: a row, a dialog, one diff a file, and what starts each."""

import json
from pathlib import Path

import pytest
from openhands.targets.test_installed import install
from screens.test_grid import rows
from textual.content import Content
from textual.widgets import Input, Static
from tools.pictures import StillApp, anthropic_draft, draft_of, open_all, settled

from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.drafts.own_settings import OwnSettings
from tui.openhands.targets.target import targets
from tui.screens.messages import Move
from tui.screens.programs import ProgramsDialog
from tui.widgets.pick_list import PickList
from tui.widgets.steps import Step


def text_of(app: StillApp) -> str:
    """What stands on the page, seen or scrolled out of sight."""
    parts = [part.content if isinstance(part, Static) else part.render() for part in app.screen.query("*")]
    return "\n".join(str(part) for part in parts if isinstance(part, str | Content))


def app_for(home: Path, *names: str) -> StillApp:
    draft = anthropic_draft(home / "config.toml", key="sk-ant-api03-0123XyZ4")
    draft.store = Store.KEYRING
    app = StillApp(draft)
    app.desk.programs = [targets()[name] for name in names]
    return app


async def test_the_choice_is_made_over_any_page(home: Path) -> None:
    app = app_for(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+o")
        await settled(pilot, lambda: isinstance(app.screen, ProgramsDialog))
        assert app.screen.query_one(PickList).region.height == 4
        await pilot.press("down", "enter", "down", "space", "up", "up", "enter", "escape")
        await settled(pilot, lambda: app.screen.name == Step.PROVIDER.value)
        assert [each.name for each in app.desk.programs] == ["cli", "server"]
        assert "✓ OpenHands CLI  ✓ Agent Canvas" in text_of(app)
        assert app.draft.config.path == home / ".openhands/agent_settings.json"


@pytest.mark.parametrize(
    ("width", "chosen", "row"),
    [
        (240, ("toml", "cli"), "✓ config.toml (openhands-ai ≤ 1.6)  ✓ OpenHands CLI 1.16  ○ Agent Canvas"),
        (80, ("toml", "cli"), "✓ config.toml  ✓ OpenHands CLI 1.16  ○ Agent Canvas"),
        (60, ("toml", "cli"), "✓ config.toml  ✓ CLI 1.16  ○ Canvas"),
        (60, ("toml", "cli", "server", "gui"), "✓ config.toml  ✓ CLI  ✓ Canvas  ✓ GUI"),
        (80, ("cli",), "✓ OpenHands CLI 1.16  ○ config.toml  ○ Agent Canvas"),
    ],
)
@pytest.mark.parametrize("first_run", [True, False])
async def test_the_first_page_says_for_which_programs_it_is_as_far_as_there_is_room(
    home: Path, monkeypatch: pytest.MonkeyPatch, width: int, chosen: tuple[str, ...], row: str, first_run: bool
) -> None:
    program = install(home / "tools", "openhands-1.16.0", "openhands_cli.entrypoint")
    monkeypatch.setenv("PATH", str(program.parent))
    if not first_run:
        (home / "config.toml").write_text('[core]\n[llm]\nmodel = "anthropic/claude-sonnet-4-5-20250929"\n')
    app = StillApp(draft_of(home / "config.toml"))
    app.desk.programs = [targets()[name] for name in chosen]
    async with app.run_test(size=(width, 24 if width > 60 else 20)) as pilot:
        await settled(pilot)
        shown = next(each for each in rows(app) if each.lstrip(" ▌").startswith("For "))
        assert row in shown
        assert "^o" in shown.removesuffix("┃")
        assert app.screen.query_one("#programs").region.height == 1


async def test_a_config_toml_that_was_named_is_set_up_alone(home: Path) -> None:
    app = app_for(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert not app.screen.query("#programs")


async def test_one_program_stays_chosen(home: Path) -> None:
    app = app_for(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+o")
        await settled(pilot, lambda: isinstance(app.screen, ProgramsDialog))
        await pilot.press("enter", "escape")
        await settled(pilot, lambda: app.screen.name == Step.PROVIDER.value)
        assert not app.desk.programs


async def test_review_shows_a_diff_a_file_and_what_a_program_does_not_have(home: Path) -> None:
    app = app_for(home, "toml", "cli", "server")
    app.draft.edit("correct_num", "3")
    async with app.run_test(size=(120, 50)) as pilot:
        open_all(app, Step.REVIEW)
        app.on_move(Move(Step.REVIEW))
        await settled(pilot, lambda: app.screen.name == Step.REVIEW.value)
        shown = text_of(app)
        paths = ["~/config.toml", "agent_settings.json", "profiles/default.json", ".openhands/settings.json"]
        assert [path for path in paths if path not in shown] == []
        assert shown.count("has no setting correct_num: left out there") == 2


async def test_review_says_above_the_first_diff_how_many_files_there_are_and_turns_pages(home: Path) -> None:
    app = app_for(home, "toml", "cli", "server")
    async with app.run_test(size=(80, 24)) as pilot:
        open_all(app, Step.REVIEW)
        app.on_move(Move(Step.REVIEW))
        await settled(pilot, lambda: app.screen.name == Step.REVIEW.value)
        assert [row for row in rows(app) if "Save these" in row and row.rstrip().endswith("in 4 files")]
        diff = app.screen.query_one("#diff")
        await settled(pilot, lambda: diff.max_scroll_y > 0)
        await pilot.press("pagedown")
        await settled(pilot, lambda: diff.scroll_y == diff.size.height - 1)
        await pilot.press("pageup")
        await settled(pilot, lambda: diff.scroll_y == 0)
    app = app_for(home, "toml")
    async with app.run_test(size=(80, 24)) as pilot:
        open_all(app, Step.REVIEW)
        app.on_move(Move(Step.REVIEW))
        await settled(pilot, lambda: app.screen.name == Step.REVIEW.value)
        assert " in " not in next(row for row in rows(app) if "Save these" in row)


async def test_files_that_differ_can_be_saved_though_nothing_was_typed(home: Path) -> None:
    path = home / ".openhands/agent_settings.json"
    path.parent.mkdir()
    numbers = {"num_retries": 8, "retry_min_wait": 15, "retry_max_wait": 120, "retry_multiplier": 2}
    path.write_text(json.dumps({"llm": {"model": "anthropic/x", **numbers}}))
    app = app_for(home, "cli", "server")
    target = targets()["cli"]
    app.draft.rebase(target.read(path))
    app.draft.texts.update(app.draft.loaded)
    app.draft.edit_secret("api_key", None)
    app.draft.store = None
    async with app.run_test(size=(100, 40)) as pilot:
        open_all(app, Step.REVIEW)
        app.on_move(Move(Step.REVIEW))
        await settled(pilot, lambda: app.screen.name == Step.REVIEW.value)
        assert app.screen.enter_does() == "Save"  # type: ignore[attr-defined]
        assert "stays as it is" in text_of(app)


async def test_finish_has_what_starts_each(home: Path) -> None:
    app = app_for(home, "cli", "server", "gui")
    app.draft.own.save({("stores",): {"llm-setup:anthropic": "keyring"}})
    async with app.run_test(size=(100, 40)) as pilot:
        app.finish.open(passed=True)
        await settled(pilot, lambda: app.screen.name == "finish")
        shown = text_of(app)
        for words in ("exec --for cli -- openhands", "exec --for server -- agent-canvas", "key set --for gui"):
            assert words in shown
        assert not app.screen.query("#launcher")
    plain = app_for(home, "toml", "cli")
    plain.draft.own.save({("stores",): {"llm-setup:anthropic": None}})
    async with plain.run_test(size=(100, 40)) as pilot:
        plain.finish.open(passed=True)
        await settled(pilot, lambda: plain.screen.name == "finish")
        assert plain.screen.query("#launcher")
        assert "Nothing else to do: it reads its file." in text_of(plain)


async def test_headers_are_typed_unseen_where_the_program_has_them_and_are_in_no_picture(home: Path) -> None:
    path = home / ".openhands/agent_settings.json"
    path.parent.mkdir()
    path.write_text(json.dumps({"llm": {"model": "openai/x", "extra_headers": {"X-Old": "zq7lm2xw9ka4rt8vb3nc6yd1"}}}))
    target = targets()["cli"]
    app = StillApp(Draft(target.read(path), OwnSettings(), {}))
    app.desk.programs = [target]
    new = '{"X-New":"pf5hzq7lm2xw9ka4rt8vb3nc"}'
    async with app.run_test(size=(80, 24)) as pilot:
        open_all(app, Step.OPTIONS)
        app.on_move(Move(Step.OPTIONS))
        await settled(pilot, lambda: bool(app.screen.query("#extra_headers")))
        box = app.screen.query_one("#extra_headers", Input)
        box.focus()
        assert (box.password, box.placeholder) == (True, "X-Old")
        await pilot.press(*"nothing")
        await settled(pilot, lambda: "must be a JSON object" in "".join(rows(app)))
        box.value = new
        await settled(pilot)
        assert "pf5h" not in "".join(rows(app))
        assert app.draft.count == 1
        app.on_move(Move(Step.REVIEW))
        await settled(pilot, lambda: app.screen.name == Step.REVIEW.value)
        assert '"X-New": "•••b3nc"' in text_of(app)
        assert "zq7lm2xw9ka4" not in text_of(app)
        assert [new] == [secret.reveal() for secret in app.draft.further.secrets()]
        assert json.loads(app.draft.preview())["llm"]["extra_headers"] == json.loads(new)


async def test_a_config_toml_is_offered_no_headers(home: Path) -> None:
    app = app_for(home, "toml", "cli")
    async with app.run_test(size=(80, 24)) as pilot:
        open_all(app, Step.OPTIONS)
        app.on_move(Move(Step.OPTIONS))
        await settled(pilot, lambda: bool(app.screen.query("#api_version")))
        assert not app.screen.query("#extra_headers")
